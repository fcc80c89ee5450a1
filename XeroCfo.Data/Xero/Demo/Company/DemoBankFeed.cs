using System.Globalization;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Card purchases with the texts of the bank's feed. Older ones are coded by hand, well or badly; 46 of the 22 days up to the anchor wait in
/// 850 Suspense for a person.</summary>
internal sealed class DemoBankFeed(DemoScene scene)
{
    private const int HistoryMonths = 26, DaysWaiting = 21;

    /// <summary>How often a text stands in history, how many of these are coded to the usual account, where the rest went, and how many wait.</summary>
    private static readonly Merchant[] Merchants =
    [
        new("FUELCO 1423 PETONE", "Fuelco", 1_440m, 60, 58, "449", ["429"], 9),
        new("METRO COURIER NZ 88121", "Metro Courier NZ", 410m, 41, 41, "425", [], 8),
        new("PARKWELL WGTN", "Parkwell", 60m, 22, 22, "449", [], 6),
        new("SQ *THE CORNER", "The Corner Table", 340m, 27, 19, "420", ["429"], 7),
        new("MKTPLACE AU", DemoContacts.Marketplace, 190m, 24, 10, "463", ["453", "429"], 6),
        new("HARDWARE BARN 12", "Hardware Barn", 590m, 52, 52, "473", [], 5),
        new("SKYLINE TRAVEL DESK 04", "Skyline Travel Desk", 1_500m, 52, 52, "493", [], 0),
        new("STACKHOUSE CLOUD IE", "Stackhouse Cloud", 320m, 26, 26, "463", [], 0, "NONE"),
        new("INKWELL OFFICE PETONE", "Inkwell Office Supplies", 430m, 26, 26, "453", [], 0),
    ];

    private static readonly string[] NeverSeen = ["POS 4471 LYALL ST", "ZIP*QTR HR 0900", "DD 77-1 KOWHAI TRUST"];

    /// <summary>Once: what waits for a person at the anchor.</summary>
    public void PlanWaiting()
    {
        List<(string Text, string Contact, decimal Amount)> waiting = [.. Merchants.SelectMany(merchant => Enumerable.Range(0, merchant.Waiting)
            .Select(i => (merchant.Text, merchant.Contact, Amount(merchant, i))))];
        waiting.AddRange(Enumerable.Range(0, 2).Select(i => (DemoStories.BrightdeskText, DemoContacts.Brightdesk, 34.50m + i)));
        waiting.AddRange(NeverSeen.Select((text, i) => (text, DemoContacts.Bank, 61.20m + (i * 47m))));
        for (var i = 0; i < waiting.Count; i++)
        {
            var (text, contact, amount) = waiting[i];
            var day = scene.Anchor.AddDays(-((i * 7) % (DaysWaiting + 1)));
            var key = string.Create(CultureInfo.InvariantCulture, $"feed/waiting/{i}");
            scene.Timeline.At(day, DemoOrder.Bank, () => scene.Books.Spend(new FakeBankTransaction(
                DemoChart.Visa, contact, day, new FakeLine("850", amount, "NONE") { Description = text })
            {
                Key = key,
                Reference = text,
                LineAmountTypes = "NoTax",
                IsReconciled = false,
            }));
        }
    }

    public void Plan(DemoMonth month)
    {
        for (var index = 0; index < Merchants.Length; index++)
        {
            var merchant = Merchants[index];
            var (first, next) = month.Since < HistoryMonths ? (Before(merchant, month.Since), Before(merchant, month.Since + 1)) : (0, Math.Max(1, merchant.Count / HistoryMonths));
            var shares = DemoMonth.Split(merchant.Monthly, [.. Enumerable.Range(first, next - first).Select(_ => 1m)]);
            for (var i = 0; i < shares.Length; i++)
            {
                var day = DayOf(month, index, i, shares.Length);
                if (month.Age >= 1 || day > scene.Anchor)
                {
                    Spend(merchant, day, first + i, shares[i], string.Create(CultureInfo.InvariantCulture, $"feed/{month.Key}/{index}/{i}"), month.Age >= 1);
                }
            }
        }
    }

    /// <summary>How many purchases lie before a month; a text that is rarer than monthly starts late.</summary>
    private static int Before(Merchant merchant, int months) => months * merchant.Count / HistoryMonths;

    /// <summary>In the month before the anchor's, all come before the days that wait begin.</summary>
    private static DateOnly DayOf(DemoMonth month, int merchant, int i, int count) =>
        month.Age == 1 ? month.Day(1 + ((merchant + (i * 3)) % 7)) : month.Day(2 + ((merchant * 2) + (i * 26 / count)) % 27);

    private decimal Amount(Merchant merchant, int i)
    {
        var usual = merchant.Monthly * HistoryMonths / merchant.Count;
        return DemoMonth.Cents(usual * scene.Random("waiting", merchant.Text + i.ToString(CultureInfo.InvariantCulture)).Factor(0.25m, 0.5m));
    }

    private void Spend(Merchant merchant, DateOnly day, int index, decimal net, string key, bool inHistory)
    {
        var tax = merchant.TaxType == "NONE" ? 0m : DemoMonth.Cents(net * 0.15m);
        var account = inHistory ? merchant.AccountOf(index) : merchant.Account;
        scene.Timeline.At(day, DemoOrder.Bank, () => scene.Books.Spend(new FakeBankTransaction(
            DemoChart.Visa, merchant.Contact, day, new FakeLine(account, net + tax, merchant.TaxType) { Description = merchant.Text, Tax = tax })
        {
            Key = key,
            Reference = merchant.Text,
        }));
    }

    private sealed record Merchant(string Text, string Contact, decimal Monthly, int Count, int Usual, string Account, string[] Others, int Waiting, string TaxType = "INPUT2")
    {
        /// <summary>The account of the n-th purchase; the odd ones are spread over the years.</summary>
        public string AccountOf(int index)
        {
            var odd = Count - Usual;
            var oddBefore = (index * odd) / Count;
            return ((index + 1) * odd) / Count > oddBefore ? Others[oddBefore % Others.Length] : Account;
        }
    }
}
