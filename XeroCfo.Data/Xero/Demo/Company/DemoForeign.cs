namespace XeroCfo.Data.Xero.Demo;

/// <summary>Money in other currencies: rates, the dollar accounts, and the month-end revaluation that only Xero's books know.</summary>
internal sealed class DemoForeign(DemoScene scene)
{
    public const string UsdAccount = "092", AudAccount = "093";

    /// <summary>What stays in the accounts, in their own currency. Both begin empty with the books, so that documents alone tell what they hold.</summary>
    private const decimal KeptUsd = 9_500m, KeptAud = 5_000m;

    private readonly Dictionary<string, decimal> _held = new() { [UsdAccount] = 0m, [AudAccount] = 0m };
    private readonly List<(Guid Id, bool IsSale, string Currency, decimal Rate)> _open = [];
    private readonly List<(DateOnly Day, decimal Amount)> _dollarsNeeded = [];

    public decimal Rate(string? currency, DateOnly day) => currency switch
    {
        "USD" => scene.Month(day).UsdRate,
        "AUD" => scene.Month(day).AudRate,
        _ => 1m,
    };

    /// <summary>Remembers a document in another currency until it is paid.</summary>
    public void Opened(Guid id, FakeInvoice document, bool isSale)
    {
        if (document.Currency is { } currency)
        {
            _open.Add((id, isSale, currency, document.CurrencyRate));
        }
    }

    /// <summary>Dollars that the US account must hold on a day.</summary>
    public void NeedDollars(DateOnly day, decimal amount) => _dollarsNeeded.Add((day, amount));

    /// <summary>Money out of (−) or into an account in another currency.</summary>
    public void Moved(string account, decimal amount)
    {
        if (_held.TryGetValue(account, out var held))
        {
            _held[account] = held + amount;
        }
    }

    public void Plan(DemoMonth month)
    {
        scene.Timeline.At(month.Day(2), DemoOrder.Documents, () => BuyDollars(month));
        scene.Timeline.At(month.Day(10), DemoOrder.Bank, () => SellAustralianDollars(month));
        scene.Timeline.At(month.Last, DemoOrder.MonthEnd, () => Revalue(month));
    }

    /// <summary>Dollars for one payment outside the monthly round, bought the same day.</summary>
    public void Buy(DateOnly day, decimal dollars, string key)
    {
        var rate = Rate("USD", day);
        scene.Books.Transfer(new FakeTransfer(day, DemoChart.Cheque, UsdAccount, DemoMonth.Cents(dollars / rate)) { Received = dollars, ToRate = rate, Reference = "US dollars", Key = key });
        Moved(UsdAccount, dollars);
    }

    private void BuyDollars(DemoMonth month)
    {
        var (from, until) = (month.Day(2), month.Day(2).AddMonths(1));
        var needed = _dollarsNeeded.Where(need => need.Day >= from && need.Day < until).Sum(need => need.Amount) + KeptUsd - _held[UsdAccount];
        if (needed > 0m)
        {
            Buy(from, needed, "usd/" + month.Key);
        }
    }

    private void SellAustralianDollars(DemoMonth month)
    {
        var sold = decimal.Floor((_held[AudAccount] - KeptAud) / 100m) * 100m;
        if (sold <= 0m)
        {
            return;
        }

        scene.Books.Transfer(new FakeTransfer(month.Day(10), AudAccount, DemoChart.Cheque, sold)
        {
            Received = DemoMonth.Cents(sold / month.AudRate),
            FromRate = month.AudRate,
            Reference = "Australian dollars",
            Key = "aud/" + month.Key,
        });
        Moved(AudAccount, -sold);
    }

    /// <summary>Accounts follow the rate for good; open documents only until the next morning, when the entry is taken back.</summary>
    private void Revalue(DemoMonth month)
    {
        foreach (var (account, held) in _held)
        {
            var rate = account == UsdAccount ? month.UsdRate : month.AudRate;
            var gain = DemoMonth.Cents(held / rate) - scene.Books.Balance(account, month.Last);
            scene.Books.XeroOnly(month.Last, "Bank revaluation", (account, gain), (FakeBooks.BankRevaluations, -gain));
        }

        _open.RemoveAll(document => scene.Books.Due(document.Id) == 0m);
        var (owedToUs, owedByUs) = (Gain(isSale: true, month), Gain(isSale: false, month));
        var next = month.Last.AddDays(1);
        scene.Books.XeroOnly(month.Last, "Open documents revalued", (FakeBooks.Receivables, owedToUs), (FakeBooks.Payables, -owedByUs), (FakeBooks.UnrealisedGains, owedByUs - owedToUs));
        scene.Timeline.At(next, DemoOrder.Documents, () => scene.Books.XeroOnly(next, "Open documents revalued, taken back",
            (FakeBooks.Receivables, -owedToUs), (FakeBooks.Payables, owedByUs), (FakeBooks.UnrealisedGains, owedToUs - owedByUs)));
    }

    private decimal Gain(bool isSale, DemoMonth month) => _open.Where(document => document.IsSale == isSale).Sum(document =>
    {
        var (due, rate) = (scene.Books.Due(document.Id), document.Currency == "USD" ? month.UsdRate : month.AudRate);
        return DemoMonth.Cents(due / rate) - DemoMonth.Cents(due / document.Rate);
    });
}
