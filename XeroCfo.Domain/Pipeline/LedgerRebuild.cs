using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Pipeline;

/// <summary>
/// Makes the ledger anew from the documents as they were received, without asking Xero. Rows keep their ids and what people did with them.
/// Killed on its way it begins again.
/// </summary>
public sealed class LedgerRebuild(ILedgerBook book, ITenantRepository tenants, BookPosting posting, BookKeeping bookKeeping)
{
    private const string Clearing = "Clearing the ledger";

    /// <summary>True of a run that another process began and did not end.</summary>
    public static bool HasBegun(SyncRun run) => run.Step != SyncRun.WaitingToStart;

    /// <param name="tenant">Whose ledger.</param>
    /// <param name="lease">Who works on the run.</param>
    /// <param name="hasBegun">A process died over it: that everything waits is its doing.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Result<IReadOnlyList<MovedMonth>>> RunAsync(TenantId tenant, RunLease lease, bool hasBegun, ISyncProgress progress, CancellationToken ct)
    {
        if (!hasBegun)
        {
            await book.BeginRebuildAsync(tenant, ct);
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var context = new FetchContext(tenant, lease.RunId, false, null, progress) { Lease = lease };
        var chart = await book.ChartAsync(tenant, ct);
        await progress.StepAsync(Clearing, 0, ct);
        await book.ClearAsync(tenant, ct);
        await posting.PostAsync(context, chart, organisation.BaseCurrency, organisation.BooksStart, isRebuild: true, ct);
        await progress.StepAsync(SyncSteps.Comparing, 0, ct);
        var moved = await CloseAsync(organisation, chart, lease, ct);
        await book.RefreshStatisticsAsync(ct);
        return Result<IReadOnlyList<MovedMonth>>.Of(moved);
    }

    // Compared with the readings that are kept; what cannot be compared keeps its lines.
    private async Task<IReadOnlyList<MovedMonth>> CloseAsync(XeroTenant organisation, ChartOfAccounts chart, RunLease lease, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var readings = (await book.ReadingsAsync(tenant, ct))
            .Where(reading => organisation.SettlingFrom is null || reading.Date < organisation.SettlingFrom)
            .ToDictionary(reading => reading.Date);
        var update = new BooksUpdate([], [], [], true, organisation.BooksStart, organisation.DataAsOf)
        {
            SettlingFrom = organisation.SettlingFrom,
            ReadingsCheckedOn = organisation.ReadingsCheckedOn,
            Lease = lease,
        };
        if (organisation.BooksStart is not { } start || readings.Count == 0)
        {
            return await book.CloseAsync(tenant, update with { SettlingFrom = organisation.SettlingFrom ?? organisation.BooksStart?.AddDays(-1) }, ct);
        }

        // Today is the newest day that Xero was read at: its lines stay provisional. While months settle there is none.
        var today = organisation.SettlingFrom is null ? readings.Keys.Max() : readings.Keys.Max().AddDays(1);
        IReadOnlyList<DateOnly> points = [.. TieOut.CutPoints(start, today, organisation.FinancialYear)];
        var lines = await bookKeeping.CompareAsync(organisation, chart, [.. points, today], today, readings, ct);
        return await book.CloseAsync(tenant, update with { Lines = lines }, ct);
    }
}
