using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Audit;

/// <summary>What the page shows of the trail, as its address says it. Days are days in UTC. What cannot be read is passed over.</summary>
public sealed record AuditQuery(Guid? UserId = null, Guid? TenantId = null, string? Action = null, DateOnly? From = null, DateOnly? To = null)
{
    public static readonly AuditQuery All = new();

    public AuditFilter Filter => new(
        UserId, TenantId, Action, From?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), To is { } last ? last.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) : null);

    public static AuditQuery Of(string query)
    {
        var read = QueryHelpers.ParseQuery(query);
        return new AuditQuery(Id("userId"), Id("tenantId"), Text("action"), Day("from"), Day("to"));

        string? Text(string name) => read.TryGetValue(name, out var values) && values is [{ Length: > 0 and <= 100 } text] && !text.Any(char.IsControl) ? text : null;
        Guid? Id(string name) => Guid.TryParseExact(Text(name), "D", out var id) ? id : null;
        DateOnly? Day(string name) => DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && AccountingDays.Contain(day) ? day : null;
    }

    /// <summary>With its question mark; empty when everything is shown.</summary>
    public string ToText()
    {
        var parts = new (string Name, string? Value)[]
        {
            ("userId", UserId?.ToString("D")), ("tenantId", TenantId?.ToString("D")), ("action", Action),
            ("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("to", To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        };
        var set = parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}").ToList();
        return set.Count == 0 ? "" : "?" + string.Join('&', set);
    }
}
