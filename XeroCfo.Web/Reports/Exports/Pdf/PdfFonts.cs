using SkiaSharp;

namespace XeroCfo.Web.Reports.Exports.Pdf;

/// <summary>The typefaces of paper, out of this program: the same on every machine.</summary>
internal static class PdfFonts
{
    public static readonly SKTypeface Regular = Load("Inter-Regular");
    public static readonly SKTypeface SemiBold = Load("Inter-SemiBold");

    /// <summary>Letters that the other two lack.</summary>
    public static readonly SKTypeface More = Load("Inter-More");

    private static SKTypeface Load(string name)
    {
        using var file = typeof(PdfFonts).Assembly.GetManifestResourceStream($"Fonts/{name}.ttf")
            ?? throw new InvalidOperationException($"The font {name} is not in this program.");
        return SKTypeface.FromStream(file);
    }
}

/// <summary>How text looks.</summary>
/// <param name="Size">Points.</param>
/// <param name="Bold">Semi-bold.</param>
/// <param name="Colour">What it is drawn with.</param>
/// <param name="Slanted">For what is not final.</param>
internal sealed record PdfStyle(float Size, bool Bold, SKColor Colour, bool Slanted = false)
{
    public float LineHeight => Size * 1.35f;
}

/// <summary>Paper's few colours: those of the light screen.</summary>
internal static class PdfColours
{
    public static readonly SKColor Text = new(0x17, 0x20, 0x2B);
    public static readonly SKColor Quiet = new(0x4A, 0x55, 0x63);
    public static readonly SKColor Head = new(0xF0, 0xF2, 0xF5);
    public static readonly SKColor Line = new(0xD5, 0xDA, 0xE1);
    public static readonly SKColor Strong = new(0x7C, 0x86, 0x94);
}
