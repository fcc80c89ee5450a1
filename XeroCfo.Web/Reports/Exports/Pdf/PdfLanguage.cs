using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace XeroCfo.Web.Reports.Exports.Pdf;

/// <summary>
/// Says what language a PDF is in, and that its window shows its title: what a screen reader needs and the drawing library does not write. It is
/// added behind the file, as the format provides for changes.
/// </summary>
internal static partial class PdfLanguage
{
    public static byte[] Say(byte[] pdf, string language)
    {
        // Byte for byte: places in the text are places in the file.
        var text = Encoding.Latin1.GetString(pdf);
        var trailer = Trailer().Match(text, text.LastIndexOf("trailer", StringComparison.Ordinal));
        var (root, before) = (trailer.Groups["root"].Value, trailer.Groups["before"].Value);
        var catalogue = Regex.Match(text, $@"(?<=\n){root} 0 obj\n<<(?<members>.*?)>>\nendobj", RegexOptions.Singleline);
        var start = pdf.Length + 1;
        var changed = $"{root} 0 obj\n<</Lang ({language})\n/ViewerPreferences <</DisplayDocTitle true>>\n{catalogue.Groups["members"].Value}>>\nendobj\n";
        var place = start.ToString("D10", CultureInfo.InvariantCulture);
        var more = $"\n{changed}xref\n{root} 1\n{place} 00000 n \ntrailer\n<<{trailer.Groups["members"].Value}\n/Prev {before}>>\nstartxref\n{start + changed.Length}\n%%EOF\n";
        return [.. pdf, .. Encoding.Latin1.GetBytes(more)];
    }

    [GeneratedRegex(@"trailer\n<<(?<members>.*?/Root (?<root>\d+) 0 R.*?)>>\nstartxref\n(?<before>\d+)", RegexOptions.Singleline)]
    private static partial Regex Trailer();
}
