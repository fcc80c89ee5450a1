using System.Globalization;

namespace XeroCfo.Web.Shared;

/// <summary>How figures are written where an organisation lives: English words, the country's separators.</summary>
public sealed record MoneyFormat
{
    private readonly NumberFormatInfo _numbers;

    private MoneyFormat(NumberFormatInfo numbers) => _numbers = numbers;

    /// <summary>For text that stands outside an organisation.</summary>
    public static MoneyFormat Neutral { get; } = new(NumberFormatInfo.InvariantInfo);

    /// <summary>The format of Xero's two-letter <paramref name="country"/>; neutral when it is unknown.</summary>
    public static MoneyFormat Of(string? country)
    {
        if (country is not { Length: 2 })
        {
            return Neutral;
        }

        try
        {
            return new MoneyFormat(CultureInfo.GetCultureInfo("en-" + country).NumberFormat);
        }
        catch (CultureNotFoundException)
        {
            return Neutral;
        }
    }

    /// <summary>The figure without a sign: cents or whole units, thousands parted.</summary>
    public string Digits(decimal amount, bool cents) =>
        Math.Round(Math.Abs(amount), cents ? 2 : 0, MidpointRounding.AwayFromZero).ToString(cents ? "N2" : "N0", _numbers);

    /// <summary>The figure as running text has it: "1,234.50", "(1,234.50)".</summary>
    public string Text(decimal amount, bool cents = true)
    {
        var digits = Digits(amount, cents);
        return IsNegative(amount, cents) ? $"({digits})" : digits;
    }

    /// <summary>A tile's figure: whole units up to 9,999,999, above that millions, 12.35M.</summary>
    public string InTile(decimal amount) => Math.Abs(amount) < 10_000_000 ? Digits(amount, false) : Digits(amount / 1_000_000, true) + "M";

    /// <summary>A count, thousands parted.</summary>
    public string Count(int count) => count.ToString("N0", _numbers);

    /// <summary>True when what is written after rounding still lies below zero.</summary>
    public static bool IsNegative(decimal amount, bool cents) => Math.Round(amount, cents ? 2 : 0, MidpointRounding.AwayFromZero) < 0;
}
