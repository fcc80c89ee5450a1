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
    public const float Gap = 9;

    private const float LeastLabel = 108, MostLabel = 280, MostColumn = 92;

    private static readonly float[] Sizes = [9, 8.5f, 8, 7.5f, 7, 6.5f];

    private readonly ExportTable _table;
    private readonly PdfText _text;

    public PdfColumns(ExportTable table, PdfText text, float width)
    {
        (_table, _text) = (table, text);
        var label = LeastLabel;
        foreach (var size in Sizes)
        {
            Size = size;
            Widths = Measure();
            label = Math.Clamp(WidestLabel(), LeastLabel, MostLabel);
            if (Math.Min(label, LeastLabel + 24) + Widths.Sum() <= width)
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

    private List<float> Measure()
    {
        var widths = _table.Columns.Select((column, index) => Width(column, index)).ToList();

        // Periods are as wide as each other: the eye compares them.
        var amounts = _table.Columns.Select((column, index) => (column, index)).Where(pair => pair.column.Source.Kind is ReportColumnKind.Amount or ReportColumnKind.Variance).Select(pair => pair.index).ToList();
        var widest = amounts.Select(index => widths[index]).DefaultIfEmpty(0).Max();
        amounts.ForEach(index => widths[index] = widest);
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
        var rest = Enumerable.Range(0, Widths.Count).ToList();
        do
        {
            var least = Math.Min(label, LeastLabel + 24);
            var count = 0;
            var used = least;
            while (count < rest.Count && (count == 0 || used + Widths[rest[count]] <= width))
            {
                used += Widths[rest[count++]];
            }

            yield return Spread(width, label, least, rest[..count]);
            rest.RemoveRange(0, count);
        }
        while (rest.Count > 0);
    }

    // What is left over goes to the labels until the longest fits, then to the columns, then to the labels again.
    private PdfBand Spread(float width, float label, float least, List<int> columns)
    {
        var sum = columns.Sum(index => Widths[index]);
        var labels = Math.Clamp(width - sum, least, Math.Max(label, least));
        var more = columns.Count == 0 ? 0 : Math.Max(0, (width - labels - sum) / columns.Count);
        var made = columns.ConvertAll(index => (index, Math.Max(Widths[index], Math.Min(Widths[index] + more, MostColumn))));
        return new PdfBand(Math.Max(labels, width - made.Sum(column => column.Item2)), made);
    }
}
