using XeroCfo.Domain.Reports;
using XeroCfo.Web.Reports.Exports;

namespace XeroCfo.Tests.Reports.Exports;

/// <summary>What people wrote on a kept report, in its files and its margin.</summary>
public sealed class WrittenNoteTests
{
    private static readonly ReportDocument Kept = SampleReports.ProfitAndLoss(2, 5);

    [Fact]
    public void A_written_note_has_a_number_in_the_margin_of_its_row_behind_the_reports_own()
    {
        var noted = Kept.With([Note("netProfit", "Look again.")], figure => figure.Token);

        var numbers = new NoteNumbers(noted);
        Assert.Equal([Kept.Notes.Count + 1], numbers.Of(noted.Rows.Single(row => row.Key == "netProfit")));
        Assert.Empty(numbers.Of(noted.Rows.Single(row => row.Key == "grossProfit")));
        Assert.Equal("Net profit: Look again. (Ana, 3 Nov 2026)", noted.Notes[^1].Text);
    }

    [Fact]
    public void Figures_of_a_note_stand_in_its_text_in_every_file_for_people()
    {
        const string Token = "@[income/2025-11]";
        var income = Kept.Rows.Single(row => row.Key == "income").Values[0];
        var noted = Kept.With([Note("income", $"We sold {Token} in all.", new LinkedFigure(Token, "income", "2025-11", income))], figure => ExportFigures.Value(Kept, figure));

        var words = $"Total income: We sold {ExportFigures.InWords(income.Number!.Value)} in all. (Ana, 3 Nov 2026)";
        var csv = System.Text.Encoding.UTF8.GetString(ReportFile.Of(noted, new Dictionary<Guid, string>(), ReportFile.Csv, new ExportOptions()).Bytes);
        Assert.Contains(words, csv, StringComparison.Ordinal);
        Assert.Contains($"Note {noted.Notes.Count}", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("written", ReportJson.Write(Kept), StringComparison.Ordinal);
    }

    [Fact]
    public void The_kept_document_stays_as_it_is()
    {
        var before = ReportJson.Write(Kept);

        _ = Kept.With([Note("income", "Later.")], figure => figure.Token);

        Assert.Equal(before, ReportJson.Write(Kept));
    }

    private static RowNoteView Note(string row, string text, params LinkedFigure[] figures) => new(
        new RowNote { RowKey = row, Text = text, CreatedAt = new DateTime(2026, 11, 3, 9, 14, 0, DateTimeKind.Utc) }, "Ana", figures);
}
