using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace XeroCfo.Tests.Api.Contract;

/// <summary>The OpenAPI document as a judge: which operation a request is, and whether an answer is one that the document tells of.</summary>
internal sealed class ApiContract
{
    private static readonly EvaluationOptions Strict = new() { RequireFormatValidation = true, OutputFormat = OutputFormat.List };
    private static readonly SemaphoreSlim Once = new(1, 1);
    private static ApiContract? _only;

    private readonly Dictionary<string, JsonSchema> _schemas = [];

    private ApiContract(string text)
    {
        Text = text;
        Document = JsonNode.Parse(text)!.AsObject();
        Operations =
        [
            .. from path in Document["paths"]!.AsObject()
                from operation in path.Value!.AsObject()
                select new ApiOperation(operation.Key.ToUpperInvariant(), path.Key, WithoutReferences(operation.Value!.DeepClone().AsObject())),
        ];
        Definitions = Closed(Document["components"]!["schemas"]!).AsObject();
        foreach (var operation in Operations)
        {
            foreach (var status in operation.Statuses)
            {
                if (operation.SchemaOf(status) is { } schema)
                {
                    _schemas[$"{operation.Name} {status}"] = SchemaOf(schema);
                }
            }
        }
    }

    /// <summary>As it is served.</summary>
    public string Text { get; }

    public JsonObject Document { get; }

    public IReadOnlyList<ApiOperation> Operations { get; }

    private JsonObject Definitions { get; }

    /// <summary>The document of this build: the same in every host.</summary>
    public static async Task<ApiContract> OfAsync(IServiceProvider services)
    {
        await Once.WaitAsync();
        try
        {
            return _only ??= await ReadAsync(services);
        }
        finally
        {
            Once.Release();
        }
    }

    /// <summary>The operation that a request is; null when the document knows none.</summary>
    public ApiOperation? Find(string method, string path) =>
        Operations.Where(operation => operation.Method == method && operation.Matches(path)).MinBy(operation => operation.Path.Count(letter => letter == '{'));

    /// <summary>What is wrong with an answer; null when the document tells of it.</summary>
    public string? FaultOf(ApiOperation operation, int status, string? mediaType, string body)
    {
        if (!operation.Statuses.Contains(status))
        {
            return $"the document has no status {status}";
        }

        var documented = operation.MediaTypesOf(status);
        return mediaType is null ? (documented.Count == 0 && body.Length == 0 ? null : "it has no type")
            : !documented.Contains(mediaType) ? $"its type is {mediaType}, not {string.Join(" or ", documented)}"
            : !mediaType.EndsWith("json", StringComparison.Ordinal) ? null
            : FaultOf(_schemas[$"{operation.Name} {status}"], body);
    }

    /// <summary>What is wrong with a request's body; null when it fits.</summary>
    public string? FaultOfBody(ApiOperation operation, JsonNode body) => FaultOf(SchemaOf(operation.BodySchema!), body.ToJsonString());

    private static string? FaultOf(JsonSchema schema, string json)
    {
        using var document = JsonDocument.Parse(json);
        var found = schema.Evaluate(document.RootElement, Strict);
        return found.IsValid ? null : string.Join("; ", (found.Details ?? []).SelectMany(detail => (detail.Errors ?? []).Select(error => $"{detail.InstanceLocation} {error.Value}")).Distinct().Take(5));
    }

    // Each schema carries all definitions, so that its references stay within it.
    private JsonSchema SchemaOf(JsonNode schema)
    {
        var whole = Closed(schema).AsObject();
        whole["$defs"] = Definitions.DeepClone();
        return JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }

    // The document leaves clients room for members to come; an answer of this build has none that it does not tell of.
    private static JsonNode Closed(JsonNode schema)
    {
        var copy = schema.DeepClone();
        Close(copy);
        return copy;
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            if (members["properties"] is JsonObject && members["additionalProperties"] is null)
            {
                members["additionalProperties"] = false;
            }

            foreach (var member in members.ToList())
            {
                Close(member.Value);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Close(item);
            }
        }
    }

    // Refusals stand in the document once for all operations.
    private JsonObject WithoutReferences(JsonObject operation)
    {
        var responses = operation["responses"]!.AsObject();
        foreach (var (status, response) in responses.ToList())
        {
            if (response!["$ref"]?.GetValue<string>() is { } reference)
            {
                responses[status] = Document["components"]!["responses"]![reference.Split('/')[^1]]!.DeepClone();
            }
        }

        return operation;
    }

    private static async Task<ApiContract> ReadAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync();
        return new ApiContract(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
    }
}

/// <summary>One operation of the document.</summary>
internal sealed class ApiOperation(string method, string path, JsonObject node)
{
    private readonly string[] _segments = path.Split('/');

    public string Method { get; } = method;

    public string Path { get; } = path;

    public JsonObject Node { get; } = node;

    public string Name => $"{Method} {Path}";

    public string Id => Node["operationId"]!.GetValue<string>();

    /// <summary>Null: any good key.</summary>
    public string? Permission => Node["x-permission"]!.GetValue<string>() is var permission && permission == "none" ? null : permission;

    public IReadOnlyList<int> Statuses => [.. Node["responses"]!.AsObject().Select(response => int.Parse(response.Key, System.Globalization.CultureInfo.InvariantCulture))];

    public int Success => Statuses.Single(status => status < 300);

    public IReadOnlyList<JsonObject> Parameters => [.. (Node["parameters"] as JsonArray ?? []).Select(parameter => parameter!.AsObject())];

    public JsonNode? BodySchema => Node["requestBody"]?["content"]?["application/json"]?["schema"];

    public JsonNode? BodyExample => Node["requestBody"]?["content"]?["application/json"]?["example"];

    public bool OfTenant => Path.Contains("{tenant}", StringComparison.Ordinal);

    public IReadOnlyList<string> MediaTypesOf(int status) => [.. ContentOf(status)?.Select(content => content.Key) ?? []];

    /// <summary>Of what is JSON; files of other kinds have no schema.</summary>
    public JsonNode? SchemaOf(int status) => JsonOf(status)?["schema"];

    public JsonNode? ExampleOf(int status) => JsonOf(status)?["example"];

    public bool Matches(string path)
    {
        var segments = path.TrimEnd('/').Split('/');
        return segments.Length == _segments.Length && _segments.Zip(segments).All(pair => pair.First.StartsWith('{') || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    }

    private JsonNode? JsonOf(int status) => ContentOf(status)?.SingleOrDefault(content => content.Key.EndsWith("json", StringComparison.Ordinal)).Value;

    private JsonObject? ContentOf(int status) => Node["responses"]![status.ToString(System.Globalization.CultureInfo.InvariantCulture)]?["content"] as JsonObject;
}
