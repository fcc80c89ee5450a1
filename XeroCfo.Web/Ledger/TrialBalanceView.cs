using XeroCfo.Domain.Ledger;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger;

/// <summary>Which rows of a trial balance are wanted.</summary>
public enum TrialBalanceShow
{
    All,
    Differences,
    Unexplained,

    /// <summary>With a part from Xero's trial balance alone.</summary>
    XeroOnly,
}

/// <summary>A class of accounts with the sum of its rows, whether they are shown or not.</summary>
public sealed record TrialBalanceSection(string Heading, IReadOnlyList<TrialBalanceRow> Rows, TrialBalanceTotals Totals);

/// <summary>A trial balance laid out by class, with its sentences. Pure.</summary>
/// <param name="Sections">Classes with rows to show, in the order of a statement.</param>
/// <param name="Ties">The first check in words.</param>
/// <param name="Stands">The second check in words.</param>
/// <param name="Expected">Size of what only Xero's trial balance knows and has a kind.</param>
/// <param name="Unexplained">Size of what has none.</param>
/// <param name="Different">All differences to Xero without their signs; null where Xero was not read.</param>
public sealed record TrialBalanceView(IReadOnlyList<TrialBalanceSection> Sections, string Ties, string Stands, decimal Expected, decimal Unexplained, decimal? Different)
{
    public static TrialBalanceView Of(TrialBalance balance, TrialBalanceShow show, MoneyFormat format)
    {
        var known = LedgerWords.Classes.Select(pair => pair.Class).ToHashSet(StringComparer.Ordinal);
        var classes = LedgerWords.Classes
            .Concat(balance.Rows.Select(row => row.Class).Where(name => !known.Contains(name)).Distinct().Select(name => (name, LedgerWords.Sentence(name))));
        var sections = classes
            .Select(pair => Section(pair.Item2, [.. balance.Rows.Where(row => row.Class == pair.Item1)], show))
            .Where(section => section.Rows.Count > 0)
            .ToList();
        return new TrialBalanceView(
            sections, TiesWords(balance, format), StandsWords(balance, format), Magnitude(balance, row => row.ExpectedXeroOnly), Magnitude(balance, row => row.Unexplained), Apart(balance));
    }

    private static TrialBalanceSection Section(string heading, List<TrialBalanceRow> rows, TrialBalanceShow show) => new(
        heading,
        [
            .. rows.Where(row => show switch
            {
                TrialBalanceShow.Differences => row.Difference is not (null or 0),
                TrialBalanceShow.Unexplained => row.Unexplained != 0,
                TrialBalanceShow.XeroOnly => row.ExpectedXeroOnly != 0 || row.Unexplained != 0,
                _ => true,
            }),
        ],
        new TrialBalanceTotals(
            rows.Sum(row => row.Opening),
            rows.Sum(row => row.Documents),
            rows.Sum(row => row.ExpectedXeroOnly),
            rows.Sum(row => row.Unexplained),
            rows.Sum(row => row.Balance),
            rows.Exists(row => row.XeroBalance is null) ? null : rows.Sum(row => row.XeroBalance),
            rows.Exists(row => row.Difference is null) ? null : rows.Sum(row => row.Difference)));

    private static string TiesWords(TrialBalance balance, MoneyFormat format)
    {
        var different = balance.Rows.Where(row => row.Difference is not (null or 0)).ToList();
        return balance.TiesToXero switch
        {
            CheckStatus.Pass => $"Every account equals Xero at {DateWords.Of(balance.Date)}.",
            CheckStatus.Fail => $"{Accounts(different.Count)} from Xero, together {format.Text(Apart(balance) ?? 0)}.",
            _ => $"Xero's own balances were not read for {DateWords.Of(balance.Date)}.",
        };
    }

    private static string StandsWords(TrialBalance balance, MoneyFormat format)
    {
        var parts = balance.Rows.Where(row => row.Unexplained != 0).ToList();
        return balance.StandsOnDocuments switch
        {
            CheckStatus.Pass => "Everything stands on documents or on parts expected from Xero alone.",
            CheckStatus.Fail => $"{(parts.Count == 1 ? "1 account has" : $"{parts.Count} accounts have")} an unexplained part, together {format.Text(Magnitude(balance, row => row.Unexplained))}.",
            _ => "What stands on documents is not known for this day.",
        };
    }

    private static decimal? Apart(TrialBalance balance) =>
        balance.TiesToXero == CheckStatus.Unknown ? null : balance.Rows.Sum(row => Math.Abs(row.Difference ?? 0));

    private static string Accounts(int count) => count == 1 ? "1 account differs" : $"{count} accounts differ";

    // Balancing lines stand against each other, so their sum is about nil: the size is the larger side, debits or credits.
    private static decimal Magnitude(TrialBalance balance, Func<TrialBalanceRow, decimal> part) =>
        Math.Max(balance.Rows.Sum(row => Math.Max(part(row), 0)), -balance.Rows.Sum(row => Math.Min(part(row), 0)));
}
