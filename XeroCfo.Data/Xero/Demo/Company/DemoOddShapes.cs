namespace XeroCfo.Data.Xero.Demo;

/// <summary>Money in odd shapes before the anchor: paid twice, paid ahead, paid in part, paid before the invoice, taken back, and documents
/// whose totals are a cent off, nothing, or below nothing.</summary>
internal sealed class DemoOddShapes(DemoScene scene)
{
    private static readonly string[] Credited = ["Tasman Deli Group", "Greenstone Kitchens"];

    /// <summary>Sales without GST that this class invoices; the month's total holds them.</summary>
    public static decimal SalesOf(DemoMonth month) => month.Age switch
    {
        1 => 8_200m + 540m + 87.50m,
        4 => 1_075m - 835m - 240m,
        _ => 0m,
    };

    /// <summary>Two small credit notes a month to customers invoiced each week, without GST.</summary>
    public static decimal[] CreditsOf(DemoScene scene, DemoMonth month) => month.Since < 0
        ? []
        : [.. Credited.Select(name => DemoMonth.Cents(scene.Random("credit", name + month.Key).Factor(38m, 165m)))];

    /// <param name="invoiceOf">The id of a customer's invoice of a day of the month, once it is written.</param>
    public void PlanCredits(DemoMonth month, Func<string, DateOnly, Guid> invoiceOf)
    {
        var amounts = CreditsOf(scene, month);
        for (var i = 0; i < amounts.Length; i++)
        {
            var (name, day, amount) = (Credited[i], month.Day(16 + (i * 8)), amounts[i]);
            var (invoiced, number) = (month.Day(i == 0 ? 14 : 21), $"CN-{month.Key}-{i}");
            scene.Timeline.At(day, DemoOrder.Documents, () =>
            {
                var credit = scene.Books.CreditNote(Note(name, day, amount, number, "Bags returned"));
                scene.Books.Allocate(credit, invoiceOf(name, invoiced), day, scene.Books.Remaining(credit));
            });
        }
    }

    /// <summary>Once, before the first month is played.</summary>
    public void Plan()
    {
        PlanAdvances();
        PlanCreditNotes();
        PlanPaidInPart();
        PlanOddTotals();
    }

    private DateOnly Month(int age) => new DateOnly(scene.Anchor.Year, scene.Anchor.Month, 1).AddMonths(-age);

    private void PlanAdvances()
    {
        var (twice, deposit) = (scene.Anchor.AddDays(-9), scene.Anchor.AddDays(-12));
        scene.Timeline.At(twice, DemoOrder.Payments, () => scene.Books.ReceiveOverpayment(twice, DemoChart.Cheque, "Wharf Shed Eatery", 1_782.50m, key: "odd/paid-twice"));
        scene.Timeline.At(deposit, DemoOrder.Payments, () => scene.Books.ReceivePrepayment(
            new FakeBankTransaction(DemoChart.Cheque, "Riverbend Golf Club", deposit, new FakeLine("200", 3_450m, "OUTPUT2") { Description = $"Wedding coffee cart, deposit, event on {DemoMonth.KeyOf(scene.Anchor.AddDays(40))}" })
            {
                Key = "odd/wedding",
                Reference = "Wedding deposit",
            }));
    }

    /// <summary>One half used, one paid back, and one of a supplier we owe nothing.</summary>
    private void PlanCreditNotes()
    {
        var day = Month(4).AddDays(15);
        scene.Sell(
            new FakeInvoice("Bay View Motor Lodge", day.AddDays(-5), Line("200", 1_075m)) { DueDate = DemoScene.TwentiethOfNextMonth(day), Number = "INV-OS-1", Key = "odd/half" },
            DemoScene.TwentiethOfNextMonth(day).AddDays(1),
            invoice => scene.Timeline.At(day, DemoOrder.Documents, () =>
            {
                var credit = scene.Books.CreditNote(Note("Bay View Motor Lodge", day, 835m, "CN-0960", "Stale stock, half used"));
                scene.Books.Allocate(credit, invoice, day, 480.13m);
            }));
        scene.Timeline.At(day, DemoOrder.Payments, () =>
        {
            var credit = scene.Books.CreditNote(Note("Clay Oven Pizzeria", day, 240m, "CN-0961", "Grinder returned"));
            scene.Books.Refund(credit, day, DemoChart.Cheque, 276m);
        });
        var returned = scene.Anchor.AddDays(-8);
        scene.Timeline.At(returned, DemoOrder.Documents, () => scene.Books.SupplierCredit(
            new FakeInvoice("Valley Van Leasing", returned, new FakeLine("449", 358.26m, "INPUT2") { Description = "Bond returned" }) { Number = "VV-CR-3", Key = "odd/supplier-in-debit" }));
    }

    /// <summary>5,000.00 of 9,430.00 paid; and an invoice of the first days of a month whose money came three days earlier, in the month before.</summary>
    private void PlanPaidInPart()
    {
        var invoiced = Month(1).AddDays(5);
        scene.Sell(
            new FakeInvoice("Northern Lights Bistro", invoiced, Line("200", 8_200m)) { DueDate = DemoScene.TwentiethOfNextMonth(invoiced), Number = "INV-OS-2", Key = "odd/part" },
            null,
            invoice => scene.Timeline.At(invoiced.AddDays(12), DemoOrder.Payments, () => scene.Books.Payment(invoice, invoiced.AddDays(12), DemoChart.Cheque, 5_000m)));

        var late = Month(1).AddDays(1);
        scene.Sell(
            new FakeInvoice("Kākā Corner", late, Line("200", 540m)) { DueDate = DemoScene.TwentiethOfNextMonth(late), Number = "INV-OS-3", Key = "odd/paid-before" },
            null,
            invoice => scene.Books.Payment(invoice, late.AddDays(-3), DemoChart.Cheque));
    }

    private void PlanOddTotals()
    {
        var day = Month(1).AddDays(7);
        scene.Sell(
            new FakeInvoice("The Quiet Cup", day, Line("200", 87.50m)) { DueDate = DemoScene.TwentiethOfNextMonth(day), Number = "INV-OS-4", Key = "odd/cent", RoundingDifference = 0.01m },
            DemoScene.TwentiethOfNextMonth(day).AddDays(1));
        scene.Sell(new FakeInvoice("Two Gulls Café", day, Line("200", 66m), Line("200", -66m)) { DueDate = day.AddDays(20), Number = "INV-OS-5", Key = "odd/nothing" }, null);
        scene.Timeline.At(day, DemoOrder.Bank, () => scene.Books.Spend(new FakeBankTransaction(
            DemoChart.Visa, "Inkwell Office Supplies", day, new FakeLine("453", 23m, "INPUT2") { Description = "Paper" }, new FakeLine("453", -115m, "INPUT2") { Description = "Chair returned" })
        {
            Key = "odd/below-nothing",
            Reference = "Chair returned",
        }));
    }

    private static FakeLine Line(string account, decimal amount) =>
        new(account, amount, "OUTPUT2") { Description = "Beans and equipment", Tracking = [("Region", "Wellington"), ("Channel", "Wholesale")] };

    private static FakeInvoice Note(string customer, DateOnly day, decimal amount, string number, string text) =>
        new(customer, day, new FakeLine("200", amount, "OUTPUT2") { Description = text, Tracking = [("Region", "Wellington"), ("Channel", "Wholesale")] }) { Number = number, Key = "credit/" + number };
}
