using System.Globalization;
using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Profit and loss and balance sheet as Xero's reports show them: display signs, joined by account, earnings of the year as a row of no account.</summary>
internal static class StatementReport
{
    private const string NoAccount = "00000000-0000-0000-0000-000000000000";

    /// <summary>The answer without its envelope; null when the report is another one.</summary>
    public static FakeResponse? Answer(FakeOrganisation organisation, string report, FakeRequest request, DateTimeOffset now)
    {
        if (report.Equals("ProfitAndLoss", StringComparison.OrdinalIgnoreCase))
        {
            return Day(request, "fromDate") is { } from && Day(request, "toDate") is { } to && from <= to
                ? to.DayNumber - from.DayNumber > 366 ? Wrong("The date range must be 365 days or less") : Report("ProfitAndLoss", "Profit and Loss", ProfitAndLoss(organisation, from, to), now)
                : Wrong("The dates are not valid");
        }

        return !report.Equals("BalanceSheet", StringComparison.OrdinalIgnoreCase) ? null
            : Day(request, "date") is { } date ? Report("BalanceSheet", "Balance Sheet", BalanceSheet(organisation, date), now)
            : Wrong("The date is not valid");
    }

    private static JsonArray ProfitAndLoss(FakeOrganisation organisation, DateOnly from, DateOnly to)
    {
        var rows = new JsonArray(Header(to));
        foreach (var (kind, title, sign) in new[] { ("REVENUE", "Income", -1), ("EXPENSE", "Less Operating Expenses", 1) })
        {
            rows.Add(Section(title, organisation.Accounts().Where(account => account.Class == kind)
                .Select(account => (account.Name, WireFormat.Id(account.Id), sign * (organisation.TrialBalance.Balance(account.Id, to) - organisation.TrialBalance.Balance(account.Id, from.AddDays(-1)))))));
        }

        return rows;
    }

    private static JsonArray BalanceSheet(FakeOrganisation organisation, DateOnly date)
    {
        var (books, accounts) = (organisation.TrialBalance, organisation.Accounts());
        var before = organisation.Settings.FinancialYearStart(date).AddDays(-1);
        var earlier = accounts.Where(account => account.IsIncomeOrExpense).Sum(account => books.Balance(account.Id, before));
        var current = accounts.Where(account => account.IsIncomeOrExpense).Sum(account => books.Balance(account.Id, date)) - earlier;
        var rows = new JsonArray(Header(date), Section("Assets", []));
        foreach (var (kind, title, sign) in new[] { ("ASSET", "Current Assets", 1), ("LIABILITY", "Current Liabilities", -1), ("EQUITY", "Equity", -1) })
        {
            var lines = accounts.Where(account => account.Class == kind)
                .Select(account => (account.Name, WireFormat.Id(account.Id), sign * (books.Balance(account.Id, date) + (account.SystemAccount == "RETAINEDEARNINGS" ? earlier : 0m))));
            rows.Add(Section(title, kind == "EQUITY" ? lines.Append(("Current Year Earnings", NoAccount, -current)) : lines));
        }

        return rows;
    }

    private static JsonObject Section(string title, IEnumerable<(string Name, string Account, decimal Amount)> lines)
    {
        var shown = lines.Where(line => line.Amount != 0m).ToList();
        var rows = shown.Select(line => Row("Row", line.Account, line.Name, Amount(line.Amount))).ToList();
        return new JsonObject
        {
            ["RowType"] = "Section",
            ["Title"] = title,
            ["Rows"] = new JsonArray([.. rows, .. shown.Count == 0 ? Array.Empty<JsonObject>() : [Row("SummaryRow", null, "Total " + title, Amount(shown.Sum(line => line.Amount)))]]),
        };
    }

    private static JsonObject Row(string kind, string? account, params string[] values) => new()
    {
        ["RowType"] = kind,
        ["Cells"] = new JsonArray([.. values.Select(value => account is null
            ? new JsonObject { ["Value"] = value }
            : new JsonObject { ["Value"] = value, ["Attributes"] = new JsonArray(new JsonObject { ["Value"] = account, ["Id"] = "account" }) })]),
    };

    private static JsonObject Header(DateOnly date) => new()
    {
        ["RowType"] = "Header",
        ["Cells"] = new JsonArray(new JsonObject { ["Value"] = "" }, new JsonObject { ["Value"] = date.ToString("d MMM yy", CultureInfo.InvariantCulture) }),
    };

    private static FakeResponse Report(string type, string name, JsonArray rows, DateTimeOffset now) => new(200, "\"Reports\":[" + WireFormat.Text(new JsonObject
    {
        ["ReportName"] = name,
        ["ReportType"] = type,
        ["UpdatedDateUTC"] = WireFormat.Instant(now).Replace("+0000", "", StringComparison.Ordinal),
        ["Fields"] = new JsonArray(),
        ["Rows"] = rows,
    }) + "]}");

    private static DateOnly? Day(FakeRequest request, string name) =>
        DateOnly.TryParseExact(request.Asked(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static FakeResponse Wrong(string message) => FakeResponse.BadRequest(10, "ValidationException", message);

    private static string Amount(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
