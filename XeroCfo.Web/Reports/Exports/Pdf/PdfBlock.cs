using SkiaSharp;

namespace XeroCfo.Web.Reports.Exports.Pdf;

/// <summary>Something that stands on one page as a whole.</summary>
/// <param name="Height">Points.</param>
/// <param name="Draw">Draws it with its upper edge at the given place.</param>
internal sealed record PdfBlock(float Height, Action<SKCanvas, float> Draw)
{
    /// <summary>Never the last one on a page.</summary>
    public bool KeepsNext { get; init; }

    /// <summary>Begins a page.</summary>
    public bool BeginsPage { get; init; }

    /// <summary>What stands above it when it begins a page: the table's head.</summary>
    public PdfBlock? Head { get; init; }
}

/// <summary>A block at its place.</summary>
internal sealed record PdfPlaced(PdfBlock Block, float Top);

/// <summary>Lays blocks on pages: none is cut, and what keeps its next is never left at a page's foot. Pure.</summary>
internal static class PdfPages
{
    /// <param name="blocks">In their order.</param>
    /// <param name="first">Where the first page's blocks begin.</param>
    /// <param name="later">Where those of later pages begin.</param>
    /// <param name="bottom">Where pages end.</param>
    public static IReadOnlyList<IReadOnlyList<PdfPlaced>> Lay(IReadOnlyList<PdfBlock> blocks, float first, float later, float bottom)
    {
        var pages = new List<List<PdfPlaced>> { new() };
        var y = first;
        for (var index = 0; index < blocks.Count; index++)
        {
            var block = blocks[index];
            var isNew = pages[^1].Count == 0;
            var needed = Together(blocks, index).Sum(one => one.Height);
            var fitsAlone = later + (block.Head?.Height ?? 0) + needed <= bottom;
            if (!isNew && (block.BeginsPage || y + (fitsAlone ? needed : block.Height) > bottom))
            {
                pages.Add([]);
                (y, isNew) = (later, true);
            }

            // The head also where another table begins.
            if (block.Head is { } head && (isNew || index == 0 || blocks[index - 1].Head != head))
            {
                pages[^1].Add(new PdfPlaced(head, y));
                y += head.Height;
            }

            pages[^1].Add(new PdfPlaced(block, y));
            y += block.Height;
        }

        return pages;
    }

    private static IEnumerable<PdfBlock> Together(IReadOnlyList<PdfBlock> blocks, int index)
    {
        while (true)
        {
            yield return blocks[index];
            if (!blocks[index].KeepsNext || ++index == blocks.Count)
            {
                yield break;
            }
        }
    }
}
