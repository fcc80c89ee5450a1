using System.Globalization;
using SkiaSharp;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Reports;
using XeroCfo.Web.Reports.Exports;
using XeroCfo.Web.Reports.Exports.Pdf;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Receivables;

/// <summary>A statement of account on A4, in the manner of the reports' files. The same statement gives the same bytes.</summary>
internal sealed class StatementPdf : IDisposable
{
    private const float Width = 595.28f, Height = 841.89f, Side = 36, Top = 34, Foot = 46, Size = 9;

    internal static readonly (string Title, float Width, bool IsFigure)[] Columns =
        [("Date", 66, false), ("Document", 0, false), ("Reference", 78, false), ("Due", 66, false), ("Amount", 73, true), ("Settled", 73, true), ("Open", 73, true)];

    private static readonly PdfStyle Quiet = new(8.5f, false, PdfColours.Quiet), Body = new(Size, false, PdfColours.Text), Bold = new(Size, true, PdfColours.Text), Late = new(Size, true, PdfColours.Text);

    private readonly StatementOfAccount _statement;
    private readonly MoneyFormat _money;
    private readonly PdfText _text = new();

    private StatementPdf(StatementOfAccount statement) => (_statement, _money) = (statement, MoneyFormat.Of(statement.Country));

    private static float Inner => Width - (2 * Side);

    /// <summary>"Tui-and-Ash_Statement_Harbour-Street_2026-11-20.pdf".</summary>
    public static string NameOf(StatementOfAccount statement) => string.Create(
        CultureInfo.InvariantCulture, $"{FileNames.Plain(ReportFileNames.Short(statement.Organisation))}_Statement_{FileNames.Plain(statement.Customer)}_{statement.Date:yyyy-MM-dd}.pdf");

    public static byte[] Write(StatementOfAccount statement)
    {
        using var pdf = new StatementPdf(statement);
        return pdf.Write();
    }

    public void Dispose() => _text.Dispose();

    private byte[] Write()
    {
        var first = Head();
        var pages = PdfPages.Lay([.. Blocks()], Top + first.Height, Top + 22, Height - Foot);
        using var file = new MemoryStream();
        using (var document = SKDocument.CreatePdf(file, Metadata()))
        {
            for (var number = 0; number < pages.Count; number++)
            {
                var canvas = document.BeginPage(Width, Height);
                (number == 0 ? first : Further()).Draw(canvas, Top);
                foreach (var placed in pages[number])
                {
                    placed.Block.Draw(canvas, placed.Top);
                }

                FootOf(canvas, number + 1, pages.Count);
                document.EndPage();
            }

            document.Close();
        }

        return PdfLanguage.Say(file.ToArray(), "en");
    }

    private PdfBlock Head()
    {
        (string Text, PdfStyle Style, float Above)[] lines =
        [
            (_statement.Organisation, new(10.5f, true, PdfColours.Quiet), 0), ("Statement of account", new(18, true, PdfColours.Text), 2), (_statement.Customer, new(12, true, PdfColours.Text), 6),
            ($"Open documents at {DateWords.Of(_statement.Date)}; what is past its due day is bold", new(10.5f, false, PdfColours.Text), 3),
        ];
        var drawn = lines.SelectMany(line => _text.Lines(line.Text, line.Style, Inner).Select((words, index) => (words, line.Style, Above: index == 0 ? line.Above : 0))).ToList();
        return new PdfBlock(drawn.Sum(line => line.Above + line.Style.LineHeight) + 12, (canvas, top) =>
        {
            foreach (var (words, style, above) in drawn)
            {
                top += above;
                _text.Draw(canvas, words, Side, top + style.Size, style);
                top += style.LineHeight;
            }
        });
    }

    private PdfBlock Further() => new(22, (canvas, top) =>
        _text.Draw(canvas, _text.Lines($"{_statement.Organisation} · Statement of account · {_statement.Customer} · {DateWords.Of(_statement.Date)}", Quiet, Inner, 1)[0], Side, top + Quiet.Size, Quiet));

    private IEnumerable<PdfBlock> Blocks()
    {
        if (_statement.Currencies.Count == 0)
        {
            yield return new PdfBlock(24, (canvas, top) => _text.Draw(canvas, "Nothing is open.", Side + 3, top + 14, Body));
        }

        foreach (var currency in _statement.Currencies)
        {
            var head = TableHead(currency.Currency);
            foreach (var (line, index) in currency.Lines.Select((line, index) => (line, index)))
            {
                yield return Row(
                    [DateWords.Of(line.Date), NameOf(line), line.Reference ?? "", line.Due is { } due ? DateWords.Of(due) : "", Money(line.Amount), Money(line.Settled), Money(line.Open)],
                    line.Due < _statement.Date ? Late : Body, PdfColours.Line, 0.4f) with
                { Head = head, KeepsNext = index == currency.Lines.Count - 1 };
            }

            yield return Row(["", $"Total in {currency.Currency}", "", "", "", "", Money(currency.Total)], Bold, PdfColours.Text, 0.8f) with { Head = head, KeepsNext = true };
            yield return Ages(currency);
        }
    }

    private PdfBlock TableHead(string currency) => new(Size + 14, (canvas, top) =>
    {
        _text.Fill(canvas, SKRect.Create(Side, top, Inner, Size + 12), PdfColours.Head);
        Cells(canvas, [.. Columns.Select(column => column.Title == "Open" ? $"Open, {currency}" : column.Title)], top + Size + 5, new PdfStyle(Size, true, PdfColours.Quiet));
    });

    private PdfBlock Row(string[] cells, PdfStyle style, SKColor line, float thickness) => new(Size + 9, (canvas, top) =>
    {
        Cells(canvas, cells, top + Size + 3, style);
        _text.Fill(canvas, SKRect.Create(Side, top + Size + 8, Inner, thickness), line);
    });

    private void Cells(SKCanvas canvas, string[] cells, float baseline, PdfStyle style)
    {
        var (x, rest) = (Side + 3, Inner - 6 - Columns.Sum(column => column.Width));
        for (var index = 0; index < Columns.Length; index++)
        {
            var width = Columns[index].Width == 0 ? rest : Columns[index].Width;
            var words = _text.Lines(cells[index], style, width - 6, 1)[0];

            // Figures without a bracket keep its room, so that digits stand below digits.
            var hang = Columns[index].IsFigure && !words.EndsWith(')') ? _text.Width(")", style) : 0;
            _text.Draw(canvas, words, Columns[index].IsFigure ? x + width - hang : x, baseline, style, toRight: Columns[index].IsFigure);
            x += width;
        }
    }

    private PdfBlock Ages(StatementCurrency currency) => new(62, (canvas, top) =>
    {
        var width = Inner / Ageing.Months.Count;
        for (var index = 0; index < Ageing.Months.Count; index++)
        {
            var right = Side + ((index + 1) * width) - 3;
            _text.Draw(canvas, Ageing.Months[index].Title, right, top + 20, Quiet, toRight: true);
            _text.Draw(canvas, Money(currency.Buckets[index]), right, top + 34, Bold, toRight: true);
        }

        _text.Fill(canvas, SKRect.Create(Side, top + 42, Inner, 0.4f), PdfColours.Line);
    });

    private void FootOf(SKCanvas canvas, int page, int pages)
    {
        var y = Height - Foot + 14;
        _text.Fill(canvas, SKRect.Create(Side, y, Inner, 0.5f), PdfColours.Line);
        var number = string.Create(CultureInfo.InvariantCulture, $"Page {page} of {pages}");
        _text.Draw(canvas, number, Side + Inner, y + 13, Quiet, toRight: true);
        var source = _statement.DataAsOf is { } asOf ? string.Create(CultureInfo.InvariantCulture, $"{_statement.Organisation} · books as of {asOf:d MMM yyyy HH:mm} UTC{(_statement.SyncInProgress ? " · a sync was running" : "")}") : _statement.Organisation;
        _text.Draw(canvas, _text.Lines(source, Quiet, Inner - _text.Width(number, Quiet) - 12, 1)[0], Side, y + 13, Quiet);
    }

    private string Money(decimal amount) => amount == 0 ? "–" : _money.Text(amount);

    private static string NameOf(StatementLine line) => line.Kind switch
    {
        OpenItemKind.Invoice => line.Number ?? "Invoice",
        OpenItemKind.CreditNote => $"Credit {line.Number}".TrimEnd(),
        OpenItemKind.PaidBeforeInvoice => $"Paid ahead {line.Number}".TrimEnd(),
        _ => "Overpayment",
    };

    private SKDocumentPdfMetadata Metadata() => new()
    {
        Title = $"{_statement.Organisation}: statement of account, {_statement.Customer}",
        Author = _statement.Organisation,
        Subject = $"Open documents at {DateWords.Of(_statement.Date)}",
        Creator = "XeroCfo",
        Creation = _statement.DataAsOf ?? _statement.Date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
        Modified = _statement.DataAsOf ?? _statement.Date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
        RasterDpi = SKDocumentPdfMetadata.DefaultRasterDpi,
        EncodingQuality = SKDocumentPdfMetadata.DefaultEncodingQuality,
    };
}
