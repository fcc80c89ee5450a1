using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Kpis.Overviews;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Kpis;

/// <summary>After a sync the overview is made ready once for each state of the ledger, for those who see payroll and for those who do not.</summary>
public sealed class OverviewPreparationTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 12, 9, 30, 0, TimeSpan.Zero);

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

    private static async Task<SyncedBooks> PlaceAsync(List<string> asked)
    {
        var random = new RandomBooks((31, 3));
        random.Books.Invoice(RandomBooks.Start.AddDays(300), "Customer 1", new FakeLine("200", 500m));
        random.Books.Invoice(RandomBooks.Start.AddDays(390), "Customer 2", new FakeLine("200", 70m));
        var books = await SyncedBooks.OfAsync(random.Books, new FixedClock(Now), configure: services =>
        {
            var real = services.Last(service => service.ServiceType == typeof(IOpenItemReader));
            services.AddSingleton<IOpenItemReader>(provider => new Watched((IOpenItemReader)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!), asked));
        });
        await books.SyncWellAsync();
        return books;
    }

    private static Caller WithoutPayroll() => Caller.Command with { Permissions = Caller.Command.Permissions.Where(permission => permission != Permissions.PayrollRead).ToHashSet() };

    /// <summary>Notes what is asked, and answers as the real one does.</summary>
    private sealed class Watched(IOpenItemReader real, List<string> asked) : IOpenItemReader
    {
        public Task<IReadOnlyList<OpenItem>> AtAsync(TenantId tenant, bool isSale, DateOnly day, string? exceptCurrency, bool hidePayroll, CancellationToken ct) =>
            Noted(nameof(AtAsync)).AtAsync(tenant, isSale, day, exceptCurrency, hidePayroll, ct);

        public Task<OpenByAge> ByAgeAsync(TenantId tenant, bool isSale, DateOnly day, OpenAges ages, bool hidePayroll, CancellationToken ct) =>
            Noted(nameof(ByAgeAsync)).ByAgeAsync(tenant, isSale, day, ages, hidePayroll, ct);

        public Task<IReadOnlyList<OpenDue>> DuesAsync(TenantId tenant, bool isSale, DateOnly day, bool hidePayroll, CancellationToken ct) =>
            Noted(nameof(DuesAsync)).DuesAsync(tenant, isSale, day, hidePayroll, ct);

        public Task<IReadOnlyList<OpenItem>> InvoicesAsync(TenantId tenant, bool isSale, IReadOnlyCollection<Guid> ids, DateOnly day, bool hidePayroll, CancellationToken ct) =>
            Noted(nameof(InvoicesAsync)).InvoicesAsync(tenant, isSale, ids, day, hidePayroll, ct);

        public Task<IReadOnlyList<OpenItem>> PrepaymentsAsync(TenantId tenant, bool isSale, DateOnly day, bool hidePayroll, CancellationToken ct) =>
            Noted(nameof(PrepaymentsAsync)).PrepaymentsAsync(tenant, isSale, day, hidePayroll, ct);

        private IOpenItemReader Noted(string name)
        {
            lock (asked)
            {
                asked.Add(name);
            }

            return real;
        }
    }
}
