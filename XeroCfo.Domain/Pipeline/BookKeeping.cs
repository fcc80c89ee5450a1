using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Pipeline;

/// <summary>The second half of a run: read Xero's trial balance where it is needed, post what waits, compare, close.</summary>
public sealed class BookKeeping(ILedgerBook book, SyncOptions options, TimeProvider clock)
{
    private const int BatchSize = 1000;

    /// <summary>So many documents at once change what the database should know of its tables.</summary>
    private const int Many = 5000;

    /// <summary>Brings the ledger up to what has been fetched.</summary>
    public async Task<Result<IReadOnlyList<MovedMonth>>> BringUpAsync(FetchContext context, XeroTenant organisation, DateTime started, CancellationToken ct)
    {
        var tenant = context.Tenant;
        var chart = await book.ChartAsync(tenant, ct);
        var today = organisation.Today(clock);

        // Asked before the troubled ones wait again: trying them once more changes nothing at Xero, so Xero need not be read for them.
        var dirty = await book.DirtyRangeAsync(tenant, ct);
        await book.RetryTroubledAsync(tenant, ct);
        await book.SpreadDirtyAsync(tenant, ct);
        var booksStart = organisation.BooksStart ?? await FindBooksStartAsync(organisation, chart, ct);

        IReadOnlyList<DateOnly> points = booksStart is { } start ? TieOut.CutPoints(start, today, organisation.FinancialYear) : [];

        // A run that was cut off while it posted left nothing that tells which months it moved: all are read again.
        var touched = organisation.SyncInProgress ? DateOnly.MinValue : dirty.Earliest;
        var readings = booksStart is null
            ? Result<IReadOnlyList<StoredTrialBalance>>.Of([])
            : await ReadXeroAsync(context, organisation, points, today, touched, ct);
        if (!readings.Succeeded)
        {
            return readings.Problem!;
        }

        await book.BeginPostingAsync(tenant, booksStart, ct);
        var posted = await PostAsync(context, chart, organisation.BaseCurrency, booksStart, ct);
        await context.Progress.StepAsync("Comparing with Xero's trial balance", 0, ct);
        var lines = booksStart is null ? [] : await CompareAsync(organisation, chart, points, today, readings.Value, ct);
        var moved = await book.CloseAsync(tenant, new BooksUpdate(points, readings.Value, lines, posted > 0 || organisation.SyncInProgress, booksStart, started), ct);
        if (posted >= Many)
        {
            await book.RefreshStatisticsAsync(ct);
        }

        return Result<IReadOnlyList<MovedMonth>>.Of(moved);
    }

    /// <summary>First day of the month of the first document that posts, or the day that history is wanted from, if later; null: nothing posts.</summary>
    private async Task<DateOnly?> FindBooksStartAsync(XeroTenant organisation, ChartOfAccounts chart, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        for (var skip = 0; ; skip += BatchSize)
        {
            var batch = await book.DirtyAsync(tenant, skip, BatchSize, byDate: true, ct);
            var first = batch
                .Where(waiting => !waiting.Deleted && waiting.Content.Succeeded)
                .Select(waiting => waiting.Content.Value)
                .Where(document => PostingRules.Posts(document) && PostingRules.Post(document, chart, organisation.BaseCurrency) is { Succeeded: true, Value.Lines.Count: > 0 })
                .Select(document => (DateOnly?)Month.Of(document.Date).Start)
                .Min();
            if (first is { } start)
            {
                // A first document in the future does not put the start of the books there.
                var month = Month.Of(organisation.Today(clock)).Start;
                start = start < month ? start : month;
                return (organisation.HistoryFrom ?? options.HistoryFrom) is { } from && from > start ? from : start;
            }

            if (batch.Count < BatchSize)
            {
                return null;
            }
        }
    }

    /// <summary>
    /// Reads Xero at every cut point that was never read after its day was over, at all from the first one that a waiting document
    /// touches, and at today. Nothing is written yet.
    /// </summary>
    private async Task<Result<IReadOnlyList<StoredTrialBalance>>> ReadXeroAsync(
        FetchContext context, XeroTenant organisation, IReadOnlyList<DateOnly> points, DateOnly today, DateOnly? touched, CancellationToken ct)
    {
        var kept = (await book.ReadingsAsync(context.Tenant, ct)).ToDictionary(reading => reading.Date);
        List<DateOnly> wanted = context.Full
            ? [.. points]
            : [.. points.Where(point => !kept.TryGetValue(point, out var reading) || point >= touched || DayOf(organisation, reading.ReadAt) <= point)];
        wanted.Add(today);
        await context.Progress.StepAsync("Reading Xero's trial balance", wanted.Count, ct);
        var readings = new List<StoredTrialBalance>(wanted.Count);
        foreach (var day in wanted.OrderDescending())
        {
            var reading = await context.Session.TrialBalanceAsync(day, ct);
            if (!reading.Succeeded)
            {
                return reading.Problem!;
            }

            readings.Add(reading.Value);
            await context.Progress.AdvanceAsync(1, context.Session.Calls, ct);
        }

        return readings;
    }

    /// <summary>Posts all that waits; tells how many documents are not what they were.</summary>
    private async Task<int> PostAsync(FetchContext context, ChartOfAccounts chart, string baseCurrency, DateOnly? booksStart, CancellationToken ct)
    {
        var waiting = await book.DirtyRangeAsync(context.Tenant, ct);
        await context.Progress.StepAsync("Posting", waiting.Count, ct);
        var posting = new DocumentPosting(context.Tenant, chart, baseCurrency, booksStart);
        for (var posted = 0; ;)
        {
            var batch = await book.DirtyAsync(context.Tenant, 0, BatchSize, byDate: false, ct);
            if (batch.Count == 0)
            {
                return posted;
            }

            var references = await book.ReferencesAsync(context.Tenant, batch, chart, baseCurrency, ct);
            var postings = batch.Select(document => posting.Post(document, references)).ToList();
            await book.SavePostingsAsync(context.Tenant, context.RunId, postings, chart, baseCurrency, ct);
            posted += postings.Count(outcome => !outcome.IsAsBefore);
            await context.Progress.AdvanceAsync(batch.Count, context.Session.Calls, ct);
        }
    }

    private async Task<IReadOnlyList<XeroOnlyLine>> CompareAsync(
        XeroTenant organisation, ChartOfAccounts chart, IReadOnlyList<DateOnly> cutPoints, DateOnly today, IReadOnlyList<StoredTrialBalance> fresh, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var readings = (await book.ReadingsAsync(tenant, ct)).Concat(fresh).GroupBy(reading => reading.Date).ToDictionary(group => group.Key, group => group.Last());
        List<DateOnly> points = [.. cutPoints, today];
        var pieces = await book.PiecesAsync(tenant, points, ct);
        var tieOut = new TieOut(organisation.FinancialYear, chart, organisation.BaseCurrency, await book.TroubledAsync(tenant, chart, ct));

        var lines = TieOut.Opening(readings[points[0]]).ToList();
        foreach (var piece in pieces)
        {
            var source = piece.UpTo == today ? LineSources.XeroProvisional : LineSources.XeroTrialBalance;
            lines.AddRange(tieOut.Lines(readings[piece.After], readings[piece.UpTo], piece, source));
        }

        return lines;
    }

    private static DateOnly DayOf(XeroTenant organisation, DateTime instant)
    {
        var zone = OrganisationTime.Find(organisation.TimeZone) ?? TimeZoneInfo.Utc;
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instant, zone));
    }
}
