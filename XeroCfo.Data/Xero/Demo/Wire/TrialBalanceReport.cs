using System.Globalization;
using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>The trial balance as Xero's report: month movement, then balances. Income and expense count from the start of the financial
/// year; all profit before it stands in the retained-earnings account.</summary>
internal static class TrialBalanceReport
{
    private static readonly (string Class, string Title)[] Sections =
        [("REVENUE", "Revenue"), ("EXPENSE", "Expenses"), ("ASSET", "Assets"), ("LIABILITY", "Liabilities"), ("EQUITY", "Equity")];

    /// <param name="books">The accrual books, or the cash-basis ones.</param>
    public static JsonObject At(FakeOrganisation organisation, ITrialBalanceSource books, DateOnly date, DateTimeOffset now)
    {
        var figures = Figures(organisation, books, date);
        var rows = new JsonArray(Header());
        foreach (var (kind, title) in Sections)
        {
            var section = figures.Where(figure => figure.Account.Class == kind).OrderBy(figure => figure.Account.Label, StringComparer.Ordinal);
            rows.Add(new JsonObject { ["RowType"] = "Section", ["Title"] = title, ["Rows"] = new JsonArray([.. section.Select(Row)]) });
        }

        rows.Add(new JsonObject { ["RowType"] = "Section", ["Title"] = "", ["Rows"] = new JsonArray(Total(figures)) });
        var day = date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["ReportName"] = "Trial Balance",
            ["ReportType"] = "TrialBalance",
            ["ReportTitles"] = new JsonArray("Trial Balance", organisation.Settings.Name, "As at " + day),
            ["ReportDate"] = day,
            ["UpdatedDateUTC"] = WireFormat.Instant(now).Replace("+0000", "", StringComparison.Ordinal),
            ["Fields"] = new JsonArray(),
            ["Rows"] = rows,
        };
    }

    private static List<Figure> Figures(FakeOrganisation organisation, ITrialBalanceSource books, DateOnly date)
    {
        var yearStart = organisation.Settings.FinancialYearStart(date);
        var monthStart = new DateOnly(date.Year, date.Month, 1);
        var accounts = organisation.Accounts();
        var earlier = accounts.Where(account => account.IsIncomeOrExpense).Sum(account => books.Balance(account.Id, yearStart.AddDays(-1)));

        return [.. accounts
            .Select(account =>
            {
                var through = books.Balance(account.Id, date);
                var retained = account.SystemAccount == "RETAINEDEARNINGS";
                var balance = account.IsIncomeOrExpense ? through - books.Balance(account.Id, yearStart.AddDays(-1)) : through + (retained ? earlier : 0m);
                return new Figure(account, through - books.Balance(account.Id, monthStart.AddDays(-1)), balance, retained ? yearStart.AddDays(-1) : null);
            })
            .Where(figure => figure.Balance != 0m || figure.Movement != 0m)];
    }

    private static JsonObject Header() => new()
    {
        ["RowType"] = "Header",
        ["Cells"] = new JsonArray([.. new[] { "Account", "Debit", "Credit", "YTD Debit", "YTD Credit" }.Select(name => new JsonObject { ["Value"] = name })]),
    };

    private static JsonObject Row(Figure figure)
    {
        var (debit, credit) = Sides(figure.Movement, figure.DebitByNature);
        var (yearDebit, yearCredit) = Sides(figure.Balance, figure.DebitByNature);
        return new JsonObject
        {
            ["RowType"] = "Row",
            ["Cells"] = new JsonArray([.. new[] { figure.Account.Label, debit, credit, yearDebit, yearCredit }.Select(value => Cell(value, figure))]),
        };
    }

    private static JsonObject Cell(string value, Figure figure)
    {
        var attributes = new JsonArray(new JsonObject { ["Value"] = WireFormat.Id(figure.Account.Id), ["Id"] = "account" });
        if (figure.RetainedUntil is { } until)
        {
            attributes.Add(new JsonObject { ["Value"] = "", ["Id"] = "fromDate" });
            attributes.Add(new JsonObject { ["Value"] = until.ToString("M/d/yyyy", CultureInfo.InvariantCulture), ["Id"] = "toDate" });
        }

        return new JsonObject { ["Value"] = value, ["Attributes"] = attributes };
    }

    private static JsonObject Total(List<Figure> figures)
    {
        string[] values =
        [
            "Total",
            Amount(figures.Sum(figure => Math.Max(figure.Movement, 0m))),
            Amount(figures.Sum(figure => Math.Max(-figure.Movement, 0m))),
            Amount(figures.Sum(figure => Math.Max(figure.Balance, 0m))),
            Amount(figures.Sum(figure => Math.Max(-figure.Balance, 0m))),
        ];
        return new JsonObject
        {
            ["RowType"] = "SummaryRow",
            ["Cells"] = new JsonArray([.. values.Select(value => new JsonObject { ["Value"] = value })]),
        };
    }

    private static (string Debit, string Credit) Sides(decimal amount, bool debitByNature) =>
        amount > 0m || (amount == 0m && debitByNature) ? (Amount(amount), "") : ("", Amount(-amount));

    private static string Amount(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private sealed record Figure(FakeAccount Account, decimal Movement, decimal Balance, DateOnly? RetainedUntil)
    {
        public bool DebitByNature => Account.Class is "EXPENSE" or "ASSET";
    }
}
