using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    /// <summary>A template for invoices to come. Returns the RepeatingInvoiceID.</summary>
    public Guid RepeatingInvoice(FakeRepeatingInvoice repeating)
    {
        ArgumentNullException.ThrowIfNull(repeating);
        var id = DemoIds.For(_seed, "repeating-invoice", repeating.Key ?? NextKey("repeating-invoice"));
        _written[id] = new Written("RepeatingInvoices", repeating.Template.Date) { Document = repeating };
        PutRepeating(id, repeating, repeating.Template.Date);
        return id;
    }

    /// <summary>Changes a template, e.g. after it made an invoice.</summary>
    public void EditRepeating(Guid id, Func<FakeRepeatingInvoice, FakeRepeatingInvoice> change, DateOnly onDay)
    {
        ArgumentNullException.ThrowIfNull(change);
        var changed = change((FakeRepeatingInvoice)_written[id].Document!);
        _written[id].Document = changed;
        PutRepeating(id, changed, onDay);
    }

    private void PutRepeating(Guid id, FakeRepeatingInvoice repeating, DateOnly onDay)
    {
        var template = repeating.Template;
        var totals = TotalsOf(template);
        var schedule = new JsonObject
        {
            ["Period"] = repeating.Period,
            ["Unit"] = repeating.Unit,
            ["DueDate"] = repeating.DueDate,
            ["DueDateType"] = repeating.DueDateType,
            ["StartDate"] = WireFormat.Date(template.Date),
            ["NextScheduledDate"] = WireFormat.Date(repeating.NextScheduledDate),
        };
        if (repeating.EndDate is { } end)
        {
            schedule["EndDate"] = WireFormat.Date(end);
        }

        Organisation.Put(
            "RepeatingInvoices",
            new JsonObject
            {
                ["Schedule"] = schedule,
                ["RepeatingInvoiceID"] = WireFormat.Id(id),
                ["Type"] = repeating.IsSale ? "ACCREC" : "ACCPAY",
                ["Reference"] = template.Reference,
                ["HasAttachments"] = false,
                ["ApprovedForSending"] = false,
                ["SendCopy"] = false,
                ["MarkAsSent"] = false,
                ["IncludePDF"] = false,
                ["ID"] = WireFormat.Id(id),
                ["Contact"] = ContactJson(template.Contact),
                ["Status"] = repeating.Status,
                ["LineAmountTypes"] = template.LineAmountTypes,
                ["LineItems"] = LinesJson(id, template.Lines, template.LineAmountTypes),
                ["SubTotal"] = WireFormat.Money(totals.Net),
                ["TotalTax"] = WireFormat.Money(totals.Tax),
                ["Total"] = WireFormat.Money(totals.Total),
                ["CurrencyCode"] = CurrencyOf(template),
            },
            Stamp(onDay, id));
    }
}
