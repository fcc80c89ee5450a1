using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Kpis.Overviews;

/// <summary>
/// Makes what the overview and the KPIs of the month in progress remember of a state of the ledger before somebody asks for it, so that the first one after a
/// sync waits no longer than the second. It changes nothing: whatever is not prepared is made when it is asked for.
/// </summary>
public sealed class OverviewPreparation(ITenantRepository tenants, KpiReading reading, OverviewReading open, CustomerBooks customers, WaitingReading waiting, TimeProvider clock)
{
    private readonly Dictionary<Guid, State> _prepared = [];

    /// <summary>Prepares one organisation whose ledger moved since the last time; false when there is none. For one caller at a time.</summary>
    public async Task<bool> NextAsync(CancellationToken ct)
    {
        var all = await tenants.ListAsync(null, ct);
        foreach (var gone in _prepared.Keys.Except(all.Select(organisation => organisation.Id)).ToList())
        {
            _prepared.Remove(gone);
        }

        // The one that was read from Xero last comes first: somebody is waiting for it, if anybody is.
        var moved = all.Where(organisation => !organisation.SyncInProgress && organisation.LedgerVersion > 0 && _prepared.GetValueOrDefault(organisation.Id) != StateOf(organisation)).MaxBy(organisation => organisation.DataAsOf);
        if (moved is null)
        {
            return false;
        }

        // Noted before it is tried: what cannot be made is left to who asks for it.
        _prepared[moved.Id] = StateOf(moved);
        await PrepareAsync(moved, ct);
        return true;
    }

    private async Task PrepareAsync(XeroTenant organisation, CancellationToken ct)
    {
        var today = organisation.Today(clock);
        if (OverviewDays.Of(organisation, today, null, null) is not { Succeeded: true, Value: { Now.Last: var day } })
        {
            return;
        }

        var chart = await reading.ChartAsync(new TenantId(organisation.Id), ct);
        await customers.OfAsync(organisation, KpiReading.Income(chart), day, ct);
        foreach (var hidePayroll in new[] { false, true })
        {
            await open.OpenAsync(organisation, day, today, hidePayroll, ct);
            await waiting.PrepareAsync(organisation, today, hidePayroll, ct);
        }

        if (KpiService.DaysOf(organisation, today, null, null) is { Succeeded: true, Value: { } periods })
        {
            await reading.PrepareAsync(organisation, chart, [periods], ct);
        }
    }

    private State StateOf(XeroTenant organisation) => new(organisation.LedgerVersion, organisation.DataAsOf, organisation.Today(clock));

    private sealed record State(int LedgerVersion, DateTime? DataAsOf, DateOnly Today);
}
