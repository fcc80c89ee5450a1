using SkiaSharp;
using XeroCfo.Domain.Reports;

namespace XeroCfo.Web.Reports.Exports.Pdf;

/// <summary>A report's table as blocks of a page.</summary>
internal sealed class PdfTable(ExportTable table, PdfColumns columns, PdfText text, float left, float width)
{
    private const int MostLines = 3;

    private float Size => columns.Size;

    private float Padding => Size * 0.33f;

    public IEnumerable<PdfBlock> Blocks() => columns.Bands.SelectMany((band, index) => Band(band, index > 0));

    private IEnumerable<PdfBlock> Band(PdfBand band, bool isFurther)
    {
        var head = Head(band);
        var rows = table.Unfolded().ToList();
        for (var index = 0; index < rows.Count; index++)
        {
            yield return Row(rows[index], band, index > 0 && rows[index - 1].Source.Kind == ReportRowKind.Total) with { Head = head, KeepsNext = KeepsNext(rows, index), BeginsPage = isFurther && index == 0 };
        }
    }

    // A head keeps its first row, a contact its first document, and a sum the row above it.
    private static bool KeepsNext(List<ExportRow> rows, int index)
    {
        var (kind, next) = (rows[index].Source.Kind, index + 1 < rows.Count ? rows[index + 1].Source : null);
        return next is not null
            && (kind == ReportRowKind.Section
                || (kind == ReportRowKind.Subtotal && next.Kind == ReportRowKind.Line && next.Depth > rows[index].Source.Depth)
                || (kind == ReportRowKind.Line && next.Kind is ReportRowKind.Subtotal or ReportRowKind.Total && next.Depth <= rows[index].Source.Depth && !next.Key.StartsWith("contact:", StringComparison.Ordinal))
                || (kind == ReportRowKind.Subtotal && next.Kind == ReportRowKind.Total));
    }

    private PdfBlock Head(PdfBand band)
    {
        var titles = band.Columns.Select(column => (column, Style: Title(table.Columns[column.Index])))
            .Select(title => (title.column, title.Style, Lines: text.Lines(table.Columns[title.column.Index].Source.Title, title.Style, title.column.Width - PdfColumns.Gap - Hang(title.column.Index) + 0.5f))).ToList();
        var lines = titles.Select(title => title.Lines.Count).DefaultIfEmpty(1).Max();
        var line = PdfColumns.Body(Size, bold: true).LineHeight;
        var height = (lines * line) + (Padding * 2);
        return new PdfBlock(height, (canvas, top) =>
        {
            text.Fill(canvas, SKRect.Create(left, top, width, height), PdfColours.Head);
            text.Fill(canvas, SKRect.Create(left, top + height - 0.75f, width, 0.75f), PdfColours.Strong);
            var x = left + band.LabelWidth;
            foreach (var (column, style, words) in titles)
            {
                for (var index = 0; index < words.Count; index++)
                {
                    var baseline = top + Padding + ((lines - words.Count + index) * line) + (Size * 1.02f);
                    if (table.Columns[column.Index].HoldsFigures)
                    {
                        text.Draw(canvas, words[index], x + column.Width - Hang(column.Index), baseline, style, toRight: true);
                    }
                    else
                    {
                        text.Draw(canvas, words[index], x + PdfColumns.Gap, baseline, style);
                    }
                }

                x += column.Width;
            }
        });
    }

    private float Hang(int column) => table.Columns[column].HoldsFigures ? columns.Hang(bold: true) : 0;

    private PdfStyle Title(ExportColumn column) => new(Size, true, PdfColours.Text, Slanted: !column.Source.Complete);

    private PdfBlock Row(ExportRow row, PdfBand band, bool isBelowTotal)
    {
        var kind = row.Source.Kind;
        var style = new PdfStyle(Size, kind is ReportRowKind.Section or ReportRowKind.Subtotal or ReportRowKind.Total, kind == ReportRowKind.Text ? PdfColours.Quiet : PdfColours.Text);
        var indent = row.Source.Depth * Size;
        var marks = row.Notes.Count == 0 ? "" : $" [{string.Join(", ", row.Notes)}]";
        var words = text.Lines(row.Label + marks, style, (row.Cells.Count == 0 ? width : band.LabelWidth) - indent - 6, MostLines);
        var above = kind == ReportRowKind.Section ? Size * 0.5f : 0;
        var below = kind switch { ReportRowKind.Total => 3.2f, ReportRowKind.Section => 0, _ => 0.5f };
        var height = above + (words.Count * style.LineHeight) + (Padding * 2) + below;
        return new PdfBlock(height, (canvas, top) =>
        {
            Rules(canvas, kind, top, height, isBelowTotal);
            var first = top + above + Padding + (Size * 1.02f);
            for (var index = 0; index < words.Count; index++)
            {
                text.Draw(canvas, words[index], left + 3 + indent, first + (index * style.LineHeight), style);
            }

            // Figures stand beside the last line of a label that takes several.
            var (x, baseline) = (left + band.LabelWidth, first + ((words.Count - 1) * style.LineHeight));
            foreach (var column in row.Cells.Count == 0 ? [] : band.Columns)
            {
                Cell(canvas, row.Cells[column.Index], table.Columns[column.Index], x, column.Width, baseline, style);
                x += column.Width;
            }
        });
    }

    private void Rules(SKCanvas canvas, ReportRowKind kind, float top, float height, bool isBelowTotal)
    {
        switch (kind)
        {
            case ReportRowKind.Subtotal:
                text.Fill(canvas, SKRect.Create(left, top, width, 0.6f), PdfColours.Strong);
                break;
            case ReportRowKind.Total:
                text.Fill(canvas, SKRect.Create(left, top, width, isBelowTotal ? 0 : 0.6f), PdfColours.Text);
                text.Fill(canvas, SKRect.Create(left, top + height - 2.8f, width, 0.5f), PdfColours.Text);
                text.Fill(canvas, SKRect.Create(left, top + height - 1.2f, width, 0.5f), PdfColours.Text);
                break;
            case ReportRowKind.Line or ReportRowKind.Text:
                text.Fill(canvas, SKRect.Create(left, top + height - 0.4f, width, 0.4f), PdfColours.Line);
                break;
        }
    }

    private void Cell(SKCanvas canvas, ExportCell cell, ExportColumn column, float x, float width, float baseline, PdfStyle style)
    {
        if (!column.HoldsFigures)
        {
            var words = text.Lines(cell.Text, style, width - PdfColumns.Gap, 1);
            text.Draw(canvas, words[0], x + PdfColumns.Gap, baseline, style);
            return;
        }

        var hang = columns.Hang(style.Bold);
        var isNegative = cell.Text.EndsWith(')');
        text.Draw(canvas, cell.Text, x + width - columns.Hang(bold: true) + (isNegative ? hang : 0), baseline, style, toRight: true);
        if (cell.XeroOnly)
        {
            Diamond(canvas, x + width - columns.Hang(bold: true) + hang + 2.2f, baseline - (Size * 0.36f));
        }
    }

    private void Diamond(SKCanvas canvas, float x, float y)
    {
        using var path = new SKPathBuilder();
        var half = Size * 0.2f;
        path.MoveTo(x, y - half);
        path.LineTo(x + half, y);
        path.LineTo(x, y + half);
        path.LineTo(x - half, y);
        path.Close();
        using var shape = path.Detach();
        using var line = new SKPaint { Color = PdfColours.Quiet, IsAntialias = true, IsStroke = true, StrokeWidth = 0.5f };
        canvas.DrawPath(shape, line);
    }
}
