namespace XeroCfo.Data.Xero.Demo;

/// <summary>Two pay runs a month that only Xero's books know, and the bank payments to staff and Inland Revenue that are documents.</summary>
internal sealed class DemoPayroll(DemoScene scene)
{
    public void Plan(DemoMonth month)
    {
        var half = DemoMonth.Cents(month.Wages / 2m);
        var halfSaver = DemoMonth.Cents(month.KiwiSaver / 2m);
        var halfNet = DemoMonth.Cents(month.NetPay / 2m);
        PlanRun(month.Day(12), half, halfSaver, halfNet);
        PlanRun(month.Day(26), month.Wages - half, month.KiwiSaver - halfSaver, month.NetPay - halfNet);

        var taxes = scene.Month(month.First.AddMonths(-1)).PayrollTaxes;
        PlanSpend(month.Day(20), DemoContacts.InlandRevenue, "825", taxes, "PAYE and KiwiSaver", $"paye/{month.Key}");
        PlanSpend(month.Day(20), DemoContacts.AccLevies, "479", 650m, "ACC levy instalment", $"acc/{month.Key}");
    }

    private void PlanRun(DateOnly day, decimal gross, decimal saver, decimal net) => scene.Timeline.At(day, DemoOrder.Bank, () =>
    {
        scene.Books.XeroOnly(day, "Pay run", ("477", gross), ("478", saver), ("803", -net), ("825", net - gross - saver));
        var random = scene.Random("pay", $"{DemoMonth.KeyOf(day)}");
        var shares = DemoMonth.Split(net, [.. DemoContacts.StaffNames.Select(name => DemoRandom.For(scene.Seed, "pay-grade", name).Factor(0.7m, 1.6m) * random.Factor(0.98m, 1.02m))]);
        scene.Books.Spend(new FakeBankTransaction(DemoChart.Cheque, DemoContacts.Staff, day,
            [.. shares.Select((amount, i) => new FakeLine("803", amount, "NONE") { Description = $"Net pay {DemoContacts.StaffNames[i]}" })])
        {
            Key = $"wages/{DemoMonth.KeyOf(day)}",
            Reference = "Wages",
            LineAmountTypes = "NoTax",
        });
    });

    private void PlanSpend(DateOnly day, string contact, string account, decimal amount, string text, string key) => scene.Timeline.At(day, DemoOrder.Bank, () =>
        scene.Books.Spend(new FakeBankTransaction(DemoChart.Cheque, contact, day, new FakeLine(account, amount, "NONE") { Description = text })
        {
            Key = key,
            Reference = text,
            LineAmountTypes = "NoTax",
        }));
}
