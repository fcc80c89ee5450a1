using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Microsoft.OpenApi;
using XeroCfo.Domain.Ledger;
using XeroCfo.Tests.Api.Contract;

namespace XeroCfo.Tests.Api;

/// <summary>The document by itself: well-formed, with schemas that are schemas and examples that fit them.</summary>
public sealed class DocumentValidityTests(ApiHost host) : IClassFixture<ApiHost>
{
    private ApiContract Contract => host.Contract;

    [Fact]
    public void A_reader_of_openapi_finds_nothing_wrong()
    {
        var read = OpenApiDocument.Parse(Contract.Text, "json");

        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors.Select(error => error.ToString()));
        Assert.Empty(read.Diagnostic.Warnings.Select(warning => warning.ToString()));
    }

    [Fact]
    public void Every_schema_is_one_of_json_schema_2020_12()
    {
        var schemas = Contract.Document["components"]!["schemas"]!.AsObject().Select(schema => (schema.Key, Schema: schema.Value!))
            .Concat(Contract.Operations.SelectMany(operation => operation.Parameters.Select(parameter => ($"{operation.Name} {parameter["name"]}", parameter["schema"]!))))
            .Concat(Contract.Operations.Where(operation => operation.BodySchema is not null).Select(operation => (operation.Name, operation.BodySchema!)))
            .ToList();

        Assert.True(schemas.Count > 100);
        foreach (var (name, schema) in schemas)
        {
            using var json = JsonDocument.Parse(schema.ToJsonString());
            Assert.True(MetaSchemas.Draft202012.Evaluate(json.RootElement).IsValid, name);
        }
    }

    [Fact]
    public void Every_answer_and_every_body_has_an_example_that_fits()
    {
        foreach (var operation in Contract.Operations)
        {
            foreach (var status in operation.Statuses.Where(status => operation.SchemaOf(status) is not null && operation.MediaTypesOf(status).Count == 1))
            {
                var example = operation.ExampleOf(status);
                Assert.True(example is not null, $"{operation.Name} {status} has no example.");
                Assert.Null(Contract.FaultOf(operation, status, operation.MediaTypesOf(status)[0], example.ToJsonString()));
                Assert.True(status < 400 || example["status"]!.GetValue<int>() == status, $"{operation.Name} {status} shows another status.");
            }

            if (operation.BodySchema is not null)
            {
                Assert.True(operation.BodyExample is not null, $"{operation.Name} has no example of its body.");
                Assert.Null(Contract.FaultOfBody(operation, operation.BodyExample));
            }
        }
    }

    [Fact]
    public void Bodies_name_what_they_need_and_take_nothing_else_at_any_depth()
    {
        var bodies = Contract.Operations.Where(operation => operation.BodySchema is not null).ToList();

        Assert.True(bodies.Count > 4);
        Assert.All(bodies.SelectMany(operation => Objects(operation.BodySchema!)), schema => Assert.False(schema["additionalProperties"]!.GetValue<bool>()));
        Assert.Equal(["name"], Required("CreateCategory"));
        Assert.Equal(["accountId", "month", "kind"], Required("ConfirmDifference"));
        Assert.Equal(["category"], Required("CategorizeTransactions"));
    }

    [Fact]
    public void Answers_that_a_change_may_follow_tell_their_version()
    {
        foreach (var operation in Contract.Operations.Where(operation => operation.Parameters.Any(parameter => parameter["name"]!.GetValue<string>() == "If-Match")))
        {
            var read = Contract.Find("GET", operation.Path);
            Assert.True(read?.Node["responses"]!["200"]!["headers"]?["ETag"] is not null, operation.Name);
        }
    }

    [Fact]
    public void Members_with_few_words_name_them()
    {
        var confirmation = Contract.Operations.Single(operation => operation.Id == "ConfirmDifference").BodySchema!["properties"]!["kind"]!["enum"]!.AsArray();
        var filter = Contract.Operations.Single(operation => operation.Id == "CategorizeTransactions").BodySchema!["properties"]!["filter"]!["properties"]!;

        Assert.Equal(DifferenceKinds.Confirmable, confirmation.Select(word => word!.GetValue<string>()));
        Assert.Equal([.. Directions.All, null], filter["direction"]!["enum"]!.AsArray().Select(word => word?.GetValue<string>()));
    }

    private string[] Required(string operationId) =>
        [.. Contract.Operations.Single(operation => operation.Id == operationId).BodySchema!["required"]!.AsArray().Select(name => name!.GetValue<string>())];

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject members => (members["properties"] is JsonObject ? [members] : Array.Empty<JsonObject>()).Concat(members.SelectMany(member => Objects(member.Value))),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };
}
