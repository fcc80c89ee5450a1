using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>What stands in other currencies, and what was tracked, from synced books.</summary>
public sealed class CurrencyAndTrackingTests
{
    private static readonly DateOnly Day = new(2026, 3, 20);
    private readonly FakeBooks _books = FakeBooks.WithUsualAccounts();
    private readonly FixedClock _clock = new(new DateTimeOffset(2026, 3, 20, 0, 0, 0, TimeSpan.Zero));

    [BothDatabases]
    public async Task Foreign_documents_and_accounts_stand_at_their_rates_beside_what_Xero_makes_of_them(TestDatabaseKind kind)
    {
        var sale = _books.Invoice(new FakeInvoice("Melbourne", new DateOnly(2026, 1, 10), new FakeLine("200", 100m)) { Currency = "USD", CurrencyRate = 0.5m, Number = "USD-1" });
        _books.Payment(sale, new DateOnly(2026, 2, 10), "092", 40m, rate: 0.4m);
        _books.Bill(new FakeInvoice("Boston", new DateOnly(2026, 2, 3), new FakeLine("300", 50m)) { Currency = "USD", CurrencyRate = 0.5m, Number = "USD-2" });
        _books.Invoice(new DateOnly(2026, 2, 5), "At home", new FakeLine("200", 77m));
        _books.XeroOnly(new DateOnly(2026, 2, 28), "Revaluation", ("610", 30m), (FakeBooks.UnrealisedGains, -30m));
        _books.XeroOnly(new DateOnly(2026, 2, 28), "Bank revaluation", ("092", -20m), (FakeBooks.BankRevaluations, 20m));
        await using var books = await SyncedBooks.OfAsync(_books, _clock, kind);
        await books.SyncWellAsync();

        var position = (await books.Get<CurrencyService>().AtAsync(Caller.Command, books.Tenant, null, default)).Value;
        var earlier = (await books.Get<CurrencyService>().AtAsync(Caller.Command, books.Tenant, new DateOnly(2026, 1, 31), default)).Value;

        var owed = Assert.Single(position.Documents, group => group.IsSale);
        Assert.Equal(("USD", 60m, 120m, 0.5m), (owed.Currency, owed.Foreign, owed.Book, owed.AverageRate));
        Assert.Equal(("USD-2", -50m, -100m), Assert.Single(position.Documents, group => !group.IsSale) is var bills ? (bills.Items[0].Document.Number, bills.Foreign, bills.Book) : default);
        var bank = Assert.Single(position.Banks);
        Assert.Equal((40m, 100m, -20m, 80m, 0.5m), (bank.Foreign, bank.Book, bank.Revaluation, bank.Worth, bank.ImpliedRate));
        Assert.Equal((30m, 0.4m), position.Revaluations.First(side => side.IsSale) is var revaluation ? (revaluation.Amount, revaluation.ImpliedRate) : default);
        Assert.Equal((100m, 200m), earlier.Documents.Single() is var then ? (then.Foreign, then.Book) : default);
        (await books.TrialBalanceAsync(Day)).AssertGreen();
    }

    [BothDatabases]
    public async Task A_payment_before_its_invoice_is_credit_until_the_invoices_day(TestDatabaseKind kind)
    {
        var late = _books.Invoice(new DateOnly(2026, 2, 2), "Early bird", new FakeLine("200", 100m));
        _books.Invoice(new DateOnly(2026, 1, 2), "Other", new FakeLine("200", 30m));
        _books.Payment(late, new DateOnly(2026, 1, 30), "090", 100m);
        await using var books = await SyncedBooks.OfAsync(_books, _clock, kind);
        await books.SyncWellAsync();
        var items = books.Get<IOpenItemReader>();

        var before = await items.AtAsync(books.Tenant, true, new DateOnly(2026, 1, 31), null, false, default);
        var after = await items.AtAsync(books.Tenant, true, new DateOnly(2026, 2, 2), null, false, default);

        Assert.Equal([(OpenItemKind.Invoice, 30m), (OpenItemKind.PaidBeforeInvoice, -100m)], before.Select(item => (item.Kind, item.Open)).Order());
        Assert.Equal([(OpenItemKind.Invoice, 30m)], after.Select(item => (item.Kind, item.Open)));
    }

    [BothDatabases]
    public async Task Options_unassigned_and_what_is_not_in_tracking_add_up_to_the_account(TestDatabaseKind kind)
    {
        _books.Tracking("Region", "North", "South");
        _books.Tracking("Channel", "Shop");
        _books.Invoice(new DateOnly(2026, 1, 10), "Anna",
            new FakeLine("200", 100m) { Tracking = [("Region", "North")] },
            new FakeLine("200", 40m) { Tracking = [("Channel", "Shop"), ("Region", "South")] },
            new FakeLine("200", 7m));
        _books.XeroOnly(new DateOnly(2026, 1, 28), "Pay run", ("477", 60m), ("803", -60m));
        await using var books = await SyncedBooks.OfAsync(_books, _clock, kind);
        await books.SyncWellAsync();
        var tracking = books.Get<TrackingService>();
        var categories = (await tracking.TableAsync(Caller.Command, books.Tenant, null, new Month(2026, 1), new Month(2026, 2), default)).Value.Categories;

        var region = (await tracking.TableAsync(Caller.Command, books.Tenant, categories.Single(category => category.Name == "Region").Id, new Month(2026, 1), new Month(2026, 2), default)).Value;
        var channel = (await tracking.TableAsync(Caller.Command, books.Tenant, categories.Single(category => category.Name == "Channel").Id, new Month(2026, 1), new Month(2026, 2), default)).Value;

        Assert.Equal(["Sales -100/-40 -7 0 = -147", "Wages 0/0 0 60 = 60"], region.Rows.Select(Text));
        Assert.Equal(["Sales -40 -107 0 = -147", "Wages 0 0 60 = 60"], channel.Rows.Select(Text));
        Assert.Equal("invalid-value", (await tracking.TableAsync(Caller.Command, books.Tenant, null, new Month(2026, 3), new Month(2026, 1), default)).Problem!.Code);
    }

    private static string Text(TrackingRow row) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row.Account.Name} {string.Join('/', row.Options.Select(amount => $"{amount:0}"))} {row.Unassigned:0} {row.NotInTracking:0} = {row.Total:0}");
}
