using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Ledger;

/// <summary>The trial balance at any day, beside Xero's.</summary>
public sealed class TrialBalanceService(ITenantRepository tenants, ILedgerReader ledger, ITieOutBook book, TimeProvider clock)
{
    /// <summary>The trial balance at the end of <paramref name="date"/>; null: the organisation's today.</summary>
    public async Task<Result<TrialBalance>> AtAsync(Caller caller, TenantId tenant, DateOnly? date, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        if (date is { } day && !AccountingDays.Contain(day))
        {
            return Problem.Invalid("date", "Choose a day from 1900 to 2199.");
        }

        return await tenants.FindAsync(tenant, ct) is { } organisation
            ? await ComputeAsync(organisation, date ?? organisation.Today(clock), ct)
            : TenantProblems.Unknown;
    }

    /// <summary>How many expected parts at the end of a day nobody has confirmed: while there are any, "stands on documents" is no tick.</summary>
    public async Task<Result<int>> ToConfirmAsync(Caller caller, TenantId tenant, DateOnly date, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.TenantsRead, tenant) is { } refused)
        {
            return refused;
        }

        return await tenants.FindAsync(tenant, ct) is { } organisation
            ? await book.ToConfirmAsync(tenant, date, organisation.FinancialYear.StartOf(date), ct)
            : TenantProblems.Unknown;
    }

    /// <summary>The same without asking who wants it, for stages downstream that have asked already.</summary>
    public async Task<TrialBalance> ComputeAsync(XeroTenant organisation, DateOnly date, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var yearStart = organisation.FinancialYear.StartOf(date);
        var accounts = await ledger.AccountsAsync(tenant, ct);
        var before = await ledger.MovementsAsync(tenant, null, yearStart.AddDays(-1), ct);
        var since = await ledger.MovementsAsync(tenant, yearStart, date, ct);
        var xero = await ledger.XeroTrialBalanceAsync(tenant, date, ct);
        return TrialBalanceBuilder.Build(organisation, date, accounts, before, since, xero);
    }
}
