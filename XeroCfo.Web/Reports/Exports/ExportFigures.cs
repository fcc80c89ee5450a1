using System.Globalization;
using XeroCfo.Domain.Reports;

namespace XeroCfo.Web.Reports.Exports;

/// <summary>Figures as they are written on paper, the same in every country: 1,234.50, (1,234.50), – for zero, — for no value.</summary>
internal static class ExportFigures
{
    public const string Zero = "–", NoValue = "—";

    /// <summary>An amount; negative in parentheses.</summary>
    public static string Amount(decimal amount, bool cents)
    {
        if (amount == 0)
        {
            return Zero;
        }

        var digits = Math.Round(Math.Abs(amount), cents ? 2 : 0, MidpointRounding.AwayFromZero).ToString(cents ? "#,##0.00" : "#,##0", CultureInfo.InvariantCulture);
        return amount < 0 ? $"({digits})" : digits;
    }

    /// <summary>A fraction in percent with one decimal.</summary>
    public static string Percent(decimal fraction)
    {
        if (fraction == 0)
        {
            return Zero;
        }

        var digits = Math.Round(Math.Abs(fraction) * 100, 1, MidpointRounding.AwayFromZero).ToString("#,##0.0", CultureInfo.InvariantCulture);
        return fraction < 0 ? $"({digits} %)" : $"{digits} %";
    }

    /// <summary>An amount in a sentence: with cents, a zero as 0.00.</summary>
    public static string InWords(decimal amount) => amount == 0 ? "0.00" : Amount(amount, cents: true);

    /// <summary>A figure that a note links to, in its sentence.</summary>
    public static string Value(ReportDocument document, LinkedFigure figure) => figure.Value switch
    {
        { Number: { } number } => document.Columns.FirstOrDefault(column => column.Key == figure.ColumnKey)?.Kind == ReportColumnKind.Percent ? Percent(number) : InWords(number),
        { Text: { } text } => text,
        _ => NoValue,
    };

    /// <summary>"better", "worse", "same"; against a budget "favourable", "unfavourable", "as planned".</summary>
    public static string? Favour(string? word, bool isAgainstBudget) => (word, isAgainstBudget) switch
    {
        ("F", true) => "favourable",
        ("U", true) => "unfavourable",
        ("=", true) => "as planned",
        ("F", _) => "better",
        ("U", _) => "worse",
        ("=", _) => "same",
        _ => word,
    };

    /// <summary>"20 Nov 2026 09:14 UTC".</summary>
    public static string Instant(DateTime utc) => utc.ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A day as report documents write it; null: it is none.</summary>
    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static string Day(DateOnly day) => ReportPeriods.Words(day);
}
