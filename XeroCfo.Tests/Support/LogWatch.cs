using System.Text.RegularExpressions;

namespace XeroCfo.Tests.Support;

/// <summary>Finds what no log may hold: secrets, amounts, names out of the books.</summary>
internal static partial class LogWatch
{
    /// <summary>Lines that hold one of <paramref name="secrets"/> or look as if they held another one, an amount, or a customer of the demo company.</summary>
    public static IEnumerable<string> Leaks(string log, params string[] secrets) =>
        from line in log.Split('\n')
        where secrets.Any(secret => secret.Length > 0 && line.Contains(secret, StringComparison.OrdinalIgnoreCase)) || Secret().IsMatch(line) || Amount().IsMatch(line) || Names().IsMatch(line)
        select $"the log says: {line.Trim()}";

    // Keys of the API, protected payloads, sealed values, bearer tokens, secrets of webhooks, hashes of passwords, JSON web tokens.
    [GeneratedRegex(@"xcfo_[A-Za-z0-9]{8}|CfDJ8|\bv1\.[0-9a-f]{8}\.|[Bb]earer [A-Za-z0-9._-]{8}|whsec_|\$2[aby]\$|\beyJ[A-Za-z0-9_-]{8}")]
    private static partial Regex Secret();

    // Two decimals and no more, not within an address or a version.
    [GeneratedRegex(@"(?<![\d.,:])-?\d{1,3}(,\d{3})*\.\d{2}(?![\d.%]|\s?m?s\b)|(?<![\d.,:])-?\d{4,}\.\d{2}(?![\d.])")]
    private static partial Regex Amount();

    [GeneratedRegex("Harbour|Mercury|Kererū|Office Max", RegexOptions.IgnoreCase)]
    private static partial Regex Names();
}
