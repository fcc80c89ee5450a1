using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Reports.Layouts;

/// <summary>The organisation's own layouts of reports.</summary>
public sealed class LayoutService(ILayoutRepository layouts, ILedgerReader ledger)
{
    /// <summary>In the order in which they were made.</summary>
    public async Task<Result<Page<ReportLayoutView>>> ListAsync(Caller caller, TenantId tenant, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ReportsRead, tenant) is { } refused)
        {
            return refused;
        }

        var page = await layouts.ListAsync(tenant, cursor, limit, ct);
        if (page.Problem is { } wrong)
        {
            return wrong;
        }

        var chart = await ledger.AccountsAsync(tenant, ct);
        return new Page<ReportLayoutView>([.. page.Value.Items.Select(layout => View(layout, chart))], page.Value.Next);
    }

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    public async Task<Result<CappedCount>> CountAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.ReportsRead, tenant) is { } refused ? refused : await layouts.CountAsync(tenant, ct);

    public async Task<Result<ReportLayoutView>> GetAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ReportsRead, tenant) is { } refused)
        {
            return refused;
        }

        return await layouts.FindAsync(tenant, id, ct) is { } found ? View(found, await ledger.AccountsAsync(tenant, ct)) : LayoutProblems.Unknown;
    }

    /// <summary>Its versions, the newest first.</summary>
    public async Task<Result<IReadOnlyList<LayoutVersionHead>>> VersionsAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ReportsRead, tenant) is { } refused)
        {
            return refused;
        }

        return await layouts.FindAsync(tenant, id, ct) is null ? LayoutProblems.Unknown : Result<IReadOnlyList<LayoutVersionHead>>.Of(await layouts.VersionsAsync(tenant, id, ct));
    }

    /// <summary>As it was in a version.</summary>
    public async Task<Result<ReportLayoutVersion>> VersionAsync(Caller caller, TenantId tenant, Guid id, int version, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ReportsRead, tenant) is { } refused)
        {
            return refused;
        }

        return await layouts.VersionAsync(tenant, id, version, ct) is { } found ? found : LayoutProblems.Unknown;
    }

    public async Task<Result<ReportLayoutView>> CreateAsync(Caller caller, TenantId tenant, LayoutInput input, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.LayoutsWrite, tenant) ?? LayoutRules.Check(input)) is { } refused)
        {
            return refused;
        }

        var chart = await ledger.AccountsAsync(tenant, ct);
        return UnknownIn(input, chart) is { } unknown ? unknown : Viewed(await layouts.CreateAsync(caller, tenant, Tidy(input), ct), chart);
    }

    /// <summary>Makes another version of it.</summary>
    public async Task<Result<ReportLayoutView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, LayoutInput input, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.LayoutsWrite, tenant) ?? LayoutRules.Check(input)) is { } refused)
        {
            return refused;
        }

        // What is not there, or not what was read, is told before what its rows name.
        if (await layouts.FindAsync(tenant, id, ct) is not { } found)
        {
            return LayoutProblems.Unknown;
        }

        var chart = await ledger.AccountsAsync(tenant, ct);
        return (version.Against(found.UpdatedAt) ?? UnknownIn(input, chart)) is { } stale ? stale : Viewed(await layouts.UpdateAsync(caller, tenant, id, version, Tidy(input), ct), chart);
    }

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct) =>
        caller.Lacks(Permissions.LayoutsWrite, tenant) is { } refused ? refused : await layouts.DeleteAsync(caller, tenant, id, version, ct);

    private static Result<ReportLayoutView> Viewed(Result<ReportLayout> saved, IReadOnlyList<Account> chart) => saved.Problem is { } refused ? refused : View(saved.Value, chart);

    private static ReportLayoutView View(ReportLayout layout, IReadOnlyList<Account> chart) => new(layout, new LayoutAccounts(layout.Rows, chart).Warnings());

    private static Problem? UnknownIn(LayoutInput input, IReadOnlyList<Account> chart)
    {
        var known = chart.Select(account => account.AccountId).ToHashSet();
        return (from row in input.Rows.Index()
                from account in (row.Item.AccountIds ?? []).Index()
                where !known.Contains(account.Item)
                select LayoutProblems.UnknownAccount($"rows[{row.Index}].accountIds[{account.Index}]")).FirstOrDefault();
    }

    private static LayoutInput Tidy(LayoutInput input) => new(input.Name!.Trim(), [.. input.Rows.Select(row => row with { Label = row.Label.Trim() })]);
}
