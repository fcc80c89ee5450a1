using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Dashboard;

/// <summary>What an executive asks for first.</summary>
public sealed partial class OverviewPage(OverviewService overviews) : TenantPage
{
    private static readonly string[] Labels = ["Cash", "Income", "Net profit"];

    private Overview? _overview;

    private string? TrialBalanceLink => Caller.May(Permissions.LedgerRead) ? PageLinks.TrialBalance(Org) : null;

    private string? CashLink => _overview is { BankAccounts: [var only] } ? LedgerLink(only.AccountId) : TrialBalanceLink;

    private string CashWords => _overview!.BankAccounts.Count is var count && count == 1
        ? "1 account · per Xero's books, not the bank"
        : $"{count} accounts · per Xero's books, not the bank";

    private string MonthWords => $"{_overview!.Date.ToString("MMM", System.Globalization.CultureInfo.InvariantCulture)} to date";

    private static string YearWords => "Year to date";

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var found = await overviews.GetAsync(Caller, Tenant, ct);
        _overview = found.Succeeded ? found.Value : null;
        return found.Problem;
    }

    private string? LedgerLink(Guid? account) => account is { } id && Caller.May(Permissions.LedgerRead) ? PageLinks.Ledger(Org, id) : null;
}
