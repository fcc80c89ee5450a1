using System.Globalization;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.ApiKeys;

/// <summary>Permissions of one part of the product, to be given or not.</summary>
/// <param name="Name">The part, for people.</param>
/// <param name="Permissions">With what each of them allows.</param>
public sealed record PermissionArea(string Name, IReadOnlyList<(string Permission, string Allows)> Permissions);

/// <summary>What pages say about keys.</summary>
public static class ApiKeyWords
{
    private static readonly (string Area, string Name)[] Areas =
    [
        ("tenants", "Organisations"), ("reports", "Reports"), ("layouts", "Report layouts"), ("kpis", "KPIs"), ("budgets", "Budgets"), ("ledger", "Ledger"), ("transactions", "Transactions"), ("rules", "Rules and categories"),
        ("sync", "Syncs"), ("close", "Month close"), ("payroll", "Payroll"), ("webhooks", "Webhooks"), ("connections", "Connections"), ("users", "People"), ("apikeys", "API keys"), ("audit", "Audit trail"), ("system", "System"),
    ];

    /// <summary>The permissions of <paramref name="permissions"/> by area; one that has no area yet comes last.</summary>
    public static IReadOnlyList<PermissionArea> ByArea(IEnumerable<string> permissions)
    {
        var all = permissions.ToLookup(permission => permission.Split(':')[0]);
        var known = Areas.Where(area => all.Contains(area.Area)).Select(area => Of(area.Name, all[area.Area]));
        var others = all.Where(area => Areas.All(other => other.Area != area.Key)).Select(area => Of(area.Key, area));
        return [.. known, .. others];
    }

    /// <summary>All that reads and nothing that writes.</summary>
    public static bool IsReading(string permission) => permission.EndsWith(":read", StringComparison.Ordinal);

    public static (Tone Tone, string Text) State(string state) => state switch
    {
        ApiKeyStates.Active => (Tone.Good, "Active"),
        ApiKeyStates.Expiring => (Tone.Warn, "Expires soon"),
        ApiKeyStates.Expired => (Tone.Bad, "Expired"),
        ApiKeyStates.Revoked => (Tone.Neutral, "Revoked"),
        _ => (Tone.Bad, "Owner disabled"),
    };

    /// <summary>The organisations that a key reaches, as far as <paramref name="caller"/> may know them.</summary>
    public static string Organisations(OwnedApiKey owned, Caller caller, IReadOnlyDictionary<Guid, string> names)
    {
        if (owned.Limits is not { } limits)
        {
            return owned.Owner.Id == caller.UserId ? "All of yours" : "All of the owner's";
        }

        var seen = limits.Where(tenant => caller.Sees(new TenantId(tenant))).Select(tenant => names.GetValueOrDefault(tenant, "one more")).Order(StringComparer.CurrentCulture).ToList();
        var hidden = limits.Count - seen.Count;
        return string.Join(", ", hidden == 0 ? seen : seen.Append(hidden == 1 ? "1 that you do not see" : string.Create(CultureInfo.InvariantCulture, $"{hidden} that you do not see")));
    }

    private static PermissionArea Of(string name, IEnumerable<string> permissions) =>
        new(name, [.. permissions.OrderBy(permission => IsReading(permission) ? 0 : 1).Select(permission => (permission, Allows(permission)))]);

    private static string Allows(string permission) => permission switch
    {
        Permissions.ApiKeysWrite => "own",
        Permissions.ApiKeysAdmin => "everybody's",
        _ => permission[(permission.IndexOf(':', StringComparison.Ordinal) + 1)..],
    };
}
