using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;

namespace XeroCfo.Domain.Payables;

/// <summary>When a bill falls due. Weeks begin on Monday; what is due today belongs to this week.</summary>
public enum BillDue
{
    Overdue,
    ThisWeek,
    NextWeek,
    Later,
}

/// <summary>An open bill.</summary>
/// <param name="Item">What is open; signs as on the control account.</param>
/// <param name="Due">When.</param>
/// <param name="Hold">Null: it may be paid.</param>
public sealed record BillToPay(OpenItem Item, BillDue Due, BillHold? Hold)
{
    public Transaction Document => Item.Document;

    public DateOnly DueDate => OpenItemDays.DueOf(Item.Document);

    /// <summary>To pay, base currency, positive.</summary>
    public decimal Amount => -Item.BaseOpen;
}

/// <summary>What falls due in one go, and what paying it leaves.</summary>
/// <param name="Due">When.</param>
/// <param name="Amount">To pay, without what is on hold.</param>
/// <param name="Count">How many bills.</param>
/// <param name="Leaves">In the bank, once this and all that falls due before it is paid; null for what is later.</param>
public sealed record PayStep(BillDue Due, decimal Amount, int Count, decimal? Leaves);

/// <summary>What is to be paid at a day. Base currency.</summary>
public sealed record PayablesBook
{
    public required DateOnly Date { get; init; }

    /// <summary>In all bank accounts together per Xero's books, which is not the bank's own word.</summary>
    public required decimal Bank { get; init; }

    /// <summary>By due day, those on hold too.</summary>
    public required IReadOnlyList<BillToPay> Bills { get; init; }

    /// <summary>Overdue, this week, next week, later.</summary>
    public required IReadOnlyList<PayStep> Steps { get; init; }

    /// <summary>Suppliers' credit that is not used, positive; it is not taken off what is to be paid.</summary>
    public required decimal Credit { get; init; }

    /// <summary>Of payroll, not shown to this reader, whenever it is due.</summary>
    public required decimal HiddenPayroll { get; init; }

    public required bool SyncInProgress { get; init; }

    /// <summary>Sunday of this week.</summary>
    public DateOnly WeekEnd => EndOfWeek(Date);

    public decimal OnHold => Bills.Where(bill => bill.Hold is not null).Sum(bill => bill.Amount);

    public int OnHoldCount => Bills.Count(bill => bill.Hold is not null);

    /// <summary>Puts bills in order and adds up. Pure.</summary>
    public static PayablesBook Of(DateOnly today, decimal bank, IEnumerable<OpenItem> open, IReadOnlyDictionary<Guid, BillHold> holds, decimal hiddenPayroll, bool syncInProgress)
    {
        var items = open.ToList();
        var bills = items.Where(item => item.Kind == OpenItemKind.Invoice)
            .Select(item => new BillToPay(item, DueOf(OpenItemDays.DueOf(item.Document), today), holds.GetValueOrDefault(item.Document.XeroId)))
            .OrderBy(bill => bill.DueDate).ThenByDescending(bill => bill.Amount).ThenBy(bill => bill.Document.Id).ToList();
        var (left, steps) = (bank, new List<PayStep>());
        foreach (var due in Enum.GetValues<BillDue>())
        {
            var these = bills.Where(bill => bill.Due == due && bill.Hold is null).ToList();
            var amount = these.Sum(bill => bill.Amount);
            left -= amount;
            steps.Add(new PayStep(due, amount, these.Count, due == BillDue.Later ? null : left));
        }

        return new PayablesBook
        {
            Date = today,
            Bank = bank,
            Bills = bills,
            Steps = steps,
            Credit = items.Where(item => item.Kind != OpenItemKind.Invoice).Sum(item => item.BaseOpen),
            HiddenPayroll = hiddenPayroll,
            SyncInProgress = syncInProgress,
        };
    }

    /// <summary>When a day falls, seen from today.</summary>
    public static BillDue DueOf(DateOnly day, DateOnly today) =>
        day < today ? BillDue.Overdue : day <= EndOfWeek(today) ? BillDue.ThisWeek : day <= EndOfWeek(today).AddDays(7) ? BillDue.NextWeek : BillDue.Later;

    private static DateOnly EndOfWeek(DateOnly day) => day.AddDays((7 - (int)day.DayOfWeek) % 7);
}
