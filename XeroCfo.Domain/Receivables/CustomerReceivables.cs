using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;

namespace XeroCfo.Domain.Receivables;

/// <summary>What a customer owes, how late it pays and what was agreed. Base currency at the documents' own rates.</summary>
public sealed record CustomerReceivables
{
    /// <summary>Null: documents of no contact, or those of payroll in one.</summary>
    public required Guid? ContactId { get; init; }

    public required string Name { get; init; }

    public bool IsPayroll { get; init; }

    /// <summary>Open invoices less credit.</summary>
    public required decimal Owed { get; init; }

    /// <summary>Past the due day, without credit.</summary>
    public required decimal Overdue { get; init; }

    /// <summary>Owed by age: current, up to one month, one, two, three months, older.</summary>
    public required IReadOnlyList<decimal> Buckets { get; init; }

    /// <summary>How long the oldest overdue invoice is past its due day.</summary>
    public int? OldestDays { get; init; }

    /// <summary>How late its last payments came; null: it paid nothing in two years.</summary>
    public decimal? DaysLate { get; init; }

    /// <summary>The same a year before.</summary>
    public decimal? DaysLateYearAgo { get; init; }

    /// <summary>Invoices that were promised for a day that has passed.</summary>
    public int MissedCount { get; init; }

    /// <summary>What these still come to.</summary>
    public decimal MissedAmount { get; init; }

    /// <summary>The earliest promise that may still be kept.</summary>
    public DateOnly? PromisedDate { get; init; }

    /// <summary>What is promised for today or later.</summary>
    public decimal PromisedAmount { get; init; }

    /// <summary>Of what is owed, in dispute.</summary>
    public decimal Disputed { get; init; }

    /// <summary>Null: nothing is planned.</summary>
    public NextAction? NextAction { get; init; }

    /// <summary>The same for who sees totals only: how it stands, nothing of single documents nor of what people wrote.</summary>
    public CustomerReceivables Totals() => new() { ContactId = ContactId, Name = Name, IsPayroll = IsPayroll, Owed = Owed, Overdue = Overdue, Buckets = Buckets };
}

/// <summary>All customers who owe, or have credit, at a day.</summary>
public sealed record ReceivablesBook
{
    public required DateOnly Date { get; init; }

    /// <summary>Those that need somebody first: see <see cref="ReceivablesOrder"/>.</summary>
    public required IReadOnlyList<CustomerReceivables> Customers { get; init; }

    /// <summary>The open documents behind them, by contact; credit too.</summary>
    public required ILookup<Guid, OpenItem> Open { get; init; }

    /// <summary>Beside the control account; null where the organisation has none.</summary>
    public required ControlTie? Tie { get; init; }

    public required FollowUps FollowUps { get; init; }

    public required bool SyncInProgress { get; init; }

    public decimal Owed => Customers.Sum(customer => customer.Owed);

    public decimal Overdue => Customers.Sum(customer => customer.Overdue);
}

/// <summary>An open invoice with what was agreed on it.</summary>
/// <param name="Item">What is open.</param>
/// <param name="DaysLate">Past its due day; 0 or less: not yet due.</param>
/// <param name="FollowUp">Null: nothing was agreed.</param>
/// <param name="IsMissed">Its promise has passed.</param>
public sealed record OpenInvoice(OpenItem Item, int DaysLate, InvoiceFollowUp? FollowUp, bool IsMissed)
{
    public bool IsDisputed => FollowUp is { IsDisputed: true };
}

/// <summary>Which customers.</summary>
public enum ReceivablesShow
{
    All,
    Overdue,

    /// <summary>A promise has passed.</summary>
    Missed,

    /// <summary>Something is planned for today or earlier.</summary>
    ToDo,
    Disputed,
}

/// <summary>Puts together and sorts. Pure.</summary>
public static class ReceivablesOrder
{
    /// <summary>Missed promises first, the largest before others; then what is planned for today or earlier; then the most overdue, the most owed.</summary>
    public static IReadOnlyList<CustomerReceivables> Apply(IEnumerable<CustomerReceivables> customers, DateOnly today) =>
    [
        .. customers.OrderByDescending(customer => customer.MissedAmount)
            .ThenBy(customer => customer.NextAction?.DueDate <= today ? customer.NextAction.DueDate : DateOnly.MaxValue)
            .ThenByDescending(customer => customer.Overdue).ThenByDescending(customer => customer.Owed)
            .ThenBy(customer => customer.Name, StringComparer.OrdinalIgnoreCase).ThenBy(customer => customer.ContactId),
    ];

    public static bool Shows(ReceivablesShow show, CustomerReceivables customer, DateOnly today) => show switch
    {
        ReceivablesShow.Overdue => customer.Overdue != 0,
        ReceivablesShow.Missed => customer.MissedCount > 0,
        ReceivablesShow.ToDo => customer.NextAction?.DueDate <= today,
        ReceivablesShow.Disputed => customer.Disputed != 0,
        _ => true,
    };

    /// <summary>Invoices with what was agreed: missed promises first, then the oldest due.</summary>
    public static IReadOnlyList<OpenInvoice> Invoices(IEnumerable<OpenItem> items, FollowUps followUps, DateOnly today) =>
    [
        .. items.Where(item => item.Kind == OpenItemKind.Invoice)
            .Select(item => (Item: item, FollowUp: followUps.Invoices.GetValueOrDefault(item.Document.XeroId)))
            .Select(pair => new OpenInvoice(pair.Item, today.DayNumber - OpenItemDays.DueOf(pair.Item.Document).DayNumber, pair.FollowUp, pair.FollowUp?.IsMissedAt(today) == true))
            .OrderByDescending(invoice => invoice.IsMissed).ThenByDescending(invoice => invoice.DaysLate).ThenBy(invoice => invoice.Item.Document.Number, StringComparer.Ordinal),
    ];
}
