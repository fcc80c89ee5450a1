using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Budgets;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Tests.Budgets;

/// <summary>Budgets out of tables: what people and spreadsheets write, and what is said of each wrong place.</summary>
public sealed class BudgetTableTests
{
    private static readonly Account[] Chart =
    [
        Of("200", "Sales", "REVENUE", "REVENUE"), Of("300", "Green beans", "DIRECTCOSTS", "EXPENSE"), Of("477", "Wages", "WAGESEXPENSE", "EXPENSE"), Of(null, "Interest", "OTHERINCOME", "REVENUE"),
        Of("500", "Other", "EXPENSE", "EXPENSE"), Of("501", "Other", "EXPENSE", "EXPENSE"),
        Of("090", "Cheque", "BANK", "ASSET"),
    ];

    [Fact]
    public void A_row_for_each_account_and_a_column_for_each_month_is_read_whatever_comes_from_a_spreadsheet()
    {
        var read = Read("Code\tAccount\tApr 2027\tMay-27\t2027-06\tTotal\n\tIncome\t\t\t\t\n200\tSales\t1,000.50\t(20)\t\t980.50\n\tInterest\t–\t$5\t7.25\t\n\tTotal income\t1\t2\t3\t4\n");

        Assert.Empty(read.Messages);
        Assert.Equal(2, read.Passed);
        Assert.Equal(
            [("Interest", "2027-04", 0m), ("Interest", "2027-05", 5m), ("Interest", "2027-06", 7.25m), ("Sales", "2027-04", 1_000.5m), ("Sales", "2027-05", -20m)],
            read.Lines.Select(line => (Name(line.AccountId), line.Month.ToString(), line.Amount)).Order());
    }

    [Fact]
    public void A_row_for_each_amount_is_read_too()
    {
        var read = Read("Account;Month;Amount\nSales (200);Apr 2027;10.5\n477 Wages;2027-05-01;20\n");

        Assert.Empty(read.Messages);
        Assert.Equal([("Sales", "2027-04", 10.5m), ("Wages", "2027-05", 20m)], read.Lines.Select(line => (Name(line.AccountId), line.Month.ToString(), line.Amount)));
    }

    [Theory]
    [InlineData("Code,Apr 2027\n999,5\n", "Row 2, column A", "No account has the code “999”.")]
    [InlineData("Account,Apr 2027\nSalles,5\n", "Row 2, column A", "No account has the code or name “Salles”.")]
    [InlineData("Account,Apr 2027\nOther,5\n", "Row 2, column A", "2 accounts have the name “Other”: use their codes.")]
    [InlineData("Code,Apr 2027\n200,twelve\n", "Row 2, column B", "“twelve” is no amount: write it like 1,234.50 or -1234.5.")]
    [InlineData("Code;Apr 2027\n200;1.234,56\n", "Row 2, column B", "“1.234,56” is no amount: write it like 1,234.50 or -1234.5.")]
    [InlineData("Code,Apr 2027\n200,1.23456\n", "Row 2, column B", "“1.23456” has more than four decimals.")]
    [InlineData("Code,Apr 2027\n200,922337203685477.5808\n", "Row 2, column B", "“922337203685477.5808” is too large: an amount is at most 922,337,203,685,477.5807.")]
    [InlineData("Code,Aprl 2027,May 2027\n200,1,2\n", "Row 1, column B", "“Aprl 2027” is no month: write it like 2026-04 or Apr 2026.")]
    [InlineData("Code,Apr 2027,2027-04\n200,1,2\n", "Row 1, column C", "2027-04 is there twice.")]
    [InlineData("Code,Apr 2027\n200,1\n477,2\n200,3\n", "Row 4, column B", "Sales has an amount for 2027-04 in row 2 already.")]
    [InlineData("Apr 2027,May 2027\n1,2\n", "Row 1", "No column names the accounts: call one Code or Account.")]
    [InlineData("Code,Account\n200,Sales\n", "Row 1", "No column is a month: call them like 2026-04 or Apr 2026.")]
    [InlineData("Code,Apr 2027\n200,\n", "Row 1", "No row below has an amount.")]
    [InlineData("\n\n", "Row 1", "The table is empty.")]
    [InlineData("Code,Account,Apr 2027\n200,Sales,1\n090,Cheque,5\n", "Row 3, column A", "Cheque stands on the balance sheet: a budget plans income and expenses.")]
    [InlineData("Account,Month,Amount\nCheque,Apr 2027,5\n", "Row 2, column A", "Cheque stands on the balance sheet: a budget plans income and expenses.")]
    [InlineData("Account,Apr 2027\nTotal Tools hire,5\n", "Row 2, column A", "No account has the code or name “Total Tools hire”.")]
    [InlineData("Account,Apr 2027\nSurplus stock sold,5\n", "Row 2, column A", "No account has the code or name “Surplus stock sold”.")]
    [InlineData("Account,Month,Amount\nSales,soon,5\n", "Row 2, column B", "“soon” is no month: write it like 2026-04 or Apr 2026.")]
    public void Each_wrong_place_is_named(string text, string place, string words)
    {
        var message = Assert.Single(Read(text).Messages);

        Assert.Equal((place, words), (message.Place, message.Text));
    }

    [Theory]
    [InlineData("Total")]
    [InlineData("TOTAL COST OF SALES")]
    [InlineData("Total expenses:")]
    [InlineData("Gross Profit")]
    [InlineData("Net profit")]
    [InlineData("EBIT")]
    [InlineData("Surplus (deficit)")]
    public void Sums_are_passed_over(string name)
    {
        var read = Read($"Account,Apr 2027\nSales,1\n{name},5\n");

        Assert.Equal((0, 1, 1), (read.Messages.Count, read.Lines.Count, read.Passed));
    }

    [Fact]
    public void All_wrong_places_are_told_at_once() =>
        Assert.Equal(["Row 2, column B", "Row 3, column A", "Row 4, column C"], Read("Code,Apr 2027,May 2027\n200,x,1\n999,1,1\n477,1,y\n").Messages.Select(message => message.Place));

    [Fact]
    public void What_is_written_as_a_file_reads_as_the_same_budget()
    {
        var view = View((Chart[0], new Month(2027, 4), 1_234.5m), (Chart[0], new Month(2027, 6), -0.25m), (Chart[2], new Month(2027, 5), 18_200m));

        var csv = BudgetTable.Read(DelimitedText.Read(System.Text.Encoding.UTF8.GetString(BudgetFile.Of(view, Chart, BudgetFile.Csv).Bytes)), Chart);
        using var book = new MemoryStream(BudgetFile.Of(view, Chart, BudgetFile.Xlsx).Bytes);
        var xlsx = BudgetTable.Read(XlsxReader.Read(book).Value, Chart);

        var lines = view.Lines.Select(line => new BudgetLineInput(line.AccountId, Month.Of(line.Month), line.Amount)).ToHashSet();
        Assert.Equal((0, 0), (csv.Messages.Count, xlsx.Messages.Count));
        Assert.True(lines.SetEquals(csv.Lines));
        Assert.True(lines.SetEquals(xlsx.Lines));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 0x50, 0x4B, 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void What_is_no_workbook_is_refused(byte[] bytes)
    {
        using var file = new MemoryStream(bytes);

        Assert.Equal("unreadable-file", XlsxReader.Read(file).Problem!.Code);
    }

    [Fact]
    public void A_block_is_pasted_whole_or_not_at_all()
    {
        var sheet = new BudgetSheet(View((Chart[0], new Month(2027, 4), 100m)), Chart, BudgetWords.Year(new FinancialYear(31, 3), 2028), all: true);

        var pasted = sheet.Paste(0, 0, "1\t2\t3\n4\t\t(6)");
        var wrong = sheet.Paste(1, 0, "7\tx\n8");
        var outside = sheet.Paste(0, 11, "1\t2");

        Assert.Equal((6, 0), (pasted.Filled, pasted.Wrong.Count));
        Assert.Equal(("Row 1, column B", 0), (Assert.Single(wrong.Wrong).Place, wrong.Filled));
        Assert.Equal("is beyond the last month.", Assert.Single(outside.Wrong).Text);
        Assert.Equal([1m, 2m, 3m], sheet.Months.Take(3).Select(month => sheet.At(sheet.Rows[0], month) ?? 0));
        Assert.Equal([4m, null, -6m], sheet.Months.Take(3).Select(month => sheet.At(sheet.Rows[1], month)));
        Assert.Equal((6m, 5), (sheet.Total(sheet.Rows[0]), sheet.Changes));
        Assert.Equal(1m - 4m, sheet.Profit(sheet.Months[0]));
    }

    [Fact]
    public void A_cell_that_holds_no_amount_keeps_what_it_had()
    {
        var sheet = new BudgetSheet(View((Chart[0], new Month(2027, 4), 100m)), Chart, BudgetWords.Year(new FinancialYear(31, 3), 2028), all: false);
        var row = Assert.Single(sheet.Rows);

        Assert.StartsWith("Sales, Apr 2027: “abc” is no amount", sheet.Set(row, sheet.Months[0], "abc"), StringComparison.Ordinal);
        Assert.Equal((100m, 0), (sheet.At(row, sheet.Months[0]), sheet.Changes));
        Assert.Null(sheet.Set(row, sheet.Months[0], ""));
        sheet.Set(row, sheet.Months[2], "7");
        sheet.FillRight(row, sheet.Months[2]);
        Assert.Equal((10 * 7m, 11), (sheet.Total(row), sheet.Changes));
    }

    private static TableReading Read(string text) => BudgetTable.Read(DelimitedText.Read(text), Chart);

    private static string Name(Guid account) => Chart.First(one => one.AccountId == account).Name;

    private static Account Of(string? code, string name, string type, string accountClass) => new() { AccountId = Guid.NewGuid(), Code = code, Name = name, Type = type, Class = accountClass };

    private static BudgetView View(params (Account Account, Month Month, decimal Amount)[] lines)
    {
        var budget = new Budget { Name = "Budget 2028", Source = BudgetSources.Own };
        return new BudgetView(budget, [.. lines.Select(line => new BudgetLine { BudgetId = budget.Id, AccountId = line.Account.AccountId, Month = line.Month.Start, Amount = line.Amount })]);
    }
}
