using System.Text.Json;
using System.Text.Json.Serialization;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>Texts from outside come in without NUL characters: no database keeps them.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public static string? Of(string? text) => text?.Replace("\0", "", StringComparison.Ordinal);

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Of(reader.GetString()) : throw new JsonException();

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Of(reader.GetString())!;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
