using System.Globalization;
using System.Text;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Reports.Exports;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Tests.Reports.Exports;

/// <summary>Every kind of report in every format, from synchronised books: the same figures in all.</summary>
public sealed class SameFiguresTests : IAsyncLifetime
{
    private SyncedBooks _books = null!;
    private IReadOnlyDictionary<Guid, string> _codes = null!;

    public static TheoryData<string> Reports => ["months", "lastYear", "percent", "sheet", "flow", "direct", "receivables", "byDocument", "payables", "budget", "budgetMonths", "kpis", "custom"];

    public async Task InitializeAsync()
    {
        var small = new SmallBooks();
        _books = await SyncedBooks.OfAsync(small.Books, small.Clock, TestDatabaseKind.Sqlite);
        await _books.SyncWellAsync();
        var sales = small.Books.IdOf("200");
        var lines = Enumerable.Range(0, 12).SelectMany(month => new[] { new BudgetLineInput(sales, new Month(2025, 4).Add(month), 130.25m), new BudgetLineInput(small.Books.IdOf("300"), new Month(2025, 4).Add(month), 38m) });
        await _books.Get<BudgetService>().CreateAsync(Caller.Command, _books.Tenant, new BudgetInput("Plan", [.. lines], []), default);
        _codes = (await _books.Get<ILedgerReader>().AccountsAsync(_books.Tenant, default)).Where(account => account.Code is not null).ToDictionary(account => account.AccountId, account => account.Code!);
    }

    public async Task DisposeAsync() => await _books.DisposeAsync();

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Every_format_says_the_same(string which)
    {
        var document = await RunAsync(which);
        Assert.Contains(document.Rows, row => row.Values.Any(value => value.Number is not (null or 0)));

        Assert.Equal(ReportJson.Write(document), Encoding.UTF8.GetString(File(document, ReportFile.Json)));
        AssertCsv(document, Encoding.UTF8.GetString(File(document, ReportFile.Csv)[3..]));
        AssertPdf(document, new ReadPdf(File(document, ReportFile.Pdf)));
        using var book = new ReadXlsx(File(document, ReportFile.Xlsx));
        AssertXlsx(document, book);
    }

    [Fact]
    public async Task Sums_compute_themselves()
    {
        using var months = new ReadXlsx(File(await RunAsync("months"), ReportFile.Xlsx));
        using var sheet = new ReadXlsx(File(await RunAsync("sheet"), ReportFile.Xlsx));
        using var aged = new ReadXlsx(File(await RunAsync("byDocument"), ReportFile.Xlsx));

        Assert.Contains(months.Formulas, place => months.FormulaOf(place)!.StartsWith("SUM(B", StringComparison.Ordinal));
        Assert.Contains(sheet.Formulas, place => sheet.FormulaOf(place)!.StartsWith("ROUND((", StringComparison.Ordinal));
        Assert.Contains(aged.Formulas, place => aged.FormulaOf(place)!.StartsWith("SUBTOTAL(9,", StringComparison.Ordinal));
        foreach (var (key, document, book) in new[] { ("netProfit", await RunAsync("months"), months), ("netAssets", await RunAsync("sheet"), sheet), ("total", await RunAsync("byDocument"), aged) })
        {
            var row = document.Rows.ToList().FindIndex(one => one.Key == key) + ReportWorkbook.HeadRow + 1;
            Assert.NotNull(book.FormulaOf($"B{row}"));
        }
    }

    private static void AssertCsv(ReportDocument document, string csv)
    {
        var lines = Fields(csv);
        Assert.All(lines, line => Assert.Equal(document.Columns.Count + 6, line.Count));
        Assert.Equal(lines[0].Count, lines[0].Distinct().Count());
        for (var row = 0; row < document.Rows.Count; row++)
        {
            Assert.Equal(document.Rows[row].Key, lines[row + 1][0]);
            for (var column = 0; column < document.Rows[row].Values.Count; column++)
            {
                var (value, text) = (document.Rows[row].Values[column], lines[row + 1][column + 5]);
                Assert.Equal(value.Number, value.Number is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture));
            }
        }

        Assert.Equal(document.Checks.Count, lines.Count(line => line[1] == "check"));
    }

    private static void AssertXlsx(ReportDocument document, ReadXlsx book)
    {
        Assert.Empty(book.Faults);
        for (var row = 0; row < document.Rows.Count; row++)
        {
            for (var column = 0; column < document.Rows[row].Values.Count; column++)
            {
                if (document.Rows[row].Values[column].Number is { } number)
                {
                    var place = $"{Sheet.Letters(column + 1)}{row + ReportWorkbook.HeadRow + 1}";
                    Assert.Equal(number, book.ValueOf(place));
                    Assert.Equal(number, book.Compute(place));
                }
            }
        }
    }

    // Row by row: what stands on a label's line, from left to right, is the row's figures.
    private static void AssertPdf(ReportDocument document, ReadPdf pdf)
    {
        var table = SampleReports.Table(document);
        var lines = pdf.Pages.SelectMany(page => page.GroupBy(words => words.Y).OrderBy(line => line.Key).Select(line => string.Join('|', line.OrderBy(words => words.X).Select(words => words.Text)))).ToList();
        var shown = table.Columns.Select((column, index) => (column, index)).Where(pair => pair.column.HoldsFigures || table.Rows.Any(row => row.Cells.Count > 0 && row.Cells[pair.index].Text.Length > 0)).ToList();
        foreach (var row in table.Rows.Where(row => row.Cells.Count > 0 && row.Notes.Count == 0))
        {
            Assert.Contains(string.Join('|', shown.Select(pair => row.Cells[pair.index].Text).Where(text => text.Length > 0).Prepend(row.Label)), lines);
        }

        Assert.Contains(document.Organisation, pdf.Words);
        Assert.Contains(lines, line => line.EndsWith($"Page 1 of {pdf.Pages.Count}", StringComparison.Ordinal));
    }

    private static List<List<string>> Fields(string csv)
    {
        var (lines, line, field, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var index = 0; index < csv.Length; index++)
        {
            var letter = csv[index];
            if (quoted && letter == '"' && index + 1 < csv.Length && csv[index + 1] == '"')
            {
                field.Append(csv[++index]);
            }
            else if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && letter is ',' or '\n' && !quoted)
            {
                line.Add(field.ToString().TrimEnd('\r'));
                field.Clear();
                if (letter == '\n')
                {
                    lines.Add(line);
                    line = [];
                }
            }
            else
            {
                field.Append(letter);
            }
        }

        return lines;
    }

    private byte[] File(ReportDocument document, string format) => ReportFile.Of(document, _codes, format, new ExportOptions()).Bytes;

    private async Task<Guid> LayoutAsync() => (await _books.Get<LayoutService>().CreateAsync(Caller.Command, _books.Tenant, new LayoutInput(
        "Board",
        [
            new LayoutRow { Id = "income", Label = "Income", Kind = LayoutRowKinds.Group, Sections = ["income"] },
            new LayoutRow { Id = "costs", Label = "Costs", Kind = LayoutRowKinds.Group, Sections = ["costOfSales", "operatingExpenses"], ShowAccounts = false },
            new LayoutRow { Id = "left", Label = "Left", Kind = LayoutRowKinds.Formula, Formula = "income - costs" },
            new LayoutRow { Id = "share", Label = "Share of income", Kind = LayoutRowKinds.Percent, Part = "left", Whole = "income" },
            new LayoutRow { Id = "times", Label = "Times", Kind = LayoutRowKinds.Formula, Formula = "income / costs", Unit = ReportUnits.Ratio },
        ]), default)).Value.Layout.Id;

    private async Task<ReportDocument> RunAsync(string which)
    {
        var (year, day) = (new ReportParameters { From = new DateOnly(2025, 4, 1), To = new DateOnly(2026, 2, 28) }, new ReportParameters { Date = new DateOnly(2026, 2, 28) });
        var (type, asked) = which switch
        {
            "months" => (ReportTypes.ProfitAndLoss, year with { Interval = ReportWords.Month }),
            "lastYear" => (ReportTypes.ProfitAndLoss, new ReportParameters { From = new DateOnly(2026, 2, 1), To = new DateOnly(2026, 2, 28), Compare = "lastYear" }),
            "percent" => (ReportTypes.ProfitAndLoss, year with { Interval = ReportWords.Quarter, PercentOfIncome = true, ManagementLines = true }),
            "sheet" => (ReportTypes.BalanceSheet, day with { Compare = "previous:3" }),
            "flow" => (ReportTypes.CashFlow, year with { Compare = "previous:1" }),
            "direct" => (ReportTypes.CashFlow, year with { Method = ReportWords.Direct }),
            "receivables" => (ReportTypes.AgedReceivables, day),
            "byDocument" => (ReportTypes.AgedReceivables, day with { By = ReportWords.ByDocument }),
            "budget" => (ReportTypes.BudgetVariance, year),
            "budgetMonths" => (ReportTypes.BudgetVariance, new ReportParameters { From = new DateOnly(2025, 4, 1), To = new DateOnly(2025, 5, 31), Interval = ReportWords.Month }),
            "kpis" => (ReportTypes.KpiDashboard, day with { Interval = ReportWords.Quarter }),
            "custom" => (ReportTypes.Custom, year with { LayoutId = await LayoutAsync(), Compare = "previous:1" }),
            _ => (ReportTypes.AgedPayables, day),
        };
        var made = await _books.Get<ReportService>().RunAsync(Caller.Command, _books.Tenant, type, asked, default);
        Assert.True(made.Succeeded, made.Problem?.Message);
        return made.Value;
    }
}
