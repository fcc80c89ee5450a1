using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>
/// The OpenAPI document. Endpoints read query and body themselves, so what they take is told by their metadata; the refusals of an
/// operation follow from it.
/// </summary>
internal static class ApiDocument
{
    public const string PermissionMember = "x-permission";

    /// <summary>Stands in <see cref="PermissionMember"/> where any good key will do.</summary>
    public const string AnyKey = "none";

    private const string VersionText = "The version of the thing, for a later If-Match.";

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(CompleteAsync);
        options.AddSchemaTransformer(ApiSchemas.RefineAsync);
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Info = new OpenApiInfo
        {
            Title = "XeroCfo",
            Version = "v1",
            Description = "Books, figures and syncs of Xero organisations. Errors are problem documents (RFC 9457). Money is in JSON numbers, ledger lines and trial balances debit +, credit −.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, or a person's token out of POST /auth/token: xcfo_…" },
            ["apiKey"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ApiKeyAuthentication.HeaderName,
                Description = "The same key in a header of its own.",
            },
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] },
        ];
        return Task.CompletedTask;
    }

    private static async Task CompleteAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var permission = metadata.OfType<NeededPermission>().FirstOrDefault()?.Permission ?? AnyKey;
        operation.Extensions = new Dictionary<string, IOpenApiExtension> { [PermissionMember] = new JsonNodeExtension(JsonValue.Create(permission)) };
        operation.Parameters = [.. PathParameters(context.Description.RelativePath!), .. metadata.OfType<ApiParameter>().Select(Query), .. Headers(metadata)];
        if (metadata.OfType<OpenToAll>().Any())
        {
            operation.Security = [];
        }

        var json = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        if (metadata.OfType<TakesBody>().FirstOrDefault() is { } body)
        {
            var schema = await context.GetOrCreateSchemaAsync(body.Type, null, ct);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = body.Required,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new() { Schema = schema, Example = NodeOf(body.Example(), new JsonSerializerOptions(json) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull }) },
                },
            };
        }

        AddHeaders(operation, metadata);
        await GivesFile.DescribeAsync(operation, context, ct);
        if (metadata.OfType<AnswerExample>().FirstOrDefault() is { } example)
        {
            foreach (var content in (operation.Responses ?? []).Values.SelectMany(response => response.Content?.Values ?? []).OfType<OpenApiMediaType>())
            {
                content.Example = NodeOf(example.Make(), json);
            }
        }

        await AddRefusalsAsync(operation, context, metadata, json, ct);
    }

    private static JsonNode? NodeOf(object example, JsonSerializerOptions json) => JsonSerializer.SerializeToNode(example, example.GetType(), json);

    private static void AddHeaders(OpenApiOperation operation, IList<object> metadata)
    {
        if (operation.Responses?.GetValueOrDefault("202") is OpenApiResponse accepted)
        {
            accepted.Headers = Header("Location", "The address of what is now under way.");
        }

        if (operation.Responses?.GetValueOrDefault("201") is OpenApiResponse made)
        {
            made.Headers = Header("Location", "The address of what was made.");
            made.Headers.Add(Header("ETag", VersionText).First());
        }

        if (metadata.OfType<GivesVersion>().Any() && operation.Responses?.GetValueOrDefault("200") is OpenApiResponse found)
        {
            found.Headers = Header("ETag", VersionText);
        }
    }

    private static Dictionary<string, IOpenApiHeader> Header(string name, string description) => new()
    {
        [name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
    };

    private static IEnumerable<IOpenApiParameter> PathParameters(string path) =>
        from part in path.Split('/')
        where part.StartsWith('{')
        let name = part.Trim('{', '}')
        select new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Path,
            Required = true,
            Description = name == "tenant" ? "The organisation: an id out of GET /tenants." : "An id of ours.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
        };

    private static OpenApiParameter Query(ApiParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Schema = parameter.Schema,
    };

    private static IEnumerable<IOpenApiParameter> Headers(IList<object> metadata)
    {
        if (metadata.OfType<TakesIdempotencyKey>().Any())
        {
            yield return new OpenApiParameter
            {
                Name = TakesIdempotencyKey.Header,
                In = ParameterLocation.Header,
                Description = "The same key with the same body gives the first answer again.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
            };
        }

        if (metadata.OfType<TakesVersion>().LastOrDefault() is { } version)
        {
            yield return new OpenApiParameter
            {
                Name = TakesVersion.Header,
                In = ParameterLocation.Header,
                Required = version.Always,
                Description = version.Always ? "The ETag of the version that you read." : "The ETag of the version that you read, where there is one already.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }
    }

    private static async Task AddRefusalsAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, IList<object> metadata, JsonSerializerOptions json, CancellationToken ct)
    {
        // 400: any address refuses parameters that it does not take.
        SortedSet<int> statuses = [400, 401, 429, 500, 503];
        if (metadata.OfType<NeededPermission>().Any(needed => needed.Permission is not null))
        {
            statuses.Add(403);
        }

        if (operation.Parameters!.Any(parameter => parameter.In == ParameterLocation.Path))
        {
            statuses.Add(404);
        }

        if (operation.RequestBody is not null)
        {
            statuses.UnionWith([413, 415]);
        }

        if (metadata.OfType<TakesIdempotencyKey>().Any())
        {
            // The key was used for another request.
            statuses.Add(422);
        }

        if (metadata.OfType<TakesVersion>().Any())
        {
            statuses.UnionWith([412, 428]);
        }

        statuses.UnionWith(metadata.OfType<MayRefuse>().SelectMany(refuse => refuse.Statuses));
        var schema = await context.GetOrCreateSchemaAsync(typeof(ProblemAnswer), null, ct);
        context.Document?.AddComponent("Problem", schema);
        operation.Responses ??= [];
        foreach (var status in statuses)
        {
            var name = $"Problem{status}";
            context.Document?.AddComponent(name, new OpenApiResponse
            {
                Description = ApiProblem.TitleOf(status),
                Headers = status switch
                {
                    StatusCodes.Status401Unauthorized => Header("WWW-Authenticate", "How to sign in: Bearer."),
                    StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => Header("Retry-After", "Seconds to wait."),
                    _ => null,
                },
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new()
                    {
                        Schema = new OpenApiSchemaReference("Problem", context.Document),
                        Example = NodeOf(ApiProblem.ExampleOf(status), json),
                    },
                },
            });
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponseReference(name, context.Document);
        }
    }
}
