using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using XeroCfo.Data.Xero.Payloads;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

/// <summary>Takes an answer of Xero apart into records, each kept byte for byte. Pure.</summary>
internal static partial class XeroPages
{
    /// <summary>
    /// The records of a list answer; null when the body is no JSON. Null elements are passed over; a record without a readable id is unreadable.
    /// </summary>
    public static XeroPage? Read(byte[] body, XeroEndpoint endpoint, int page, int pageSize, DateTime now)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var records = new List<XeroRecord>();
            var unreadable = new List<UnreadableRecord>();
            foreach (var element in Elements(json.RootElement, endpoint.Path))
            {
                if (Record(element, endpoint, out var problem) is { } record)
                {
                    records.Add(record);
                }
                else
                {
                    unreadable.Add(problem!);
                }
            }

            var pagination = Member(json.RootElement, "pagination");
            var itemCount = Number(pagination, "itemCount");
            var pageCount = Number(pagination, "pageCount");
            var last = !endpoint.Paged || (pageCount is { } pages ? page >= pages : records.Count + unreadable.Count < pageSize);
            var serverTime = WireDates.Instant(Text(json.RootElement, "DateTimeUTC")) ?? now;
            return new XeroPage(records, unreadable, last, itemCount, serverTime);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The elements of a list; a single object counts as a list of one, nulls are passed over.</summary>
    public static IEnumerable<JsonElement> Elements(JsonElement root, string name)
    {
        var list = Member(root, name);
        return list?.ValueKind switch
        {
            JsonValueKind.Array => list.Value.EnumerateArray().Where(element => element.ValueKind == JsonValueKind.Object),
            JsonValueKind.Object => [list.Value],
            _ => [],
        };
    }

    /// <summary>The first id of the kind that stands in a body which is no JSON, so that the record can be named.</summary>
    public static string? FindId(byte[] body, XeroEndpoint endpoint) =>
        IdMember().Matches(Encoding.UTF8.GetString(body)).FirstOrDefault(match => match.Groups[1].Value == endpoint.IdMember)?.Groups[2].Value;

    private static XeroRecord? Record(JsonElement element, XeroEndpoint endpoint, out UnreadableRecord? problem)
    {
        problem = null;
        var idText = Text(element, endpoint.IdMember);
        if (!Guid.TryParse(idText, out var id))
        {
            problem = new UnreadableRecord(
                endpoint.Path, idText, "record-without-id", $"A record has no readable {endpoint.IdMember}; its number is '{Text(element, "InvoiceNumber") ?? Text(element, "Reference")}'.");
            return null;
        }

        var raw = element.GetRawText().Replace("\0", "", StringComparison.Ordinal);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(raw)));
        var day = WireDates.Day(Text(element, "DateString")) ?? WireDates.Day(Text(element, "Date"));
        return new XeroRecord(id, day, WireDates.Instant(Text(element, "UpdatedDateUTC")), raw, hash);
    }

    private static JsonElement? Member(JsonElement? element, string name)
    {
        if (element is not { ValueKind: JsonValueKind.Object } value)
        {
            return null;
        }

        if (value.TryGetProperty(name, out var exact))
        {
            return exact;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }

    private static string? Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static int? Number(JsonElement? element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    [GeneratedRegex("\"([A-Za-z]+ID)\"\\s*:\\s*\"([0-9a-fA-F-]{36})\"")]
    private static partial Regex IdMember();
}
