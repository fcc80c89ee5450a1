using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Reports.Layouts;

/// <summary>Makes a report as an organisation laid it out, over the columns that every statement has.</summary>
public sealed class CustomMaker(StatementReading reading, TrackedReading tracked, ILayoutRepository layouts)
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
        var made = plan.Parameters.TrackingCategoryId is null ? Whole(basis, layout) : await PartsAsync(basis, layout, accounts, ct);
        if (made.Problem is { } untracked)
        {
            return untracked;
        }

        var (periods, columns, because, notes) = made.Value;
        var statement = new LayoutStatement(layout.Rows, accounts, columns, plan.Parameters.ShowZero == true);
        var (main, checks) = (columns[periods.Main].Movements, new StatementChecks(plan, books, basis.Xero));
        return new StatementLayout(plan, periods).Body(
            statement.Rows,
            because is null ? checks.OfLayout(Completeness(accounts, layout, books, main)) : checks.OfPart(because),
            [
                new ReportNote("layout", $"Layout: {layout.Name}, version {layout.Version}."),
                .. notes,
                .. InNoGroup(accounts, main),
                .. accounts.Warnings().Where(warning => warning.Kind != "account-in-no-group").Select(warning => new ReportNote(warning.Kind, warning.Text, warning.AccountId)),
                .. statement.Empty.Select(empty => new ReportNote("no-value", $"{empty.Row.Label} has no value in {periods.All[empty.Column].Title}: {empty.Reason}.")),
                .. StatementNotes.Of(plan, books, [], basis.Budget),
            ]);
    }

    private static Result<CustomColumns> Whole(StatementBasis basis, ReportLayout layout)
    {
        var takesBalances = layout.Rows.Any(LayoutAccounts.IsBalance);
        return new CustomColumns(
            basis.Periods,
            [
                .. basis.Periods.All.Select(period => new LayoutColumn(
                    StatementPeriods.Amounts(period, basis.Plan, days => basis.Books.Movements.InStatement(days), basis.Budget),
                    takesBalances && period is { EmptyBecause: null, Source: ColumnSource.Actual } ? basis.Books.Movements.InLedger(null, period.Days.Last) : null)),
            ],
            null, []);
    }

    // Lines of income and expenses are tracked; a balance, or an account of the balance sheet, belongs to no option.
    private async Task<Result<CustomColumns>> PartsAsync(StatementBasis basis, ReportLayout layout, LayoutAccounts accounts, CancellationToken ct)
    {
        var other = layout.Rows.Where(row => row.Kind == LayoutRowKinds.Group && (LayoutAccounts.IsBalance(row) || accounts.Of(row).Any(account => !account.IsProfitAndLoss))).Select(row => row.Label).ToList();
        if (other.Count > 0)
        {
            return LayoutProblems.NotTracked(other);
        }

        var read = await tracked.ReadAsync(basis, ct);
        return read.Problem is { } refused ? refused
            : new CustomColumns(read.Value.Periods, [.. read.Value.Amounts.Select(amounts => new LayoutColumn(amounts, null))], read.Value.Because, read.Value.Notes);
    }

    private sealed record CustomColumns(StatementPeriods Periods, IReadOnlyList<LayoutColumn> Columns, string? Because, IReadOnlyList<ReportNote> Notes);

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
