using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Api;

public sealed class DocumentTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string[] AlwaysPossible = ["400", "401", "429", "500", "503"];

    [Fact]
    public async Task It_is_version_3_1_and_lists_every_route_of_the_application()
    {
        var document = await ReadAsync();
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}"));

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal(routes.Order(), Operations(document).Select(operation => operation.Name).Order());
        Assert.Equal(["bearer", "apiKey"], document.GetProperty("components").GetProperty("securitySchemes").Names());
    }

    [Fact]
    public async Task Every_operation_tells_its_permission_its_parameters_and_its_refusals()
    {
        var document = await ReadAsync();
        var operations = Operations(document).ToList();

        Assert.True(operations.Count > 10);
        foreach (var (name, operation) in operations)
        {
            var permission = operation.GetProperty("x-permission").GetString()!;
            Assert.True(permission == "none" || Permissions.All.Contains(permission), $"{name}: {permission}");
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.NotEmpty(operation.GetProperty("operationId").GetString()!);
            var responses = operation.GetProperty("responses");
            Assert.All(AlwaysPossible, status => Assert.Contains(status, responses.Names()));
            foreach (var status in responses.Names().Where(status => status[0] != '2'))
            {
                var reference = responses.GetProperty(status).GetProperty("$ref").GetString()!;
                Assert.Equal($"#/components/responses/Problem{status}", reference);
                var schema = document.GetProperty("components").GetProperty("responses").GetProperty($"Problem{status}").GetProperty("content").GetProperty("application/problem+json").GetProperty("schema");
                Assert.Equal("#/components/schemas/Problem", schema.GetProperty("$ref").GetString());
            }

            if (name.Contains("{tenant}", StringComparison.Ordinal))
            {
                Assert.Contains("404", responses.Names());
                Assert.Contains("403", responses.Names());
                Assert.Contains(operation.GetProperty("parameters").EnumerateArray(), parameter => parameter.GetProperty("name").GetString() == "tenant");
            }
        }
    }

    [Fact]
    public async Task Lists_tell_of_every_filter()
    {
        var operation = Operations(await ReadAsync()).Single(operation => operation.Name == "GET /api/v1/tenants/{tenant}/transactions").Operation;

        Assert.Equal(
            [
                "tenant", "from", "to", "type", "status", "direction", "category", "accountCode", "contactId", "isReconciled", "minAmount", "maxAmount",
                "search", "sort", "limit", "cursor",
            ],
            operation.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_body_takes_no_other_members()
    {
        var operation = Operations(await ReadAsync()).Single(operation => operation.Name == "POST /api/v1/tenants/{tenant}/syncs").Operation;
        var body = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");

        Assert.False(body.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(["full"], body.GetProperty("properties").Names());
        Assert.Equal(["Location"], operation.GetProperty("responses").GetProperty("202").GetProperty("headers").Names());
    }

    [Fact]
    public async Task Every_reference_leads_somewhere_and_money_is_a_number()
    {
        var document = await ReadAsync();
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var references = System.Text.RegularExpressions.Regex.Matches(document.GetRawText(), "\"#/components/schemas/([^\"]+)\"").Select(match => match.Groups[1].Value);

        Assert.All(references, reference => Assert.True(schemas.TryGetProperty(reference, out _), reference));
        var amount = schemas.GetProperty("LedgerLineAnswer").GetProperty("properties").GetProperty("amount");
        Assert.Equal(("number", "decimal"), (amount.GetProperty("type").GetString(), amount.GetProperty("format").GetString()));
        Assert.Equal(26, schemas.GetProperty("TransactionAnswer").GetProperty("required").GetArrayLength());
        var status = schemas.GetProperty("TransactionAnswer").GetProperty("properties").GetProperty("status");
        Assert.Equal("string", status.GetProperty("type").GetString());
    }

    private async Task<JsonElement> ReadAsync() =>
        await (await host.As(Roles.ReadOnly).GetAsync(new Uri("/openapi/v1.json", UriKind.Relative))).JsonAsync();

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value);
}
