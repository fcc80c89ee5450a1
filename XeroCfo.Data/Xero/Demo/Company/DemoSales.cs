using System.Globalization;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Wholesale and export invoices on the 7th, 14th, 21st and 28th, and when customers pay them.</summary>
internal sealed class DemoSales(DemoScene scene)
{
    /// <summary>Ages of the months of the invoice that a failed café left, of the one in dispute, and of the one without GST.</summary>
    private const int FailedAge = 6, DisputedAge = 5, UntaxedAge = 3;

    /// <summary>The place in its month of the invoice that is voided after the anchor: the second month before it counts from INV-3060.</summary>
    private const int MistakenIndex = 47, MistakenAge = 2;

    private const int ExportDaysLate = 6;

    private const decimal Mistaken = 1_200m, LargeOrder = 4_000m;
    private const string MistakenNumber = "INV-3107";

    private static readonly int[] Days = [7, 14, 21, 28];
    private static readonly int[] HarbourDaysLate = [47, 47, 47, 39, 33, 28, 24, 20, 17, 14, 11, 9, 6, 4, 3];
    private static readonly (int DaysLate, decimal Share)[] Habits = [(1, 0.60m), (9, 0.25m), (21, 0.12m), (45, 0.03m)];
    private static readonly (string Name, decimal Price)[] Coffees =
        [("House blend 1 kg", 34.50m), ("Tūī espresso 1 kg", 36.00m), ("Ash decaf 1 kg", 38.50m), ("Single origin 1 kg", 44.00m), ("Filter roast 250 g", 13.80m), ("Cold brew 6-pack", 27.00m)];

    private readonly Dictionary<(string Customer, DateOnly Day), Guid> _weekly = [];
    private readonly DemoOddShapes _odd = new(scene);

    /// <summary>The invoice that somebody voids after the anchor; known once its month was played.</summary>
    public Guid MistakenInvoice { get; private set; }

    public void Plan(DemoMonth month)
    {
        var elsewhere = DemoOddShapes.SalesOf(month) - DemoOddShapes.CreditsOf(scene, month).Sum() + (month.Age == MistakenAge ? Mistaken : 0m);
        Order[] failed = month.Age == FailedAge ? [new Order(Named(DemoContacts.BeanThere), 14, 3_750m, NeverPaid: true)] : [];
        Order[] disputed = month.Age == DisputedAge ? [new Order(Named(DemoContacts.Harbour), 21, 16_434.78m, NeverPaid: true)] : [];
        List<Order> orders =
        [
            .. Orders(month, month.WholesaleOthers - elsewhere - failed.Sum(order => order.Amount), [.. DemoContacts.Customers.Where(customer => IsOther(customer) && !(customer.Name == DemoContacts.BeanThere && month.Age <= FailedAge))]),
            .. failed,
            .. Orders(month, month.Harbour - disputed.Sum(order => order.Amount), [Named(DemoContacts.Harbour)]),
            .. disputed,
            .. Orders(month, month.Lantern, [Named(DemoContacts.Lantern)]),
            .. Orders(month, month.Northbound, [Named(DemoContacts.Northbound)]),
            .. Orders(month, month.ExportAud, DemoContacts.Exports),
        ];
        orders = [.. orders.OrderBy(order => order.Day)];
        if (month.Age == MistakenAge)
        {
            orders.Insert(Math.Min(MistakenIndex, orders.Count), new Order(Named(DemoContacts.Mistaken), 21, Mistaken, NeverPaid: true));
        }

        var freighted = orders.Where(order => order.Customer.Invoiced <= DemoCustomer.Rhythm.Fortnightly && !order.NeverPaid).ToList();
        var freights = DemoMonth.Split(month.FreightRecovered, [.. freighted.Select(order => order.Customer.Weight)]);
        var late = DaysLate(month, orders);
        for (var i = 0; i < orders.Count; i++)
        {
            var freight = freighted.IndexOf(orders[i]);
            Invoice(month, orders[i], i, freight < 0 ? 0m : freights[freight], late[i]);
        }

        _odd.PlanCredits(month, (customer, day) => _weekly[(customer, day)]);
    }

    private static bool IsOther(DemoCustomer customer) =>
        customer.Region != "Export" && customer.Name is not (DemoContacts.Harbour or DemoContacts.Northbound or DemoContacts.Lantern);

    private static DemoCustomer Named(string name) => DemoContacts.Customers.First(customer => customer.Name == name);

    private List<Order> Orders(DemoMonth month, decimal total, IReadOnlyList<DemoCustomer> customers)
    {
        if (total == 0m)
        {
            return [];
        }

        List<(DemoCustomer Customer, int Day, decimal Weight)> planned = [];
        foreach (var customer in customers)
        {
            var random = scene.Random("orders", $"{customer.Name}/{month.Key}");
            foreach (var day in OrderDays(customer, random))
            {
                planned.Add((customer, day, customer.Weight * random.Factor(0.8m, 1.2m)));
            }
        }

        var shares = DemoMonth.Split(total, [.. planned.Select(order => order.Weight)]);
        return [.. planned.Select((order, i) => new Order(order.Customer, order.Day, shares[i]))];
    }

    private static int[] OrderDays(DemoCustomer customer, DemoRandom random) => customer.Invoiced switch
    {
        DemoCustomer.Rhythm.Weekly => Days,
        DemoCustomer.Rhythm.Fortnightly => [14, 28],
        DemoCustomer.Rhythm.Monthly => [Days[random.Below(4)]],
        _ => random.Below(100) < 10 ? [Days[random.Below(4)]] : [],
    };

    private void Invoice(DemoMonth month, Order order, int index, decimal freight, int daysLate)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"INV-{900 + ((month.Since + 3) * 80) + index:D4}");
        var random = scene.Random("invoice", number);
        var export = order.Customer.Region == "Export";
        var date = month.Day(order.Day);
        var due = export ? date.AddDays(30) : DemoScene.TwentiethOfNextMonth(date);
        var untaxed = month.Age == UntaxedAge && order is { Day: 14, Customer.Name: DemoContacts.Harbour };
        var lines = Lines(order, random, export ? "ZERORATED" : untaxed ? "NONE" : "OUTPUT2");
        if (freight != 0m)
        {
            lines.Add(new FakeLine("220", freight, untaxed ? "NONE" : "OUTPUT2") { Description = "Freight", Tracking = lines[0].Tracking });
        }

        var invoice = new FakeInvoice(order.Customer.Name, date, lines)
        {
            DueDate = due,
            Number = number,
            Currency = export ? "AUD" : null,
            CurrencyRate = export ? month.AudRate : 1m,
            Reference = random.Below(3) == 0 ? string.Create(CultureInfo.InvariantCulture, $"PO {random.Between(1000, 9999)}") : "",
        };
        scene.Sell(invoice, order.NeverPaid ? null : due.AddDays(daysLate), id => Written(order, date, number, id));
    }

    private void Written(Order order, DateOnly date, string number, Guid id)
    {
        if (order.Customer.Invoiced == DemoCustomer.Rhythm.Weekly)
        {
            _weekly[(order.Customer.Name, date)] = id;
        }

        if (number == MistakenNumber)
        {
            MistakenInvoice = id;
        }
        else if (order.NeverPaid)
        {
            var (day, text) = order.Customer.Name == DemoContacts.Harbour ? (date.AddDays(6), "wrong roast") : (date.AddDays(70), "statement returned");
            scene.Timeline.At(day, DemoOrder.Documents, () => scene.Books.Note(id, day, text));
        }
    }

    private static List<FakeLine> Lines(Order order, DemoRandom random, string taxType)
    {
        // A story's invoice has its total to the cent: tax is rounded line by line, so it has one line.
        var count = order.NeverPaid ? 1 : 1 + random.Below(3);
        var shares = DemoMonth.Split(order.Amount, [.. Enumerable.Range(0, count).Select(_ => random.Factor(0.5m, 1.5m))]);
        var first = random.Below(Coffees.Length);
        return [.. shares.Select((amount, i) =>
        {
            var (name, price) = Coffees[(first + i) % Coffees.Length];
            return new FakeLine(taxType == "ZERORATED" ? "215" : "200", amount, taxType)
            {
                Description = name,
                Quantity = decimal.Round(amount / price, 4, MidpointRounding.AwayFromZero),
                UnitAmount = price,
                Tracking = random.Below(100) < 4 ? [] : [("Region", order.Customer.Region), ("Channel", "Wholesale")],
            };
        })];
    }

    /// <summary>Days after the due day that each order is paid. Chance says whose comes when, the shares of a month's amount stand: each order takes
    /// the habit that has most of its share left, the large orders first, so that the small ones make it even.</summary>
    private int[] DaysLate(DemoMonth month, List<Order> orders)
    {
        var late = orders.Select(order => order.Customer.Region == "Export" ? ExportDaysLate : HarbourDaysLate[Math.Clamp(month.Age, 0, HarbourDaysLate.Length - 1)]).ToArray();
        var usual = Enumerable.Range(0, orders.Count).Where(i => orders[i].Customer is { Region: not "Export", Name: not DemoContacts.Harbour } && !orders[i].NeverPaid).ToList();
        var all = usual.Sum(i => orders[i].Amount);
        var left = Habits.Select(habit => habit.Share * all).ToArray();
        foreach (var i in usual.OrderByDescending(i => orders[i].Amount >= LargeOrder).ThenBy(i => scene.Random("pays", string.Create(CultureInfo.InvariantCulture, $"{month.Key}/{i}")).Factor(0m, 1m)))
        {
            var habit = Array.IndexOf(left, left.Max());
            left[habit] -= orders[i].Amount;
            late[i] = Habits[habit].DaysLate;
        }

        return late;
    }

    private sealed record Order(DemoCustomer Customer, int Day, decimal Amount, bool NeverPaid = false);
}
