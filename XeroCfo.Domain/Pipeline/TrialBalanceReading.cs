using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Pipeline;

/// <summary>What a run compares with.</summary>
/// <param name="ByDay">Xero's trial balance at every cut point and today, but for those from <paramref name="SettlingFrom"/> on.</param>
/// <param name="New">Those of them that were read or inferred in this run.</param>
/// <param name="SettlingFrom">From this day on documents kept changing while Xero was read: nothing is compared there. Null: all is settled.</param>
/// <param name="CheckedOldOnes">Readings that had grown old were read again.</param>
public sealed record SettledReadings(
    IReadOnlyDictionary<DateOnly, StoredTrialBalance> ByDay, IReadOnlyList<StoredTrialBalance> New, DateOnly? SettlingFrom, bool CheckedOldOnes);

/// <summary>What one run is about.</summary>
/// <param name="Context">The fetch and Xero's session.</param>
/// <param name="Organisation">Whose books.</param>
/// <param name="Chart">The accounts.</param>
/// <param name="BooksStart">First day that posts.</param>
/// <param name="Points">The cut points before today, oldest first.</param>
/// <param name="Today">The organisation's day.</param>
public sealed record BooksAtWork(
    FetchContext Context, XeroTenant Organisation, ChartOfAccounts Chart, DateOnly BooksStart, IReadOnlyList<DateOnly> Points, DateOnly Today);

/// <summary>
/// Reads Xero's trial balance until it and the documents stand still together: documents, then Xero, then the documents that changed
/// meanwhile; what those touch is read again. Days that only documents moved are inferred instead of read.
/// </summary>
public sealed class TrialBalanceReading(ILedgerBook book, DocumentFetch documents, TimeProvider clock)
{
    private const int MostRounds = 3;

    /// <summary>More waiting documents than that are not weighed one by one: Xero is read everywhere.</summary>
    private const int MostWeighed = 5000;

    private const int BatchSize = 1000;

    private const int LeastOldOnes = 3;

    /// <summary>So many a run at most, that a night's check stays within its calls even after a week without one.</summary>
    private const int MostOldOnes = 15;

    private static readonly TimeSpan Old = TimeSpan.FromDays(7);

    public async Task<Result<SettledReadings>> ReadAsync(BooksAtWork work, CancellationToken ct)
    {
        var kept = (await book.ReadingsAsync(work.Context.Tenant, ct)).ToDictionary(reading => reading.Date);
        var checksOldOnes = work.Organisation.ReadingsCheckedOn != work.Today;
        var round = new ReadingRound(work, kept) { Wanted = Wanted(work, kept, checksOldOnes) };
        for (var attempt = 1; ; attempt++)
        {
            await work.Context.Progress.StepAsync(SyncSteps.TrialBalance, round.Wanted.Count + 1, ct);
            round.Weigh(await EffectsAsync(work, ct), await SinceLastTodayAsync(work, kept, ct));
            if (await round.ReadAsync(ct) is { } problem)
            {
                return problem;
            }

            // Where all that was read is what the documents here predict, to the cent, nothing came between: a change that is not known here
            // would show, or leaves alone what is compared and is the next run's.
            var changed = attempt == 1 && round.IsAllAsPredicted ? (DateOnly?)null : await ChangedMeanwhileAsync(work, round, isLast: attempt == MostRounds, ct);
            if (!changed.Succeeded)
            {
                return changed.Problem!;
            }

            if (changed.Value is null || attempt == MostRounds)
            {
                return round.Settled(changed.Value, checksOldOnes);
            }

            round.Unsettle(changed.Value.Value);
        }
    }

    /// <summary>The first day that changed at Xero while it was read; null: it stood still.</summary>
    private async Task<Result<DateOnly?>> ChangedMeanwhileAsync(BooksAtWork work, ReadingRound round, bool isLast, CancellationToken ct)
    {
        var watch = new FetchWatch();
        if (await documents.FetchChangesAsync(work.Context with { Full = false, Watch = watch }, ct) is { } problem)
        {
            return problem;
        }

        await book.SpreadDirtyAsync(work.Context.Tenant, ct);
        if (watch.Earliest is { } day && day <= work.Today)
        {
            // The next round asks once more what stands before that day; after the last one nobody does.
            return isLast && round.NewestReadBefore(day) is { } before ? await UnlessMovedAsync(work, before, day, ct) : (DateOnly?)day;
        }

        if (round.ReadInThisRound == 0)
        {
            return (DateOnly?)null;
        }

        // What only Xero knows may have moved between two readings, and would stand in the wrong month.
        return await UnlessMovedAsync(work, round.Today!, null, ct);
    }

    /// <summary><paramref name="changed"/> where Xero still says what it said; else the first day of all.</summary>
    private static async Task<Result<DateOnly?>> UnlessMovedAsync(BooksAtWork work, StoredTrialBalance reading, DateOnly? changed, CancellationToken ct)
    {
        var again = await work.Context.Session.TrialBalanceAsync(reading.Date, ct);
        return !again.Succeeded ? again.Problem!
            : ReadingForecast.Agree(again.Value, reading) ? changed
            : work.Points.Count > 0 ? work.Points[0] : work.Today;
    }

    /// <summary>What is to be read whatever the documents say.</summary>
    private SortedSet<DateOnly> Wanted(BooksAtWork work, Dictionary<DateOnly, StoredTrialBalance> kept, bool checksOldOnes)
    {
        var wanted = new SortedSet<DateOnly>(work.Context.Full
            ? work.Points
            : work.Points.Where(point => !kept.TryGetValue(point, out var reading) || work.Organisation.DayOf(reading.ReadAt) <= point));
        if (work.Context.Again is { } month)
        {
            wanted.UnionWith(work.Points.Where(point => Month.Of(point) == month || point == month.Previous.End));
        }

        if (checksOldOnes && !work.Context.Full && work.Organisation.LedgerVersion > 0)
        {
            var known = work.Points.Where(kept.ContainsKey).Select(point => kept[point]).OrderBy(reading => !reading.Inferred).ThenBy(reading => reading.ReadAt).ThenBy(reading => reading.Date).ToList();

            // A seventh each night, so that those of one load do not all grow old together.
            var share = Math.Max(LeastOldOnes, (known.Count + Old.Days - 1) / Old.Days);
            var due = known.TakeWhile((reading, place) => place < share || reading.Inferred || reading.ReadAt < clock.UtcNow() - Old);
            wanted.UnionWith(due.Take(MostOldOnes).Select(reading => reading.Date));
        }

        return wanted;
    }

    /// <summary>What waits would change; null when that is too much to weigh, or when a run that was cut off left it unknown.</summary>
    private async Task<WaitingEffects?> EffectsAsync(BooksAtWork work, CancellationToken ct)
    {
        var tenant = work.Context.Tenant;
        if (work.Context.Full || work.Organisation.SyncInProgress || work.Organisation.LedgerVersion == 0 || await book.DirtyCountAsync(tenant, ct) > MostWeighed)
        {
            return null;
        }

        var posting = new DocumentPosting(tenant, work.Chart, work.Organisation.BaseCurrency, work.BooksStart);
        var parts = new List<DayMovement>();
        var before = false;
        for (var skip = 0; ; skip += BatchSize)
        {
            var batch = await book.DirtyAsync(tenant, skip, BatchSize, earliestFirst: false, ct);
            var references = await book.ReferencesAsync(tenant, batch, work.Chart, work.Organisation.BaseCurrency, ct);
            foreach (var outcome in batch.Select(waiting => posting.Post(waiting, references)))
            {
                parts.AddRange(outcome.Lines.Select(line => new DayMovement(line.Date, line.AccountId, line.Amount)));
                before |= outcome.Document?.Date < work.BooksStart || outcome.Waiting.TouchedFrom < work.BooksStart;
            }

            parts.AddRange((await book.StandingLinesAsync(tenant, batch, ct)).Select(line => line with { Amount = -line.Amount }));
            if (batch.Count < BatchSize)
            {
                return new WaitingEffects(parts, before);
            }
        }
    }

    private async Task<IReadOnlyList<DayMovement>> SinceLastTodayAsync(BooksAtWork work, Dictionary<DateOnly, StoredTrialBalance> kept, CancellationToken ct) =>
        ReadingRound.Newest(work, kept) is { } newest && newest.Date < work.Today
            ? await book.DocumentMovementsAsync(work.Context.Tenant, newest.Date, work.Today, ct)
            : [];
}
