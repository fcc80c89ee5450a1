using System.Globalization;
using XeroCfo.Domain.Reports;

namespace XeroCfo.Web.Reports;

/// <summary>Numbers that are no money, as pages and papers write them: percent with one decimal, days with one, ratios with two; negative in parentheses.</summary>
internal static class UnitText
{
    /// <summary>A row's number by the row's unit.</summary>
    public static string Of(string unit, decimal number)
    {
        var digits = Digits(unit, unit == ReportUnits.Percent ? Math.Abs(number) * 100 : Math.Abs(number)) + (unit == ReportUnits.Percent ? " %" : "");
        return number < 0 ? $"({digits})" : digits;
    }

    /// <summary>How two of them differ: shares by points.</summary>
    public static string Difference(string unit, decimal number)
    {
        if (unit != ReportUnits.Percent)
        {
            return Of(unit, number);
        }

        var digits = $"{Digits(unit, Math.Abs(number) * 100)} pts";
        return number < 0 ? $"({digits})" : digits;
    }

    private static string Digits(string unit, decimal size) => unit switch
    {
        ReportUnits.Ratio => Round(size, 2, "#,##0.00"),
        ReportUnits.Count => Round(size, 0, "#,##0"),
        _ => Round(size, 1, "#,##0.0"),
    };

    private static string Round(decimal size, int decimals, string format) => Math.Round(size, decimals, MidpointRounding.AwayFromZero).ToString(format, CultureInfo.InvariantCulture);
}
