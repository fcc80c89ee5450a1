using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Writes values the way Xero's JSON does: dates as escaped /Date(ms)/ texts, money with two decimals, UTF-8 letters unescaped.</summary>
internal static class WireFormat
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonNode Money(decimal amount) =>
        JsonValue.Create(decimal.Round(amount, 2, MidpointRounding.AwayFromZero) + 0.00m);

    public static JsonNode Quantity(decimal quantity) =>
        JsonValue.Create(decimal.Round(quantity, 4, MidpointRounding.AwayFromZero) + 0.0000m);

    public static string Date(DateOnly date) => Instant(new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero));

    public static string Instant(DateTimeOffset instant) =>
        string.Create(CultureInfo.InvariantCulture, $"/Date({instant.ToUnixTimeMilliseconds()}+0000)/");

    public static string DateText(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00";

    public static string InstantText(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Id(Guid id) => id.ToString("D");

    public static string Text(JsonNode node) => EscapeDates(node.ToJsonString(Relaxed));

    /// <summary>The calendar date of a /Date(ms+0000)/ text; null when it is none.</summary>
    public static DateOnly? ReadDate(string? text)
    {
        if (text is null || !text.StartsWith("/Date(", StringComparison.Ordinal))
        {
            return null;
        }

        var end = text.IndexOfAny(['+', ')'], 6);
        return end > 6 && long.TryParse(text.AsSpan(6, end - 6), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime)
            : null;
    }

    /// <summary>Turns "/Date(…)/" into "\/Date(…)\/", which no .NET writer does by itself.</summary>
    private static string EscapeDates(string json)
    {
        const string Open = "\"/Date(";
        const string Close = ")/\"";
        var at = json.IndexOf(Open, StringComparison.Ordinal);
        if (at < 0)
        {
            return json;
        }

        var escaped = new StringBuilder(json.Length + 64);
        var from = 0;
        while (at >= 0)
        {
            var close = json.IndexOf(Close, at, StringComparison.Ordinal);
            if (close < 0)
            {
                break;
            }

            escaped.Append(json, from, at - from).Append("\"\\/").Append(json, at + 2, close - at - 1).Append("\\/\"");
            from = close + Close.Length;
            at = json.IndexOf(Open, from, StringComparison.Ordinal);
        }

        return escaped.Append(json, from, json.Length - from).ToString();
    }
}
