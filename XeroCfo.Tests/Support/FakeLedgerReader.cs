using System.Globalization;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Tests.Support;

/// <summary>A ledger in memory; balances are sums of its lines.</summary>
internal sealed class FakeLedgerReader : ILedgerReader
{
    public List<Account> Accounts { get; } = [];

    public List<LedgerLineView> Lines { get; } = [];

    public Dictionary<DateOnly, StoredTrialBalance> XeroBalances { get; } = [];

    /// <summary>Answers wait for it; a page shows its loading state meanwhile.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<IReadOnlyList<Account>> AccountsAsync(TenantId tenant, CancellationToken ct)
    {
        await Gate.WaitAsync(ct);
        return Accounts;
    }

    public async Task<IReadOnlyList<AccountMovement>> MovementsAsync(TenantId tenant, DateOnly? from, DateOnly to, CancellationToken ct)
    {
        await Gate.WaitAsync(ct);
        return
        [
            .. Lines.Select(view => view.Line)
                .Where(line => line.Date <= to && (from is null || line.Date >= from))
                .GroupBy(line => line.AccountId)
                .Select(group => new AccountMovement(
                    group.Key,
                    group.Where(line => line.Source == LineSources.Opening).Sum(line => line.Amount),
                    group.Where(line => line.Source is LineSources.Document or LineSources.Journal).Sum(line => line.Amount),
                    group.Where(line => IsXeroOnly(line) && line.Kind is not (null or DifferenceKinds.Unexplained)).Sum(line => line.Amount),
                    group.Where(line => IsXeroOnly(line) && line.Kind is (null or DifferenceKinds.Unexplained)).Sum(line => line.Amount))),
        ];
    }

    public async Task<Result<Page<LedgerLineView>>> LinesAsync(TenantId tenant, LedgerLineFilter filter, PagePlace place, int limit, CancellationToken ct)
    {
        await Gate.WaitAsync(ct);
        var all = Lines.Where(view => Passes(view.Line, filter)).OrderBy(view => view.Line.Date).ThenBy(view => view.Line.Id).ToList();
        int? at = place.Cursor is null ? null : int.Parse(place.Cursor, CultureInfo.InvariantCulture);
        var end = place.Backwards ? at ?? all.Count : Math.Min(all.Count, (at ?? 0) + limit);
        var start = place.Backwards ? Math.Max(0, end - limit) : at ?? 0;
        return new Page<LedgerLineView>([.. all.Take(start..end)], end < all.Count ? Text(end) : null, start > 0 ? Text(start) : null);

        static string Text(int place) => place.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The filter lets the line through.</summary>
    public static bool Passes(LedgerLine line, LedgerLineFilter filter) =>
        (filter.AccountId is null || line.AccountId == filter.AccountId)
        && (filter.From is null || line.Date >= filter.From)
        && (filter.To is null || line.Date <= filter.To)
        && (filter.Source is null || line.Source == filter.Source)
        && (filter.Kind is null || line.Kind == filter.Kind)
        && (filter.Document is null || line.DocumentKind == filter.Document);

    public Task<IReadOnlyDictionary<Guid, decimal>> ForeignBalancesAsync(TenantId tenant, DateOnly date, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<Guid, decimal>>(Lines.Select(view => view.Line)
            .Where(line => line.CurrencyCode is not null && line.Date <= date)
            .GroupBy(line => line.AccountId)
            .ToDictionary(group => group.Key, group => group.Sum(line => line.ForeignAmount ?? 0)));

    public Task<StoredTrialBalance?> XeroTrialBalanceAsync(TenantId tenant, DateOnly date, CancellationToken ct) =>
        Task.FromResult(XeroBalances.GetValueOrDefault(date));

    private static bool IsXeroOnly(LedgerLine line) => line.Source is LineSources.XeroTrialBalance or LineSources.XeroProvisional;

    public Task<CappedCount> CountAsync(TenantId tenant, LedgerLineFilter filter, CancellationToken ct) =>
        Task.FromResult(new CappedCount(0, false));
}
