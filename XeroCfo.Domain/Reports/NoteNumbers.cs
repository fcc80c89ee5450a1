namespace XeroCfo.Domain.Reports;

/// <summary>Which notes of a report are about which row: their numbers stand in its margin, from 1.</summary>
public sealed class NoteNumbers
{
    private readonly ILookup<Guid, int> _ofAccount;
    private readonly ILookup<string, int> _ofRow;

    public NoteNumbers(ReportDocument document)
    {
        var numbered = document.Notes.Select((note, index) => (Note: note, Number: index + 1)).ToList();
        _ofAccount = numbered.Where(note => note.Note is { RowKey: null, AccountId: not null }).ToLookup(note => note.Note.AccountId!.Value, note => note.Number);
        _ofRow = numbered.Where(note => note.Note.RowKey is not null).ToLookup(note => note.Note.RowKey!, note => note.Number);
    }

    public IReadOnlyList<int> Of(ReportRow row) => [.. row is { Kind: ReportRowKind.Line, AccountId: { } account } ? _ofAccount[account] : [], .. _ofRow[row.Key]];
}

/// <summary>What people wrote on a kept report, beside the notes that it was made with.</summary>
public static class WrittenNotes
{
    /// <summary>The kinds of such notes.</summary>
    public const string Kind = "written", Reviewed = "reviewed";

    /// <summary>The document with the notes behind its own; figures that they link to stand in their texts. The kept document stays as it is.</summary>
    /// <param name="document">The report.</param>
    /// <param name="notes">In the order in which they were written.</param>
    /// <param name="words">How a linked figure is written.</param>
    public static ReportDocument With(this ReportDocument document, IReadOnlyList<RowNoteView> notes, Func<LinkedFigure, string> words) => document with
    {
        Notes = [.. document.Notes, .. notes.Select(note => new ReportNote(Kind, Text(document, note, words)) { RowKey = note.Note.RowKey })],
    };

    /// <summary>The document with who reviewed it, behind its notes.</summary>
    public static ReportDocument With(this ReportDocument document, IReadOnlyList<ReportReview> reviews, Func<DateTime, string> instant) => document with
    {
        Notes = [.. document.Notes, .. reviews.Select(review => new ReportNote(Reviewed, $"{review.Who}, {instant(review.At)}, ledger version {review.LedgerVersion.ToString(System.Globalization.CultureInfo.InvariantCulture)}."))],
    };

    private static string Text(ReportDocument document, RowNoteView note, Func<LinkedFigure, string> words)
    {
        var text = note.Figures.Aggregate(note.Note.Text, (text, figure) => text.Replace(figure.Token, words(figure), StringComparison.Ordinal));
        var row = document.Rows.FirstOrDefault(row => row.Key == note.Note.RowKey)?.Label;
        return $"{row}: {text}{(note.Author is { } author ? $" ({author}, {ReportPeriods.Words(DateOnly.FromDateTime(note.Note.CreatedAt))})" : "")}";
    }
}
