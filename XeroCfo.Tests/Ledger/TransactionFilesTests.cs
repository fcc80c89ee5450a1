using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger.Transactions;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Tests.Ledger;

/// <summary>The list as files, read back.</summary>
public sealed class TransactionFilesTests
{
    private readonly SampleBooks _books = new();

    private Caller Reader => FakeCaller.Person(Roles.ReadOnly, _books.Company);

    [Fact]
    public async Task The_csv_holds_exactly_what_is_filtered_to_the_last_page()
    {
        var expected = _books.Transactions.Transactions.Where(row => row.Type == TransactionTypes.Invoice).ToList();

        var lines = (await CsvAsync("type=INVOICE")).Split("\r\n");

        Assert.StartsWith("Date,Contact,Description,", lines[0], StringComparison.Ordinal);
        Assert.Equal(expected.Count + 2, lines.Length);
        Assert.Equal("", lines[^1]);
        Assert.All(lines[1..^1], line => Assert.Contains(",Invoice,", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Searches_narrow_the_file_as_they_narrow_the_page()
    {
        var some = _books.Transactions.Transactions.First(row => row.Type == TransactionTypes.Invoice);

        var lines = (await CsvAsync($"search={Uri.EscapeDataString($"{some.Number} type:invoice")}")).Split("\r\n");

        Assert.Equal(3, lines.Length);
        Assert.Contains(some.Number!, lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")", "\"'=HYPERLINK(\"\"http://evil\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("a, b \"c\"", "\"a, b \"\"c\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("Tūī & Ash", "Tūī & Ash")]
    public async Task No_text_of_the_csv_is_a_formula(string description, string expected)
    {
        var row = _books.Transactions.Transactions[0];
        (row.Description, row.Number) = (description, "only-this-one");

        var file = await CsvAsync("search=only-this-one");

        Assert.Contains($",{expected},", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_of_the_csv_are_plain_in_every_country_and_negative_when_money_goes_out()
    {
        var row = _books.Transactions.Transactions[0];
        (row.BaseAmount, row.Amount, row.Number) = (-12_345.6m, 12_345.6m, "only-this-one");
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

            Assert.Contains(",-12345.60,NZD,12345.60,", await CsvAsync("search=only-this-one"), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task The_workbook_has_real_days_and_numbers_and_a_sum_that_computes_itself()
    {
        var list = (await ExportAsync(Reader, "type=BILL")).Value;
        var rows = await ReadAsync(list);
        rows[0].Description = "=1+1";
        var file = new MemoryStream();
        XlsxWriter.Write(file, [TransactionWorkbook.Of(list, rows)]);

        using var book = SpreadsheetDocument.Open(file, false);
        var cells = book.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().ToDictionary(cell => cell.CellReference!.Value!);
        Assert.Empty(new OpenXmlValidator().Validate(book).Select(fault => fault.Description));
        Assert.Equal((null, rows[0].Date.ToDateTime(TimeOnly.MinValue).ToOADate()), ((object?)cells["A5"].DataType, double.Parse(cells["A5"].CellValue!.Text, CultureInfo.InvariantCulture)));
        Assert.Equal((null, rows[0].BaseAmount), ((object?)cells["M5"].DataType, decimal.Parse(cells["M5"].CellValue!.Text, CultureInfo.InvariantCulture)));
        Assert.Equal((CellValues.InlineString, "'=1+1", (CellFormula?)null), (cells["C5"].DataType!.Value, cells["C5"].InnerText, cells["C5"].CellFormula));
        var total = cells[$"M{rows.Count + 5}"];
        Assert.Equal(($"SUBTOTAL(9,M5:M{rows.Count + 4})", rows.Sum(row => row.BaseAmount)), (total.CellFormula!.Text, decimal.Parse(total.CellValue!.Text, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task The_files_say_whose_they_are_and_of_which_day()
    {
        var list = (await ExportAsync(Reader, "")).Value;

        Assert.Equal("Tui-and-Ash-Coffee-Roasters-Limited_Transactions_2026-11-20.xlsx", list.FileName("xlsx"));
    }

    [Fact]
    public async Task Only_who_may_see_the_list_gets_the_file()
    {
        Assert.Equal(ProblemKind.Forbidden, (await ExportAsync(FakeCaller.Person(Roles.Executive, _books.Company), "")).Problem!.Kind);
        Assert.Equal(ProblemKind.NotFound, (await ExportAsync(FakeCaller.Person(Roles.Admin, _books.Other), "")).Problem!.Kind);
    }

    private async Task<string> CsvAsync(string query)
    {
        using var file = new MemoryStream();
        await TransactionCsv.WriteAsync(file, (await ExportAsync(Reader, query)).Value, default);
        Assert.Equal(Encoding.UTF8.GetPreamble(), file.ToArray()[..3]);
        return Encoding.UTF8.GetString(file.ToArray()[3..]);
    }

    private static async Task<List<Transaction>> ReadAsync(ExportedList list)
    {
        var rows = new List<Transaction>();
        await foreach (var row in list.Rows)
        {
            rows.Add(row);
        }

        return rows;
    }

    private Task<Result<ExportedList>> ExportAsync(Caller caller, string query)
    {
        var (tenants, transactions) = (new TenantService(_books.Tenants), new TransactionService(_books.Transactions));
        var naming = new TransactionNaming(new LedgerService(_books.Ledger, new AuditNotes(new FakeAuditTrail(), new FixedClock())), new CategoryService(_books.Categorising), new CategorisingService(_books.Categorising));
        return new TransactionExport(tenants, transactions, naming, new FixedClock()).OpenAsync(caller, new TenantId(_books.Company.Id), TransactionQuery.Of(query), default);
    }
}
