using System.Globalization;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Single events near the anchor that some page must find: charges made twice, a bill entered twice, an odd large supplier, wrong GST,
/// somebody's bonus, a private taste. Planned once, before the first month is played.</summary>
internal sealed class DemoStories(DemoScene scene)
{
    /// <summary>What the bank's feed says of the monthly charge; the second charge comes without it.</summary>
    public const string BrightdeskText = "BRIGHTDESK.EXAMPLE";

    private static readonly decimal[] WronglyTaxed = [214.00m, 61.40m, 149.90m, 98.00m, 187.00m, 120.50m];

    private DateOnly Month(int age) => new DateOnly(scene.Anchor.Year, scene.Anchor.Month, 1).AddMonths(-age);

    public void Plan()
    {
        PlanPaidTwice();
        PlanEnteredTwice();
        PlanOddOneOut();
        PlanWrongGst();
        PlanBonus();
        PlanRoaster();
        Visa(LastDay(DayOfWeek.Saturday, 5), DemoContacts.Winery, "420", 148.00m, "VINE TERRACE WINERY", "winery");
    }

    /// <summary>A second subscription charge on the 7th of the last three months.</summary>
    private void PlanPaidTwice()
    {
        for (var age = 2; age >= 0; age--)
        {
            var day = Month(age).AddDays(6);
            if (day <= scene.Anchor)
            {
                Visa(day, DemoContacts.Brightdesk, "463", 332.35m, "Brightdesk subscription", Key("brightdesk-again", day));
            }
        }
    }

    /// <summary>One supplier's bill under two spellings of its number.</summary>
    private void PlanEnteredTwice()
    {
        Bill(DemoContacts.Packaging, scene.Anchor.AddDays(-16), "SP-20418", "305", 6_500m, "Bags and valves, autumn print", null);
        Bill(DemoContacts.Packaging, scene.Anchor.AddDays(-13), "SP20418", "305", 6_500m, "Bags and valves, autumn print", null);
    }

    /// <summary>A supplier never seen before, on a Sunday, in an account where bills are small.</summary>
    private void PlanOddOneOut() =>
        Bill(DemoContacts.PinnacleFitOut, LastDay(DayOfWeek.Sunday, 2), "PF-0071", "429", 16_000m, "Counter and shelving", scene.Anchor.AddDays(14));

    /// <summary>Overseas software, charged without GST, coded with it.</summary>
    private void PlanWrongGst()
    {
        for (var i = 0; i < WronglyTaxed.Length; i++)
        {
            var day = Month(i + 1).AddDays(21);
            Visa(day, "Stackhouse Cloud", "463", WronglyTaxed[i], "Overseas subscription", Key("overseas", day));
        }
    }

    private void PlanBonus()
    {
        var day = Month(3).AddDays(24);
        scene.Timeline.At(day, DemoOrder.Bank, () =>
        {
            scene.Books.ManualJournal(day, "Bonus Isla, launch of the shop", "POSTED", "bonus", new FakeLine("477", 2_500m), new FakeLine("803", -2_500m));
            scene.Books.Spend(new FakeBankTransaction(DemoChart.Cheque, DemoContacts.Staff, day.AddDays(1), new FakeLine("803", 2_500m, "NONE") { Description = "Bonus Isla" })
            {
                Key = "bonus-payment",
                Reference = "Wages",
                LineAmountTypes = "NoTax",
            });
        });
    }

    /// <summary>A new roaster: two deposits paid, the last part of the price due in 24 days.</summary>
    private void PlanRoaster()
    {
        foreach (var (age, dollars) in new[] { (5, 48_000m), (1, 24_000m) })
        {
            var day = Month(age).AddDays(11);
            scene.Timeline.At(day, DemoOrder.Bank, () =>
            {
                scene.Foreign.Buy(day, dollars, Key("roaster-dollars", day));
                scene.Foreign.Moved(DemoForeign.UsdAccount, -dollars);
                scene.Books.Spend(new FakeBankTransaction(DemoForeign.UsdAccount, DemoContacts.RoasterMaker, day, new FakeLine("615", dollars, "NONE") { Description = "Deposit, 60 kg roaster" })
                {
                    Key = Key("roaster", day),
                    Reference = "Roaster deposit",
                    LineAmountTypes = "NoTax",
                    CurrencyRate = scene.Month(day).UsdRate,
                });
            });
        }

        var date = scene.Anchor.AddDays(-6);
        scene.Buy(
            new FakeInvoice(DemoContacts.RoasterMaker, date, new FakeLine("730", 48_000m, "NONE") { Description = "60 kg roaster, last part" })
            {
                DueDate = scene.Anchor.AddDays(24),
                Currency = "USD",
                CurrencyRate = scene.Month(date).UsdRate,
                Number = "AD-60-3",
                Key = "story/roaster",
            },
            scene.Anchor.AddDays(24));
    }

    private void Bill(string supplier, DateOnly date, string number, string account, decimal net, string text, DateOnly? due)
    {
        var dueDate = due ?? DemoScene.TwentiethOfNextMonth(date);
        scene.Buy(new FakeInvoice(supplier, date, new FakeLine(account, net, "INPUT2") { Description = text }) { DueDate = dueDate, Number = number, Key = "story/" + number }, dueDate);
    }

    private void Visa(DateOnly day, string contact, string account, decimal gross, string text, string key) => scene.Timeline.At(day, DemoOrder.Bank, () =>
        scene.Books.Spend(new FakeBankTransaction(DemoChart.Visa, contact, day, new FakeLine(account, gross, "INPUT2") { Description = text })
        {
            Key = "story/" + key,
            Reference = text,
        }));

    /// <summary>The last such weekday that is at least some days before the anchor.</summary>
    private DateOnly LastDay(DayOfWeek weekday, int daysBefore)
    {
        var day = scene.Anchor.AddDays(-daysBefore);
        return day.AddDays(-(((int)day.DayOfWeek - (int)weekday + 7) % 7));
    }

    private static string Key(string what, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{what}/{day:yyyy-MM}");
}
