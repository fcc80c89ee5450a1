using System.Runtime.InteropServices;
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
    /// The records of a list answer; null when the body is no JSON or holds no such list. Null elements are passed over; a record without a readable id is unreadable.
    /// </summary>
    public static XeroPage? Read(ReadOnlyMemory<byte> body, XeroEndpoint endpoint, int page, int pageSize, DateTime now)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (Elements(json.RootElement, endpoint.Path) is not { } elements)
            {
                return null;
            }

            var records = new List<XeroRecord>();
            var unreadable = new List<UnreadableRecord>();
            foreach (var element in elements.Where(element => element.ValueKind == JsonValueKind.Object))
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

            var last = !endpoint.Paged || (Count(json.RootElement, "pageCount") is { } pages ? page >= pages : elements.Count < pageSize);
            return new XeroPage(records, unreadable, last, Count(json.RootElement, "itemCount"), ServerTime(json.RootElement) ?? now);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// The elements of a list, whatever they are; a single object counts as a list of one. Null when there is no list: an answer that
    /// lost it must not be taken for an empty one.
    /// </summary>
    public static IReadOnlyList<JsonElement>? Elements(JsonElement root, string name)
    {
        var list = Member(root, name);
        return list?.ValueKind switch
        {
            JsonValueKind.Array => [.. list.Value.EnumerateArray()],
            JsonValueKind.Object => [list.Value],
            _ => null,
        };
    }

    /// <summary>A number of the answer's pagination, where it says one.</summary>
    public static int? Count(JsonElement root, string name) =>
        Member(Member(root, "pagination"), name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    /// <summary>Xero's clock, where the answer says it.</summary>
    public static DateTime? ServerTime(JsonElement root) => WireDates.Instant(Text(root, "DateTimeUTC"));

    /// <summary>The first id of the kind that stands in a body which is no JSON, so that the record can be named.</summary>
    public static string? FindId(ReadOnlyMemory<byte> body, XeroEndpoint endpoint) =>
        IdMember().Matches(Encoding.UTF8.GetString(body.Span)).FirstOrDefault(match => match.Groups[1].Value == endpoint.IdMember)?.Groups[2].Value;

    private static XeroRecord? Record(JsonElement element, XeroEndpoint endpoint, out UnreadableRecord? problem)
    {
        problem = null;
        var idText = Text(element, endpoint.IdMember);
        if (!Guid.TryParse(idText, out var id))
        {
            problem = new UnreadableRecord(
                endpoint.Kind, idText, "record-without-id", $"A record has no readable {endpoint.IdMember}; its number is '{Text(element, "InvoiceNumber") ?? Text(element, "Reference")}'.");
            return null;
        }

        // JSON holds no NUL, so the text is stored as it came, and its hash is that of the bytes.
        var (raw, hash) = (element.GetRawText(), Convert.ToHexStringLower(SHA256.HashData(JsonMarshal.GetRawUtf8Value(element))));
        var day = WireDates.Day(Text(element, "DateString")) ?? WireDates.Day(Text(element, "Date"));
        return new XeroRecord(id, day, WireDates.Instant(Text(element, "UpdatedDateUTC")), raw, hash) { Removed = Text(element, "Status") is "VOIDED" or "DELETED" };
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

    [GeneratedRegex("\"([A-Za-z]+ID)\"\\s*:\\s*\"([0-9a-fA-F-]{36})\"")]
    private static partial Regex IdMember();
}
