using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Reports;

/// <summary>Makes aged receivables and payables at any past day, and proves them against the control account.</summary>
public sealed class AgedMaker(ILedgerReader ledger, IMovementReader movements, IOpenItemReader openItems)
{
    /// <param name="plan">What is asked.</param>
    /// <param name="hidePayroll">The reader may not see payroll.</param>
    /// <param name="ct">Stops.</param>
    public async Task<ReportBody> MakeAsync(ReportPlan plan, bool hidePayroll, CancellationToken ct)
    {
        var tenant = new TenantId(plan.Organisation.Id);
        var isSale = plan.Type == ReportTypes.AgedReceivables;
        var chart = await ledger.AccountsAsync(tenant, ct);
        var start = plan.Range.First.AddDays(-1);
        var books = new StatementBooks(chart, new BookMovements(plan.Organisation.FinancialYear, await movements.PiecesAsync(tenant, start == plan.Date ? [plan.Date] : [start, plan.Date], ct)));
        var read = plan.Organisation.SettlingFrom <= plan.Date ? null : await ledger.XeroTrialBalanceAsync(tenant, plan.Date, ct);
        var checks = new StatementChecks(plan, books, new Dictionary<DateOnly, Xero.StoredTrialBalance?> { [plan.Date] = read });
        var open = await OpenAsync(plan, isSale, hidePayroll, ct);
        var prepayments = Of(plan, await openItems.PrepaymentsAsync(tenant, isSale, plan.Date, hidePayroll, ct));
        var control = books.Accounts.FirstOrDefault(account => account.SystemAccount == PostingRules.Control(isSale));
        var balance = books.Movements.Explained(null, plan.Date).FirstOrDefault(movement => movement.AccountId == control?.AccountId);
        var report = new AgedReport(plan);
        return new ReportBody(
            report.Columns(),
            report.Rows(open.Items, open.Sums, plan.Parameters.Currency is null ? balance.ExpectedXeroOnly : null, prepayments),
            [Control(plan, control, balance, open.Items.Sum(report.Amount) + open.Sums.Sum(report.Amount)), checks.AccountTies(control), checks.Stands()],
            plan.Parameters.Currency is { } currency ? [new ReportNote("currency", $"Only documents in {currency}, in {currency}.")] : []);
    }

    private async Task<OpenByAge> OpenAsync(ReportPlan plan, bool isSale, bool hidePayroll, CancellationToken ct)
    {
        var (tenant, asked) = (new TenantId(plan.Organisation.Id), plan.Parameters);
        return asked.By != ReportWords.ByDocument && asked.Currency is null
            ? await openItems.ByAgeAsync(tenant, isSale, plan.Date, new OpenAges(asked.AgeBy == ReportWords.DueDate, AgedReport.Cuts(plan)), hidePayroll, ct)
            : new OpenByAge([], Of(plan, await openItems.AtAsync(tenant, isSale, plan.Date, null, hidePayroll, ct)));
    }

    private static List<OpenItem> Of(ReportPlan plan, IReadOnlyList<OpenItem> items) =>
        [.. items.Where(item => plan.Parameters.Currency is not { } currency || item.Document.CurrencyCode == currency)];

    private static ReportCheck Control(ReportPlan plan, Account? control, AccountMovement balance, decimal total)
    {
        const string Label = "Open documents equal the control account";
        if (control is null || plan.Parameters.Currency is not null)
        {
            return new ReportCheck(ReportChecks.AgedEqualsControl, Label, CheckStatus.Unknown, null, null, null, control is null ? "There is no control account yet" : "Only a part of the documents is shown");
        }

        var sign = plan.Type == ReportTypes.AgedReceivables ? 1 : -1;
        var (expected, actual) = (sign * balance.Total, total + (sign * balance.ExpectedXeroOnly));
        return new ReportCheck(
            ReportChecks.AgedEqualsControl, Label, expected == actual ? CheckStatus.Pass : CheckStatus.Fail, expected, actual, actual - expected,
            $"Documents at their own rates and Xero's revaluation against the balance of {control.Name}" + (balance.Unexplained == 0 ? "" : "; the account holds an unexplained part"));
    }
}
