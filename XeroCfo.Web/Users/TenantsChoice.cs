using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Users;

/// <summary>Organisations in a body: a list of ids, or the word <c>all</c>.</summary>
[JsonConverter(typeof(TenantsChoiceConverter))]
internal sealed record TenantsChoice(TenantGrants Grants)
{
    public const string All = "all";

    /// <summary>For the OpenAPI document.</summary>
    public static void Describe(OpenApiSchema schema)
    {
        (schema.Type, schema.Properties, schema.Required) = (null, null, null);
        schema.AnyOf =
        [
            new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create(All)!] },
            new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" } },
        ];
    }
}

internal sealed class TenantsChoiceConverter : JsonConverter<TenantsChoice>
{
    public override TenantsChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString() == TenantsChoice.All ? new TenantsChoice(TenantGrants.Every) : throw new JsonException();
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        var ids = new HashSet<Guid>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ids.Add(reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var id) ? id : throw new JsonException());
        }

        return new TenantsChoice(TenantGrants.Of(ids));
    }

    public override void Write(Utf8JsonWriter writer, TenantsChoice value, JsonSerializerOptions options)
    {
        if (value.Grants.All)
        {
            writer.WriteStringValue(TenantsChoice.All);
        }
        else
        {
            JsonSerializer.Serialize(writer, value.Grants.Ids, options);
        }
    }
}
