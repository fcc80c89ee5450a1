using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Pipeline;

/// <summary>The second half of a run: read Xero's trial balance where it is needed, post what waits, compare, close.</summary>
public sealed class BookKeeping(ILedgerBook book, BooksOpening opening, TrialBalanceReading trialBalances, BookPosting posting, TimeProvider clock)
{
    /// <summary>So many documents at once change what the database should know of its tables.</summary>
    private const int Many = 5000;

    /// <summary>Brings the ledger up to what has been fetched.</summary>
    public async Task<Result<IReadOnlyList<MovedMonth>>> BringUpAsync(FetchContext context, XeroTenant organisation, DateTime started, CancellationToken ct)
    {
        var tenant = context.Tenant;
        var chart = await book.ChartAsync(tenant, ct);
        await book.RetryTroubledAsync(tenant, ct);
        await book.SpreadDirtyAsync(tenant, ct);
        var today = organisation.Today(clock);
        if (await AtWorkAsync(context, organisation, chart, today, ct) is not { } work)
        {
            return await CloseEmptyAsync(context, organisation, chart, started, ct);
        }

        var readings = await trialBalances.ReadAsync(work, ct);
        if (readings.Succeeded && organisation.BooksStart is null && await AtWorkAsync(context, organisation, chart, today, ct) is { } later && later.BooksStart != work.BooksStart)
        {
            // While the first load read Xero a document came in that the books begin with.
            work = later;
            readings = await trialBalances.ReadAsync(work, ct);
        }

        if (!readings.Succeeded)
        {
            return readings.Problem!;
        }

        DateOnly? booksStart = work.BooksStart;
        await context.Progress.StepAsync(SyncSteps.Posting, 0, ct);
        await book.BeginPostingAsync(tenant, booksStart, ct);
        var posted = await posting.PostAsync(context, chart, organisation.BaseCurrency, booksStart, ct);
        await context.Progress.StepAsync(SyncSteps.Comparing, 0, ct);
        var lines = await CompareAsync(organisation, chart, [.. work.Points, today], today, readings.Value.ByDay, ct);

        // Whoever has lost the run since then must not close it.
        await context.Progress.StepAsync(SyncSteps.Closing, 0, ct);
        var moved = await book.CloseAsync(
            tenant,
            new BooksUpdate(work.Points, readings.Value.New, lines, posted > 0 || organisation.SyncInProgress, booksStart, started)
            {
                SettlingFrom = readings.Value.SettlingFrom,
                ReadingsCheckedOn = readings.Value.CheckedOldOnes ? today : organisation.ReadingsCheckedOn,
                Lease = context.Lease,
            },
            ct);
        if (posted >= Many)
        {
            await book.RefreshStatisticsAsync(ct);
        }

        return Result<IReadOnlyList<MovedMonth>>.Of(moved);
    }

    /// <summary>Null: nothing posts yet.</summary>
    private async Task<BooksAtWork?> AtWorkAsync(FetchContext context, XeroTenant organisation, ChartOfAccounts chart, DateOnly today, CancellationToken ct) =>
        (organisation.BooksStart ?? await opening.FindAsync(organisation, context.RunId, chart, ct)) is { } start
            ? new BooksAtWork(context, organisation, chart, start, TieOut.CutPoints(start, today, organisation.FinancialYear), today)
            : null;

    /// <summary>The lines that stand for what is in Xero's trial balances beyond documents, of every piece whose two readings are there.</summary>
    public async Task<IReadOnlyList<XeroOnlyLine>> CompareAsync(
        XeroTenant organisation, ChartOfAccounts chart, IReadOnlyList<DateOnly> points, DateOnly today, IReadOnlyDictionary<DateOnly, StoredTrialBalance> readings, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var pieces = await book.PiecesAsync(tenant, points, ct);
        var tieOut = new TieOut(organisation.FinancialYear, chart, organisation.BaseCurrency, await book.TroubledAsync(tenant, chart, ct))
        {
            Confirmed = await book.ConfirmedAsync(tenant, ct),
            OpenForeignDocuments = await book.HasForeignDocumentsAsync(tenant, ct),
        };

        var lines = readings.TryGetValue(points[0], out var start) ? TieOut.Opening(start).ToList() : [];
        foreach (var piece in pieces.Where(piece => readings.ContainsKey(piece.After) && readings.ContainsKey(piece.UpTo)))
        {
            var source = piece.UpTo == today ? LineSources.XeroProvisional : LineSources.XeroTrialBalance;
            lines.AddRange(tieOut.Lines(readings[piece.After], readings[piece.UpTo], piece, source));
        }

        return lines;
    }

    // Nothing posts yet: there is nothing to compare, and the rows of drafts come in.
    private async Task<Result<IReadOnlyList<MovedMonth>>> CloseEmptyAsync(FetchContext context, XeroTenant organisation, ChartOfAccounts chart, DateTime started, CancellationToken ct)
    {
        await book.BeginPostingAsync(context.Tenant, null, ct);
        var posted = await posting.PostAsync(context, chart, organisation.BaseCurrency, null, ct);
        return Result<IReadOnlyList<MovedMonth>>.Of(
            await book.CloseAsync(context.Tenant, new BooksUpdate([], [], [], posted > 0 || organisation.SyncInProgress, null, started) { Lease = context.Lease }, ct));
    }
}
