using System.Collections.Frozen;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Sync;

namespace XeroCfo.Domain.Pipeline;

/// <summary>Posts all that waits, batch by batch.</summary>
public sealed class BookPosting(ILedgerBook book)
{
    private const int BatchSize = 1000;

    // A database that knows tables as empty, or as a tenth of what they are, walks through all of a table to find a few rows: it looks again after so many batches.
    private static readonly FrozenSet<int> Grown = [1, 10, 100, 1000];

    /// <summary>Tells how many documents are not what they were.</summary>
    public async Task<int> PostAsync(FetchContext context, ChartOfAccounts chart, string baseCurrency, DateOnly? booksStart, CancellationToken ct) =>
        await PostAsync(context, chart, baseCurrency, booksStart, isRebuild: false, ct);

    /// <inheritdoc cref="PostAsync(FetchContext, ChartOfAccounts, string, DateOnly?, CancellationToken)"/>
    /// <param name="context">The run.</param>
    /// <param name="chart">The accounts.</param>
    /// <param name="baseCurrency">The organisation's currency.</param>
    /// <param name="booksStart">First day that posts; null: none does.</param>
    /// <param name="isRebuild">The same lines are made anew: nothing moves in the past, nothing is told.</param>
    /// <param name="ct">Stops.</param>
    public async Task<int> PostAsync(FetchContext context, ChartOfAccounts chart, string baseCurrency, DateOnly? booksStart, bool isRebuild, CancellationToken ct)
    {
        var waiting = await book.DirtyCountAsync(context.Tenant, ct);
        await context.Progress.StepAsync(SyncSteps.Posting, waiting, ct);
        await using var firstLoad = isRebuild ? null : await book.BeginFirstLoadAsync(context.Tenant, waiting, ct);
        var posting = new DocumentPosting(context.Tenant, chart, baseCurrency, booksStart);
        for (var (posted, batches) = (0, 1); ; batches++)
        {
            var batch = await book.DirtyAsync(context.Tenant, 0, BatchSize, earliestFirst: false, ct);
            if (batch.Count == 0)
            {
                return posted;
            }

            var references = await book.ReferencesAsync(context.Tenant, batch, chart, baseCurrency, ct);
            var postings = batch.Select(document => posting.Post(document, references)).ToList();
            await book.SavePostingsAsync(context.Tenant, context.RunId, postings, chart, baseCurrency, isRebuild, ct);
            posted += postings.Count(outcome => !outcome.IsAsBefore);
            await context.Progress.AdvanceAsync(batch.Count, context.Calls, ct);
            if (!isRebuild && waiting > 10 * BatchSize && Grown.Contains(batches))
            {
                await book.RefreshStatisticsAsync(ct);
            }
        }
    }
}
