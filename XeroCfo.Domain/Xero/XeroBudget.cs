using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Xero;

/// <summary>A budget as Xero states it, amounts by nature: income and costs both positive.</summary>
/// <param name="XeroId">BudgetID.</param>
/// <param name="Name">Its description; the overall budget has none of its own now and then.</param>
/// <param name="Tracking">Category and option of each part that it plans; empty: the whole organisation.</param>
/// <param name="Lines">Each account and month once.</param>
public sealed record XeroBudget(Guid XeroId, string Name, IReadOnlyList<(Guid CategoryId, Guid OptionId)> Tracking, IReadOnlyList<XeroBudgetLine> Lines);

/// <summary>What Xero plans for an account in a month.</summary>
public sealed record XeroBudgetLine(Guid AccountId, Month Month, decimal Amount);

/// <summary>All budgets of an organisation.</summary>
/// <param name="Budgets">Those that could be read.</param>
/// <param name="Unreadable">Those that could not, and lines that could not.</param>
public sealed record XeroBudgets(IReadOnlyList<XeroBudget> Budgets, IReadOnlyList<UnreadableRecord> Unreadable);
