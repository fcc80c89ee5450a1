using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Reports.Layouts;

/// <summary>Makes a report as an organisation laid it out, over the columns that every statement has.</summary>
public sealed class CustomMaker(StatementReading reading, ILayoutRepository layouts)
{
    public async Task<Result<ReportBody>> MakeAsync(ReportPlan asked, CancellationToken ct)
    {
        if (asked.Parameters.LayoutId is not { } id || await layouts.FindAsync(new TenantId(asked.Organisation.Id), id, ct) is not { } layout)
        {
            return LayoutProblems.UnknownOfReport;
        }

        var read = await reading.ReadAsync(asked, ct);
        if (read.Problem is { } refused)
        {
            return refused;
        }

        var basis = read.Value;
        var (plan, books) = (basis.Plan, basis.Books);
        var accounts = new LayoutAccounts(layout.Rows, books.Accounts);
        var takesBalances = layout.Rows.Any(LayoutAccounts.IsBalance);
        var columns = basis.Periods.All.Select(period => new LayoutColumn(
            StatementPeriods.Amounts(period, plan, days => books.Movements.InStatement(days), basis.Budget),
            takesBalances && period is { EmptyBecause: null, Source: ColumnSource.Actual } ? books.Movements.InLedger(null, period.Days.Last) : null)).ToList();
        var statement = new LayoutStatement(layout.Rows, accounts, columns, plan.Parameters.ShowZero == true);
        var main = columns[basis.Periods.Main].Movements;
        return new StatementLayout(plan, basis.Periods).Body(
            statement.Rows,
            new StatementChecks(plan, books, basis.Xero).OfLayout(Completeness(accounts, layout, books, main)),
            [
                new ReportNote("layout", $"Layout: {layout.Name}, version {layout.Version}."),
                .. InNoGroup(accounts, main),
                .. accounts.Warnings().Where(warning => warning.Kind != "account-in-no-group").Select(warning => new ReportNote(warning.Kind, warning.Text, warning.AccountId)),
                .. statement.Empty.Select(empty => new ReportNote("no-value", $"{empty.Row.Label} has no value in {basis.Periods.All[empty.Column].Title}: {empty.Reason}.")),
                .. StatementNotes.Of(plan, books, basis.Budget),
            ]);
    }

    // Accounts that the layout forgot, with what they hold; those without any amount harm nothing.
    private static IEnumerable<ReportNote> InNoGroup(LayoutAccounts accounts, IReadOnlyDictionary<Guid, SourcedAmount>? amounts) =>
        from account in accounts.InNoGroup
        let amount = amounts?.GetValueOrDefault(account.AccountId).Total ?? 0
        where amount != 0
        select new ReportNote("account-in-no-group", $"{account.Name} is in no group of this layout.", account.AccountId, null, StatementSection.Of(account).IsCredit ? -amount : amount);

    /// <summary>Whether the groups hold net profit, each account once; null where the layout is about balances.</summary>
    private static ReportCheck? Completeness(LayoutAccounts accounts, ReportLayout layout, StatementBooks books, IReadOnlyDictionary<Guid, SourcedAmount>? amounts)
    {
        var groups = layout.Rows.Where(row => row.Kind == LayoutRowKinds.Group && !LayoutAccounts.IsBalance(row)).ToList();
        if (amounts is null || !groups.SelectMany(accounts.Of).Any(account => account.IsProfitAndLoss))
        {
            return null;
        }

        var expected = -books.Accounts.Where(account => account.IsProfitAndLoss).Sum(account => amounts.GetValueOrDefault(account.AccountId).Total);
        var actual = -groups.SelectMany(accounts.Of).Where(account => account.IsProfitAndLoss).Sum(account => amounts.GetValueOrDefault(account.AccountId).Total);
        return new ReportCheck(
            ReportChecks.LayoutIsComplete, "The groups hold net profit", expected == actual ? CheckStatus.Pass : CheckStatus.Fail, expected, actual, actual - expected,
            expected == actual ? "Every income and expense account with an amount is in one group" : "Accounts are in no group, or in several: the notes name them");
    }
}
