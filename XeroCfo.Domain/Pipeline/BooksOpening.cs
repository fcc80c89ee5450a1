using System.Globalization;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Pipeline;

/// <summary>Finds the day that the books start on.</summary>
public sealed class BooksOpening(ILedgerBook book, SyncOptions options, TimeProvider clock)
{
    private const int BatchSize = 1000;

    /// <summary>A first document so many years before all others stands alone.</summary>
    private const int LonelyYears = 2;

    /// <summary>First day of the month of the first document that posts, or the day that history is wanted from, if later; null: nothing posts.</summary>
    public async Task<DateOnly?> FindAsync(XeroTenant organisation, Guid runId, ChartOfAccounts chart, CancellationToken ct)
    {
        if (await FirstTwoAsync(organisation, chart, ct) is not [var first, ..] found)
        {
            return null;
        }

        // A first document in the future does not put the start of the books there.
        var month = Month.Of(organisation.Today(clock)).Start;
        var start = Month.Of(first.Date).Start is var own && own < month ? own : month;
        if ((organisation.HistoryFrom ?? options.HistoryFrom) is { } from && from > start)
        {
            return from;
        }

        if (found is [_, var second] && second.Date >= first.Date.AddYears(LonelyYears))
        {
            await book.ReportAsync(new TenantId(organisation.Id), runId, first, LonelyDocument(first, second), ct);
        }

        return start;
    }

    private async Task<IReadOnlyList<SourceDocument>> FirstTwoAsync(XeroTenant organisation, ChartOfAccounts chart, CancellationToken ct)
    {
        var found = new List<SourceDocument>(2);
        for (var skip = 0; ; skip += BatchSize)
        {
            var batch = await book.DirtyAsync(new TenantId(organisation.Id), skip, BatchSize, earliestFirst: true, ct);
            found.AddRange(batch
                .Where(waiting => !waiting.Deleted && waiting.Content.Succeeded)
                .Select(waiting => waiting.Content.Value)
                .Where(document => PostingRules.Posts(document) && PostingRules.Post(document, chart, organisation.BaseCurrency) is { Succeeded: true, Value.Lines.Count: > 0 })
                .OrderBy(document => document.Date)
                .Take(2));
            if (found.Count >= 2 || batch.Count < BatchSize)
            {
                return [.. found.Take(2)];
            }
        }
    }

    private static Problem LonelyDocument(SourceDocument first, SourceDocument second) => new(
        "lone-early-document",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{first.Kind} {first.Number ?? first.Reference ?? first.XeroId.ToString("D")} of {first.Date:d MMM yyyy} stands alone years before all others, and the books begin with it. If its date is wrong, correct it in Xero; to begin later, set Sync:HistoryFrom to {Month.Of(second.Date).Start:yyyy-MM-dd}."),
        ProblemKind.Refused);
}
