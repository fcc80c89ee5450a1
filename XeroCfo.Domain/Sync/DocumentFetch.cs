using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Sync;

/// <summary>
/// Brings the records of one endpoint in: everything, in windows of a year, newest first; or what changed since the last time.
/// A page is a transaction; the cursor moves only when the last page is in, so a killed load goes on and nothing is lost or doubled.
/// </summary>
public sealed class DocumentFetch(ISyncStore store, RecordPages pages, VanishedRecords vanished, TimeProvider clock)
{
    /// <summary>Records change while pages are read, and clocks differ: read a little twice.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>The kinds that post to the ledger.</summary>
    public static IReadOnlyList<DocumentKind> Posting { get; } =
    [
        DocumentKind.Invoice, DocumentKind.CreditNote, DocumentKind.Prepayment, DocumentKind.Overpayment, DocumentKind.BankTransaction, DocumentKind.BankTransfer,
        DocumentKind.Payment, DocumentKind.ManualJournal,
    ];

    /// <summary>Each costs a call in every run, and some may never be readable; the others come in the runs after.</summary>
    private const int MostReadAgain = 5;

    /// <summary>Xero changes the credit itself in nearly every case: this many cannot come together by themselves, and would eat the calls of a day.</summary>
    private const int MostCreditsReadAgain = 500;

    /// <summary>Reads <paramref name="kind"/> up to now.</summary>
    public async Task<Result<Done>> FetchAsync(FetchContext context, DocumentKind kind, CancellationToken ct)
    {
        var cursor = await store.CursorAsync(context.Tenant, kind.ToString(), ct);

        // A run that was taken up again has loaded some kinds whole already: of those only what changed since is left.
        var isLoaded = cursor is { FullLoadStartedAt: null, FullLoadedAt: { } loaded } && loaded >= context.BeganAt;
        return (context.Full && !isLoaded) || cursor.ModifiedSince is null
            ? await FullAsync(context, kind, cursor, ct)
            : await IncrementalAsync(context, kind, cursor, ct);
    }

    /// <summary>Reads what changed since the fetch of this run, of all kinds that post.</summary>
    public async Task<Problem?> FetchChangesAsync(FetchContext context, CancellationToken ct)
    {
        foreach (var kind in Posting)
        {
            var cursor = await store.CursorAsync(context.Tenant, kind.ToString(), ct);
            var read = cursor.ModifiedSince is null
                ? await FullAsync(context, kind, cursor, ct)
                : await ChangesAsync(context, kind, cursor, ct);
            if (!read.Succeeded)
            {
                return read.Problem;
            }
        }

        return await ReadCreditsAgainAsync(context, ct);
    }

    /// <summary>Reads those credits again that changed invoices show to be used otherwise than they stand here.</summary>
    public async Task<Problem?> ReadCreditsAgainAsync(FetchContext context, CancellationToken ct)
    {
        foreach (var (kind, id) in await store.StaleCreditsAsync(context.Tenant, MostCreditsReadAgain, ct))
        {
            if (await FetchOneAsync(context, kind, id, ct) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>Reads one record.</summary>
    public async Task<Problem?> FetchOneAsync(FetchContext context, DocumentKind kind, Guid xeroId, CancellationToken ct)
    {
        var answer = await context.Session.RecordAsync(kind, xeroId, ct);
        if (answer.Succeeded)
        {
            await pages.KeepAsync(context, kind, answer.Value, ct);
        }

        return answer.Problem;
    }

    /// <summary>Reads the documents of a month again, changed or not, of all kinds that post. What has no pages comes whole.</summary>
    public async Task<Problem?> FetchMonthAsync(FetchContext context, Month month, CancellationToken ct)
    {
        foreach (var kind in Posting)
        {
            if (await FetchDaysAsync(context, kind, month.Start, month.Next.Start, ct) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>
    /// Reads the records of some days again, changed or not; what stands here under those days and did not come is asked for by its id. What
    /// has no pages comes whole.
    /// </summary>
    /// <param name="context">The run.</param>
    /// <param name="kind">Of which kind.</param>
    /// <param name="from">From this day on; null: from the first one.</param>
    /// <param name="before">Before this day; null: to the last one.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Problem?> FetchDaysAsync(FetchContext context, DocumentKind kind, DateOnly? from, DateOnly? before, CancellationToken ct)
    {
        var since = clock.UtcNow();
        var isPaged = context.Session.IsPaged(kind);
        foreach (var removed in isPaged ? new[] { false, true } : [false])
        {
            if (await pages.ReadAsync(context, new XeroQuery(kind) { From = from, Before = before, Removed = removed }, ct) is { Succeeded: false, Problem: var problem })
            {
                return problem;
            }
        }

        return await vanished.AskAsync(context, kind, new RecordDays(isPaged ? from : null, isPaged ? before : null), since, ct);
    }

    private async Task<Result<Done>> IncrementalAsync(FetchContext context, DocumentKind kind, SyncCursor cursor, CancellationToken ct)
    {
        return await ReadAgainAsync(context, kind, ct) is { } problem ? problem : await ChangesAsync(context, kind, cursor, ct);
    }

    private async Task<Result<Done>> ChangesAsync(FetchContext context, DocumentKind kind, SyncCursor cursor, CancellationToken ct)
    {
        var read = await pages.ReadAsync(context, new XeroQuery(kind) { ModifiedSince = cursor.ModifiedSince }, ct);
        if (!read.Succeeded)
        {
            return read.Problem!;
        }

        // What is lost without its name can only be found by asking for the same time again.
        if (!read.Value.LostNameless)
        {
            cursor.ModifiedSince = read.Value.Started - Overlap;
            await store.SaveCursorAsync(context.Tenant, cursor, ct);
        }

        return Done.Value;
    }

    // A record that was garbled on its way has not changed at Xero, so only its id brings it back.
    private async Task<Problem?> ReadAgainAsync(FetchContext context, DocumentKind kind, CancellationToken ct)
    {
        foreach (var id in await store.UnreadAsync(context.Tenant, kind, MostReadAgain, ct))
        {
            if (await FetchOneAsync(context, kind, id, ct) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private async Task<Result<Done>> FullAsync(FetchContext context, DocumentKind kind, SyncCursor cursor, CancellationToken ct)
    {
        var probe = await context.Session.PageAsync(new XeroQuery(kind) { OldestFirst = true, PageSize = 1 }, ct);
        if (!probe.Succeeded)
        {
            return probe.Problem!;
        }

        if (cursor.FullLoadStartedAt is null)
        {
            cursor.FullLoadStartedAt = clock.UtcNow();
            cursor.FullLoadWindow = null;
            await store.SaveCursorAsync(context.Tenant, cursor, ct);
        }

        await context.Progress.StepAsync(SyncSteps.Of(kind), probe.Value.ItemCount ?? 0, ct);
        var loadStarted = cursor.FullLoadStartedAt.Value;
        var since = probe.Value.ServerTime - Overlap;
        var windows = await WindowsAsync(context, kind, cursor, probe.Value, ct);
        if (!windows.Succeeded)
        {
            return windows.Problem!;
        }

        // What is not paged holds the deleted ones too.
        var removed = context.Session.IsPaged(kind) ? await pages.ReadAsync(context, new XeroQuery(kind) { Removed = true }, ct) : WholeQuery.Nothing;
        if (!removed.Succeeded)
        {
            return removed.Problem!;
        }

        if (windows.Value.LostNameless || removed.Value.LostNameless)
        {
            // One that is lost without its name is not gone from Xero: nothing is deleted, and the next run loads this kind whole again.
            (cursor.FullLoadStartedAt, cursor.FullLoadWindow) = (null, null);
            await store.SaveCursorAsync(context.Tenant, cursor, ct);
            return Done.Value;
        }

        if (context.Session.IsPaged(kind))
        {
            var deleted = await store.DeleteUnseenAsync(context.Tenant, kind, loadStarted, ct);
            context.Progress.Count(kind.ToString(), SyncCounts.None with { Deleted = deleted });
        }
        else if (await vanished.AskAsync(context, kind, RecordDays.All, loadStarted, ct) is { } problem)
        {
            return problem;
        }

        (cursor.FullLoadStartedAt, cursor.FullLoadWindow, cursor.FullLoadedAt) = (null, null, loadStarted);

        // A resumed load began earlier than this answer: what changed in between must be read again.
        cursor.ModifiedSince = loadStarted - Overlap < since ? loadStarted - Overlap : since;
        await store.SaveCursorAsync(context.Tenant, cursor, ct);
        return Done.Value;
    }

    private async Task<Result<WholeQuery>> WindowsAsync(FetchContext context, DocumentKind kind, SyncCursor cursor, XeroPage probe, CancellationToken ct)
    {
        var all = new WholeQuery(probe.ServerTime, false);
        var oldest = probe.Records.Count > 0 ? probe.Records[0].Date : null;
        if (context.Session.IsPaged(kind) && probe.ItemCount is not null && oldest is { } first)
        {
            foreach (var window in YearsDownTo(first.Year, cursor.FullLoadWindow))
            {
                var read = await pages.ReadAsync(context, new XeroQuery(kind) { From = window.From, Before = window.Before }, ct);
                if (!read.Succeeded)
                {
                    return read;
                }

                all = all with { LostNameless = all.LostNameless || read.Value.LostNameless };
                cursor.FullLoadWindow = window.From.AddYears(-1);
                await store.SaveCursorAsync(context.Tenant, cursor, ct);
            }

            // Records without a readable day are in no window.
            if (await store.CountSeenAsync(context.Tenant, kind, cursor.FullLoadStartedAt!.Value, ct) >= probe.ItemCount)
            {
                return all;
            }
        }

        return probe.ItemCount == 0 ? all : await pages.ReadAsync(context, new XeroQuery(kind), ct);
    }

    private IEnumerable<(DateOnly From, DateOnly? Before)> YearsDownTo(int firstYear, DateOnly? resumeAt)
    {
        var newest = clock.GetUtcNow().Year;
        for (var year = Math.Max(newest, firstYear); year >= firstYear; year--)
        {
            var from = new DateOnly(year, 1, 1);
            if (resumeAt is null || from <= resumeAt)
            {
                yield return (from, year >= newest ? null : from.AddYears(1));
            }
        }
    }
}
