using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger.TieOut;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Tests.Ledger;

/// <summary>The workbook of the tie-out, read back from the file.</summary>
public sealed class TieOutWorkbookTests
{
    private readonly SampleBooks _books = new();

    [Fact]
    public async Task Each_month_has_a_sheet_whose_numbers_are_numbers_and_whose_sums_compute_themselves()
    {
        using var file = SpreadsheetDocument.Open(await FileAsync(), false);

        Assert.Equal(["2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"], file.WorkbookPart!.Workbook.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Select(sheet => sheet.Name!.Value));
        var october = Sheet(file, "2026-10");
        var cells = october.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().ToDictionary(cell => cell.CellReference!.Value!, cell => cell);
        Assert.Equal(["Code", "Account", "Type", "Class", "Opening", "Documents", "Expected Xero-only", "Unexplained", "Ours", "Xero", "Difference"], "ABCDEFGHIJK".Select(letter => cells[$"{letter}5"].InnerText));
        var receivables = Row(cells, "Accounts receivable");
        Assert.Null(cells[$"I{receivables}"].DataType);
        Assert.Equal(_books.Ledger.Lines.Where(view => view.AccountCode == "610" && view.Line.Date <= new DateOnly(2026, 10, 31)).Sum(view => view.Line.Amount), Number(cells[$"I{receivables}"]));
        var total = Row(cells, "Total");
        Assert.Equal((0m, 0m, $"SUBTOTAL(9,I6:I{total - 1})"), (Number(cells[$"I{total}"]), Number(cells[$"K{total}"]), cells[$"I{total}"].CellFormula!.Text));
        var assets = Row(cells, "Total assets");
        Assert.Equal(Number(cells[$"I{assets}"]), Enumerable.Range(7, assets - 7).Sum(row => Number(cells[$"I{row}"])));
        Assert.True(Row(cells, "What only Xero's trial balance knows") > total);
    }

    [Fact]
    public async Task The_head_is_frozen_columns_are_wide_enough_and_the_file_is_valid()
    {
        using var file = SpreadsheetDocument.Open(await FileAsync(), false);

        var sheet = Sheet(file, "2026-10");
        var pane = sheet.Descendants<Pane>().Single();
        Assert.Equal((PaneStateValues.Frozen, 5d, "C6"), (pane.State!.Value, pane.VerticalSplit!.Value, pane.TopLeftCell!.Value));
        Assert.All(sheet.Descendants<Column>(), column => Assert.True(column.Width!.Value >= 9 && column.CustomWidth!.Value));
        Assert.Empty(new OpenXmlValidator().Validate(file).Select(fault => $"{fault.Path?.XPath}: {fault.Description}"));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")", "'=HYPERLINK(\"http://evil\")")]
    [InlineData("+1+1", "'+1+1")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "'\nx")]
    [InlineData("Tūī & <Ash>\u0000", "Tūī & <Ash>")]
    [InlineData("", "")]
    public async Task A_name_that_looks_like_a_formula_stays_text(string name, string expected)
    {
        _books.Account("610").Name = name;
        using var file = SpreadsheetDocument.Open(await FileAsync(), false);

        var cell = Sheet(file, "2026-10").Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().Single(cell => cell.CellReference == "B" + (RowOfCode(file, "610")));
        Assert.Equal((CellValues.InlineString, expected, (CellFormula?)null), (cell.DataType!.Value, cell.InnerText, cell.CellFormula));
    }

    [Theory]
    [InlineData("Tūī & Ash", "Tui-and-Ash")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("日本", "XeroCfo")]
    [InlineData("Müller's  \"Café\"", "Muller-s-Cafe")]
    public void A_files_name_is_plain(string name, string expected) => Assert.Equal(expected, FileNames.Plain(name));

    [Fact]
    public async Task The_file_says_whose_and_of_which_months()
    {
        var months = await MonthsAsync();

        Assert.Equal("Tui-and-Ash-Coffee-Roasters-Limited_Tie-out_2026-05_2026-10.xlsx", TieOutWorkbook.FileName(_books.Company, months));
    }

    private async Task<MemoryStream> FileAsync()
    {
        var file = new MemoryStream();
        XlsxWriter.Write(file, (await MonthsAsync()).Select(month => TieOutWorkbook.Of(_books.Company, month)));
        if (Needs.Pictures is { } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "tie-out.xlsx"), file.ToArray());
        }

        return file;
    }

    private async Task<IReadOnlyList<TieOutMonth>> MonthsAsync()
    {
        var clock = new FixedClock();
        var balances = new TrialBalanceService(_books.Tenants, _books.Ledger, _books.TieOut, clock);
        var service = new TieOutService(_books.Tenants, _books.Ledger, _books.TieOut, balances, clock);
        return (await service.AllAsync(FakeCaller.Person(Roles.ReadOnly, _books.Company), new(_books.Company.Id), default)).Value;
    }

    private static Worksheet Sheet(SpreadsheetDocument file, string name)
    {
        var sheet = file.WorkbookPart!.Workbook.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Single(sheet => sheet.Name == name);
        return ((WorksheetPart)file.WorkbookPart.GetPartById(sheet.Id!)).Worksheet;
    }

    private static int RowOfCode(SpreadsheetDocument file, string code) =>
        int.Parse(Sheet(file, "2026-10").Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().First(cell => cell.CellReference!.Value!.StartsWith('A') && cell.InnerText == code).CellReference!.Value![1..], CultureInfo.InvariantCulture);

    private static int Row(Dictionary<string, DocumentFormat.OpenXml.Spreadsheet.Cell> cells, string text) =>
        int.Parse(cells.First(cell => cell.Key.StartsWith('B') && cell.Value.InnerText == text).Key[1..], CultureInfo.InvariantCulture);

    private static decimal Number(DocumentFormat.OpenXml.Spreadsheet.Cell cell) => decimal.Parse(cell.CellValue!.Text, CultureInfo.InvariantCulture);
}
