using System.Globalization;
using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>An answer before it goes onto a transport.</summary>
public sealed record FakeResponse(int Status, string Body, string ContentType = "application/json; charset=utf-8")
{
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The share of the body that is sent before the connection breaks; 1 sends all.</summary>
    public double SentShare { get; init; } = 1;

    /// <summary>The caller waits until it gives up.</summary>
    public bool NeverComes { get; init; }

    internal static FakeResponse Unauthorized(string detail = "AuthenticationUnsuccessful") => Problem(401, "Unauthorized", detail);

    internal static FakeResponse Problem(int status, string title, string detail) => new(status, WireFormat.Text(new JsonObject
    {
        ["Type"] = null,
        ["Title"] = title,
        ["Status"] = status,
        ["Detail"] = detail,
        ["Instance"] = "00000000-0000-4000-8000-" + status.ToString("D12", CultureInfo.InvariantCulture),
        ["Extensions"] = new JsonObject(),
    }));

    internal static FakeResponse BadRequest(int number, string type, string message) => new(400, WireFormat.Text(new JsonObject
    {
        ["ErrorNumber"] = number,
        ["Type"] = type,
        ["Message"] = message,
    }));
}
