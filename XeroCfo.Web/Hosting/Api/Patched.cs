using System.Text.Json;
using System.Text.Json.Serialization;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>A text member of a body that may be missing, null, or there: three different things.</summary>
[JsonConverter(typeof(PatchedConverter))]
internal readonly record struct Patched(string? Text, bool IsGiven);

internal sealed class PatchedConverter : JsonConverter<Patched>
{
    public override bool HandleNull => true;

    public override Patched Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => new Patched(null, true),
        JsonTokenType.String => new Patched(TextConverter.Of(reader.GetString()), true),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, Patched value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}

/// <summary>The endpoint takes If-Match.</summary>
/// <param name="Always">There is something that the caller read; else only where there is one already.</param>
internal sealed record TakesVersion(bool Always = true)
{
    public const string Header = "If-Match";

    /// <summary>What the caller read; empty when they did not say.</summary>
    public static ReadVersion Of(HttpRequest request) => new(request.Headers.IfMatch.ToString());
}
