using System.Text.RegularExpressions;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Reports;

/// <summary>What a person wrote on a row of a kept report, or that they reviewed it.</summary>
public sealed class RowNote : Entity, ITenantOwned
{
    /// <summary>The longest text and key.</summary>
    public const int TextLimit = 2_000, KeyLimit = 200;

    /// <summary>In the place of a row's key: the whole report was reviewed, and the text is the books' version.</summary>
    public const string Review = "reviewed";

    public Guid TenantId { get; set; }

    public Guid ReportId { get; set; }

    /// <summary>Key of the row in the report document.</summary>
    public required string RowKey { get; set; }

    /// <summary>Who wrote it; null once the person was erased.</summary>
    public Guid? UserId { get; set; }

    /// <summary>Plain text; <c>@[row/column]</c> stands for that figure of the report.</summary>
    public required string Text { get; set; }

    public bool IsReview => RowKey == Review;
}

/// <summary>A figure that a note speaks of.</summary>
/// <param name="Token">As it stands in the text.</param>
/// <param name="RowKey">Its row.</param>
/// <param name="ColumnKey">Its column.</param>
/// <param name="Value">What the kept report shows there.</param>
public sealed record LinkedFigure(string Token, string RowKey, string ColumnKey, ReportValue Value);

/// <summary>A note with its author and its figures.</summary>
public sealed record RowNoteView(RowNote Note, string? Author, IReadOnlyList<LinkedFigure> Figures);

/// <summary>Keeps notes; each write is audited.</summary>
public interface IRowNoteBook
{
    /// <summary>Notes and reviews, in the order in which they were written.</summary>
    Task<IReadOnlyList<(RowNote Note, string? Author)>> ListAsync(TenantId tenant, Guid reportId, CancellationToken ct);

    /// <summary>Adds a note; of a person's reviews of a report there is one, and the first is kept.</summary>
    Task<Result<RowNote>> AddAsync(Caller caller, TenantId tenant, RowNote note, CancellationToken ct);

    /// <summary>Deletes a note, or else a review, of the caller's own.</summary>
    Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid reportId, Guid noteId, bool isReview, CancellationToken ct);
}

/// <summary>Writing notes on the rows of kept reports.</summary>
public sealed partial class RowNoteService(ReportService reports, IRowNoteBook book)
{
    /// <summary>All notes of a report with their figures.</summary>
    public async Task<Result<IReadOnlyList<RowNoteView>>> ListAsync(Caller caller, TenantId tenant, Guid reportId, CancellationToken ct)
    {
        var found = await reports.GetAsync(caller, tenant, reportId, ct);
        if (found.Problem is { } refused)
        {
            return refused;
        }

        var document = ReportJson.ReadDocument(found.Value.Data);
        var notes = await book.ListAsync(tenant, reportId, ct);
        return Result<IReadOnlyList<RowNoteView>>.Of([.. notes.Where(note => !note.Note.IsReview).Select(note => new RowNoteView(note.Note, note.Author, [.. Figures(note.Note.Text, document).OfType<LinkedFigure>()]))]);
    }

    /// <summary>Adds a note; figures that it links to must be in the report.</summary>
    public async Task<Result<RowNoteView>> AddAsync(Caller caller, TenantId tenant, Guid reportId, string? rowKey, string? text, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.ReportsWrite, tenant) ?? Check(caller, text)) is { } refused)
        {
            return refused;
        }

        var found = await reports.GetAsync(caller, tenant, reportId, ct);
        if (found.Problem is { } unknown)
        {
            return unknown;
        }

        var document = ReportJson.ReadDocument(found.Value.Data);
        if (rowKey is null || document.Rows.All(row => row.Key != rowKey))
        {
            return Problem.Invalid("rowKey", "rowKey must be the key of a row of this report.");
        }

        var figures = Figures(text!, document);
        if (figures.Any(figure => figure is null))
        {
            return Problem.Invalid("text", "text links to a figure that this report does not hold; write @[row key/column key].");
        }

        var note = new RowNote { TenantId = tenant.Value, ReportId = reportId, RowKey = rowKey, UserId = caller.UserId, Text = text!.ReplaceLineEndings("\n").Trim() };
        var added = await book.AddAsync(caller, tenant, note, ct);
        return added.Problem is { } failed ? failed : new RowNoteView(added.Value, caller.Name, [.. figures.OfType<LinkedFigure>()]);
    }

    /// <summary>Deletes a note of the caller's own.</summary>
    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid reportId, Guid noteId, CancellationToken ct) =>
        caller.Lacks(Permissions.ReportsWrite, tenant) is { } refused ? refused : await book.DeleteAsync(caller, tenant, reportId, noteId, isReview: false, ct);

    private static Problem? Check(Caller caller, string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Trim().Length > RowNote.TextLimit || text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) || TextRules.Askable(text) != text
            ? Problem.Invalid("text", $"text must be 1 to {RowNote.TextLimit} characters of plain text.")
            : caller.UserId is null ? new Problem("person-needed", "A note is written by a person.", ProblemKind.Forbidden) : null;

    // Null stands for a figure that is not there.
    private static List<LinkedFigure?> Figures(string text, ReportDocument document) =>
    [
        .. Link().Matches(text).Select(link =>
        {
            var cut = link.Groups[1].Value.LastIndexOf('/');
            var (rowKey, columnKey) = cut < 0 ? ("", "") : (link.Groups[1].Value[..cut], link.Groups[1].Value[(cut + 1)..]);
            var column = document.Columns.ToList().FindIndex(column => column.Key == columnKey);
            return column >= 0 && document.Rows.FirstOrDefault(row => row.Key == rowKey) is { } row && column < row.Values.Count
                ? new LinkedFigure(link.Value, rowKey, columnKey, row.Values[column])
                : null;
        }),
    ];

    [GeneratedRegex(@"@\[([^\]]{1,300})\]", RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
