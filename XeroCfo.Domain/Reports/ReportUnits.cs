namespace XeroCfo.Domain.Reports;

/// <summary>What the numbers of a row are, where its columns do not say.</summary>
public static class ReportUnits
{
    public const string Money = "money", Percent = "percent", Ratio = "ratio", Days = "days", Months = "months", Count = "count";
}
