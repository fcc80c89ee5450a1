namespace XeroCfo.Data.Xero.Demo;

/// <summary>Online and shop takings: a settlement into card clearing every Monday, Wednesday and Friday; each Friday the provider keeps its
/// fee and the rest goes to the cheque account.</summary>
internal sealed class DemoCardSales(DemoScene scene)
{
    private const decimal FeeShare = 0.019m, MonthlyBankFee = 640m;
    private decimal _takingsSinceSweep;

    public void Plan(DemoMonth month)
    {
        List<DateOnly> days = [.. Enumerable.Range(0, month.Last.Day).Select(month.First.AddDays)
            .Where(day => day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Wednesday or DayOfWeek.Friday)];
        var random = scene.Random("card-sales", $"{month.Key}");
        var online = DemoMonth.Split(month.Online, [.. days.Select(_ => random.Factor(0.85m, 1.15m))]);
        var shop = DemoMonth.Split(month.Shop, [.. days.Select(_ => random.Factor(0.85m, 1.15m))]);
        for (var i = 0; i < days.Count; i++)
        {
            var (day, onlineNet, shopNet) = (days[i], online[i], shop[i]);
            scene.Timeline.At(day, DemoOrder.Bank, () => Settle(day, onlineNet, shopNet));
            if (day.DayOfWeek == DayOfWeek.Friday)
            {
                scene.Timeline.At(day, DemoOrder.Bank, () => Sweep(day));
            }
        }

        scene.Timeline.At(month.Last, DemoOrder.Bank, () => scene.Books.Spend(new FakeBankTransaction(
            DemoChart.Cheque, DemoContacts.Bank, month.Last, new FakeLine("404", MonthlyBankFee, "NONE") { Description = "Account and terminal fees" })
        {
            Key = $"bank-fee/{month.Key}",
            LineAmountTypes = "NoTax",
        }));
    }

    private void Settle(DateOnly day, decimal online, decimal shop)
    {
        _takingsSinceSweep += online + shop;
        scene.Books.Receive(new FakeBankTransaction(
            DemoChart.CardClearing, DemoContacts.CardCustomers, day, Taking("205", online, "Online"), Taking("210", shop, "Shop"))
        {
            Key = $"card/{DemoMonth.KeyOf(day)}",
            Reference = "Card settlement",
        });
    }

    private static FakeLine Taking(string account, decimal net, string channel)
    {
        var tax = DemoMonth.Cents(net * 0.15m);
        return new FakeLine(account, net + tax, "OUTPUT2")
        {
            Description = channel + " sales",
            Tax = tax,
            Tracking = [("Region", "Wellington"), ("Channel", channel)],
        };
    }

    private void Sweep(DateOnly day)
    {
        var fee = DemoMonth.Cents(_takingsSinceSweep * FeeShare);
        _takingsSinceSweep = 0m;
        scene.Books.Spend(new FakeBankTransaction(DemoChart.CardClearing, DemoContacts.Bank, day, new FakeLine("404", fee, "NONE") { Description = "Merchant fees" })
        {
            Key = $"merchant-fee/{DemoMonth.KeyOf(day)}",
            LineAmountTypes = "NoTax",
        });
        scene.Books.Transfer(day, DemoChart.CardClearing, DemoChart.Cheque, scene.Books.Balance(DemoChart.CardClearing, day), "Card sweep", $"sweep/{DemoMonth.KeyOf(day)}");
    }
}
