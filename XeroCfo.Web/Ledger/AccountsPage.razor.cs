using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger;

/// <summary>The chart of accounts.</summary>
public sealed partial class AccountsPage(LedgerService ledger) : TenantPage
{
    private IReadOnlyList<Domain.Ledger.Account> _accounts = [];

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var found = await ledger.AccountsAsync(Caller, Tenant, ct);
        _accounts = found.Succeeded ? found.Value : [];
        return found.Problem;
    }
}
