using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;

namespace XeroCfo.Domain.Kpis.Overviews;

/// <summary>Finds what changed most, from figures alone. Pure.</summary>
public static class ChangeFacts
{
    /// <summary>How many are told.</summary>
    public const int Most = 5;

    private const int MostExpenses = 2;

    /// <param name="now">The days.</param>
    /// <param name="before">Their comparator; null where the books do not reach.</param>
    /// <param name="months">The sums of the last whole months, the oldest first.</param>
    /// <param name="customers">What customers do.</param>
    /// <param name="owing">Who owes most.</param>
    public static IReadOnlyList<ChangeFact> Of(KpiFigures now, KpiFigures? before, IReadOnlyList<KpiFigures> months, CustomerFacts customers, IReadOnlyList<Debtor> owing)
    {
        var facts = before is null ? [] : Between(now, before, months).ToList();
        facts.AddRange(customers.Stopped.Select(customer => new ChangeFact(ChangeKind.Stopped, customer.Name, -customer.Before) { ContactId = customer.ContactId, Since = customer.LastInvoice, PerMonth = customer.Before }));
        facts.AddRange(customers.Risen.Take(1).Select(customer => new ChangeFact(ChangeKind.Grew, customer.Name, customer.Now - customer.Before) { ContactId = customer.ContactId, Rate = customer.Now, RateBefore = customer.Before }));
        facts.AddRange(owing.Where(PaysOtherwise).Select(debtor => new ChangeFact(ChangeKind.PaysLater, debtor.Name, debtor.DaysLate > debtor.DaysLateYearAgo ? -debtor.Overdue : debtor.Owed)
        {
            ContactId = debtor.ContactId,
            Rate = debtor.DaysLate,
            RateBefore = debtor.DaysLateYearAgo,
        }));
        return [.. facts.Where(fact => fact.Effect != 0).OrderByDescending(fact => Math.Abs(fact.Effect)).Take(Most)];
    }

    private static IEnumerable<ChangeFact> Between(KpiFigures now, KpiFigures before, IReadOnlyList<KpiFigures> months)
    {
        if (Largest(Moved(now, before, StatementSection.Income)) is { Account: { } sales } && Value(now.Income) != Value(before.Income))
        {
            yield return new ChangeFact(ChangeKind.Income, sales.Name, Value(now.Income) - Value(before.Income)) { AccountId = sales.AccountId, Rate = Variance.PercentAlone(Value(now.Income), Value(before.Income)) };
        }

        if (Margin(now, before, months) is { } margin)
        {
            yield return margin;
        }

        foreach (var (account, change) in Moved(now, before, StatementSection.OperatingExpenses).OrderByDescending(moved => Math.Abs(moved.Change)).Take(MostExpenses))
        {
            yield return new ChangeFact(ChangeKind.Expense, account.Name, -change) { AccountId = account.AccountId };
        }
    }

    // The cost that takes more of income than before, and the month since when it does.
    private static ChangeFact? Margin(KpiFigures now, KpiFigures before, IReadOnlyList<KpiFigures> months)
    {
        if (Value(now.Income) <= 0 || Value(before.Income) <= 0)
        {
            return null;
        }

        var (rate, earlier) = (Value(now.GrossProfit) / Value(now.Income), Value(before.GrossProfit) / Value(before.Income));
        var costs = Moved(now, before, StatementSection.CostOfSales)
            .Select(moved => (moved.Account, Share: Share(now, moved.Account) - Share(before, moved.Account)))
            .OrderByDescending(moved => rate < earlier ? moved.Share : -moved.Share)
            .ToList();
        if (costs.Count == 0)
        {
            return null;
        }

        var (cause, _) = costs[0];
        var turn = Turn([.. months.Where(month => Value(month.Income) > 0)], cause);
        return new ChangeFact(ChangeKind.Margin, "", Math.Round((rate - earlier) * Value(now.Income), 2, MidpointRounding.AwayFromZero))
        {
            AccountId = cause.AccountId,
            Cause = cause.Name,
            Rate = Math.Round(rate, 6),
            RateBefore = Math.Round(earlier, 6),
            Since = turn?.Since,
            PerMonth = turn?.PerMonth,
        };
    }

    /// <summary>The month from which on a cost takes another share of income, where its months before and after part most; what that makes a month.</summary>
    private static (DateOnly Since, decimal PerMonth)? Turn(List<KpiFigures> months, Account cost)
    {
        (DateOnly Since, decimal Step, decimal PerMonth)? best = null;
        for (var at = 2; at + 2 <= months.Count; at++)
        {
            var (earlier, later) = (months[..at], months[at..]);
            var step = later.Average(month => Share(month, cost)) - earlier.Average(month => Share(month, cost));
            if (best is null || Math.Abs(step) > Math.Abs(best.Value.Step))
            {
                best = (later[0].Period.First, step, Math.Round(step * later.Average(month => Value(month.Income)), 2, MidpointRounding.AwayFromZero));
            }
        }

        // Less than half a point is no turn.
        return best is { } found && Math.Abs(found.Step) >= 0.005m ? (found.Since, found.PerMonth) : null;
    }

    private static bool PaysOtherwise(Debtor debtor) => debtor is { DaysLate: { } now, DaysLateYearAgo: { } before } && Math.Abs(now - before) >= 7;

    private static (Account Account, decimal Change) Largest(IReadOnlyList<(Account Account, decimal Change)> moved) => moved.OrderByDescending(one => Math.Abs(one.Change)).FirstOrDefault();

    private static IReadOnlyList<(Account Account, decimal Change)> Moved(KpiFigures now, KpiFigures before, StatementSection section) =>
    [
        .. now.Accounts.Where(account => StatementSection.Of(account) == section)
            .Select(account => (account, Change: Value(now.OfAccount(account)) - Value(before.OfAccount(account)))).Where(moved => moved.Change != 0),
    ];

    private static decimal Share(KpiFigures figures, Account account) => Value(figures.OfAccount(account)) / Value(figures.Income);

    private static decimal Value(KpiPart part) => part.Value ?? 0;
}
