using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Budgets;

/// <summary>What budgets refuse.</summary>
public static class BudgetProblems
{
    public static Problem Unknown { get; } = Problem.NotFound("budget-not-found", "There is no such budget in this organisation.");

    public static Problem FromXero { get; } =
        new("budget-from-xero", "This budget is Xero's and is changed there; make a copy to change it here.", ProblemKind.Conflict);

    public static Problem UnknownAccount(string field) =>
        new("unknown-account", "There is no such account in this organisation.", ProblemKind.Refused, field);

    public static Problem NotPlanned(string field) =>
        new("account-not-planned", "This account stands on the balance sheet: a budget plans income and expenses.", ProblemKind.Refused, field);

    public static Problem UnknownOption(string field) =>
        new("unknown-tracking-option", "There is no such tracking option in this organisation.", ProblemKind.Refused, field);

    public static Problem TooLarge(string field) => Problem.Invalid(
        field, $"{field} must be at most {MoneyRules.Largest.ToString(System.Globalization.CultureInfo.InvariantCulture)} either way, with at most four decimals.");
}
