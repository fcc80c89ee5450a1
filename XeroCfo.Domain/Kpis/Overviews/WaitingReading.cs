using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Payables;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Kpis.Overviews;

/// <summary>Counts what waits for a person, each as the page that it leads to counts it.</summary>
public sealed class WaitingReading(TransactionFiguresService figures, ReceivablesBooks receivables, PayablesBooks payables)
{
    /// <summary>Null for those who see no documents.</summary>
    public async Task<WaitingWork?> OfAsync(Caller caller, XeroTenant organisation, DateOnly today, int unconfirmedTags, CancellationToken ct)
    {
        var tabs = await figures.TabsAsync(caller, new TenantId(organisation.Id), ct);
        if (tabs.Problem is not null)
        {
            return null;
        }

        var hidePayroll = PayrollRules.AreHiddenFrom(caller);
        var found = await payables.FindingsAsync(organisation, today, LookAlikes.UsualDays, hidePayroll, ct);
        var missed = caller.May(Permissions.LedgerRead) ? await receivables.MissedAsync(organisation, today, hidePayroll, ct) : 0;
        return new WaitingWork(tabs.Value.ToCategorise, tabs.Value.Drafts, tabs.Value.Unreconciled, unconfirmedTags)
        {
            MissedPromises = missed,
            LookAlikes = found.LookAlikes.Sum(alike => alike.Documents.Count),
            MissingBills = found.Missing.Count,
        };
    }

    /// <summary>Makes what the counts remember of a state of the ledger.</summary>
    public Task PrepareAsync(XeroTenant organisation, DateOnly today, bool hidePayroll, CancellationToken ct) => payables.FindingsAsync(organisation, today, LookAlikes.UsualDays, hidePayroll, ct);
}
