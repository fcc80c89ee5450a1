using System.ComponentModel.DataAnnotations;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Receivables;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Receivables;

/// <summary>Owed by age, as the aged report's columns.</summary>
internal sealed record AgesAnswer(decimal Current, decimal Lt1, decimal M1, decimal M2, decimal M3, decimal Older)
{
    public static AgesAnswer Of(IReadOnlyList<decimal> buckets) => new(buckets[0], buckets[1], buckets[2], buckets[3], buckets[4], buckets[5]);
}

/// <summary>
/// A customer who owes; base currency at the documents' rates. <c>daysLate</c> is how late its last payments came, <c>daysLateYearAgo</c> the same a year
/// before. <c>missed</c> counts invoices whose promised day has passed. Without <c>ledger:read</c> only name, owed, overdue and ages are told.
/// </summary>
internal sealed record CustomerReceivablesAnswer(
    Guid? ContactId, string Name, decimal Owed, decimal Overdue, AgesAnswer Ages, int? OldestDays, decimal? DaysLate, decimal? DaysLateYearAgo,
    int Missed, decimal MissedAmount, DateOnly? PromisedDate, decimal PromisedAmount, decimal Disputed, NextActionAnswer? NextAction) : IExample<CustomerReceivablesAnswer>
{
    public static CustomerReceivablesAnswer Example => new(
        Examples.Contact, "Harbour Street Hospitality Group", 129_600m, 61_400m, new AgesAnswer(68_200m, 22_500m, 20_000m, 0m, 18_900m, 0m), 123, 39.4m, 4m, 1, 18_900m, null, 0m, 0m, NextActionAnswer.Example);

    public static CustomerReceivablesAnswer Of(CustomerReceivables row) => new(
        row.ContactId, row.Name, row.Owed, row.Overdue, AgesAnswer.Of(row.Buckets), row.OldestDays, Rounded(row.DaysLate), Rounded(row.DaysLateYearAgo),
        row.MissedCount, row.MissedAmount, row.PromisedDate, row.PromisedAmount, row.Disputed, row.NextAction is { } action ? NextActionAnswer.Of(action) : null);

    private static decimal? Rounded(decimal? days) => days is { } known ? Math.Round(known, 1, MidpointRounding.AwayFromZero) : null;
}

/// <summary>What comes next for a customer.</summary>
internal sealed record NextActionAnswer(string Text, DateOnly DueDate, DateTime CreatedAt, DateTime UpdatedAt) : IExample<NextActionAnswer>
{
    public static NextActionAnswer Example => new("Call Jo about INV-2291", Examples.Day, Examples.Instant, Examples.Instant);

    public static NextActionAnswer Of(NextAction action) => new(action.Text, action.DueDate, action.CreatedAt, action.UpdatedAt);
}

internal sealed record NextActionRequest([property: Required, StringLength(NextAction.TextLimit, MinimumLength = 1)] string? Text = null, [property: Required] DateOnly? DueDate = null) : IExample<NextActionRequest>
{
    public static NextActionRequest Example => new("Call Jo about INV-2291", Examples.Day);
}

/// <summary>What was agreed on an invoice. <c>isMissed</c>: the promised day has passed.</summary>
internal sealed record FollowUpAnswer(DateOnly? PromisedDate, bool IsDisputed, string? DisputeReason, DateTime CreatedAt, DateTime UpdatedAt) : IExample<FollowUpAnswer>
{
    public static FollowUpAnswer Example => new(Examples.Day, false, null, Examples.Instant, Examples.Instant);

    public static FollowUpAnswer Of(InvoiceFollowUp followUp) => new(followUp.PromisedDate, followUp.IsDisputed, followUp.DisputeReason, followUp.CreatedAt, followUp.UpdatedAt);
}

/// <summary>At least a promised day or a dispute; a dispute has a reason.</summary>
internal sealed record FollowUpRequest(DateOnly? PromisedDate = null, bool IsDisputed = false, [property: StringLength(InvoiceFollowUp.ReasonLimit)] string? DisputeReason = null) : IExample<FollowUpRequest>
{
    public static FollowUpRequest Example => new(Examples.Day);
}

/// <summary>An open invoice or, with a negative amount, credit; <c>open</c> in its own currency, <c>baseOpen</c> at its rate.</summary>
internal sealed record OpenInvoiceAnswer(
    Guid TransactionId, string Kind, string? Number, string? Reference, DateOnly Date, DateOnly? DueDate, int? DaysLate, string Currency, decimal Open, decimal BaseOpen, bool IsMissed, FollowUpAnswer? FollowUp)
{
    public static OpenInvoiceAnswer Of(OpenInvoice invoice) => Of(invoice.Item) with { DaysLate = invoice.DaysLate, IsMissed = invoice.IsMissed, FollowUp = invoice.FollowUp is { } kept ? FollowUpAnswer.Of(kept) : null };

    public static OpenInvoiceAnswer Of(OpenItem item) => new(
        item.Document.Id, KindOf(item.Kind), item.Document.Number, item.Document.Reference, item.PaidOn ?? item.Document.Date, item.Kind == OpenItemKind.Invoice ? item.Document.DueDate : null, null,
        item.Document.CurrencyCode, item.Open, item.BaseOpen, false, null);

    private static string KindOf(OpenItemKind kind) => kind switch
    {
        OpenItemKind.Invoice => "invoice",
        OpenItemKind.CreditNote => "credit_note",
        OpenItemKind.PaidBeforeInvoice => "paid_before_invoice",
        _ => "overpayment",
    };
}

/// <summary>What was said, and by whom.</summary>
internal sealed record CustomerNoteAnswer(Guid Id, string Text, string? Author, DateTime CreatedAt, DateTime UpdatedAt) : IExample<CustomerNoteAnswer>
{
    public static CustomerNoteAnswer Example => new(Examples.Thing, "Jo says the roast was wrong; wants a credit.", "ana@tui-and-ash.example", Examples.Instant, Examples.Instant);

    public static CustomerNoteAnswer Of(ContactNoteView view) => new(view.Note.Id, view.Note.Text, view.Author, view.Note.CreatedAt, view.Note.UpdatedAt);
}

internal sealed record CustomerNoteRequest([property: Required, StringLength(ContactNote.TextLimit, MinimumLength = 1)] string? Text = null) : IExample<CustomerNoteRequest>
{
    public static CustomerNoteRequest Example => new("Jo says the roast was wrong; wants a credit.");
}

/// <summary>A text to copy and send by oneself; nothing is sent from here.</summary>
internal sealed record ReminderAnswer(string Tone, string? To, string Subject, string Body)
{
    public static ReminderAnswer Of(ReminderLetter letter) => new(letter.Tone, letter.To, letter.Subject, letter.Body);
}

/// <summary>A customer with open documents, what was agreed on each, the newest 500 notes and a reminder's text; null where nothing undisputed is overdue.</summary>
internal sealed record ReceivablesDetailAnswer(
    CustomerReceivablesAnswer Customer, DateOnly Date, IReadOnlyList<OpenInvoiceAnswer> Invoices, IReadOnlyList<OpenInvoiceAnswer> Credits, IReadOnlyList<CustomerNoteAnswer> Notes, ReminderAnswer? Reminder,
    bool SyncInProgress) : IExample<ReceivablesDetailAnswer>
{
    public static ReceivablesDetailAnswer Example => new(
        CustomerReceivablesAnswer.Example, Examples.Day,
        [new OpenInvoiceAnswer(Examples.Thing, "invoice", "INV-2291", "PO 77", Examples.Day, Examples.Day, 14, "NZD", 18_900m, 18_900m, false, FollowUpAnswer.Example)],
        [], [CustomerNoteAnswer.Example], new ReminderAnswer(ReminderTones.Friendly, "accounts@harbour.example", "A reminder of NZD 18,900.00", "Hello Harbour Street …"), false);

    public static ReceivablesDetailAnswer Of(ReceivablesDetail found) => new(
        CustomerReceivablesAnswer.Of(found.Customer), found.Date, [.. found.Invoices.Select(OpenInvoiceAnswer.Of)], [.. found.Credits.Select(OpenInvoiceAnswer.Of)], [.. found.Log.Select(CustomerNoteAnswer.Of)],
        found.Reminder is { } letter ? ReminderAnswer.Of(letter) : null, found.SyncInProgress);
}
