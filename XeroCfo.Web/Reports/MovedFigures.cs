using XeroCfo.Domain.Reports;

namespace XeroCfo.Web.Reports;

/// <summary>How much moved since a report was made, in words.</summary>
public static class MovedFigures
{
    /// <summary>Accounts and months that moved.</summary>
    public static int Count(IEnumerable<ReportChange> changes) => changes.Select(change => (change.AccountId, change.Month)).Distinct().Count();

    public static string Words(int count) => count switch { 0 => "nothing moved since", 1 => "1 figure moved since", _ => $"{count} figures moved since" };
}
