using XeroCfo.Domain.Reports;

namespace XeroCfo.Web.Reports.Exports;

/// <summary>A column of a file.</summary>
/// <param name="Source">The document's.</param>
/// <param name="FullTitle">Alone among the columns: "Oct 2026, % of income".</param>
/// <param name="HoldsDays">Its texts are days.</param>
internal sealed record ExportColumn(ReportColumn Source, string FullTitle, bool HoldsDays)
{
    /// <summary>Figures, to the right; everything else is words, to the left.</summary>
    public bool HoldsFigures => Source.Kind is ReportColumnKind.Amount or ReportColumnKind.Variance or ReportColumnKind.Percent;

    public bool IsPercent => Source.Kind == ReportColumnKind.Percent;
}

/// <summary>A value of a row: what it is, and how it is written on paper.</summary>
/// <param name="Value">A decimal, a day, a text, or null.</param>
/// <param name="Text">On paper.</param>
/// <param name="XeroOnly">Part of it stands on Xero's trial balance only.</param>
internal sealed record ExportCell(object? Value, string Text, bool XeroOnly);

/// <summary>A row of a file; its cells align with the columns, a section's head has none.</summary>
/// <param name="Source">The document's.</param>
/// <param name="Code">The account's code; null where there is none.</param>
/// <param name="Label">With the code, where codes are asked for.</param>
/// <param name="Cells">One for each column.</param>
/// <param name="Notes">Numbers of the notes that are about it.</param>
internal sealed record ExportRow(ReportRow Source, string? Code, string Label, IReadOnlyList<ExportCell> Cells, IReadOnlyList<int> Notes);

/// <summary>What a report looks like as a table, the same for paper, sheet and list. Pure.</summary>
internal sealed class ExportTable
{
    private readonly ReportDocument _document;
    private readonly IReadOnlyDictionary<Guid, string> _codes;
    private readonly ExportOptions _options;
    private readonly NoteNumbers _notes;

    /// <param name="document">The report.</param>
    /// <param name="codes">Codes of accounts.</param>
    /// <param name="options">How it is shown.</param>
    public ExportTable(ReportDocument document, IReadOnlyDictionary<Guid, string> codes, ExportOptions options)
    {
        (_document, _codes, _options) = (document, codes, options);
        _notes = new NoteNumbers(document);
        Columns = [.. document.Columns.Select(Column)];
        Rows = [.. document.Rows.Select(Row)];
        Words = new ExportWords(document);
    }

    public ReportDocument Document => _document;

    public ExportOptions Options => _options;

    public ExportWords Words { get; }

    public IReadOnlyList<ExportColumn> Columns { get; }

    public IReadOnlyList<ExportRow> Rows { get; }

    /// <summary>Whether any figure stands in part on Xero's trial balance only.</summary>
    public bool HasXeroOnly => Rows.Any(row => row.Cells.Any(cell => cell.XeroOnly));

    /// <summary>The rows for paper: of a folded section only the total.</summary>
    public IEnumerable<ExportRow> Unfolded()
    {
        var inFolded = false;
        foreach (var row in Rows)
        {
            if (row.Source.Kind == ReportRowKind.Section)
            {
                inFolded = _options.Folded?.Contains(row.Source.Key.Split(':')[0]) == true;
            }
            else if (row.Source.Kind != ReportRowKind.Line)
            {
                inFolded = false;
            }

            if (!inFolded)
            {
                yield return row;
            }
        }
    }

    private ExportColumn Column(ReportColumn column, int index)
    {
        var values = _document.Rows.Where(row => row.Values.Count > index).Select(row => row.Values[index].Text).Where(text => text is not null).ToList();
        var holdsDays = column.Kind == ReportColumnKind.Text && values.Count > 0 && values.All(text => ExportFigures.Day(text) is not null);
        var owner = column.Kind == ReportColumnKind.Percent && column.Key.Split(':') is [var key, ..] ? _document.Columns.FirstOrDefault(other => other.Key == key && other != column) : null;
        return new ExportColumn(column, FullTitle(_document, column, owner), holdsDays);
    }

    private static string FullTitle(ReportDocument document, ReportColumn column, ReportColumn? owner) => column.Key switch
    {
        "variancePercent" => ReportKinds.IsAgainstBudget(document) ? "Variance, %" : "Change, %",
        _ when owner is not null => $"{owner.Title}, {column.Title}",
        _ => column.Title,
    };

    private ExportRow Row(ReportRow row)
    {
        var code = row.AccountId is { } account ? _codes.GetValueOrDefault(account) : null;
        return new ExportRow(
            row,
            code,
            _options.Codes && code is not null ? $"{code}  {row.Label}" : row.Label,
            row.Values.Count == 0 ? [] : [.. Columns.Select((column, index) => Cell(row, column, index))],
            _notes.Of(row));
    }

    private ExportCell Cell(ReportRow row, ExportColumn column, int index)
    {
        var value = index < row.Values.Count ? row.Values[index] : ReportValue.None;
        var isXeroOnly = index < row.XeroOnly.Count && row.XeroOnly[index] is not (null or 0);
        return value switch
        {
            { Number: { } number } when row.Unit is { } unit && !column.IsPercent => new ExportCell(number, column.Source.Kind == ReportColumnKind.Variance ? UnitText.Difference(unit, number) : UnitText.Of(unit, number), false),
            { Number: { } number } => new ExportCell(number, column.IsPercent ? ExportFigures.Percent(number) : ExportFigures.Amount(number, _options.Cents), isXeroOnly),
            { Text: { } text } when column.HoldsDays && ExportFigures.Day(text) is { } day => new ExportCell(day, ExportFigures.Day(day), false),
            { Text: { } text } when column.Source.Kind == ReportColumnKind.Favourable => new ExportCell(Favour(text), Favour(text)!, false),
            { Text: { } text } => new ExportCell(text, text, false),
            _ => new ExportCell(null, MayHaveValue(row, column) ? ExportFigures.NoValue : "", false),
        };
    }

    private string? Favour(string text) => ExportFigures.Favour(text, ReportKinds.IsAgainstBudget(_document));

    // A memo row and a document's own columns are empty by their nature; elsewhere a missing figure is said.
    private static bool MayHaveValue(ReportRow row, ExportColumn column) =>
        column.HoldsFigures && row.Kind != ReportRowKind.Text && column.Source.Key != "documentAmount";
}
