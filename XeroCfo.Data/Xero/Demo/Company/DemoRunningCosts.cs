using System.Globalization;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Rent, power, software and all the small accounts: monthly bills, and card spends on the Visa that the cheque account repays.</summary>
internal sealed class DemoRunningCosts(DemoScene scene)
{
    /// <summary>Monthly amounts without GST. The kind says how they come.</summary>
    private static readonly (string Account, string Supplier, int Day, decimal Amount, string Text, string TaxType)[] Bills =
    [
        ("469", DemoContacts.Landlord, 1, 14_500m, "Rent, Pito-One Road", "INPUT2"), ("433", "Kererū Insurance Brokers", 3, 1_950m, "Insurance instalment", "INPUT2"),
        ("445", DemoContacts.Power, 9, 2_350m, "Power and gas", "INPUT2"), ("463", "Stackhouse Cloud", 6, 1_150m, "Hosting and shop platform", "INPUT2"),
        ("463", "Tillpoint Systems", 12, 441m, "Till and terminals", "INPUT2"), ("449", "Hutt Van Service", 17, 1_400m, "Van servicing", "INPUT2"),
        ("473", "Roastworks Engineering", 13, 1_150m, "Roaster maintenance", "INPUT2"), ("473", "Copperline Plumbing", 23, 550m, "Repairs", "INPUT2"),
        ("412", "Ledger & Lamb Accountants", 20, 1_600m, "Accounting", "INPUT2"), ("489", "Clearwave Telecom", 18, 720m, "Phones and internet", "INPUT2"),
        ("408", "Spotless Hutt Cleaning", 27, 620m, "Cleaning", "INPUT2"), ("441", "Ballard Quill Law", 25, 260m, "Legal advice", "INPUT2"),
        ("429", "Inkwell Office Supplies", 21, 410m, "Sundries", "INPUT2"), ("429", "Market Square Events", 11, 340m, "Stall and sundries", "INPUT2"),
    ];

    private static readonly (string Account, string Supplier, int Day, decimal Amount, string Text, string TaxType)[] Spends =
    [
        ("463", DemoContacts.Brightdesk, 4, 289m, "Subscription", "INPUT2"), ("463", "Stackhouse Cloud", 8, 320m, "Overseas subscription", "NONE"), ("463", "Tillpoint Systems", 16, 280m, "Overseas subscription", "NONE"),
        ("449", "Fuelco", 2, 360m, "FUELCO 1423 PETONE", "INPUT2"), ("449", "Fuelco", 9, 370m, "FUELCO 1423 PETONE", "INPUT2"), ("449", "Fuelco", 16, 350m, "FUELCO 1423 PETONE", "INPUT2"),
        ("449", "Fuelco", 23, 360m, "FUELCO 1423 PETONE", "INPUT2"), ("449", "Parkwell", 19, 60m, "PARKWELL WGTN", "INPUT2"),
        ("493", "Skyline Travel Desk", 10, 900m, "Flights", "INPUT2"), ("493", "Skyline Travel Desk", 24, 600m, "Hotel", "INPUT2"), ("494", "Skyline Travel Desk", 15, 300m, "Overseas travel", "NONE"),
        ("420", "The Corner Table", 6, 150m, "SQ *THE CORNER", "INPUT2"), ("420", "The Corner Table", 20, 190m, "SQ *THE CORNER", "INPUT2"),
        ("425", "Metro Courier NZ", 5, 240m, "METRO COURIER NZ 88121", "INPUT2"), ("425", "Metro Courier NZ", 19, 170m, "METRO COURIER NZ 88121", "INPUT2"),
        ("453", "Inkwell Office Supplies", 12, 430m, "Office", "INPUT2"), ("429", "Hardware Barn", 14, 330m, "HARDWARE BARN 12", "INPUT2"), ("429", "Hardware Barn", 26, 260m, "HARDWARE BARN 12", "INPUT2"),
    ];

    public void Plan(DemoMonth month)
    {
        for (var i = 0; i < Bills.Length; i++)
        {
            Bill(month, i, Bills[i]);
        }

        var advertising = DemoMonth.Split(month.Advertising, [0.5m, 0.3m, 0.2m]);
        Bill(month, 20, ("400", "Brightside Media", 7, advertising[0], "Online campaigns", "INPUT2"));
        Bill(month, 21, ("400", "Signal & Spark", 14, advertising[1], "Design", "INPUT2"));
        Bill(month, 22, ("400", "Market Square Events", 28, advertising[2], "Market stalls", "INPUT2"));
        if (month.Since is >= 0 and < 3)
        {
            Bill(month, 23, ("452", "Valley Van Leasing", 2, 620m, "Van lease, last terms", "INPUT2"));
        }

        if (month.Since >= 0)
        {
            for (var i = 0; i < Spends.Length; i++)
            {
                PlanSpend(month, i);
            }

            scene.Timeline.At(month.Day(18), DemoOrder.Bank, () => RepayVisa(month));
        }
    }

    private void Bill(DemoMonth month, int index, (string Account, string Supplier, int Day, decimal Amount, string Text, string TaxType) cost)
    {
        if (cost.Supplier == DemoContacts.Power && month.Age == 1)
        {
            return;
        }

        var date = month.Day(cost.Day);
        var due = cost.Account == "469" ? date : DemoScene.TwentiethOfNextMonth(date);
        var amount = cost.Supplier == DemoContacts.Power
            ? DemoMonth.Cents(cost.Amount + scene.Random("power", $"{month.Key}").Factor(-300m, 300m))
            : cost.Amount;
        scene.Buy(
            new FakeInvoice(cost.Supplier, date, new FakeLine(cost.Account, amount, cost.TaxType) { Description = cost.Text })
            {
                DueDate = due,
                Number = string.Create(CultureInfo.InvariantCulture, $"{cost.Supplier[..2].ToUpperInvariant()}{4000 + ((month.Since + 3) * 31) + index}"),
                Key = string.Create(CultureInfo.InvariantCulture, $"cost/{month.Key}/{index}"),
            },
            due);
    }

    private void PlanSpend(DemoMonth month, int index)
    {
        var (account, supplier, dayOfMonth, net, text, taxType) = Spends[index];
        var day = month.Day(dayOfMonth);
        var tax = taxType == "NONE" ? 0m : DemoMonth.Cents(net * 0.15m);
        scene.Timeline.At(day, DemoOrder.Bank, () => scene.Books.Spend(new FakeBankTransaction(
            DemoChart.Visa, supplier, day, new FakeLine(account, net + tax, taxType) { Description = text, Tax = tax })
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"visa/{month.Key}/{index}"),
            Reference = text,
        }));
    }

    private void RepayVisa(DemoMonth month)
    {
        var owed = -scene.Books.Balance(DemoChart.Visa, month.First.AddDays(-1));
        if (owed > 0m)
        {
            scene.Books.Transfer(month.Day(18), DemoChart.Cheque, DemoChart.Visa, owed, "Visa repayment", $"visa/{month.Key}");
        }
    }
}
