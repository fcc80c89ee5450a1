namespace XeroCfo.Web.Reports.Exports.Pdf;

/// <summary>What stands below the table in words: checks, notes, and what the marks mean.</summary>
internal sealed class PdfProse(ExportTable table, PdfText text, float left, float width)
{
    private const float Size = 8.5f, MarkWidth = 16;

    private static readonly PdfStyle Heading = new(9.5f, true, PdfColours.Text);
    private static readonly PdfStyle Body = new(Size, false, PdfColours.Text);
    private static readonly PdfStyle Quiet = new(Size, false, PdfColours.Quiet);

    public IEnumerable<PdfBlock> Blocks()
    {
        if (table.HasXeroOnly)
        {
            yield return Words("", ExportWords.XeroOnly, Quiet, above: 6);
        }

        yield return Title("Checks");
        foreach (var check in table.Words.Checks)
        {
            yield return Words(check.Mark, check.Sentence, Body);
        }

        if (table.Words.Notes.Count > 0)
        {
            yield return Title("Notes");
        }

        for (var index = 0; index < table.Words.Notes.Count; index++)
        {
            yield return Words($"{index + 1}", table.Words.Notes[index], Body);
        }
    }

    /// <summary>Said last, once it is known what was drawn.</summary>
    public PdfBlock Lacking() => Words("", "A box stands for a letter that this file's font does not have; the other formats hold it.", Quiet, above: 6);

    private PdfBlock Title(string words) => new(26, (canvas, top) => text.Draw(canvas, words, left + 3, top + 19, Heading)) { KeepsNext = true };

    private PdfBlock Words(string mark, string words, PdfStyle style, float above = 0)
    {
        var indent = mark.Length == 0 ? 3 : 3 + MarkWidth;
        var lines = text.Lines(words, style, Math.Min(width, 620) - indent);
        return new PdfBlock(above + (lines.Count * style.LineHeight) + 3, (canvas, top) =>
        {
            var baseline = top + above + Size;
            text.Draw(canvas, mark, left + 3, baseline, style);
            for (var index = 0; index < lines.Count; index++)
            {
                text.Draw(canvas, lines[index], left + indent, baseline + (index * style.LineHeight), style);
            }
        });
    }
}
