using System.Globalization;
using System.Text;
using XeroCfo.Domain.Reports;
using XeroCfo.Web.Reports.Exports;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Tests.Reports.Exports;

/// <summary>Names of files, and texts in them that would be something else elsewhere.</summary>
public sealed class ReportFileTests
{
    [Theory]
    [InlineData("Tūī & Ash Limited", "2026-04-01", "2026-10-31", "Tui-and-Ash_Profit-and-loss_2026-04_2026-10.xlsx")]
    [InlineData("Acme Holdings Pty. Ltd.", "2026-10-01", "2026-10-31", "Acme-Holdings_Profit-and-loss_2026-10.xlsx")]
    [InlineData("Smith & Co (2019)", "2026-10-05", "2026-10-31", "Smith-and-Co-2019_Profit-and-loss_2026-10-05_2026-10-31.xlsx")]
    [InlineData("Limited", "2026-10-01", "2026-10-31", "Limited_Profit-and-loss_2026-10.xlsx")]
    [InlineData("../../etc/passwd", "2026-10-01", "2026-10-31", "etc-passwd_Profit-and-loss_2026-10.xlsx")]
    [InlineData("株式会社", "2026-10-01", "2026-10-31", "XeroCfo_Profit-and-loss_2026-10.xlsx")]
    public void A_file_is_named_after_whose_what_and_when(string organisation, string from, string to, string expected)
    {
        var report = SampleReports.ProfitAndLoss(1, 1, organisation) with { From = DateOnly.Parse(from, CultureInfo.InvariantCulture), To = DateOnly.Parse(to, CultureInfo.InvariantCulture) };

        Assert.Equal(expected, ReportFileNames.Of(report, "xlsx"));
    }

    [Fact]
    public void What_stands_at_a_day_is_named_after_the_day() =>
        Assert.Equal("Tui-and-Ash_Aged-receivables_2026-11-20.pdf", ReportFileNames.Of(SampleReports.Aged("A"), "pdf"));

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")")]
    [InlineData("+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    public void No_text_is_a_formula(string name)
    {
        var report = SampleReports.Aged(name);
        var csv = Encoding.UTF8.GetString(ReportCsv.Write(SampleReports.Table(report)));
        using var book = Book(report);

        Assert.Contains($"'{name.Replace("\"", "\"\"", StringComparison.Ordinal)}", csv, StringComparison.Ordinal);
        Assert.DoesNotContain($",{name}", csv, StringComparison.Ordinal);
        Assert.Equal(("'" + name, (string?)null), (book.ValueOf("A6"), book.FormulaOf("A6")));
        Assert.Empty(book.Faults);
    }

    [Theory]
    [InlineData("Tūī 🦀 株式会社 <b>&\"'")]
    [InlineData("broken \uD83E pair \u0001 \uFFFF")]
    public void Any_text_makes_a_good_workbook(string name)
    {
        using var book = Book(SampleReports.Aged(name) with { Organisation = name });

        Assert.Empty(book.Faults);
        Assert.StartsWith(name[..6], (string)book.ValueOf("A6")!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_formula_that_would_say_something_else_is_not_written()
    {
        var report = SampleReports.ProfitAndLoss(2, 4);
        var wrong = report with { Rows = [.. report.Rows.Select(row => row.Key == "operatingExpenses" ? row with { Values = [.. row.Values.Select(value => ReportValue.Of(value.Number + 0.01m))] } : row)] };
        using var good = Book(report);
        using var book = Book(wrong);
        var place = $"B{report.Rows.ToList().FindIndex(row => row.Key == "operatingExpenses") + ReportWorkbook.HeadRow + 1}";

        Assert.NotNull(good.FormulaOf(place));
        Assert.Null(book.FormulaOf(place));
        Assert.Equal(good.Compute(place) + 0.01m, book.Compute(place));
    }

    [Fact]
    public void Checks_and_notes_have_a_sheet_of_their_own()
    {
        using var book = Book(SampleReports.ProfitAndLoss(2, 4));

        var words = book.Sheets[1].Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().Select(cell => cell.InnerText).ToList();
        Assert.Contains("✕ differs by 12.40", words);
        Assert.Contains("Cost 0: left out.", words);
        Assert.Contains("20 Nov 2026 09:14 UTC", words);
        Assert.Contains("On Xero's trial balance only", words);
    }

    [Fact]
    public void Percent_and_days_of_a_workbook_are_what_they_are()
    {
        var day = SampleReports.Aged("A") is var report
            ? report with { Columns = [.. report.Columns, new ReportColumn("date", "Date", null, null, ReportColumnKind.Text)], Rows = [.. report.Rows.Select(row => row with { Values = [.. row.Values, row.Kind == ReportRowKind.Line ? "2026-10-03" : ReportValue.None] })] }
            : throw new InvalidOperationException();
        using var book = Book(day);

        Assert.Equal((decimal)new DateTime(2026, 10, 3).ToOADate(), book.ValueOf("I6"));
        Assert.Equal((uint)CellLook.Day, book.StyleOf("I6"));
    }

    [Fact]
    public void Figures_are_the_same_in_every_country()
    {
        var report = SampleReports.ProfitAndLoss(2, 4);
        var before = CultureInfo.CurrentCulture;
        try
        {
            var neutral = Formats(report);
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

            Assert.Equal(neutral, Formats(report));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string[] Formats(ReportDocument report) =>
        [.. ReportFile.Formats.Select(format => Convert.ToHexString(ReportFile.Of(report, new Dictionary<Guid, string>(), format, new ExportOptions()).Bytes))];

    private static ReadXlsx Book(ReportDocument report) => new(ReportFile.Of(report, new Dictionary<Guid, string>(), ReportFile.Xlsx, new ExportOptions()).Bytes);
}
