using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    private JsonObject CreditJson(CreditState state)
    {
        var document = state.Document;
        var kind = state.Endpoint[..^1];
        var json = new JsonObject { [kind + "ID"] = WireFormat.Id(state.Id) };
        if (state.IsNote)
        {
            json["CreditNoteNumber"] = state.Number;
        }

        json["Payments"] = new JsonArray([.. state.Refunds.Select(SettlingJson)]);
        json["ID"] = WireFormat.Id(state.Id);
        if (state.IsNote || document.Currency is not null || IsOdd(state.Id))
        {
            json["CurrencyRate"] = document.CurrencyRate;
        }

        json["Type"] = state.Type;
        json["Reference"] = document.Reference;
        json["RemainingCredit"] = WireFormat.Money(state.Status is "VOIDED" or "DELETED" ? 0m : state.Remaining);
        json["Allocations"] = new JsonArray([.. state.Allocations.Select(AllocationJson)]);
        json["IsDiscounted"] = IsDiscounted(document);
        json["HasAttachments"] = false;
        json["Contact"] = ContactJson(document.Contact);
        json["DateString"] = WireFormat.DateText(document.Date);
        json["Date"] = WireFormat.Date(document.Date);
        json["Status"] = state.Status;
        json["LineAmountTypes"] = document.LineAmountTypes;
        json["LineItems"] = LinesJson(state.Id, document.Lines, document.LineAmountTypes);
        json["SubTotal"] = WireFormat.Money(state.Totals.Net);
        json["TotalTax"] = WireFormat.Money(state.Totals.Tax);
        json["Total"] = WireFormat.Money(state.Totals.Total);
        json["UpdatedDateUTC"] = "";
        json["UpdatedDateUTCString"] = "";
        json["CurrencyCode"] = CurrencyOf(document);
        return json;
    }

    // Xero names an over- or prepayment's allocation only sometimes.
    private static JsonObject AllocationJson(AllocationState allocation)
    {
        var json = new JsonObject();
        if (allocation.Credit.IsNote || IsOdd(allocation.Id))
        {
            json["AllocationID"] = WireFormat.Id(allocation.Id);
        }

        json["Amount"] = WireFormat.Money(allocation.Amount);
        json["Date"] = WireFormat.Date(allocation.Date);
        json["Invoice"] = new JsonObject
        {
            ["InvoiceID"] = WireFormat.Id(allocation.Invoice.Id),
            ["InvoiceNumber"] = allocation.Invoice.Number,
            ["Payments"] = new JsonArray(),
            ["CreditNotes"] = new JsonArray(),
            ["Prepayments"] = new JsonArray(),
            ["Overpayments"] = new JsonArray(),
            ["HasErrors"] = false,
            ["IsDiscounted"] = false,
            ["LineItems"] = new JsonArray(),
        };
        return json;
    }

    /// <summary>A payment as the document that it settles lists it.</summary>
    private static JsonObject SettlingJson(PaymentState payment) => new()
    {
        ["PaymentID"] = WireFormat.Id(payment.Id),
        ["Date"] = WireFormat.Date(payment.Date),
        ["Amount"] = WireFormat.Money(payment.Amount),
        ["CurrencyRate"] = payment.WireRate,
        ["HasAccount"] = false,
        ["HasValidationErrors"] = false,
    };

    /// <summary>The credits of one kind as the invoice that they are set against lists them.</summary>
    private static JsonArray CreditsJson(InvoiceState state, string endpoint) =>
        new([.. state.Credits.Where(allocation => allocation.Credit.Endpoint == endpoint).Select(allocation => AppliedJson(allocation, endpoint[..^1]))]);

    private static JsonObject AppliedJson(AllocationState allocation, string kind)
    {
        var json = new JsonObject { [kind + "ID"] = WireFormat.Id(allocation.Credit.Id) };
        if (allocation.Credit.IsNote)
        {
            json["CreditNoteNumber"] = allocation.Credit.Number;
        }

        json["ID"] = WireFormat.Id(allocation.Credit.Id);
        json["HasErrors"] = false;
        json["AppliedAmount"] = WireFormat.Money(allocation.Amount);
        json["DateString"] = WireFormat.DateText(allocation.Date);
        json["Date"] = WireFormat.Date(allocation.Date);
        json["LineItems"] = new JsonArray();
        json["Total"] = WireFormat.Money(allocation.Credit.Totals.Total);
        return json;
    }

    private static bool IsDiscounted(FakeInvoice document) => document.Lines.Any(line => line.DiscountRate is not null || line.DiscountAmount is not null);

    private static bool IsOdd(Guid id) => (id.ToByteArray()[0] & 1) == 1;
}
