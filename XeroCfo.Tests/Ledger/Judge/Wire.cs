using System.Globalization;
using System.Text.Json.Nodes;
using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Ledger.Judge;

/// <summary>Reads Xero's JSON as a person would, field by field. Shares nothing with the product.</summary>
internal static class Wire
{
    public static List<JsonObject> All(FakeOrganisation organisation, string endpoint) =>
        [.. organisation.Texts(endpoint).Select(text => JsonNode.Parse(text)!.AsObject())];

    public static string Text(this JsonNode node, string name) => (string?)node[name] ?? "";

    public static decimal Number(this JsonNode node, string name) => (decimal?)node[name] ?? 0m;

    public static Guid Id(this JsonNode node, string name) => Guid.Parse(node.Text(name));

    public static JsonObject[] Items(this JsonNode node, string name) => node[name] is JsonArray array ? [.. array.Select(item => item!.AsObject())] : [];

    public static DateOnly Day(this JsonNode node)
    {
        var text = node.Text("Date");
        var milliseconds = long.Parse(text["/Date(".Length..text.IndexOf('+', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        return DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(milliseconds));
    }
}
