using System.Globalization;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Tests.Support;

/// <summary>Transactions in memory.</summary>
internal sealed class FakeTransactionReader : ITransactionReader
{
    public List<Transaction> Transactions { get; } = [];

    public Dictionary<Guid, TransactionDetail> Details { get; } = [];

    /// <summary>Answers wait for it; a page shows its loading state meanwhile.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

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

    private static string Text(int place) => place.ToString(CultureInfo.InvariantCulture);

    private static bool Matches(Transaction row, TransactionFilter filter) =>
        (filter.From is null || row.Date >= filter.From)
        && (filter.To is null || row.Date <= filter.To)
        && (filter.Type is null || row.Type == filter.Type)
        && (filter.Status is null || row.Status == filter.Status)
        && (filter.Direction is null || row.Direction == filter.Direction)
        && (filter.ContactId is null || row.ContactId == filter.ContactId)
        && (filter.Search is null || $"{row.Description}\n{row.ContactName}\n{row.Reference}\n{row.Number}".Contains(filter.Search, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Transaction> Sorted(IEnumerable<Transaction> rows, TransactionSort sort) => sort switch
    {
        TransactionSort.OldestFirst => rows.OrderBy(row => row.Date).ThenBy(row => row.Id),
        TransactionSort.SmallestFirst => rows.OrderBy(row => row.AbsoluteAmount).ThenBy(row => row.Id),
        TransactionSort.LargestFirst => rows.OrderByDescending(row => row.AbsoluteAmount).ThenByDescending(row => row.Id),
        _ => rows.OrderByDescending(row => row.Date).ThenByDescending(row => row.Id),
    };
}
