using System.Globalization;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;

namespace XeroCfo.Web.Reports.Exports;

/// <summary>A check in words.</summary>
/// <param name="Mark">✓, ✕ or –.</param>
/// <param name="Verdict">"passes", "differs by 12.40", "is not known".</param>
/// <param name="Source">The document's.</param>
internal sealed record CheckWords(string Mark, string Verdict, ReportCheck Source)
{
    public string Sentence => $"{Source.Label}: {Verdict}. {Figures}{Source.Detail}{(Source.Detail is { Length: > 0 } detail && !detail.EndsWith('.') ? "." : "")}".TrimEnd();

    private string Figures => Source is { Expected: { } expected, Actual: { } actual }
        ? $"Expected {ExportFigures.InWords(expected)}, is {ExportFigures.InWords(actual)}. "
        : "";
}

/// <summary>Everything about a report that is not in its table, in words. Pure.</summary>
internal sealed class ExportWords(ReportDocument document)
{
    public const string XeroOnly = "◇ Part of the amount stands on Xero's trial balance only, not on documents.";

    /// <summary>"1 Apr – 31 Oct 2026", "At 31 Oct 2026".</summary>
    public string Period => document.From is { } from ? ReportPeriods.Words(new Days(from, document.To)) : $"At {ReportPeriods.Words(document.To)}";

    /// <summary>"1 Apr – 31 Oct 2026 · accrual · NZD".</summary>
    public string Head => $"{Period} · {document.Basis} · {document.Currency}";

    public string Title => document.Title;

    /// <summary>What was asked beyond the days: comparison, ages, filters; empty where nothing was.</summary>
    public string Asked => Sentence(string.Join(" · ", Parts()));

    public string DataAsOf => document.DataAsOf is { } at ? $"Data as of {ExportFigures.Instant(at)}" : "No data yet";

    public string Made => $"Made {ExportFigures.Instant(document.GeneratedAt)}";

    public string Version => string.Create(CultureInfo.InvariantCulture, $"Ledger version {document.LedgerVersion}");

    /// <summary>"All 5 checks pass.", or those that do not.</summary>
    public string CheckSummary
    {
        get
        {
            var open = Checks.Where(check => check.Source.Status != CheckStatus.Pass).ToList();
            return document.Checks.Count == 0 ? "No checks."
                : open.Count == 0 ? $"✓ All {document.Checks.Count} checks pass."
                : $"{document.Checks.Count - open.Count} of {document.Checks.Count} checks pass. {string.Join(". ", open.Select(check => $"{check.Mark} {check.Source.Label}: {check.Verdict}"))}.";
        }
    }

    public IReadOnlyList<CheckWords> Checks => [.. document.Checks.Select(Check)];

    /// <summary>The document's notes, in their order.</summary>
    public IReadOnlyList<string> Notes => [.. document.Notes.Select(note => note.Amount is { } amount ? $"{note.Text} {document.Currency} {ExportFigures.InWords(amount)}." : note.Text)];

    /// <summary>Who put their name under it; empty where nobody did.</summary>
    public string Reviewed => string.Join(" ", document.Notes.Where(note => note.Kind == WrittenNotes.Reviewed).Select(note => note.Text));

    private static CheckWords Check(ReportCheck check) => check.Status switch
    {
        CheckStatus.Pass => new CheckWords("✓", "passes", check),
        CheckStatus.Fail => new CheckWords("✕", check.Difference is { } difference ? $"differs by {ExportFigures.InWords(Math.Abs(difference))}" : "differs", check),
        _ => new CheckWords("–", "is not known", check),
    };

    private IEnumerable<string> Parts()
    {
        var asked = document.Parameters;
        if (asked.Interval is ReportWords.Month or ReportWords.Quarter or ReportWords.Year)
        {
            yield return $"by {asked.Interval}";
        }

        if (Compared(asked.Compare) is { } compared)
        {
            yield return compared;
        }

        if (asked.Method is { } method && document.Type == ReportTypes.CashFlow)
        {
            yield return $"{method} method";
        }

        if (asked.AgeBy is { } ageBy)
        {
            yield return ageBy == ReportWords.DueDate ? "aged by due date" : "aged by document date";
        }

        if (asked.IncludeReportDateInCurrent == false)
        {
            yield return "due on the day counts as overdue";
        }

        if (asked.By == ReportWords.ByDocument)
        {
            yield return "by contact and document";
        }

        if (asked.Currency is { } currency)
        {
            yield return $"only documents in {currency}";
        }

        if (asked.TrackingOptionId is not null || asked.TrackingCategoryId is not null)
        {
            yield return asked.TrackingOptionId is not null ? "only one tracking option" : "by tracking option";
        }

        if (asked.PercentOfIncome == true)
        {
            yield return "percent of income";
        }

        if (asked.ManagementLines == true)
        {
            yield return "with operating profit, EBIT, EBITDA and profit before tax";
        }

        if (asked.OverdraftsInLiabilities == true)
        {
            yield return "overdrafts under current liabilities";
        }

        if (asked.ShowZero == true)
        {
            yield return "with accounts without any amount";
        }
    }

    private static string? Compared(string? compare) => compare switch
    {
        null or ReportWords.None => null,
        "lastYear" => "against last year",
        "previous:1" => "against the previous period",
        _ when compare.StartsWith("previous:", StringComparison.Ordinal) => $"against the {compare["previous:".Length..]} previous periods",
        _ => "against the budget",
    };

    private static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
