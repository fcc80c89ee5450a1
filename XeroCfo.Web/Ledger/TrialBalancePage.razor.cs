using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Ledger;

/// <summary>Every account at the end of a day, beside Xero's own figure.</summary>
public sealed partial class TrialBalancePage(TrialBalanceService balances) : TenantPage
{
    private static readonly (TrialBalanceShow Show, string Words)[] Choices =
    [
        (TrialBalanceShow.All, "All accounts"), (TrialBalanceShow.Differences, "Only differences"), (TrialBalanceShow.Unexplained, "Only unexplained"),
    ];

    private TrialBalance? _balance;
    private TrialBalanceView? _view;
    private TrialBalanceShow _show;
    private int _toConfirm;

    [SupplyParameterFromQuery]
    public DateOnly? Date { get; set; }

    [SupplyParameterFromQuery]
    public string? Only { get; set; }

    private DateOnly PreviousEnd => Month.Of(_balance!.Date).Previous.End;

    // From inside a month its own end comes first.
    private DateOnly NextEnd => Month.Of(_balance!.Date) is var month && _balance.Date < month.End ? month.End : month.Next.End;

    // The tie-out is of whole months.
    private static Month? TieOutMonth(DateOnly day) => Month.Of(day) is var month && month.End == day ? month : null;

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        _show = Enum.TryParse<TrialBalanceShow>(Only, ignoreCase: true, out var show) ? show : TrialBalanceShow.All;
        var found = await balances.AtAsync(Caller, Tenant, Date, ct);
        if (found.Succeeded)
        {
            _balance = found.Value;
            _toConfirm = await balances.ToConfirmAsync(Caller, Tenant, _balance.Date, ct) is { Succeeded: true, Value: var count } ? count : 0;
            _view = TrialBalanceView.Of(_balance, _show, MoneyFormat.Of(Organisation!.CountryCode));
        }

        return found.Problem;
    }

    private void Go(DateOnly? day) => ShowAs(new Dictionary<string, object?> { ["date"] = DateWords.Iso(day) });

    private void ShowOnly(TrialBalanceShow show) =>
        ShowAs(new Dictionary<string, object?> { ["only"] = show == TrialBalanceShow.All ? null : show.ToString().ToLowerInvariant() });

    private string LedgerLink(TrialBalanceRow row)
    {
        var yearly = row.Class is "REVENUE" or "EXPENSE";
        return PageLinks.Ledger(Org, row.AccountId, yearly ? Organisation!.FinancialYear.StartOf(_balance!.Date) : null, _balance!.Date);
    }
}
