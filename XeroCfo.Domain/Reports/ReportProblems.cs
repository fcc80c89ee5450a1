using System.Globalization;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Reports;

/// <summary>What reports refuse, each at its parameter and with what is possible instead.</summary>
public static class ReportProblems
{
    public static readonly Problem CashBasis = new(
        "cash-basis-unavailable", "Reports on cash basis are not available yet; use accrual.", ProblemKind.Refused, "basis");

    public static readonly Problem Unknown = Problem.NotFound();

    public static Problem TooManyNotes(int most) => new("too-many-notes", $"A report holds at most {most} notes; delete one first.", ProblemKind.Refused);

    public static Problem UnknownType(string? type) => Problem.Invalid(
        "type", string.IsNullOrEmpty(type) ? $"type is missing; it is one of {Words(ReportTypes.All)}." : $"type must be one of {Words(ReportTypes.All)}.");

    public static Problem NotTaken(string parameter, string type) =>
        Problem.Invalid(parameter, $"{parameter} does not go with {ReportTypes.TitleOf(type).ToLowerInvariant()}.", "unknown-parameter");

    public static Problem NotOneOf(string parameter, IEnumerable<string> words) => Problem.Invalid(parameter, $"{parameter} must be one of {Words(words)}.");

    public static Problem Backwards(string first, string last) => Problem.Invalid(first, $"{first} must not be after {last}.");

    public static Problem NoDay(string parameter) => Problem.Invalid(parameter, $"{parameter} must be a day from 1900-01-01 to 2199-12-31.");

    public static Problem BeyondToday(string parameter, DateOnly today) => Problem.Invalid(parameter, $"{parameter} must not be after today, {Day(today)}.");

    public static Problem BeforeBooks(string parameter, DateOnly booksStart, DateOnly? lump) => new(
        "before-books-start",
        $"Books in XeroCfo begin {Day(booksStart)}: {parameter} must not be before it"
            + (lump is { } start ? $", but may be {Day(start)}, from which the opening holds what came before in one sum." : "."),
        ProblemKind.Refused,
        parameter);

    public static Problem UnknownBudget => new("unknown-budget", "There is no such budget in this organisation; compare with previous:1 to previous:24 or lastYear.", ProblemKind.Refused, "compare");

    public static Problem NoBudget => new("no-budget", "There is no budget in this organisation yet: make one, or read Xero's with a sync.", ProblemKind.Refused, "compare");

    public static Problem BudgetHasNoBalances => new("budget-without-balances", "A budget plans income and expenses: compare a profit and loss or a budget variance with it.", ProblemKind.Refused, "compare");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Words(IEnumerable<string> words) => string.Join(", ", words);
}
