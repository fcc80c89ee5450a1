using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Sync;

/// <summary>What became of a whole query.</summary>
/// <param name="Started">The earlier of Xero's clock and ours at its first answer: whichever of them is wrong, what changed since is read again.</param>
/// <param name="LostNameless">A record is missing that cannot even be named: it came without its id, or the ids never added up to Xero's count.</param>
public readonly record struct WholeQuery(DateTime Started, bool LostNameless)
{
    /// <summary>A query that was not needed.</summary>
    public static readonly Result<WholeQuery> Nothing = new WholeQuery(DateTime.MaxValue, false);
}

/// <summary>Brings in all pages of a query. A page is a transaction.</summary>
public sealed class RecordPages(ISyncStore store, TimeProvider clock)
{
    /// <summary>Xero is asked for changes by the second.</summary>
    private static readonly TimeSpan ClockGrain = TimeSpan.FromSeconds(1);

    /// <summary>All pages of a query; read again while the ids do not add up to Xero's count.</summary>
    public async Task<Result<WholeQuery>> ReadAsync(FetchContext context, XeroQuery query, CancellationToken ct)
    {
        var started = clock.UtcNow();
        var tally = new PageTally();
        while (true)
        {
            var (nameless, since) = (0, DateTime.MaxValue);
            tally.Begin();
            for (var last = false; !last;)
            {
                var answer = await context.Session.PageAsync(query with { Page = tally.Pages + 1 }, ct);
                if (!answer.Succeeded)
                {
                    return answer.Problem!;
                }

                started = answer.Value.ServerTime < started ? answer.Value.ServerTime : started;
                since = answer.Value.ServerTime < since ? answer.Value.ServerTime : since;
                tally.Add(answer.Value.Records.Select(record => record.XeroId), answer.Value.Unreadable.Count, answer.Value.ItemCount);
                nameless += answer.Value.Unreadable.Count(record => !Guid.TryParse(record.XeroId, out _));
                await KeepAsync(context, query.Kind, answer.Value, ct);
                last = answer.Value.IsLast;
            }

            var complete = tally.IsComplete;
            if (complete && tally.Pages > 1 && query.ModifiedSince is null)
            {
                var left = await HasLeftAsync(context, query, tally.Ids, since, ct);
                if (left.Problem is { } problem)
                {
                    return problem;
                }

                if (left.Value)
                {
                    tally.Forget();
                    complete = false;
                }
            }

            if (complete || !tally.MayTryAgain)
            {
                return new WholeQuery(started, nameless > 0 || !complete);
            }
        }
    }

    // Where one record left the list and another joined it between the same two pages, the count is as before, and the first one that slid over the
    // page's edge is missing. One call tells: what left has changed since.
    private static async Task<Result<bool>> HasLeftAsync(FetchContext context, XeroQuery query, IReadOnlySet<Guid> ids, DateTime since, CancellationToken ct)
    {
        var changed = await context.Session.PageAsync(new XeroQuery(query.Kind) { ModifiedSince = since - ClockGrain }, ct);
        return changed.Succeeded
            ? changed.Value.Records.Any(record => ids.Contains(record.XeroId) && (record.Removed != query.Removed || record.Date < query.From || record.Date >= query.Before))
            : changed.Problem!;
    }

    /// <summary>Keeps one page.</summary>
    public async Task KeepAsync(FetchContext context, DocumentKind kind, XeroPage page, CancellationToken ct)
    {
        // A record that stands twice on a page is kept once, its last version.
        var records = page.Records.Reverse().DistinctBy(record => record.XeroId).Reverse().ToList();
        if (records.Count > 0)
        {
            var saved = await store.SaveRecordsAsync(context.Tenant, kind, records, clock.UtcNow(), ct);
            context.Progress.Count(kind.ToString(), saved.Counts);
            context.Watch?.Note(saved.EarliestChange);
        }

        if (page.Unreadable.Count > 0)
        {
            var changed = await store.SaveUnreadableAsync(context.Tenant, context.RunId, kind, page.Unreadable, clock.UtcNow(), ct);
            context.Watch?.Note(changed);
        }

        await context.Progress.AdvanceAsync(records.Count, context.Session.Calls, ct);
    }
}
