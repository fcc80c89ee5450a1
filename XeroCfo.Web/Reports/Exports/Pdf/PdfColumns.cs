using XeroCfo.Domain.Reports;

namespace XeroCfo.Web.Reports.Exports.Pdf;

/// <summary>Some columns side by side that fit a page, beside the rows' labels.</summary>
/// <param name="LabelWidth">Of the labels.</param>
/// <param name="Columns">Places of the columns in the table, and their widths.</param>
internal sealed record PdfBand(float LabelWidth, IReadOnlyList<(int Index, float Width)> Columns);

/// <summary>
/// How large a table's text is and how wide its columns are: as large as fits the page, and where not even the smallest does, the columns go on
/// on further pages.
/// </summary>
internal sealed class PdfColumns
{
    /// <summary>Between two columns.</summary>
    public const float Gap = 7;

    private const float LeastLabel = 120, MostLabel = 280, MostColumn = 84;

    private static readonly float[] Sizes = [9, 8.5f, 8, 7.5f, 7, 6.5f];

    private readonly ExportTable _table;
    private readonly PdfText _text;

    /// <summary>Columns of words that say nothing take no room.</summary>
    private readonly List<int> _shown;

    public PdfColumns(ExportTable table, PdfText text, float width)
    {
        (_table, _text) = (table, text);
        _shown = [.. Enumerable.Range(0, table.Columns.Count).Where(index => table.Columns[index].HoldsFigures || table.Rows.Any(row => row.Cells.Count > 0 && row.Cells[index].Text.Length > 0))];
        var label = LeastLabel;
        foreach (var size in Sizes)
        {
            Size = size;
            label = Math.Clamp(WidestLabel(), LeastLabel, MostLabel);
            Widths = Measure(width - LeastLabel);
            if (LeastLabel + _shown.Sum(index => Widths[index]) <= width)
            {
                break;
            }
        }

        Bands = [.. Split(width, label)];
    }

    /// <summary>Of the text, in points.</summary>
    public float Size { get; private set; }

    public IReadOnlyList<PdfBand> Bands { get; }

    private IReadOnlyList<float> Widths { get; set; } = [];

    public static PdfStyle Body(float size, bool bold = false) => new(size, bold, PdfColours.Text);

    /// <summary>What a closing bracket takes; figures without one keep it free, so that digits stand below digits.</summary>
    public float Hang(bool bold) => _text.Width(")", Body(Size, bold));

    private List<float> Measure(float room)
    {
        var widths = _table.Columns.Select((column, index) => Width(column, index)).ToList();

        // Periods are as wide as each other where there is room: the eye compares them.
        var amounts = _shown.Where(index => _table.Columns[index].Source.Kind is ReportColumnKind.Amount or ReportColumnKind.Variance).ToList();
        var widest = amounts.Select(index => widths[index]).DefaultIfEmpty(0).Max();
        if (_shown.Sum(index => amounts.Contains(index) ? widest : widths[index]) <= room)
        {
            amounts.ForEach(index => widths[index] = widest);
        }

        return widths;
    }

    private float Width(ExportColumn column, int index)
    {
        var figures = _table.Rows.Where(row => row.Cells.Count > 0)
            .Select(row => _text.Width(row.Cells[index].Text.TrimEnd(')'), Body(Size, row.Source.Kind != ReportRowKind.Line))).DefaultIfEmpty(0).Max();
        var words = PdfText.Clean(column.Source.Title).Split(' ').Max(word => _text.Width(word, Body(Size, bold: true)));
        var hang = column.HoldsFigures ? Hang(bold: true) : 0;
        return Gap + Math.Min(Math.Max(figures + hang, words + hang), column.HoldsFigures ? float.MaxValue : 110);
    }

    private float WidestLabel() => _table.Rows.Select(row => _text.Width(PdfText.Clean(row.Label), Body(Size, row.Source.Kind != ReportRowKind.Line)) + (row.Source.Depth * Size) + 8).DefaultIfEmpty(0).Max();

    private IEnumerable<PdfBand> Split(float width, float label)
    {
        var rest = _shown.ToList();
        do
        {
            var (count, used) = (0, LeastLabel);
            while (count < rest.Count && (count == 0 || used + Widths[rest[count]] <= width))
            {
                used += Widths[rest[count++]];
            }

            yield return Spread(width, label, rest[..count]);
            rest.RemoveRange(0, count);
        }
        while (rest.Count > 0);
    }

    // What is left over goes to the labels until the longest fits, then to the columns, then to the labels again.
    private PdfBand Spread(float width, float label, List<int> columns)
    {
        var sum = columns.Sum(index => Widths[index]);
        var labels = Math.Clamp(width - sum, LeastLabel, label);
        var more = columns.Count == 0 ? 0 : Math.Max(0, (width - labels - sum) / columns.Count);
        var made = columns.ConvertAll(index => (index, Math.Max(Widths[index], Math.Min(Widths[index] + more, MostColumn))));
        return new PdfBand(Math.Max(labels, width - made.Sum(column => column.Item2)), made);
    }
}
