using System.Text;

namespace XeroCfo.Domain.Rules.Matching;

/// <summary>
/// Letters without their case, exactly as <see cref="StringComparison.OrdinalIgnoreCase"/> compares them: ς is σ and µ is μ, but İ is not i, ß not ẞ.
/// A text keeps its length.
/// </summary>
internal static class Folding
{
    private static readonly char[] Letters = Table(letter => letter);

    // Regular expressions take these for the plain letter where the case is ignored; the prefilter must let them through.
    private static readonly char[] Coarse = Table(letter => letter switch
    {
        '\u212A' => 'K',
        '\u0130' or '\u0131' => 'I',
        '\u017F' => 'S',
        '\u212B' => '\u00C5',
        '\u2126' => '\u03A9',
        >= '\uD800' and <= '\uDFFF' => '\uD800',
        _ => letter,
    });

    private static readonly ILookup<char, char> ByCoarse = Enumerable.Range(0, char.MaxValue + 1).ToLookup(i => Coarse[i], i => (char)i);

    public static char Of(char letter) => Letters[letter];

    /// <summary>Coarser than <see cref="Of"/>: what differs here never matches, what is the same may.</summary>
    public static char CoarseOf(char letter) => Coarse[letter];

    /// <summary>All letters that are this one by <see cref="CoarseOf"/>.</summary>
    public static IEnumerable<char> SameAs(char coarse) => ByCoarse[coarse];

    public static string Of(string text) => string.Create(text.Length, text, (span, source) => Write(source, span));

    public static void Write(ReadOnlySpan<char> text, Span<char> folded)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                Upper(new Rune(text[i], text[i + 1])).EncodeToUtf16(folded[i..]);
                i++;
            }
            else
            {
                folded[i] = Letters[text[i]];
            }
        }
    }

    private static Rune Upper(Rune rune) =>
        Rune.ToUpperInvariant(rune) is { Utf16SequenceLength: 2 } upper && upper.ToString().Equals(rune.ToString(), StringComparison.OrdinalIgnoreCase) ? upper : rune;

    private static char[] Table(Func<char, char> then)
    {
        var table = new char[char.MaxValue + 1];
        for (var i = 0; i < table.Length; i++)
        {
            var (letter, upper) = ((char)i, char.ToUpperInvariant((char)i));
            table[i] = then(letter == upper || !((ReadOnlySpan<char>)[letter]).Equals([upper], StringComparison.OrdinalIgnoreCase) ? letter : upper);
        }

        return table;
    }
}
