using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Receivables;

/// <summary>A list of customers who owe that is asked for.</summary>
/// <param name="Show">Which.</param>
/// <param name="Search">A part of the name, in any case.</param>
public sealed record ReceivablesFilter(ReceivablesShow Show = ReceivablesShow.All, string? Search = null);

/// <summary>A page of customers with the whole book.</summary>
/// <param name="Page">The customers; totals only for those who may see no documents.</param>
/// <param name="Count">How many the filter lets through.</param>
/// <param name="Book">All of them.</param>
/// <param name="TotalsOnly">The caller may not see documents.</param>
public sealed record ReceivablesPage(Page<CustomerReceivables> Page, int Count, ReceivablesBook Book, bool TotalsOnly);

/// <summary>A customer with all that is needed to speak to them.</summary>
public sealed record ReceivablesDetail
{
    public required ContactFound Found { get; init; }

    public required CustomerReceivables Customer { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>Missed promises first, then the oldest.</summary>
    public required IReadOnlyList<OpenInvoice> Invoices { get; init; }

    /// <summary>Credit notes, overpayments and the like.</summary>
    public required IReadOnlyList<OpenItem> Credits { get; init; }

    public required PayingHabit Habit { get; init; }

    /// <summary>What was said, newest first: the contact's notes.</summary>
    public required IReadOnlyList<ContactNoteView> Log { get; init; }

    /// <summary>Null: nothing overdue that is not in dispute.</summary>
    public required ReminderLetter? Reminder { get; init; }

    public required bool SyncInProgress { get; init; }
}

/// <summary>Who owes, and how to speak to them. Totals for everybody; documents, promises and what was said for those who read the ledger.</summary>
public sealed class ReceivablesService(ITenantRepository tenants, ReceivablesBooks books, IContactReader contacts, IContactNoteBook notes, ReminderTextService reminderTexts)
{
    /// <summary>A page of customers, those that need somebody first.</summary>
    public async Task<Result<ReceivablesPage>> ListAsync(Caller caller, TenantId tenant, ReceivablesFilter filter, PagePlace place, int limit, CancellationToken ct)
    {
        var found = await BookAsync(caller, tenant, Permissions.ReportsRead, ct);
        if (found.Problem is { } refused)
        {
            return refused;
        }

        // Who sees totals learns nothing from the order either, nor from what a filter lets through.
        var (book, totalsOnly) = (found.Value.Book, !caller.May(Permissions.LedgerRead));
        var customers = totalsOnly ? ReceivablesOrder.Apply(book.Customers.Select(customer => customer.Totals()), book.Date) : book.Customers;
        var search = filter.Search?.Trim();
        var rows = customers.Where(row => ReceivablesOrder.Shows(filter.Show, row, book.Date) && (string.IsNullOrEmpty(search) || row.Name.Contains(search, StringComparison.OrdinalIgnoreCase))).ToList();
        var page = Paging.Cut(rows, place, limit, CursorOf);
        return page.Problem is { } badCursor ? badCursor : new ReceivablesPage(page.Value, rows.Count, book, totalsOnly);
    }

    /// <summary>One customer; of a merged contact, the one that it became.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="tenant">Whose customer.</param>
    /// <param name="contactId">Xero's ContactID.</param>
    /// <param name="tone">Of the reminder; null: as the age of the oldest invoice has it.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Result<ReceivablesDetail>> GetAsync(Caller caller, TenantId tenant, Guid contactId, string? tone, CancellationToken ct)
    {
        var asked = await BookAsync(caller, tenant, Permissions.LedgerRead, ct);
        if (asked.Problem is { } refused)
        {
            return refused;
        }

        if (tone is not null && !ReminderTones.All.Contains(tone))
        {
            return Problem.Invalid("tone", $"tone must be one of {string.Join(", ", ReminderTones.All)}.");
        }

        if (await contacts.FindAsync(tenant, contactId, ct) is not { } found)
        {
            return FollowUpProblems.UnknownCustomer;
        }

        var ((organisation, book), id) = (asked.Value, found.Contact.ContactId);
        if (book.Customers.FirstOrDefault(row => row.ContactId == id) is not { } customer && !found.Contact.IsCustomer)
        {
            return FollowUpProblems.UnknownCustomer;
        }

        var invoices = ReceivablesOrder.Invoices(book.Open[id], book.FollowUps, book.Date);
        var since = Month.Of(book.Date).Add(-11 - PayingHabit.Length).Start;
        var paid = (await contacts.PaidAsync(tenant, id, since, book.Date, PayrollRules.AreHiddenFrom(caller), ct))[id];
        return new ReceivablesDetail
        {
            Found = found,
            Customer = book.Customers.FirstOrDefault(row => row.ContactId == id)
                ?? new CustomerReceivables { ContactId = id, Name = found.Contact.Name, Owed = 0, Overdue = 0, Buckets = new decimal[Reports.Ageing.Months.Count], NextAction = book.FollowUps.Actions.GetValueOrDefault(id) },
            Date = book.Date,
            Invoices = invoices,
            Credits = [.. book.Open[id].Where(item => item.Kind != OpenItemKind.Invoice)],
            Habit = PayingHabit.Of(paid.Where(part => part.IsSale), book.Date),
            Log = await notes.ListAsync(tenant, [id, .. found.Former.Select(former => former.ContactId)], ct),
            Reminder = Reminders.Of(organisation.Name, found.Contact, invoices, book.Date, tone, await reminderTexts.OfAsync(tenant, ct)),
            SyncInProgress = book.SyncInProgress,
        };
    }

    /// <summary>The statement for a customer.</summary>
    public async Task<Result<StatementOfAccount>> StatementAsync(Caller caller, TenantId tenant, Guid contactId, CancellationToken ct)
    {
        var asked = await BookAsync(caller, tenant, Permissions.LedgerRead, ct);
        if (asked.Problem is { } refused)
        {
            return refused;
        }

        var (organisation, book) = asked.Value;
        return await contacts.FindAsync(tenant, contactId, ct) is { Contact: var contact } && (contact.IsCustomer || book.Open.Contains(contact.ContactId))
            ? StatementOfAccount.Of(organisation, contact.Name, book.Open[contact.ContactId], book.Date)
            : FollowUpProblems.UnknownCustomer;
    }

    private async Task<Result<(XeroTenant Organisation, ReceivablesBook Book)>> BookAsync(Caller caller, TenantId tenant, string permission, CancellationToken ct) =>
        caller.Lacks(permission, tenant) is { } refused ? refused
        : await tenants.FindAsync(tenant, ct) is { } organisation ? (organisation, await books.OfAsync(organisation, PayrollRules.AreHiddenFrom(caller), ct))
        : TenantProblems.Unknown;

    private static string CursorOf(CustomerReceivables row) => row.ContactId?.ToString("N") ?? (row.IsPayroll ? "payroll" : "none");
}
