using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Receivables;

/// <summary>Makes the list of those who owe: open documents and habits once for each state of the ledger, what people agreed anew each time.</summary>
public sealed class ReceivablesBooks(ContactBooks contacts, IContactReader payments, IOpenItemReader items, IFollowUpBook followUps)
{
    private readonly Remembered<Habits> _habits = new();

    /// <summary>The book at the organisation's today.</summary>
    public async Task<ReceivablesBook> OfAsync(XeroTenant organisation, bool hidePayroll, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var book = await contacts.OfAsync(organisation, hidePayroll, ct);
        var habits = await _habits.OfAsync(organisation, book.Date, hidePayroll, () => HabitsAsync(organisation, book.Date, hidePayroll, ct));
        var agreed = await followUps.AllAsync(tenant, ct);
        var open = book.Open.SelectMany(group => group.Where(Standings.IsSale).Select(item => (group.Key, Item: item))).ToLookup(pair => pair.Key, pair => pair.Item);
        var cuts = Ageing.MonthCuts(book.Date, dayIsCurrent: true);
        var customers = book.Contacts.Where(contact => contact.OwedToUs != 0 || (contact.ContactId is { } id ? open.Contains(id) : !contact.IsPayroll && open.Contains(Guid.Empty)))
            .Select(contact => Make(contact, contact.IsPayroll ? [] : [.. open[contact.ContactId ?? Guid.Empty]], habits, agreed, cuts, book.Date));
        return new ReceivablesBook
        {
            Date = book.Date,
            Customers = ReceivablesOrder.Apply(customers, book.Date),
            Open = open,
            Tie = book.Ties.FirstOrDefault(tie => tie.IsSale),
            FollowUps = agreed,
            SyncInProgress = organisation.SyncInProgress,
        };
    }

    /// <summary>How many promises have passed on invoices that are still open: the sum of <see cref="CustomerReceivables.MissedCount"/>, without making the list.</summary>
    public async Task<int> MissedAsync(XeroTenant organisation, DateOnly today, bool hidePayroll, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var passed = (await followUps.AllAsync(tenant, ct)).Invoices.Where(invoice => invoice.Value.IsMissedAt(today)).Select(invoice => invoice.Key).ToList();
        return passed.Count == 0 ? 0 : (await items.InvoicesAsync(tenant, true, passed, today, hidePayroll, ct)).Count;
    }

    private static CustomerReceivables Make(ContactStanding contact, List<OpenItem> items, Habits habits, FollowUps agreed, IReadOnlyList<DateOnly> cuts, DateOnly today)
    {
        var buckets = new decimal[Ageing.Months.Count];
        items.ForEach(item => buckets[Ageing.Of(DayOf(item), cuts)] += item.BaseOpen);
        if (contact.IsPayroll)
        {
            buckets[0] = contact.OwedToUs;
        }

        var invoices = ReceivablesOrder.Invoices(items, agreed, today);
        var late = invoices.Where(invoice => invoice.DaysLate > 0).ToList();
        var kept = invoices.Where(invoice => !invoice.IsMissed && invoice.FollowUp?.PromisedDate is not null).ToList();
        var habit = contact.ContactId is { } id ? habits.Of(id) : (null, null);
        return new CustomerReceivables
        {
            ContactId = contact.ContactId,
            Name = contact.Name,
            IsPayroll = contact.IsPayroll,
            Owed = contact.OwedToUs,
            Overdue = late.Sum(invoice => invoice.Item.BaseOpen),
            Buckets = buckets,
            OldestDays = late.Count == 0 ? null : late.Max(invoice => invoice.DaysLate),
            DaysLate = habit.Now,
            DaysLateYearAgo = habit.YearAgo,
            MissedCount = invoices.Count(invoice => invoice.IsMissed),
            MissedAmount = invoices.Where(invoice => invoice.IsMissed).Sum(invoice => invoice.Item.BaseOpen),
            PromisedDate = kept.Min(invoice => invoice.FollowUp!.PromisedDate),
            PromisedAmount = kept.Sum(invoice => invoice.Item.BaseOpen),
            Disputed = invoices.Where(invoice => invoice.IsDisputed).Sum(invoice => invoice.Item.BaseOpen),
            NextAction = contact.ContactId is { } customer ? agreed.Actions.GetValueOrDefault(customer) : null,
        };
    }

    // Credit ages by its own day, as in the aged report.
    private static DateOnly DayOf(OpenItem item) => item.PaidOn ?? (item.Kind == OpenItemKind.Invoice ? OpenItemDays.DueOf(item.Document) : item.Document.Date);

    private async Task<Habits> HabitsAsync(XeroTenant organisation, DateOnly day, bool hidePayroll, CancellationToken ct)
    {
        var since = Primitives.Month.Of(day).Add(-11 - PayingHabit.Length).Start;
        var paid = await payments.PaidAsync(new TenantId(organisation.Id), null, since, day, hidePayroll, ct);
        return new Habits(paid.ToDictionary(group => group.Key, group => PayingHabit.Of(group.Where(part => part.IsSale), day)).ToDictionary(pair => pair.Key, pair => (pair.Value.Now, pair.Value.YearAgo)));
    }

    private sealed record Habits(Dictionary<Guid, (decimal? Now, decimal? YearAgo)> ByContact)
    {
        public (decimal? Now, decimal? YearAgo) Of(Guid contact) => ByContact.GetValueOrDefault(contact);
    }
}
