using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>A record as kept: its wire text, and the few fields that lists are filtered and sorted by.</summary>
internal sealed record FakeStored(string Id, DateTimeOffset UpdatedUtc, string Text, string Status, string Type, DateOnly? Date)
{
    public bool IsGone => Status is "DELETED" or "VOIDED";

    public static FakeStored From(FakeEndpoint endpoint, JsonObject document, DateTimeOffset updatedUtc) => new(
        Read(document, endpoint.IdField) ?? throw new ArgumentException($"A record of {endpoint.Name} needs {endpoint.IdField}."),
        updatedUtc,
        WireFormat.Text(document),
        Read(document, "Status") ?? Read(document, "ContactStatus") ?? "",
        Read(document, "Type") ?? "",
        WireFormat.ReadDate(Read(document, "Date")));

    public JsonObject Parse() => JsonNode.Parse(Text)!.AsObject();

    private static string? Read(JsonObject document, string name) =>
        document[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
