using XeroCfo.Domain.Reports;
using XeroCfo.Web.Reports.Exports;
using XeroCfo.Web.Reports.Exports.Pdf;

namespace XeroCfo.Tests.Reports.Exports;

/// <summary>Reports on paper, read back.</summary>
public sealed class PaperTests
{
    [Fact]
    public void Twelve_months_are_small_and_the_same_each_time()
    {
        var report = SampleReports.ProfitAndLoss(12, 40);

        var file = Write(report);

        Assert.InRange(file.Length, 1, 150 * 1024);
        Assert.Equal(file, Write(report));
    }

    [Fact]
    public void Every_page_says_whose_it_is_what_and_of_when()
    {
        var pages = new ReadPdf(Write(SampleReports.ProfitAndLoss(12, 90))).Pages;

        Assert.True(pages.Count > 2);
        Assert.All(pages.Select((page, index) => (page, index)), pair =>
        {
            var words = pair.page.Select(one => one.Text).ToList();
            Assert.Contains($"Page {pair.index + 1} of {pages.Count}", words);
            Assert.Contains("Data as of 20 Nov 2026 09:14 UTC · Made 20 Nov 2026 09:20 UTC · Ledger version 12", words);
            Assert.Contains(words, one => one.Contains("Tūī & Ash Limited", StringComparison.Ordinal));
            Assert.Contains(words, one => one.EndsWith("1 Nov 2025 – 31 Oct 2026 · accrual · NZD", StringComparison.Ordinal));
        });
        Assert.Contains("1 of 3 checks pass. ✕ Ties to Xero: differs by 12.40. – Stands on documents: is not known.", pages[0].Select(one => one.Text));
    }

    [Fact]
    public void Columns_heads_stand_on_every_page_that_has_rows()
    {
        var pages = new ReadPdf(Write(SampleReports.ProfitAndLoss(3, 120))).Pages;

        Assert.All(pages.Where(page => page.Any(words => words.Text.StartsWith("Cost ", StringComparison.Ordinal))), page => Assert.Contains("Total", page.Select(words => words.Text)));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(34)]
    [InlineData(35)]
    [InlineData(36)]
    [InlineData(60)]
    [InlineData(61)]
    public void Nothing_is_cut_and_no_head_is_left_alone(int lines)
    {
        foreach (var months in new[] { 1, 3, 12 })
        {
            var height = months <= 3 ? 841.89f : 595.28f;
            var pages = new ReadPdf(Write(SampleReports.ProfitAndLoss(months, lines))).Pages;

            foreach (var page in pages)
            {
                var body = page.Where(words => words.Y < height - 40).ToList();
                Assert.All(body, words => Assert.InRange(words.Y, 20, height - 46));
                var last = body.MaxBy(words => words.Y)!;
                Assert.DoesNotContain(last.Text, new[] { "Income", "Less operating expenses", "Checks", "Notes" });
            }

            // A sum never begins a page without a row of what it sums.
            Assert.All(pages.Skip(1), page => Assert.DoesNotContain(page.OrderBy(words => words.Y).Select(words => words.Text).SkipWhile(text => text != "Total").Skip(1).Take(1), text => text.StartsWith("Total operating", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void More_columns_than_fit_go_on_on_further_pages()
    {
        var report = SampleReports.ProfitAndLoss(36, 5);

        var pages = new ReadPdf(Write(report)).Pages;

        Assert.True(pages.Count > 2);
        Assert.Equal(36, pages.SelectMany(page => page).Where(words => words.Text.StartsWith("150,0", StringComparison.Ordinal)).Select(words => words.Text).Distinct().Count());
        Assert.All(pages.Where(page => page.Any(words => words.Text == "Net profit")), page => Assert.Contains("Sales", page.Select(words => words.Text)));
    }

    [Fact]
    public void Long_labels_are_broken_or_shortened_and_their_figures_are_whole()
    {
        var words = new ReadPdf(Write(SampleReports.ProfitAndLoss(12, 6, label: line => line == 1 ? string.Join(' ', Enumerable.Repeat("freight", 60)) : line == 2 ? new string('x', 400) : "Cost"))).Words;

        Assert.Contains(words, text => text.EndsWith('…'));
        Assert.Contains("1,007.50", words);
        Assert.Contains("1,014.50", words);
    }

    [Fact]
    public void Figures_hang_their_brackets_so_that_digits_stand_below_digits()
    {
        var page = new ReadPdf(Write(SampleReports.ProfitAndLoss(1, 8))).Pages[0];
        using var text = new PdfText();
        var style = PdfColumns.Body(9);
        float RightOf(string figure, string digits) => page.First(words => words.Text == figure).X + text.Width(digits, style);

        Assert.Equal(RightOf("1,000.50", "1,000.50"), RightOf("(12.34)", "(12.34"), 0.1f);
    }

    [Fact]
    public void The_file_tells_readers_its_title_and_language()
    {
        var file = Write(SampleReports.ProfitAndLoss(1, 3));
        var pdf = new ReadPdf(file);

        Assert.Contains("/Lang (en)", pdf.Catalogue, StringComparison.Ordinal);
        Assert.Contains("/DisplayDocTitle true", pdf.Catalogue, StringComparison.Ordinal);
        Assert.Contains("/Title", System.Text.Encoding.Latin1.GetString(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tūī & Ash (Ōtautahi)")]
    [InlineData("Łódź Kraków São Tomé Ñandú ß")]
    [InlineData("Ελληνικός καφές")]
    [InlineData("Кофейня на углу")]
    [InlineData("Cà phê Việt Nam")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("(Tj) <0041> ET \\ endstream")]
    public void Names_keep_their_letters(string name)
    {
        var words = new ReadPdf(Write(SampleReports.Aged(name, "Other"))).Pages[0];

        var line = words.First(one => one.Text == "12.50").Y;
        Assert.Equal(name, string.Concat(words.Where(one => Math.Abs(one.Y - line) < 0.1 && one.X < 170).OrderBy(one => one.X).Select(one => one.Text)));
    }

    [Theory]
    [InlineData("株式会社コーヒー")]
    [InlineData("🦀💸")]
    [InlineData("broken \uD83E pair")]
    [InlineData("two\nlines\u0000")]
    public void What_the_font_lacks_is_said_and_breaks_nothing(string name)
    {
        var words = new ReadPdf(Write(SampleReports.Aged(name))).Words;

        Assert.Equal(name[0] != 't', words.Any(text => text.StartsWith("A box stands for", StringComparison.Ordinal)));
        Assert.Contains("12.50", words);
    }

    [Fact]
    public void Folded_sections_show_their_sum_only_and_codes_stand_before_names()
    {
        var report = SampleReports.ProfitAndLoss(1, 5);
        var folded = new ReadPdf(ReportPdf.Write(SampleReports.Table(report, new ExportOptions(Codes: true, Folded: ["operatingExpenses"])))).Words;
        var codes = new ReadPdf(ReportPdf.Write(SampleReports.Table(report, new ExportOptions(Codes: true)))).Words;

        Assert.DoesNotContain(folded, text => text.StartsWith("Cost 1", StringComparison.Ordinal));
        Assert.Contains("Total operating expenses", folded);
        Assert.Contains("477 Cost 0 [1]", codes);
    }

    [Fact]
    public void Whole_units_where_they_are_asked_for()
    {
        var words = new ReadPdf(ReportPdf.Write(SampleReports.Table(SampleReports.ProfitAndLoss(1, 5), new ExportOptions(Cents: false)))).Words;

        Assert.Contains("150,000", words);
        Assert.Contains("(12)", words);
        Assert.DoesNotContain("150,000.25", words);
    }

    private static byte[] Write(ReportDocument document) => ReportPdf.Write(SampleReports.Table(document));
}
