using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Pipeline;

/// <summary>
/// Brings the books up, and in a check mends what it finds: where a month end no longer stands on its documents, that month's documents are
/// read again. One may have changed without Xero's telling.
/// </summary>
public sealed class MonthMending(BookKeeping bookKeeping, ILedgerBook book, DocumentFetch documents, ITenantRepository tenants)
{
    /// <summary>Each costs a score of calls; others wait for the next night.</summary>
    private const int MostMonths = 2;

    /// <summary>Brings the ledger up to what has been fetched; with <paramref name="checks"/> months that differ are mended on the way.</summary>
    public async Task<Result<IReadOnlyList<MovedMonth>>> BringUpAsync(FetchContext context, DateTime started, bool checks, CancellationToken ct)
    {
        var before = checks ? await book.UnexplainedAsync(context.Tenant, ct) : [];
        var moved = await BringUpAsync(context, started, ct);
        if (!checks || !moved.Succeeded)
        {
            return moved;
        }

        var known = before.ToHashSet();
        var months = (await book.UnexplainedAsync(context.Tenant, ct)).Where(part => !known.Contains(part)).Select(part => Month.Of(part.Day)).Distinct().OrderDescending().Take(MostMonths).ToList();
        foreach (var month in months)
        {
            await context.Progress.StepAsync($"Documents of {month} again", 0, ct);
            if (await documents.FetchMonthAsync(context, month, ct) is { } problem)
            {
                return problem;
            }
        }

        if (months.Count == 0 || await book.DirtyCountAsync(context.Tenant, ct) == 0)
        {
            return moved;
        }

        var mended = await BringUpAsync(context, started, ct);
        return mended.Succeeded ? Result<IReadOnlyList<MovedMonth>>.Of(MovedMonth.Then(moved.Value, mended.Value)) : mended;
    }

    private async Task<Result<IReadOnlyList<MovedMonth>>> BringUpAsync(FetchContext context, DateTime started, CancellationToken ct) =>
        await bookKeeping.BringUpAsync(context, (await tenants.FindAsync(context.Tenant, ct))!, started, ct);
}
