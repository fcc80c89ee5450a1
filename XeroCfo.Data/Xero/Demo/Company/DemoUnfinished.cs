using System.Globalization;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>What every set of books has lying about: voided and deleted documents in each year, and drafts in the weeks before the anchor.</summary>
internal sealed class DemoUnfinished(DemoScene scene)
{
    private static readonly decimal[] DraftBills = [3_600m, 2_600m, 2_000m, 1_200m, 982.61m];

    public void Plan(DemoMonth month)
    {
        if (month.Age >= 1 && month.Since % 4 == 2)
        {
            PlanVoided(month);
        }

        if (month.Age >= 1 && month.Since % 12 is 3 or 9)
        {
            PlanDeleted(month);
        }
    }

    private void PlanVoided(DemoMonth month)
    {
        var date = month.Day(10);
        var isBill = month.Since % 12 == 10;
        var document = new FakeInvoice(isBill ? "Carton & Valve Supplies" : "Summit Canteen", date, new FakeLine(isBill ? "305" : "200", 640m, isBill ? "INPUT2" : "OUTPUT2") { Description = "Entered in error" })
        {
            DueDate = DemoScene.TwentiethOfNextMonth(date),
            Number = string.Create(CultureInfo.InvariantCulture, $"{(isBill ? "CV-" : "INV-")}{900 + ((month.Since + 3) * 80) + 79:D4}"),
            Key = $"voided/{month.Key}",
        };
        scene.Timeline.At(date, DemoOrder.Documents, () =>
        {
            var id = isBill ? scene.Books.Bill(document) : scene.Books.Invoice(document);
            scene.Timeline.At(date.AddDays(6), DemoOrder.Documents, () => scene.Books.Void(id, date.AddDays(6)));
        });
    }

    private void PlanDeleted(DemoMonth month)
    {
        var date = month.Day(11);
        scene.Timeline.At(date, DemoOrder.Documents, () =>
        {
            var key = $"deleted/{month.Key}";
            var id = month.Since % 12 == 3
                ? scene.Books.Bill(new FakeInvoice("Hutt Van Service", date, new FakeLine("449", 310m, "INPUT2")) { Status = "DRAFT", Key = key, Number = "QUOTE" })
                : scene.Books.Spend(new FakeBankTransaction(DemoChart.Cheque, "Hardware Barn", date, new FakeLine("473", 92m, "INPUT2")) { Key = key });
            scene.Timeline.At(date.AddDays(3), DemoOrder.Documents, () => scene.Books.Void(id, date.AddDays(3)));
        });
    }

    /// <summary>Once, before the first month is played.</summary>
    public void PlanDrafts()
    {
        for (var i = 0; i < DraftBills.Length; i++)
        {
            Draft(scene.Books.Bill, "Stackhouse Cloud", "429", DraftBills[i], "DRAFT", 3 + (i * 2), "", "draft-bill" + i);
        }

        Draft(scene.Books.Invoice, "Rātā Room", "200", 880m, "DRAFT", 2, "INV-DR-1", "draft-invoice0");
        Draft(scene.Books.Invoice, "Two Gulls Café", "200", 412m, "DRAFT", 5, "INV-DR-2", "draft-invoice1");
        Draft(scene.Books.Bill, "Copperline Plumbing", "473", 975m, "SUBMITTED", 4, "CO-7719", "submitted-bill0");
        Draft(scene.Books.Bill, "Signal & Spark", "400", 1_320m, "SUBMITTED", 6, "SS-2044", "submitted-bill1");
        var day = scene.Anchor.AddDays(-7);
        scene.Timeline.At(day, DemoOrder.Documents, () => scene.Books.ManualJournal(day, "Prepaid insurance, to be checked", "DRAFT", "draft-journal",
            new FakeLine("620", 1_300m), new FakeLine("433", -1_300m)));
    }

    private void Draft(Func<FakeInvoice, Guid> write, string contact, string account, decimal amount, string status, int daysBefore, string number, string key)
    {
        var day = scene.Anchor.AddDays(-daysBefore);
        scene.Timeline.At(day, DemoOrder.Documents, () => write(new FakeInvoice(contact, day, new FakeLine(account, amount, account == "200" ? "OUTPUT2" : "INPUT2"))
        {
            Status = status,
            Number = number,
            Key = key,
            DueDate = DemoScene.TwentiethOfNextMonth(day),
        }));
    }
}
