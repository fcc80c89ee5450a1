using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Ledger;

/// <summary>A control account beside the documents that are open: two ways to the same figure. Base currency, debit +.</summary>
/// <param name="IsSale">Receivables, else payables.</param>
/// <param name="AccountId">The control account.</param>
/// <param name="AccountName">Its name.</param>
/// <param name="Day">The day.</param>
/// <param name="Ledger">Its balance without what Xero's trial balance holds beyond documents.</param>
/// <param name="OpenDocuments">The open documents at their own rates.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Revaluation">What Xero's trial balance holds on it beyond documents: foreign documents at today's rate.</param>
public sealed record ControlTie(bool IsSale, Guid AccountId, string AccountName, DateOnly Day, decimal Ledger, decimal OpenDocuments, int Count, decimal Revaluation)
{
    /// <summary>0.00 when the ledger stands on open documents; a cent per part payment of a foreign document may remain.</summary>
    public decimal Difference => Ledger - OpenDocuments;
}

/// <summary>Compares control accounts with the documents that are open.</summary>
public sealed class ControlTieService(ITenantRepository tenants, ILedgerReader ledger, IOpenItemReader items, TimeProvider clock)
{
    /// <summary>Receivables and payables at the end of a day; null: the organisation's today. Before the books the opening is compared.</summary>
    public async Task<Result<IReadOnlyList<ControlTie>>> AtAsync(Caller caller, TenantId tenant, DateOnly? day, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var date = day ?? organisation.Today(clock);
        return Result<IReadOnlyList<ControlTie>>.Of(await TiesAsync(
            ledger, tenant, date, await items.AtAsync(tenant, true, date, null, false, ct), await items.AtAsync(tenant, false, date, null, false, ct), ct));
    }

    /// <summary>The same for open documents that are at hand.</summary>
    internal static async Task<IReadOnlyList<ControlTie>> TiesAsync(
        ILedgerReader ledger, TenantId tenant, DateOnly date, IReadOnlyList<OpenItem> receivable, IReadOnlyList<OpenItem> payable, CancellationToken ct)
    {
        var accounts = await ledger.AccountsAsync(tenant, ct);
        var movements = (await ledger.MovementsAsync(tenant, null, date, ct)).ToDictionary(movement => movement.AccountId);
        var ties = new List<ControlTie>(2);
        foreach (var (isSale, open) in new[] { (true, receivable), (false, payable) })
        {
            if (accounts.FirstOrDefault(account => account.SystemAccount == PostingRules.Control(isSale)) is { } control)
            {
                var movement = movements.GetValueOrDefault(control.AccountId);
                ties.Add(new ControlTie(
                    isSale, control.AccountId, control.Name, date, movement.Opening + movement.Documents, open.Sum(item => item.BaseOpen), open.Count,
                    movement.ExpectedXeroOnly + movement.Unexplained));
            }
        }

        return ties;
    }
}
