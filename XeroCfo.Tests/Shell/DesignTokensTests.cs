using System.Globalization;
using System.Text.RegularExpressions;
using XeroCfo.Web.Shell;

namespace XeroCfo.Tests.Shell;

public sealed partial class DesignTokensTests
{
    private static readonly string[] Texts = ["text", "text2", "text3", "link", "primary", "good", "bad", "warn"];
    private static readonly string[] Grounds = ["bg", "surface", "hover", "selected", "head"];

    public static TheoryData<string, IReadOnlyDictionary<string, string>, double[]> Themes => new()
    {
        { "light", DesignTokens.Light, [4.85, 5.47, 6.38, 13.91, 3.44, 5.10, 3.17] },
        { "dark", DesignTokens.Dark, [4.98, 6.70, 7.96, 16.12, 4.91, 6.63, 3.79] },
    };

    [Theory]
    [MemberData(nameof(Themes))]
    public void Every_pair_of_colours_keeps_its_contrast(string theme, IReadOnlyDictionary<string, string> token, double[] least)
    {
        double Contrast(string front, string ground) => Ratio(token[front], token[ground]);

        var texts = Texts.SelectMany(text => Grounds.Select(ground => Contrast(text, ground))).Min();
        var chips = new[] { Contrast("good", "good-chip"), Contrast("bad", "bad-chip"), Contrast("warn", "warn-chip"), Contrast("link", "info-chip") }.Min();
        var controls = Math.Min(Contrast("control", "bg"), Contrast("control", "surface"));
        var charts = Enumerable.Range(1, 6).Min(number => Contrast($"chart{number}", "surface"));

        Assert.NotEmpty(theme);
        AtLeast(least[0], texts);
        AtLeast(least[1], chips);
        AtLeast(least[2], Contrast("on-primary", "primary"));
        AtLeast(least[3], Contrast("on-appbar", "appbar"));
        AtLeast(least[4], controls);
        AtLeast(least[5], charts);
        AtLeast(least[6], Contrast("last-year", "surface"));
    }

    [Fact]
    public void Every_block_of_the_stylesheet_is_closed()
    {
        var depth = 0;
        foreach (var sign in Comment().Replace(Stylesheet(), ""))
        {
            depth += sign == '{' ? 1 : sign == '}' ? -1 : 0;
            Assert.InRange(depth, 0, 2);
        }

        Assert.Equal(0, depth);
    }

    [Fact]
    public void The_stylesheet_has_the_very_same_colours()
    {
        var blocks = TokenBlock().Matches(Stylesheet()).Select(match => match.Value).ToList();

        Assert.Equal(DesignTokens.Light, Read(blocks[0]));
        Assert.Equal(DesignTokens.Dark, Read(blocks[1]));
    }

    private static void AtLeast(double least, double actual) => Assert.True(Math.Round(actual, 2) >= least, $"{actual:F2} is under {least}");

    private static Dictionary<string, string> Read(string block) =>
        Token().Matches(block).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    // WCAG 2: relative luminance and contrast.
    private static double Ratio(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }

    private static string Stylesheet() => File.ReadAllText(Path.Combine(Root(), "XeroCfo.Web", "wwwroot", "css", "app.css"));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "XeroCfo.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\{\s*color-scheme[^}]*\}")]
    private static partial Regex TokenBlock();

    [GeneratedRegex(@"--([\w-]+): (#[0-9A-F]{6});")]
    private static partial Regex Token();
}
