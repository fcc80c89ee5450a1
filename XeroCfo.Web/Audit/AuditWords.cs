using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XeroCfo.Web.Audit;

/// <summary>A value of an entry by its name, and whether it is another than the one on the other side.</summary>
public sealed record AuditValue(string Name, string Text, bool Moved);

/// <summary>An entry's details as people read them.</summary>
/// <param name="Who">By whom, by name.</param>
/// <param name="Facts">What it was about.</param>
/// <param name="Before">What was there before; empty where nothing was.</param>
/// <param name="After">What is there since.</param>
public sealed record AuditStory(string Who, IReadOnlyList<AuditValue> Facts, IReadOnlyList<AuditValue> Before, IReadOnlyList<AuditValue> After);

/// <summary>Entries of the audit trail in words. Pure.</summary>
public static class AuditWords
{
    private const int LongestValue = 2_000;

    /// <summary><c>rule.updated</c> → Rule updated; <c>report-layout.deleted</c> → Report layout deleted.</summary>
    public static string Of(string action)
    {
        var words = action.Replace("signin", "sign in", StringComparison.Ordinal).Replace('.', ' ').Replace('_', ' ').Replace('-', ' ');
        return words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>The area of an action: <c>rule</c>.</summary>
    public static string AreaOf(string action) => action.Split('.')[0];

    public static AuditStory Read(string? details)
    {
        if (Parse(details) is not { } root)
        {
            return new AuditStory("unknown", details is null ? [] : [new AuditValue("details", details, false)], [], []);
        }

        var (before, after) = (Flat(root["before"]), Flat(root["after"]));
        var facts = root.Where(member => member.Key is not ("caller" or "before" or "after" or "tenantId" or "requestId")).SelectMany(member => Flat(member.Value, Words(member.Key)));
        return new AuditStory(WhoOf(root), [.. facts.Select(value => new AuditValue(value.Name, value.Text, false))], Compared(before, after), Compared(after, before));
    }

    /// <summary>By whom, by name; a key says so.</summary>
    public static string WhoOf(string? details) => Parse(details) is { } root ? WhoOf(root) : "unknown";

    /// <summary>The request that it came with; null: none.</summary>
    public static string? RequestOf(string? details) => Parse(details)?["requestId"] is JsonValue id ? id.ToString() : null;

    private static JsonObject? Parse(string? details)
    {
        try
        {
            return details is null ? null : JsonNode.Parse(details) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string WhoOf(JsonObject root) => root["caller"] is JsonObject caller
        ? caller["kind"]?.ToString() == "ApiKey" ? $"{caller["name"]} (API key)" : caller["name"]?.ToString() ?? "unknown"
        : "unknown";

    private static List<AuditValue> Compared(IReadOnlyList<(string Name, string Text)> values, IReadOnlyList<(string Name, string Text)> others) =>
        [.. values.Select(value => new AuditValue(value.Name, value.Text, others.Count > 0 && !others.Contains(value)))];

    private static IReadOnlyList<(string Name, string Text)> Flat(JsonNode? node, string name = "") => node switch
    {
        null => name.Length == 0 ? [] : [(name, "—")],
        JsonObject members => [.. members.SelectMany(member => Flat(member.Value, name.Length == 0 ? Words(member.Key) : $"{name} · {Words(member.Key)}"))],
        JsonArray items when items.All(item => item is null or JsonValue) => [(name, items.Count == 0 ? "none" : Short(string.Join(", ", items.Select(item => item?.ToString() ?? "—"))))],
        JsonArray items => [.. items.SelectMany((item, index) => Flat(item, string.Create(CultureInfo.InvariantCulture, $"{name} {index + 1}")))],
        JsonValue value when value.GetValueKind() == JsonValueKind.True => [(name, "yes")],
        JsonValue value when value.GetValueKind() == JsonValueKind.False => [(name, "no")],
        _ => [(name.Length == 0 ? "value" : name, Short(node.ToString()))],
    };

    private static string Short(string text) => text.Length <= LongestValue ? text : text[..LongestValue] + "…";

    // expiresAt → expires at.
    private static string Words(string member)
    {
        var words = new StringBuilder(member.Length + 4);
        foreach (var letter in member)
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
