using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Web.Users;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>The schemas of the OpenAPI document, where the framework's own would say less than the API holds to.</summary>
internal static class ApiSchemas
{
    private const string Nullable = "nullable";

    public static Task RefineAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = context.JsonTypeInfo.Type;
        if ((System.Nullable.GetUnderlyingType(type) ?? type) == typeof(decimal))
        {
            // Money and rates are decimals from end to end; "double" would invite clients to lose cents.
            schema.Format = "decimal";
        }

        if (context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(WordsAttribute), false) is [WordsAttribute words])
        {
            schema.Enum = [.. words.Words.Select(word => (JsonNode)word)];
            if (schema.Type?.HasFlag(JsonSchemaType.Null) == true)
            {
                schema.Enum.Add(JsonNullSentinel.JsonNull);
            }
        }

        if ((System.Nullable.GetUnderlyingType(type) ?? type).IsEnum)
        {
            // Where null is allowed, the place that refers to it says so.
            (schema.Type, schema.Enum) = (JsonSchemaType.String, schema.Enum?.Where(word => word is not null && word.GetValueKind() != JsonValueKind.Null).ToList());
        }

        if (type == typeof(TenantsChoice))
        {
            TenantsChoice.Describe(schema);
            return Task.CompletedTask;
        }

        if (type == typeof(Patched))
        {
            (schema.Type, schema.Properties) = (JsonSchemaType.String | JsonSchemaType.Null, null);
            (schema.Metadata ??= new Dictionary<string, object>())[Nullable] = true;
            return Task.CompletedTask;
        }

        // Goes both ways as it is, and bodies are read strictly.
        schema.AdditionalPropertiesAllowed = schema.AdditionalPropertiesAllowed && type != typeof(RuleCondition) && !type.Name.EndsWith("Body", StringComparison.Ordinal);
        if (type.Assembly == typeof(ApiDocument).Assembly && schema.Properties is { } members)
        {
            if (type.Name.EndsWith("Request", StringComparison.Ordinal))
            {
                schema.AdditionalPropertiesAllowed = false;
                RequireFilled(schema, members);
            }
            else
            {
                // An answer always writes all of its members.
                schema.Required = members.Keys.ToHashSet();
            }
        }

        return Task.CompletedTask;
    }

    // A member that must be there must hold something, but for what a person gives back with null.
    private static void RequireFilled(OpenApiSchema schema, IDictionary<string, IOpenApiSchema> members)
    {
        foreach (var member in (schema.Required ?? new HashSet<string>()).Select(name => members[name]).OfType<OpenApiSchema>())
        {
            if (member.Metadata?.ContainsKey(Nullable) != true && member.Type is { } types)
            {
                member.Type = types & ~JsonSchemaType.Null;
                member.Enum = member.Enum?.Where(word => !word.IsJsonNullSentinel()).ToList();
            }
        }
    }
}
