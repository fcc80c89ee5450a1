using System.Globalization;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Bills for what is sold: beans on 45 days, packaging, freight in and out on the 20th of the next month; paid on the due day.</summary>
internal sealed class DemoPurchases(DemoScene scene)
{
    /// <summary>A kilogram before the price rise.</summary>
    private const decimal BeanPriceUsd = 6.90m;

    private static readonly (string Supplier, int Day, decimal Share)[] Beans =
        [(DemoContacts.Cordillera, 7, 0.32m), (DemoContacts.Highlands, 11, 0.2m), (DemoContacts.Estate, 15, 0.2m), (DemoContacts.Cordillera, 15, 0.28m)];

    private static readonly (string Account, string Supplier, int Day, decimal Share, string Text)[] Others =
    [
        ("305", DemoContacts.Packaging, 8, 0.4m, "Bags and valves"), ("305", DemoContacts.Packaging, 22, 0.3m, "Bags and valves"), ("305", DemoContacts.Cartons, 16, 0.3m, "Cartons"),
        ("310", "Harbourline Freight Forwarders", 11, 0.6m, "Container freight"), ("310", "Tideway Customs Brokers", 24, 0.4m, "Clearance and duty"),
        ("320", "Swiftcart Couriers", 15, 0.25m, "Courier"), ("320", "Swiftcart Couriers", 28, 0.25m, "Courier"),
        ("320", "Longlane Transport", 20, 0.3m, "Pallet freight"), ("320", "Greyhill Logistics", 26, 0.2m, "Regional freight"),
    ];

    public void Plan(DemoMonth month)
    {
        var price = DemoMonth.Cents(BeanPriceUsd * month.BeanPriceFactor);
        var beans = DemoMonth.Split(DemoMonth.Cents(month.Beans * month.UsdRate), [.. Beans.Select((bill, i) => bill.Share * Noise(month, "beans" + i))]);
        for (var i = 0; i < Beans.Length; i++)
        {
            var (supplier, day, _) = Beans[i];
            var date = month.Day(day);
            Buy(month, supplier, date, date.AddDays(45), i, new FakeLine("300", beans[i], "NONE")
            {
                Description = "Green beans, kg",
                Quantity = decimal.Round(beans[i] / price, 4, MidpointRounding.AwayFromZero),
                UnitAmount = price,
            }, month.UsdRate);
        }

        foreach (var account in Others.Select((bill, index) => (Bill: bill, Index: index)).GroupBy(row => row.Bill.Account))
        {
            var rows = account.ToList();
            var total = account.Key switch { "305" => month.Packaging, "310" => month.FreightIn, _ => month.OutwardFreight };
            var shares = DemoMonth.Split(total, [.. rows.Select(row => row.Bill.Share * Noise(month, "bill" + row.Index))]);
            for (var i = 0; i < rows.Count; i++)
            {
                var date = month.Day(rows[i].Bill.Day);
                Buy(month, rows[i].Bill.Supplier, date, DemoScene.TwentiethOfNextMonth(date), 10 + rows[i].Index, new FakeLine(account.Key, shares[i], "INPUT2")
                {
                    Description = rows[i].Bill.Text,
                    Tracking = account.Key == "320" ? [("Channel", i % 2 == 0 ? "Wholesale" : "Online")] : [],
                });
            }
        }
    }

    private decimal Noise(DemoMonth month, string what) => scene.Random("purchases", $"{what}/{month.Key}").Factor(0.9m, 1.1m);

    private void Buy(DemoMonth month, string supplier, DateOnly date, DateOnly due, int index, FakeLine line, decimal? usdRate = null) => scene.Buy(
        new FakeInvoice(supplier, date, line)
        {
            DueDate = due,
            Currency = usdRate is null ? null : "USD",
            CurrencyRate = usdRate ?? 1m,
            Number = string.Create(CultureInfo.InvariantCulture, $"{Initials(supplier)}-{40000 + ((month.Since + 3) * 37) + index}"),
            Key = string.Create(CultureInfo.InvariantCulture, $"purchase/{month.Key}/{index}"),
        },
        due);

    private static string Initials(string name) => string.Concat(name.Split(' ').Select(word => word[0]).Where(char.IsAsciiLetterUpper));
}
