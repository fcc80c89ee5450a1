using System.Globalization;
using SkiaSharp;

namespace XeroCfo.Web.Reports.Exports.Pdf;

/// <summary>A report on A4: upright up to four columns of figures, else lying. The same report gives the same bytes.</summary>
internal sealed class ReportPdf : IDisposable
{
    private const float Short = 595.28f, Long = 841.89f, Side = 36, Top = 34, Foot = 46;
    private const int MostUpright = 4;

    private static readonly PdfStyle Organisation = new(10.5f, true, PdfColours.Quiet);
    private static readonly PdfStyle Title = new(18, true, PdfColours.Text);
    private static readonly PdfStyle Period = new(10.5f, false, PdfColours.Text);
    private static readonly PdfStyle Small = new(8.5f, false, PdfColours.Quiet);
    private static readonly PdfStyle Running = new(8.5f, true, PdfColours.Quiet);

    private readonly ExportTable _table;
    private readonly PdfText _text = new();
    private readonly float _width;
    private readonly float _height;

    private ReportPdf(ExportTable table)
    {
        _table = table;
        var isUpright = table.Columns.Count(column => column.HoldsFigures) <= MostUpright;
        (_width, _height) = isUpright ? (Short, Long) : (Long, Short);
    }

    private float FootHeight => Foot + (_table.Words.Reviewed.Length > 0 ? Small.LineHeight : 0);

    private float Inner => _width - (2 * Side);

    public static byte[] Write(ExportTable table)
    {
        using var pdf = new ReportPdf(table);
        return pdf.Write();
    }

    public void Dispose() => _text.Dispose();

    private byte[] Write()
    {
        var first = Head();
        var prose = new PdfProse(_table, _text, Side, Inner);
        List<PdfBlock> blocks = [.. new PdfTable(_table, new PdfColumns(_table, _text, Inner), _text, Side, Inner).Blocks(), .. prose.Blocks()];
        if (_text.LacksLetters)
        {
            blocks.Add(prose.Lacking());
        }

        var pages = PdfPages.Lay(blocks, Top + first.Height, Top + 22, _height - FootHeight);
        var file = new MemoryStream();
        var document = SKDocument.CreatePdf(file, Metadata());
        for (var number = 0; number < pages.Count; number++)
        {
            var canvas = document.BeginPage(_width, _height);
            (number == 0 ? first : Further()).Draw(canvas, Top);
            foreach (var placed in pages[number])
            {
                placed.Block.Draw(canvas, placed.Top);
            }

            FootOf(canvas, number + 1, pages.Count);
            document.EndPage();
        }

        document.Close();
        document.Dispose();
        return PdfLanguage.Say(file.ToArray(), "en");
    }

    private PdfBlock Head()
    {
        var words = _table.Words;
        (string Text, PdfStyle Style, float Above)[] parts =
        [
            (_table.Document.Organisation, Organisation, 0), (words.Title, Title, 2), (words.Head, Period, 3), (words.Asked, Small, 3), (words.CheckSummary, Small, 3),
        ];
        var lines = parts.Where(part => part.Text.Length > 0).SelectMany(part => _text.Lines(part.Text, part.Style, Inner).Select((line, index) => (line, part.Style, Above: index == 0 ? part.Above : 0))).ToList();
        return new PdfBlock(lines.Sum(line => line.Above + line.Style.LineHeight) + 10, (canvas, top) =>
        {
            var y = top;
            foreach (var (line, style, above) in lines)
            {
                y += above;
                _text.Draw(canvas, line, Side, y + style.Size, style);
                y += style.LineHeight;
            }
        });
    }

    private PdfBlock Further()
    {
        var words = _text.Lines($"{_table.Document.Organisation} · {_table.Words.Title} · {_table.Words.Head}", Running, Inner, 1)[0];
        return new PdfBlock(22, (canvas, top) => _text.Draw(canvas, words, Side, top + Running.Size, Running));
    }

    private void FootOf(SKCanvas canvas, int page, int pages)
    {
        var y = _height - FootHeight + 14;
        _text.Fill(canvas, SKRect.Create(Side, y, Inner, 0.5f), PdfColours.Line);
        var number = string.Create(CultureInfo.InvariantCulture, $"Page {page} of {pages}");
        var source = $"{_table.Words.DataAsOf} · {_table.Words.Made} · {_table.Words.Version}{(_table.Document.SyncInProgress ? " · a sync was running" : "")}";
        _text.Draw(canvas, number, Side + Inner, y + 13, Small, toRight: true);
        if (_table.Words.Reviewed is { Length: > 0 } reviewed)
        {
            _text.Draw(canvas, _text.Lines(reviewed, Small, Inner, 1)[0], Side, y + 13 + Small.LineHeight, Small);
        }

        _text.Draw(canvas, _text.Lines(source, Small, Inner - _text.Width(number, Small) - 12, 1)[0], Side, y + 13, Small);
    }

    private SKDocumentPdfMetadata Metadata() => new()
    {
        Title = $"{_table.Document.Organisation}: {_table.Words.Title}, {_table.Words.Period}",
        Author = _table.Document.Organisation,
        Subject = $"{_table.Words.Head} · {_table.Words.DataAsOf} · {_table.Words.Version}",
        Creator = "XeroCfo",
        Creation = _table.Document.GeneratedAt,
        Modified = _table.Document.GeneratedAt,
        RasterDpi = SKDocumentPdfMetadata.DefaultRasterDpi,
        EncodingQuality = SKDocumentPdfMetadata.DefaultEncodingQuality,
    };
}
