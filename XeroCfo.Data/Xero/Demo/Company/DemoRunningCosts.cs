using System.Globalization;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Rent, power, software and all the small accounts: monthly bills, and card spends on the Visa that the cheque account repays.</summary>
internal sealed class DemoRunningCosts(DemoScene scene)
{
    private const string Roastworks = "Roastworks Engineering", Plumber = "Copperline Plumbing";

    /// <summary>The old roaster breaks down in the month before the anchor's, beside its usual upkeep.</summary>
    private const decimal CallOut = 1_400m;

    private readonly Dictionary<int, Guid> _templates = [];

    /// <summary>Monthly amounts without GST. The kind says how they come.</summary>
    private static readonly (string Account, string Supplier, int Day, decimal Amount, string Text, string TaxType)[] Bills =
    [
        ("469", DemoContacts.Landlord, 1, 14_500m, "Rent, Pito-One Road", "INPUT2"), ("433", "Kererū Insurance Brokers", 3, 1_950m, "Insurance instalment", "INPUT2"),
        ("445", DemoContacts.Power, 9, 2_350m, "Power and gas", "INPUT2"), ("463", "Stackhouse Cloud", 6, 1_150m, "Hosting and shop platform", "INPUT2"),
        ("463", "Tillpoint Systems", 12, 441m, "Till and terminals", "INPUT2"), ("449", "Hutt Van Service", 17, 1_400m, "Van servicing", "INPUT2"),
        ("473", Roastworks, 13, 560m, "Roaster maintenance", "INPUT2"), ("473", Plumber, 23, 550m, "Repairs", "INPUT2"),
        ("412", "Ledger & Lamb Accountants", 20, 1_600m, "Accounting", "INPUT2"), ("489", "Clearwave Telecom", 18, 720m, "Phones and internet", "INPUT2"),
        ("408", "Spotless Hutt Cleaning", 27, 620m, "Cleaning", "INPUT2"), ("441", "Ballard Quill Law", 25, 260m, "Legal advice", "INPUT2"),
        ("429", "Inkwell Office Supplies", 21, 410m, "Sundries", "INPUT2"), ("429", "Market Square Events", 11, 340m, "Stall and sundries", "INPUT2"),
    ];

    private static readonly (string Account, string Supplier, int Day, decimal Amount, string Text, string TaxType)[] Spends =
    [
        ("463", DemoContacts.Brightdesk, 4, 289m, DemoStories.BrightdeskText, "INPUT2"), ("463", "Tillpoint Systems", 16, 280m, "Overseas subscription", "NONE"), ("494", "Skyline Travel Desk", 15, 300m, "Overseas travel", "NONE"),
    ];

    /// <summary>The bills that Xero makes by itself: rent and software.</summary>
    private static bool Repeats(string account) => account is "469" or "463";

    /// <summary>Once, before the first month is played: the templates of repeating bills.</summary>
    public void PlanRepeating()
    {
        for (var i = 0; i < Bills.Length; i++)
        {
            var cost = Bills[i];
            if (Repeats(cost.Account))
            {
                var first = scene.Month(scene.BooksStart).Day(cost.Day);
                _templates[i] = scene.Books.RepeatingInvoice(new FakeRepeatingInvoice(
                    IsSale: false, new FakeInvoice(cost.Supplier, first, new FakeLine(cost.Account, cost.Amount, cost.TaxType) { Description = cost.Text }), first)
                {
                    DueDate = cost.Account == "469" ? 0 : 20,
                    DueDateType = cost.Account == "469" ? "DAYSAFTERBILLDATE" : "OFFOLLOWINGMONTH",
                    Key = string.Create(CultureInfo.InvariantCulture, $"repeating/{i}"),
                });
            }
        }
    }

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
        if (month.Age == 1)
        {
            Bill(month, 24, ("473", Roastworks, 5, CallOut, "Call-out, drum bearing", "INPUT2"));
        }

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
        var amount = cost.Supplier switch
        {
            DemoContacts.Power => DemoMonth.Cents(cost.Amount + scene.Random("power", month.Key).Factor(-300m, 300m)),
            Roastworks or Plumber when cost.Amount < CallOut => DemoMonth.Cents(cost.Amount + scene.Random("upkeep", $"{cost.Supplier}/{month.Key}").Factor(-480m, 480m)),
            _ => cost.Amount,
        };
        Guid? template = month.Since >= 0 && _templates.TryGetValue(index, out var known) ? known : null;
        if (template is { } repeating)
        {
            scene.Timeline.At(date, DemoOrder.Documents, () => scene.Books.EditRepeating(repeating, bill => bill with { NextScheduledDate = scene.Month(month.Last.AddDays(1)).Day(cost.Day) }, date));
        }

        scene.Buy(
            new FakeInvoice(cost.Supplier, date, new FakeLine(cost.Account, amount, cost.TaxType) { Description = cost.Text })
            {
                DueDate = due,
                Repeating = template,
                Number = string.Create(CultureInfo.InvariantCulture, $"{cost.Supplier[..2].ToUpperInvariant()}{4000 + ((month.Since + 3) * 31) + index}"),
                Key = string.Create(CultureInfo.InvariantCulture, $"cost/{month.Key}/{index}"),
            },
            due);
    }

    private void PlanSpend(DemoMonth month, int index)
    {
        var (account, supplier, dayOfMonth, net, text, taxType) = Spends[index];
        if (text == DemoStories.BrightdeskText && month.Age == 0)
        {
            text = "Brightdesk subscription"; // the months of history end with the one before the anchor's
        }

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
