using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Payables;

/// <summary>A supplier whose bill came each month and did not come in one.</summary>
/// <param name="ContactId">The supplier.</param>
/// <param name="Name">For people.</param>
/// <param name="Month">Without a bill.</param>
/// <param name="UsualDay">The day of the month that it usually came on, the middle one.</param>
/// <param name="UsualAmount">What a month usually cost, the middle one; base currency.</param>
/// <param name="LastDate">Of the last bill.</param>
/// <param name="LastId">The last bill, ours.</param>
public sealed record MissingBill(Guid ContactId, string Name, Month Month, int UsualDay, decimal UsualAmount, DateOnly LastDate, Guid LastId);

/// <summary>A usual bill that somebody does not expect.</summary>
/// <param name="ContactId">The supplier.</param>
/// <param name="Name">For people.</param>
/// <param name="Month">Without it; null: any more.</param>
public sealed record DismissedBill(Guid ContactId, string Name, Month? Month);

/// <summary>Finds bills that usually come and did not, last month or in this one so far. Pure.</summary>
public static class UsualBills
{
    /// <summary>A bill is usual when it came in each of so many months.</summary>
    public const int Habit = 6;

    /// <summary>Days beyond the latest usual one before it is missed in the month in progress.</summary>
    private const int Grace = 5;

    /// <summary>The first day that it looks at.</summary>
    public static DateOnly Since(DateOnly today) => Month.Of(today).Add(-1 - Habit).Start;

    /// <summary>The dearest first.</summary>
    public static IReadOnlyList<MissingBill> Find(IEnumerable<SupplierDocument> documents, DateOnly today)
    {
        var missing = new List<MissingBill>();
        var month = Month.Of(today);
        foreach (var supplier in documents.Where(document => document.IsBill && document.Date <= month.End).GroupBy(document => document.ContactId))
        {
            var byMonth = supplier.ToLookup(document => Month.Of(document.Date));
            foreach (var looked in new[] { month.Previous, month }.Where(looked => !byMonth[looked].Any()))
            {
                var before = Month.Range(looked.Add(-Habit), looked.Previous).Select(each => byMonth[each].OrderBy(document => document.Date).ToList()).ToList();
                if (before.Exists(bills => bills.Count == 0) || (looked == month && today.Day < before.Max(bills => bills[0].Date.Day) + Grace))
                {
                    continue;
                }

                var last = before[^1][^1];
                missing.Add(new MissingBill(
                    supplier.Key, last.ContactName, looked, (int)Middle(before.Select(bills => (decimal)bills[0].Date.Day)), Middle(before.Select(bills => bills.Sum(bill => bill.BaseAmount))), last.Date, last.Id));
            }
        }

        return [.. missing.OrderByDescending(bill => bill.UsualAmount).ThenBy(bill => bill.Name, StringComparer.OrdinalIgnoreCase).ThenBy(bill => bill.ContactId)];
    }

    /// <summary>Those that somebody expects, and what is not expected and would be told of, or could be: of suppliers whose bills are read.</summary>
    public static (IReadOnlyList<MissingBill> Expected, IReadOnlyList<DismissedBill> Dismissed) Apart(
        IReadOnlyList<MissingBill> missing, IEnumerable<SupplierDocument> documents, IReadOnlySet<(Guid ContactId, Month? Month)> dismissed)
    {
        var names = documents.Where(document => document.IsBill).GroupBy(document => document.ContactId).ToDictionary(supplier => supplier.Key, supplier => supplier.Last().ContactName);
        return (
            [.. missing.Where(bill => !dismissed.Contains((bill.ContactId, null)) && !dismissed.Contains((bill.ContactId, bill.Month)))],
            [
                .. dismissed.Where(one => names.ContainsKey(one.ContactId) && (one.Month is not { } month || missing.Any(bill => bill.ContactId == one.ContactId && bill.Month == month)))
                    .Select(one => new DismissedBill(one.ContactId, names[one.ContactId], one.Month))
                    .OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.ContactId).ThenBy(one => one.Month?.Start),
            ]);
    }

    // The lower one of two in the middle: a day or an amount that did occur.
    private static decimal Middle(IEnumerable<decimal> values)
    {
        var sorted = values.Order().ToList();
        return sorted[(sorted.Count - 1) / 2];
    }
}
