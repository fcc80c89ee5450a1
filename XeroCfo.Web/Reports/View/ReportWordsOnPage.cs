using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Reports;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Reports.View;

/// <summary>Words of the report pages.</summary>
public static class ReportWordsOnPage
{
    public const string Codes = "codes", XeroOnly = "xeroOnly", NoVariance = "noVariance", Cents = "cents", Trend = "trend";

    public static readonly (string Key, string Words)[] Keys =
    [
        ("← → ↑ ↓", "from figure to figure"), ("Enter", "what makes the figure"), ("Backspace", "back up, then closes"), ("Space", "folds the section"),
        (".", "cents or whole units"), ("%", "percent of income"), ("w", "marks a figure; at the second one: why different, as Shift and a click"), ("e", "exports"), ("[ ]", "previous and next period"), ("f", "finds a row"),
    ];

    public static readonly (string Key, string Words)[] KeysOfKept = [.. Keys.Where(key => key.Key is not ("%" or "[ ]")), ("n", "a note on the row")];

    /// <summary>The first letter large.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A check's chip; unknown is grey, with the reason behind it.</summary>
    public static (Tone Tone, string Word) Status(CheckStatus status) => status switch
    {
        CheckStatus.Pass => (Tone.Good, "holds"),
        CheckStatus.Fail => (Tone.Bad, "does not hold"),
        _ => (Tone.Neutral, "not known"),
    };

    /// <summary>What a chip says.</summary>
    public static string Chip(ReportCheck check, MoneyFormat format) => (check.Key, check.Status) switch
    {
        (ReportChecks.TrialBalanceZero, CheckStatus.Pass) => "Trial balance 0.00",
        (ReportChecks.EarningsEqualProfit, CheckStatus.Pass) => "Net profit = earnings",
        (ReportChecks.Balances, CheckStatus.Pass) => "Net assets = equity",
        (ReportChecks.CashFlowEndsAtBank, CheckStatus.Pass) => "Ends at the bank",
        (ReportChecks.AgedEqualsControl, CheckStatus.Pass) => "Equals the control account",
        (ReportChecks.TiesToXero, CheckStatus.Pass) => "Ties to Xero",
        (ReportChecks.TiesToXero, CheckStatus.Fail) => $"Differs from Xero{By(check, format)}",
        (ReportChecks.StandsOnDocuments, CheckStatus.Fail) => $"Unexplained{(check.Actual is { } size ? $" {format.Text(size)}" : "")}",
        (_, CheckStatus.Unknown) => $"{check.Label}: not known",
        (_, CheckStatus.Fail) => $"{check.Label}: no{By(check, format)}",
        _ => check.Label,
    };

    /// <summary>"✓ Trial balance 0.00 · – Ties to Xero: not known", for paper.</summary>
    public static string Line(ReportDocument document, MoneyFormat format) =>
        string.Join(" · ", document.Checks.Select(check => $"{Status(check.Status).Tone.Glyph()} {Chip(check, format)}"));

    private static string By(ReportCheck check, MoneyFormat format) => check.Difference is { } difference ? $" by {format.Text(Math.Abs(difference))}" : "";
}
