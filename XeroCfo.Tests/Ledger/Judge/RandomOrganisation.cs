using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Ledger.Judge;

/// <summary>An organisation that uses everything Xero offers at once, made of events that follow from the seed alone.</summary>
internal sealed partial class RandomOrganisation
{
    /// <summary>The books' first day; events lie in the 420 days from it.</summary>
    public static readonly DateOnly Start = new(2025, 1, 15);

    private static readonly (int Day, int Month)[] YearEnds = [(31, 3), (30, 6), (31, 12), (29, 2), (5, 4)];
    private static readonly string[] Currencies = ["NZD", "NZD", "USD", "AUD"];
    private static readonly string[] LineAccounts = ["200", "300", "429", "630", "no code"];

    private readonly DemoRandom _random;
    private readonly List<Guid> _invoices = [];
    private readonly List<Guid> _credits = [];
    private readonly List<Guid> _notes = [];
    private readonly List<Guid> _bank = [];
    private readonly List<Guid> _journals = [];
    private readonly List<Guid> _others = [];
    private readonly HashSet<Guid> _gone = [];
    private int _merges;

    public RandomOrganisation(ulong seed, int events)
    {
        _random = DemoRandom.For(seed, "organisation");
        var (day, month) = YearEnds[_random.Below(YearEnds.Length)];
        var settings = new FakeOrganisationSettings(DemoIds.For(seed, "tenant", "judged"), "Judged Limited") { FinancialYearEndDay = day, FinancialYearEndMonth = month };
        Books = FakeBooks.WithUsualAccounts(settings, seed);
        Books.Currency("AUD");
        Books.Account("093", "AUD Account", "BANK", currency: "AUD");
        Books.Account("no code", "Account without a code", "OVERHEADS", codeOnWire: false);
        Books.Tracking("Region", "North", "South");
        Books.Receive(Start, "090", "First", new FakeLine("200", 10m));
        for (var i = 0; i < events; i++)
        {
            Happen(_random.Below(26));
        }
    }

    public FakeBooks Books { get; }

    private static string BankOf(string currency) => currency switch { "USD" => "092", "AUD" => "093", _ => "090" };

    private DateOnly Day() => Start.AddDays(_random.Below(420));

    private decimal Amount() => _random.Between(1, 150_000) / 100m;

    private decimal Rate(string currency) => currency == "NZD" ? 1m : _random.Between(5_000, 9_500) / 10_000m;

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Below(list.Count)];

    private bool Chance(int percent) => _random.Below(100) < percent;

    private Guid? Open(params IEnumerable<Guid>[] lists)
    {
        var open = lists.SelectMany(list => list).Where(id => !_gone.Contains(id)).ToList();
        return open.Count == 0 ? null : Pick(open);
    }

    private FakeLine[] Lines(string tax, bool mayBeNegative = false)
    {
        var lines = Enumerable.Range(0, _random.Between(1, 4)).Select(_ => Line(tax)).ToList();
        if (mayBeNegative && Chance(15))
        {
            lines.Add(new FakeLine("429", -Amount(), tax));
        }
        else if (Chance(10))
        {
            lines.Add(new FakeLine("429", -decimal.Round(lines.Sum(line => line.Amount) / 3m, 2), "NONE"));
        }

        return [.. lines];
    }

    private FakeLine Line(string tax)
    {
        var line = new FakeLine(Pick(LineAccounts), Amount(), Chance(60) ? tax : Chance(50) ? "ZERORATED" : "NONE");
        return Chance(10) ? line with { DiscountRate = 10m }
            : Chance(10) ? line with { Tracking = [("Region", Pick(["North", "South"]))] }
            : Chance(5) ? line with { Tax = 0.37m }
            : line;
    }

    private FakeInvoice Document(string party, string tax)
    {
        var currency = Pick(Currencies);
        var day = Day();
        var types = Pick(["Exclusive", "Inclusive", "NoTax"]);
        return new FakeInvoice($"{party} {_random.Below(5)}", day, Chance(4) ? [new FakeLine("200", 12m), new FakeLine("429", -12m)] : Lines(tax))
        {
            Currency = currency == "NZD" ? null : currency,
            CurrencyRate = Rate(currency),
            LineAmountTypes = types,
            RoundingDifference = Chance(10) ? 0.01m : Chance(5) ? -0.02m : 0m,
            Status = Chance(8) ? "DRAFT" : "AUTHORISED",
        };
    }

    private FakeBankTransaction Money(string tax, bool mayBeNegative)
    {
        var currency = Pick(Currencies);
        return new FakeBankTransaction(currency == "NZD" ? Pick(["090", "091"]) : BankOf(currency), "Customer " + _random.Below(5), Day(), Lines(tax, mayBeNegative))
        {
            CurrencyRate = Rate(currency),
            LineAmountTypes = Pick(["Exclusive", "Inclusive", "NoTax"]),
            Status = "AUTHORISED",
        };
    }
}
