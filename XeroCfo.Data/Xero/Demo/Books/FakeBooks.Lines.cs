using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    private decimal TaxOf(FakeLine line, string lineAmountTypes)
    {
        if (line.Tax is { } given)
        {
            return given;
        }

        var percent = _taxPercents[line.TaxType ?? "NONE"];
        return lineAmountTypes switch
        {
            "Exclusive" => Cents(line.Amount * percent / 100m),
            "Inclusive" => Cents(line.Amount * percent / (100m + percent)),
            _ => 0m,
        };
    }

    /// <summary>Net, tax and total of a document, in cents.</summary>
    private Totals Add(IReadOnlyList<FakeLine> lines, string lineAmountTypes)
    {
        var tax = lines.Sum(line => TaxOf(line, lineAmountTypes));
        var amounts = lines.Sum(line => line.Amount);
        return lineAmountTypes == "Inclusive" ? new Totals(amounts - tax, tax, amounts) : new Totals(amounts, tax, amounts + tax);
    }

    /// <summary>The entry of a document in base currency: the lines on one side (+1 debit, −1 credit) with tax to GST, the total against
    /// them. Each amount is divided by the rate and rounded by itself; the largest line takes the odd cent.</summary>
    private List<JournalLine> Entry(IReadOnlyList<FakeLine> lines, string lineAmountTypes, Guid against, int side, decimal rate = 1m, decimal roundingDifference = 0m)
    {
        var totals = Add(lines, lineAmountTypes);
        List<JournalLine> entry =
        [
            .. lines.Select(line => new JournalLine(IdOf(line.Account), side * Cents((lineAmountTypes == "Inclusive" ? line.Amount - TaxOf(line, lineAmountTypes) : line.Amount) / rate))),
        ];
        if (totals.Tax != 0m)
        {
            entry.Add(new JournalLine(Control("GST"), side * Cents(totals.Tax / rate)));
        }

        if (roundingDifference != 0m)
        {
            entry.Add(new JournalLine(Control("ROUNDING"), side * Cents(roundingDifference / rate)));
        }

        var total = Cents((totals.Total + roundingDifference) / rate);
        var oddCents = (side * total) - entry.Sum(line => line.Amount);
        if (oddCents != 0m)
        {
            var largest = entry.IndexOf(entry.MaxBy(line => Math.Abs(line.Amount)));
            entry[largest] = entry[largest] with { Amount = entry[largest].Amount + oddCents };
        }

        entry.Add(new JournalLine(against, -side * total));
        return entry;
    }

    private JsonArray LinesJson(Guid document, IReadOnlyList<FakeLine> lines, string lineAmountTypes, bool journal = false)
    {
        var array = new JsonArray();
        for (var i = 0; i < lines.Count; i++)
        {
            array.Add(LineJson(DemoIds.For(_seed, "line", $"{document}/{i}"), lines[i], lineAmountTypes, journal));
        }

        return array;
    }

    private JsonObject LineJson(Guid id, FakeLine line, string lineAmountTypes, bool journal)
    {
        var account = _accounts[line.Account];
        var json = new JsonObject { ["Description"] = line.Description };
        if (!journal)
        {
            json["UnitAmount"] = WireFormat.Money(line.UnitAmount ?? (Undiscounted(line) / line.Quantity));
        }

        json["TaxType"] = line.TaxType ?? "NONE";
        json["TaxAmount"] = WireFormat.Money(TaxOf(line, lineAmountTypes));
        json["LineAmount"] = WireFormat.Money(line.Amount);
        if (account.CodeOnWire)
        {
            json["AccountCode"] = account.Key;
        }

        json["Tracking"] = TrackingJson(line);
        if (journal)
        {
            json["AccountID"] = WireFormat.Id(account.Id);
            json["IsBlank"] = false;
            return json;
        }

        json["Quantity"] = WireFormat.Quantity(line.Quantity);
        if (line.DiscountRate is { } rate)
        {
            json["DiscountRate"] = rate;
        }

        if (line.DiscountAmount is { } discount)
        {
            json["DiscountAmount"] = WireFormat.Money(discount);
        }

        json["DiscountEnteredAsPercent"] = line.DiscountAmount is null;
        json["LineItemID"] = WireFormat.Id(id);
        json["AccountID"] = WireFormat.Id(account.Id);
        json["ValidationErrors"] = new JsonArray();
        return json;
    }

    private static decimal Undiscounted(FakeLine line) => line.DiscountAmount is { } amount
        ? line.Amount + amount
        : line.DiscountRate is { } rate and < 100m ? line.Amount / (1m - (rate / 100m)) : line.Amount;

    private JsonArray TrackingJson(FakeLine line) => TrackingJson(line.Tracking);

    private JsonArray TrackingJson(IReadOnlyList<(string Category, string Option)> options) => new([.. options.Select(tracking => new JsonObject
    {
        ["Name"] = tracking.Category,
        ["Option"] = tracking.Option,
        ["TrackingCategoryID"] = WireFormat.Id(_tracking[tracking.Category].Category),
        ["TrackingOptionID"] = WireFormat.Id(_tracking[tracking.Category].Options[tracking.Option]),
    })]);

    private JsonObject ContactJson(string name) => new()
    {
        ["ContactID"] = WireFormat.Id(Contact(name)),
        ["Name"] = _merged.GetValueOrDefault(name, name),
        ["Addresses"] = new JsonArray(),
        ["Phones"] = new JsonArray(),
        ["ContactGroups"] = new JsonArray(),
        ["ContactPersons"] = new JsonArray(),
        ["HasValidationErrors"] = false,
    };

    private JsonObject AccountJson(string key)
    {
        var account = _accounts[key];
        var json = new JsonObject { ["AccountID"] = WireFormat.Id(account.Id) };
        if (account.CodeOnWire)
        {
            json["Code"] = account.Key;
        }

        json["Name"] = account.Name;
        return json;
    }

    private static decimal Cents(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);

    private readonly record struct Totals(decimal Net, decimal Tax, decimal Total);
}
