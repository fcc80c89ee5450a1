using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Overviews;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Kpis;

/// <summary>After a sync the overview is made ready once for each state of the ledger, for those who see payroll and for those who do not.</summary>
public sealed class OverviewPreparationTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 12, 9, 30, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = DateOnly.FromDateTime(Now.Date);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_looks_first_after_a_sync_reads_no_open_documents(bool seesPayroll)
    {
        var asked = new List<string>();
        await using var books = await PlaceAsync(asked);
        var preparation = books.Get<OverviewPreparation>();

        Assert.True(await preparation.NextAsync(default));
        Assert.Contains(nameof(IOpenItemReader.DuesAsync), asked);
        asked.Clear();
        var caller = seesPayroll ? Caller.Command : WithoutPayroll();
        var overview = (await books.Get<OverviewService>().GetAsync(caller, books.Tenant, null, null, default)).Value;

        Assert.Equal(570m, overview.Owing.Sum(debtor => debtor.Owed));
        Assert.DoesNotContain(nameof(IOpenItemReader.DuesAsync), asked);
    }

    [Fact]
    public async Task Who_looks_first_at_the_month_in_progress_adds_up_no_customers()
    {
        var asked = new List<string>();
        await using var books = await PlaceAsync(asked);
        var kpis = books.Get<KpiService>();

        var first = await kpis.GetAsync(Caller.Command, books.Tenant, null, null, default);
        Assert.Contains(nameof(IKpiReader.ByContactAsync), asked);
        await books.SyncWellAsync();
        Assert.True(await books.Get<OverviewPreparation>().NextAsync(default));
        asked.Clear();
        var prepared = await kpis.GetAsync(Caller.Command, books.Tenant, null, null, default);

        Assert.Equal(Values(first.Value), Values(prepared.Value));
        Assert.DoesNotContain(nameof(IKpiReader.ByContactAsync), asked);
    }

    [Fact]
    public async Task What_customers_bought_is_added_up_once_for_each_state_of_the_ledger()
    {
        var asked = new List<string>();
        var random = new RandomBooks((31, 3));
        await using var books = await PlaceAsync(asked, random);
        var kpis = books.Get<KpiService>();

        async Task<(decimal? Share, int Sums)> ShareAsync(DateOnly? day)
        {
            asked.Clear();
            var sheet = (await kpis.GetAsync(Caller.Command, books.Tenant, day, null, default)).Value;
            return (sheet.Items.Single(kpi => kpi.Definition.Key == "topCustomerShare").Value.Value, asked.Count(method => method == nameof(IKpiReader.ByContactAsync)));
        }

        var (share, sums) = await ShareAsync(null);
        Assert.Equal(1m, share);
        Assert.True(sums > 0);
        Assert.Equal((1m, 0), await ShareAsync(null));
        Assert.True((await ShareAsync(Today.AddDays(-1))).Sums > 0);
        random.Books.Now = books.Clock.Now;
        random.Books.Invoice(Today, "Customer 9", new FakeLine("200", 30m));
        await books.SyncWellAsync();
        var (moved, again) = await ShareAsync(null);
        Assert.Equal((0.7m, true), (moved, again > 0));
    }

    [Fact]
    public async Task What_a_run_that_is_not_over_has_read_is_told_at_its_end_and_explains_nothing_before()
    {
        var random = new RandomBooks((31, 3));
        random.Books.Invoice(Today.AddDays(-33), "Customer 2", new FakeLine("200", 50m));
        random.Books.Invoice(Today, "Customer 9", new FakeLine("200", 30m));
        await using var books = await PlaceAsync([], random);
        var kpis = books.Get<KpiService>();
        var store = books.Get<ISyncStore>();

        async Task<decimal?> ShareAsync() => (await kpis.GetAsync(Caller.Command, books.Tenant, null, null, default)).Value.Items.Single(kpi => kpi.Definition.Key == "topCustomerShare").Value.Value;

        async Task<IReadOnlyList<decimal>> EffectsAsync() =>
            [.. (await books.Get<KpiDriverService>().WhyAsync(Caller.Command, books.Tenant, "topCustomerShare", null, null, default)).Value.Contacts.Select(driver => driver.Effect)];

        Assert.Equal(0.7m, await ShareAsync());
        Assert.NotEmpty(await EffectsAsync());
        await using var db = books.Open();
        var (two, nine) = (await db.Contacts.SingleAsync(contact => contact.Name == "Customer 2"), await db.Contacts.SingleAsync(contact => contact.Name == "Customer 9"));
        await store.SaveContactsAsync(books.Tenant, [new XeroContact(nine.ContactId, nine.Name, null, true, false, "ARCHIVED", two.ContactId)], default);
        Assert.Equal(0.7m, await ShareAsync());
        Assert.Empty(await EffectsAsync());

        var accounts = await db.Accounts.Select(row => new XeroAccount(row.AccountId, row.Code, row.Name, row.Type, row.Class, row.SystemAccount, row.Status, row.CurrencyCode, row.TaxType)).ToListAsync();
        var moved = accounts.ConvertAll(account => account.Class == "REVENUE" ? account with { Class = "EXPENSE", Type = "EXPENSE" } : account);
        await store.SaveMasterDataAsync(books.Tenant, new MasterData(moved, [], [], [], []), default);
        Assert.Null(await ShareAsync());
        await store.SaveMasterDataAsync(books.Tenant, new MasterData(accounts, [], [], [], []), default);
        await books.SyncWellAsync();
        Assert.Equal(1m, await ShareAsync());
    }

    [Fact]
    public async Task It_is_made_ready_once_and_again_after_the_next_sync_or_midnight()
    {
        await using var books = await PlaceAsync([]);
        var preparation = books.Get<OverviewPreparation>();

        Assert.True(await preparation.NextAsync(default));
        Assert.False(await preparation.NextAsync(default));
        await books.SyncWellAsync();
        Assert.True(await preparation.NextAsync(default));
        Assert.False(await preparation.NextAsync(default));
        books.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True(await preparation.NextAsync(default));
        Assert.False(await preparation.NextAsync(default));
    }

    [Fact]
    public async Task An_organisation_that_was_never_read_is_left_alone()
    {
        await using var books = await SyncedBooks.OfAsync(new RandomBooks((31, 3)).Books, new FixedClock(Now));

        Assert.False(await books.Get<OverviewPreparation>().NextAsync(default));
    }

    private static IEnumerable<(string, decimal?, decimal?)> Values(KpiSheet sheet) => sheet.Items.Select(kpi => (kpi.Definition.Key, kpi.Value.Value, kpi.Previous.Value));

    private static async Task<SyncedBooks> PlaceAsync(List<string> asked, RandomBooks? place = null)
    {
        var random = place ?? new RandomBooks((31, 3));
        random.Books.Invoice(RandomBooks.Start.AddDays(300), "Customer 1", new FakeLine("200", 500m));
        random.Books.Invoice(RandomBooks.Start.AddDays(390), "Customer 2", new FakeLine("200", 70m));
        var books = await SyncedBooks.OfAsync(random.Books, new FixedClock(Now), configure: services =>
        {
            Watched<IOpenItemReader>.Instead(services, asked);
            Watched<IKpiReader>.Instead(services, asked);
        });
        await books.SyncWellAsync();
        return books;
    }

    private static Caller WithoutPayroll() => Caller.Command with { Permissions = Caller.Command.Permissions.Where(permission => permission != Permissions.PayrollRead).ToHashSet() };
}
