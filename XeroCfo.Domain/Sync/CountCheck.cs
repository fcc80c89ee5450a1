using System.Globalization;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Sync;

/// <summary>
/// Compares how many records Xero has with how many are here, two calls for a kind. Where they disagree the year is sought, in a large one
/// the month, and its records are read again: what was missed comes in, and what Xero no longer knows goes.
/// </summary>
public sealed class CountCheck(ISyncStore store, DocumentFetch documents, TimeProvider clock)
{
    /// <summary>A year with more records than that is counted month by month: that takes fewer calls than its pages.</summary>
    private const int ManyInAYear = 12_000;

    /// <summary>Checks all kinds.</summary>
    public async Task<Problem?> CheckAsync(FetchContext context, IReadOnlyList<DocumentKind> kinds, CancellationToken ct)
    {
        await context.Progress.StepAsync(SyncSteps.Counting, kinds.Count, ct);
        foreach (var kind in kinds)
        {
            // What has no pages has no count either, and comes whole.
            var problem = context.Session.IsPaged(kind) ? await CheckAsync(context, kind, ct) : await documents.FetchDaysAsync(context, kind, null, null, ct);
            if (problem is not null)
            {
                return problem;
            }

            await context.Progress.AdvanceAsync(1, context.Session.Calls, ct);
        }

        return null;
    }

    private async Task<Problem?> CheckAsync(FetchContext context, DocumentKind kind, CancellationToken ct)
    {
        var before = await DiffersAsync(context, kind, RecordDays.All, ct);
        if (before.Problem is not null || before.Value is null)
        {
            return before.Problem;
        }

        foreach (var year in await YearsAsync(context, kind, ct))
        {
            if (await MendAsync(context, kind, year, ct) is { } problem)
            {
                return problem;
            }
        }

        var after = await DiffersAsync(context, kind, RecordDays.All, ct);
        if (after.Value is { } still)
        {
            await store.AddIssuesAsync(context.Tenant, context.RunId, [Differs(kind, still.There, still.Here)], ct);
        }

        return after.Problem;
    }

    private async Task<Problem?> MendAsync(FetchContext context, DocumentKind kind, RecordDays days, CancellationToken ct)
    {
        var found = await DiffersAsync(context, kind, days, ct);
        if (found.Problem is not null || found.Value is not { } counts)
        {
            return found.Problem;
        }

        if (counts.There <= ManyInAYear || Months(days) is not { Count: > 1 } months)
        {
            return await documents.FetchDaysAsync(context, kind, days.From, days.Before, ct);
        }

        foreach (var month in months)
        {
            if (await MendAsync(context, kind, month, ct) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>Null where both have as many, and where Xero does not say how many it has.</summary>
    private async Task<Result<Counts?>> DiffersAsync(FetchContext context, DocumentKind kind, RecordDays days, CancellationToken ct)
    {
        var there = 0;
        foreach (var removed in new[] { false, true })
        {
            var counted = await context.Session.CountAsync(new XeroQuery(kind) { From = days.From, Before = days.Before, Removed = removed }, ct);
            if (!counted.Succeeded)
            {
                return counted.Problem!;
            }

            if (counted.Value is not { } count)
            {
                return (Counts?)null;
            }

            there += count;
        }

        var here = await store.CountAsync(context.Tenant, kind, days, ct);
        return there == here ? (Counts?)null : new Counts(there, here);
    }

    // The first and the last one are open: records may be missing before and after all that is known here.
    private async Task<IReadOnlyList<RecordDays>> YearsAsync(FetchContext context, DocumentKind kind, CancellationToken ct)
    {
        var newest = clock.GetUtcNow().Year;
        var oldest = Math.Min(newest, await store.FirstDayAsync(context.Tenant, kind, ct) is { } first ? first.Year : newest);
        return
        [
            .. from year in Enumerable.Range(oldest, newest - oldest + 1).Reverse()
               select new RecordDays(year == oldest ? null : new DateOnly(year, 1, 1), year == newest ? null : new DateOnly(year + 1, 1, 1)),
        ];
    }

    // Of a whole year its months; an open one keeps its open end.
    private static IReadOnlyList<RecordDays> Months(RecordDays days)
    {
        if ((days.From?.Year ?? days.Before?.Year - 1) is not { } year || (days.From is { } start && start.Month != 1) || (days.Before is { } end && end != new DateOnly(year + 1, 1, 1)))
        {
            return [];
        }

        return
        [
            .. from month in Month.Range(new Month(year, 1), new Month(year, 12))
               select new RecordDays(days.From is null && month.Start.Month == 1 ? null : month.Start, days.Before is null && month.Start.Month == 12 ? null : month.Next.Start),
        ];
    }

    private static UnreadableRecord Differs(DocumentKind kind, int there, int here) => new(
        kind.ToString(), null, "count-differs", string.Create(CultureInfo.InvariantCulture, $"Xero counts {there} of them, {here} are here, and reading them again did not bring the rest. The weekly sweep reads everything anew."));

    private readonly record struct Counts(int There, int Here);
}
