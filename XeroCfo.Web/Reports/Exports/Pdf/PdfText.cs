using System.Text;
using SkiaSharp;

namespace XeroCfo.Web.Reports.Exports.Pdf;

/// <summary>Measures, breaks and draws text. One for each file: its fonts are not shared between threads.</summary>
internal sealed class PdfText : IDisposable
{
    private readonly Dictionary<(float Size, SKTypeface Face, bool Slanted), SKFont> _fonts = [];
    private readonly Dictionary<SKColor, SKPaint> _paints = [];

    /// <summary>A letter was drawn as a box, for no font has it.</summary>
    public bool LacksLetters { get; private set; }

    /// <summary>Text as paper can hold it: one line, letters and their accents in one.</summary>
    public static string Clean(string text)
    {
        var plain = true;
        foreach (var letter in text)
        {
            plain &= letter is >= ' ' and < '\u007F';
        }

        return plain ? text : string.Concat(Whole(text).Select(letter => Rune.IsControl(letter) || letter.Value is 0x2028 or 0x2029 ? " " : letter.ToString()));
    }

    public float Width(string text, PdfStyle style) => Runs(text, style).Sum(run => run.Font.MeasureText(run.Text));

    /// <summary>Draws on one line.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="text">What.</param>
    /// <param name="x">The left edge, or the right one.</param>
    /// <param name="baseline">On which it stands.</param>
    /// <param name="style">How.</param>
    /// <param name="toRight"><paramref name="x"/> is the right edge.</param>
    public void Draw(SKCanvas canvas, string text, float x, float baseline, PdfStyle style, bool toRight = false)
    {
        var at = toRight ? x - Width(text, style) : x;
        foreach (var (font, part) in Runs(text, style))
        {
            canvas.DrawText(part, at, baseline, SKTextAlign.Left, font, Paint(style.Colour));
            at += font.MeasureText(part);
        }
    }

    /// <summary>Breaks between words, and within a word that is longer than a line; past <paramref name="most"/> lines the rest becomes "…".</summary>
    public IReadOnlyList<string> Lines(string text, PdfStyle style, float width, int most = int.MaxValue)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (Width(longer, style) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }

            line = word;
            while (Width(line, style) > width && line.Length > 1)
            {
                var fitting = Fitting(line, style, width);
                lines.Add(line[..fitting]);
                line = line[fitting..];
            }
        }

        if (line.Length > 0 || lines.Count == 0)
        {
            lines.Add(line);
        }

        return lines.Count <= most ? lines : [.. lines.Take(most - 1), Shortened(string.Join(' ', lines.Skip(most - 1)), style, width)];
    }

    public void Fill(SKCanvas canvas, SKRect area, SKColor colour) => canvas.DrawRect(area, Paint(colour));

    public void Dispose()
    {
        foreach (var font in _fonts.Values)
        {
            font.Dispose();
        }

        foreach (var paint in _paints.Values)
        {
            paint.Dispose();
        }
    }

    private string Shortened(string text, PdfStyle style, float width)
    {
        var kept = Fitting(text, style, width - Width("…", style));
        return string.Concat(text.AsSpan(0, kept).TrimEnd(), "…");
    }

    // How many letters fit, one at least and never half of one.
    private int Fitting(string text, PdfStyle style, float width)
    {
        var (low, high) = (1, text.Length);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Width(text[..middle], style) <= width ? (middle, high) : (low, middle - 1);
        }

        return low > 1 && char.IsHighSurrogate(text[low - 1]) ? low - 1 : low == 1 && char.IsHighSurrogate(text[0]) && text.Length > 1 ? 2 : low;
    }

    // Half of a letter that is outside the basic plane is no text; normalising it would throw.
    private static IEnumerable<Rune> Whole(string text) => string.Concat(text.EnumerateRunes().Select(letter => letter.ToString())).Normalize(NormalizationForm.FormC).EnumerateRunes();

    private IEnumerable<(SKFont Font, string Text)> Runs(string text, PdfStyle style)
    {
        var usual = Font(style, style.Bold ? PdfFonts.SemiBold : PdfFonts.Regular);
        if (usual.ContainsGlyphs(text))
        {
            return text.Length == 0 ? [] : [(usual, text)];
        }

        var runs = new List<(SKFont Font, string Text)>();
        foreach (var letter in text.EnumerateRunes())
        {
            var font = Of(letter.ToString(), style, usual);
            if (runs.Count > 0 && runs[^1].Font == font)
            {
                runs[^1] = (font, runs[^1].Text + letter);
            }
            else
            {
                runs.Add((font, letter.ToString()));
            }
        }

        return runs;
    }

    private SKFont Of(string letter, PdfStyle style, SKFont usual)
    {
        var more = Font(style, PdfFonts.More);
        var isThere = usual.ContainsGlyphs(letter);
        LacksLetters |= !isThere && !more.ContainsGlyphs(letter);
        return isThere || !more.ContainsGlyphs(letter) ? usual : more;
    }

    private SKFont Font(PdfStyle style, SKTypeface face)
    {
        var key = (style.Size, face, style.Slanted);
        if (!_fonts.TryGetValue(key, out var font))
        {
            // Measures of the font itself: the same on every machine, and as the reader's program will lay it out.
            font = _fonts[key] = new SKFont(face, style.Size, 1, style.Slanted ? -0.2f : 0) { Subpixel = true, LinearMetrics = true, Hinting = SKFontHinting.None };
        }

        return font;
    }

    private SKPaint Paint(SKColor colour)
    {
        if (!_paints.TryGetValue(colour, out var paint))
        {
            paint = _paints[colour] = new SKPaint { Color = colour, IsAntialias = true };
        }

        return paint;
    }
}
