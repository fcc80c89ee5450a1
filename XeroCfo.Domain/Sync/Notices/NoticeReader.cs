using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Sync.Notices;

/// <summary>Xero's signature under a notice. Pure.</summary>
public static class NoticeSignature
{
    /// <summary>True when <paramref name="given"/> is the Base64 of HMAC-SHA256 over exactly these bytes. Takes the same time for every wrong one.</summary>
    public static bool IsRight(string? key, ReadOnlySpan<byte> body, string? given)
    {
        if (string.IsNullOrEmpty(key) || string.IsNullOrEmpty(given))
        {
            return false;
        }

        var right = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(given));
    }
}

/// <summary>What stands in a notice, and what of it is nothing that we know.</summary>
public sealed record NoticeContent(IReadOnlyList<NoticedChange> Changes, int Unknown);

/// <summary>Reads notices. Pure.</summary>
public static class NoticeReader
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["INVOICE"] = "Invoice",
        ["CREDITNOTE"] = "CreditNote",
        ["PAYMENT"] = "Payment",
        ["PREPAYMENT"] = "Prepayment",
        ["OVERPAYMENT"] = "Overpayment",
        ["CONTACT"] = "Contact",
    };

    /// <summary>Each record once, with its newest change; null when the body is no notice at all.</summary>
    public static NoticeContent? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || Member(json.RootElement, "events") is not { ValueKind: JsonValueKind.Array } events)
            {
                return null;
            }

            var all = events.EnumerateArray().Select(Of).ToList();
            return new NoticeContent([.. all.OfType<NoticedChange>().GroupBy(change => change with { ChangedAt = null }).Select(Newest)], all.Count(change => change is null));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static NoticedChange? Of(JsonElement change) =>
        change.ValueKind == JsonValueKind.Object
        && Text(change, "tenantId") is { Length: > 0 and <= 255 } tenant
        && Kinds.TryGetValue(Text(change, "eventCategory") ?? "", out var kind)
        && Guid.TryParse(Text(change, "resourceId"), out var id)
            ? new NoticedChange(Guid.TryParse(tenant, out var guid) ? guid.ToString("D") : TextRules.Askable(tenant), kind, id, Instant(Text(change, "eventDateUtc")))
            : null;

    // Without its day a change may be newer than any other.
    private static NoticedChange Newest(IEnumerable<NoticedChange> changes) => changes.OrderByDescending(change => change.ChangedAt ?? DateTime.MaxValue).First();

    private static DateTime? Instant(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond))
            : null;

    private static string? Text(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static JsonElement? Member(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value : null;
}
