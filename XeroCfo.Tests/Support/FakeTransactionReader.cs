using System.Globalization;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Ties;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Tests.Support;

/// <summary>Transactions in memory.</summary>
internal sealed class FakeTransactionReader : ITransactionReader, ITransactionFigures
{
    public List<Transaction> Transactions { get; } = [];

    public Dictionary<Guid, TransactionDetail> Details { get; } = [];

    /// <summary>Answers wait for it; a page shows its loading state meanwhile.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Sums wait for it; the rows do not.</summary>
    public Task CountGate { get; set; } = Task.CompletedTask;

    public async Task<TransactionTotals> TotalsAsync(TenantId tenant, TransactionFilter filter, CancellationToken ct)
    {
        await CountGate.WaitAsync(ct);
        var rows = Transactions.Where(row => Matches(row, filter)).ToList();
        return new TransactionTotals(new CappedCount(rows.Count, false), rows.Sum(row => Math.Max(0, row.BaseAmount)), -rows.Sum(row => Math.Min(0, row.BaseAmount)));
    }

    public Task<IReadOnlyList<UnreconciledItems>> ByBankAsync(TenantId tenant, TransactionFilter filter, CancellationToken ct) => Task.FromResult<IReadOnlyList<UnreconciledItems>>(
        [.. Transactions.Where(row => Matches(row, filter) && row.BankAccountId is not null).GroupBy(row => row.BankAccountId!.Value).Select(bank => new UnreconciledItems(bank.Key, bank.Count(), bank.Sum(row => row.BaseAmount), bank.Min(row => row.Date)))]);

    public async Task<Result<Page<Transaction>>> ListAsync(
        TenantId tenant, TransactionFilter filter, TransactionSort sort, PagePlace place, int limit, CancellationToken ct)
    {
        await Gate.WaitAsync(ct);
        var all = Sorted(Transactions.Where(row => Matches(row, filter)), sort).ToList();
        var at = place.Cursor is { } cursor ? int.Parse(cursor, CultureInfo.InvariantCulture) : place.Backwards ? all.Count : 0;
        var start = place.Backwards ? Math.Max(0, at - limit) : at;
        var end = place.Backwards ? at : Math.Min(all.Count, at + limit);
        return new Page<Transaction>(all[start..end], end < all.Count ? Text(end) : null, start > 0 ? Text(start) : null);
    }

    public Task<CappedCount> CountAsync(TenantId tenant, TransactionFilter filter, CancellationToken ct) =>
        Task.FromResult(new CappedCount(Transactions.Count(row => Matches(row, filter)), false));

    public Task<TransactionDetail?> FindAsync(TenantId tenant, Guid id, bool hidePayroll, CancellationToken ct) => Task.FromResult(Details.GetValueOrDefault(id));

    private static string Text(Transaction row) => $"{row.Description}\n{row.ContactName}\n{row.Reference}\n{row.Number}";

    private static string Text(int place) => place.ToString(CultureInfo.InvariantCulture);

    public static bool Matches(Transaction row, TransactionFilter filter) =>
        (filter.From is null || row.Date >= filter.From)
        && (filter.To is null || row.Date <= filter.To)
        && (filter.Type is null || row.Type == filter.Type)
        && (filter.Status is null || row.Status == filter.Status)
        && (filter.Direction is null || row.Direction == filter.Direction)
        && (filter.Category is null || (filter.Category == "none" ? row.Category is null : row.Category == filter.Category))
        && (filter.AccountCode is null || row.AccountCode == filter.AccountCode)
        && (filter.BankAccountId is null || row.BankAccountId == filter.BankAccountId)
        && (filter.IsReconciled is null || row.IsReconciled == filter.IsReconciled)
        && (filter.LockedByPerson is null || row.LockedByPerson == filter.LockedByPerson)
        && (filter.MinAmount is null || row.AbsoluteAmount >= filter.MinAmount)
        && (filter.MaxAmount is null || row.AbsoluteAmount <= filter.MaxAmount)
        && (!filter.Drafts || row.Status is "DRAFT" or "SUBMITTED")
        && (!filter.Unreconciled || (!row.IsReconciled && row.BankAccountId is not null && (row.Status is "AUTHORISED" or "PAID")))
        && (!filter.ToCategorise || (row.Category is null && row.Type is not (TransactionTypes.Payment or TransactionTypes.Transfer) && (row.Status is "AUTHORISED" or "PAID")))
        && (filter.Words ?? "").Split('\n').All(word => Text(row).Contains(word, StringComparison.OrdinalIgnoreCase))
        && (filter.ContactId is null || row.ContactId == filter.ContactId)
        && (filter.Search is null || Text(row).Contains(filter.Search, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Transaction> Sorted(IEnumerable<Transaction> rows, TransactionSort sort) => sort switch
    {
        TransactionSort.OldestFirst => rows.OrderBy(row => row.Date).ThenBy(row => row.Id),
        TransactionSort.SmallestFirst => rows.OrderBy(row => row.AbsoluteAmount).ThenBy(row => row.Id),
        TransactionSort.LargestFirst => rows.OrderByDescending(row => row.AbsoluteAmount).ThenByDescending(row => row.Id),
        _ => rows.OrderByDescending(row => row.Date).ThenByDescending(row => row.Id),
    };
}
