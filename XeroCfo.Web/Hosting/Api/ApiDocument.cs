using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

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
        options.AddSchemaTransformer(RefineAsync);
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
            ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: xcfo_…" },
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

    private static Task RefineAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = context.JsonTypeInfo.Type;
        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(decimal))
        {
            // Money and rates are decimals from end to end; "double" would invite clients to lose cents.
            schema.Format = "decimal";
        }

        if (type == typeof(Patched))
        {
            (schema.Type, schema.Properties) = (JsonSchemaType.String | JsonSchemaType.Null, null);
            return Task.CompletedTask;
        }

        if (type.Assembly == typeof(ApiDocument).Assembly && schema.Properties is { } members && !type.Name.EndsWith("Request", StringComparison.Ordinal))
        {
            // An answer always writes all of its members.
            schema.Required = members.Keys.ToHashSet();
        }

        return Task.CompletedTask;
    }

    private static async Task CompleteAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var permission = metadata.OfType<NeededPermission>().FirstOrDefault()?.Permission ?? AnyKey;
        operation.Extensions = new Dictionary<string, IOpenApiExtension> { [PermissionMember] = new JsonNodeExtension(JsonValue.Create(permission)) };
        operation.Parameters = [.. PathParameters(context.Description.RelativePath!), .. metadata.OfType<ApiParameter>().Select(Query), .. Headers(metadata)];
        if (metadata.OfType<TakesBody>().FirstOrDefault() is { } body)
        {
            var schema = await context.GetOrCreateSchemaAsync(body.Type, null, ct);
            schema.AdditionalPropertiesAllowed = false;
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = body.Required,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new() { Schema = schema },
                },
            };
        }

        AddHeaders(operation, metadata);
        await AddRefusalsAsync(operation, context, metadata, ct);
    }

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

        if (metadata.OfType<TakesVersion>().Any())
        {
            yield return new OpenApiParameter
            {
                Name = TakesVersion.Header,
                In = ParameterLocation.Header,
                Required = true,
                Description = "The ETag of the version that you read.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }
    }

    private static async Task AddRefusalsAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, IList<object> metadata, CancellationToken ct)
    {
        SortedSet<int> statuses = [401, 429, 500, 503];
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
            statuses.UnionWith([400, 413, 415]);
        }

        if (operation.Parameters!.Any(parameter => parameter.In is ParameterLocation.Query or ParameterLocation.Header))
        {
            statuses.Add(400);
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
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = ApiProblem.TitleOf(status),
                Headers = status is 429 or 503 ? Header("Retry-After", "Seconds to wait.") : null,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("Problem", context.Document) },
                },
            };
        }
    }
}
