using System.Globalization;
using System.Text;

namespace XeroCfo.Web.Shared.Files;

/// <summary>Names of files that people take away: plain letters, digits and hyphens, so that every system keeps them.</summary>
public static class FileNames
{
    private const int Longest = 60;

    /// <summary>"Tūī &amp; Ash" as "Tui-and-Ash".</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var letter in name.Replace("&", " and ", StringComparison.Ordinal).Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                plain.Append(letter);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && plain.Length > 0 && plain[^1] != '-')
            {
                plain.Append('-');
            }
        }

        var cut = plain.ToString()[..Math.Min(plain.Length, Longest)].Trim('-');
        return cut.Length == 0 ? "XeroCfo" : cut;
    }
}
