using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace XeroCfo.Tests.Reports.Exports;

/// <summary>A text of a page and where it stands, from the page's upper left.</summary>
internal sealed record PdfWords(string Text, float X, float Y);

/// <summary>Reads a PDF of ours back as any reader would: fonts' own tables say which letters its glyphs are.</summary>
internal sealed partial class ReadPdf
{
    private readonly string _file;
    private readonly byte[] _bytes;
    private readonly Dictionary<string, string> _objects;

    public ReadPdf(byte[] bytes)
    {
        (_bytes, _file) = (bytes, Encoding.Latin1.GetString(bytes));
        _objects = Objects().Matches(_file).GroupBy(found => found.Groups[1].Value).ToDictionary(group => group.Key, group => group.Last().Groups[2].Value);
        var places = Objects().Matches(_file).GroupBy(found => found.Groups[1].Value).ToDictionary(group => group.Key, group => group.Last().Groups[2].Index);
        var root = Regex.Matches(_file, @"/Root (\d+) 0 R").Last().Groups[1].Value;
        Catalogue = _objects[root];
        Pages = [.. Regex.Matches(_objects[Regex.Match(Catalogue, @"/Pages (\d+) 0 R").Groups[1].Value], @"(\d+) 0 R").Select(page => Page(_objects[page.Groups[1].Value], places))];
    }

    public string Catalogue { get; }

    public IReadOnlyList<IReadOnlyList<PdfWords>> Pages { get; }

    public IReadOnlyList<string> Words => [.. Pages.SelectMany(page => page).Select(words => words.Text)];

    private List<PdfWords> Page(string page, Dictionary<string, int> places)
    {
        var fonts = Regex.Matches(page, @"/(F\d+) (\d+) 0 R").ToDictionary(font => font.Groups[1].Value, font => Letters(Stream(Regex.Match(_objects[font.Groups[2].Value], @"/ToUnicode (\d+) 0 R").Groups[1].Value, places)));
        var (words, letters, x, y) = (new List<PdfWords>(), fonts.Values.First(), 0f, 0f);
        foreach (Match found in Operators().Matches(Stream(Regex.Match(page, @"/Contents (\d+) 0 R").Groups[1].Value, places)))
        {
            if (found.Groups["font"].Success)
            {
                letters = fonts[found.Groups["font"].Value];
            }
            else if (found.Groups["x"].Success)
            {
                (x, y) = (float.Parse(found.Groups["x"].Value, CultureInfo.InvariantCulture), float.Parse(found.Groups["y"].Value, CultureInfo.InvariantCulture));
            }
            else
            {
                words.Add(new PdfWords(string.Concat(found.Groups["text"].Value.Chunk(4).Select(glyph => letters.GetValueOrDefault(new string(glyph), "\uFFFD"))), x, y));
            }
        }

        return words;
    }

    private string Stream(string number, Dictionary<string, int> places)
    {
        var text = _objects[number];
        var start = places[number] + text.IndexOf("stream\n", StringComparison.Ordinal) + "stream\n".Length;
        using var inflated = new ZLibStream(new MemoryStream(_bytes, start, int.Parse(Regex.Match(text, @"/Length (\d+)").Groups[1].Value, CultureInfo.InvariantCulture)), CompressionMode.Decompress);
        using var reader = new StreamReader(inflated, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static Dictionary<string, string> Letters(string table)
    {
        var letters = new Dictionary<string, string>();
        foreach (Match block in Regex.Matches(table, @"beginbf(char|range)\n(.*?)endbf", RegexOptions.Singleline))
        {
            foreach (Match line in Regex.Matches(block.Groups[2].Value, @"<(\w{4})>(?: <(\w{4})>)? <(\w+)>\n"))
            {
                var (first, last) = (Number(line.Groups[1].Value), line.Groups[2].Success ? Number(line.Groups[2].Value) : Number(line.Groups[1].Value));
                for (var glyph = first; glyph <= last; glyph++)
                {
                    letters[glyph.ToString("X4", CultureInfo.InvariantCulture)] = ((char)(Number(line.Groups[3].Value) + glyph - first)).ToString();
                }
            }
        }

        return letters;
    }

    private static int Number(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<=\n)(\d+) 0 obj\n(.*?)\nendobj", RegexOptions.Singleline)]
    private static partial Regex Objects();

    [GeneratedRegex(@"/(?<font>F\d+) [\d.]+ Tf|1 0 [-\d.]+ -1 (?<x>[-\d.]+) (?<y>[-\d.]+) Tm|<(?<text>[0-9A-F]+)> Tj")]
    private static partial Regex Operators();
}
