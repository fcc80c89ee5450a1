using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>Says that an operation answers with a file.</summary>
/// <param name="AsJson">What the file holds when it is JSON.</param>
internal sealed record GivesFile(Type AsJson)
{
    /// <summary>Tells of it in the OpenAPI document.</summary>
    public static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<GivesFile>().FirstOrDefault() is not { } given || operation.Responses?.GetValueOrDefault("200") is not OpenApiResponse file)
        {
            return;
        }

        file.Headers = new Dictionary<string, IOpenApiHeader>
        {
            ["Content-Disposition"] = new OpenApiHeader { Description = "The file's name.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        var json = await context.GetOrCreateSchemaAsync(given.AsJson, null, ct);
        foreach (var type in file.Content?.Keys.ToList() ?? [])
        {
            file.Content![type] = new OpenApiMediaType { Schema = SchemaOf(type, json) };
        }
    }

    // In 3.1 a file that is no text has no schema but its media type.
    private static OpenApiSchema SchemaOf(string type, OpenApiSchema json) => type switch
    {
        "text/csv" => new OpenApiSchema { Type = JsonSchemaType.String },
        "application/json" => json,
        _ => new OpenApiSchema(),
    };
}
