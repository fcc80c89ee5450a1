using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Xero.Demo;

/// <summary>The demo company's days can be moved on, and begun again.</summary>
public sealed class DemoDaysTests
{
    [Fact]
    public async Task A_day_that_is_added_brings_its_documents_and_the_books_still_tie()
    {
        await using var books = await ConsentedBooks.CreateAsync();
        var (ana, demo) = await DemoAsync(books);
        Assert.Equal(SyncStatus.Succeeded, (await books.Get<SyncRunner>().RunNextAsync(demo, default))!.Status);
        var (today, documents) = ((await books.OrganisationAsync(demo)).Today(books.Clock), await DocumentsAsync(books, demo));

        for (var day = 0; day < 3; day++)
        {
            Assert.Null((await books.Get<DemoService>().AddDayAsync(ana, demo, default)).Problem);
            books.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(SyncStatus.Succeeded, (await books.Get<SyncRunner>().RunNextAsync(demo, default))!.Status);
        }

        var organisation = await books.OrganisationAsync(demo);
        Assert.Equal((today.AddDays(3), 3), (organisation.Today(books.Clock), organisation.DaysAhead));
        Assert.True(await DocumentsAsync(books, demo) > documents);
        var balance = (await books.Get<TrialBalanceService>().AtAsync(Caller.Command, demo, null, default)).Value;
        Assert.Equal(today.AddDays(3), balance.Date);
        Assert.Equal(CheckStatus.Pass, balance.TiesToXero);
        balance.AssertBalanced();
    }

    [BothDatabases]
    public async Task Starting_afresh_takes_what_was_done_and_keeps_who_may_see_it(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (ana, demo) = await DemoAsync(books);
        var tom = await books.PersonAsync("tom", Roles.ReadOnly);
        await books.Database.AddAsync(new UserTenant { UserId = tom.UserId!.Value, TenantId = demo.Value, IsActive = true });
        await books.Database.AddAsync(new Contact { TenantId = demo.Value, ContactId = Guid.NewGuid(), Name = "Somebody" });
        await books.Get<DemoService>().AddDayAsync(ana, demo, default);
        books.Clock.Advance(TimeSpan.FromDays(40));

        Assert.Null((await books.Get<DemoService>().StartAfreshAsync(ana, demo, default)).Problem);

        await using var db = books.Database.Open();
        var fresh = await db.XeroTenants.SingleAsync(tenant => tenant.Id == demo.Value);
        Assert.Equal((0, null, ConnectionStatus.Demo), (fresh.DaysAhead, fresh.DataAsOf, fresh.Connection));
        Assert.Equal(0, await db.Contacts.CountAsync());
        Assert.True(await db.Categories.AnyAsync());
        Assert.Equal(2, await db.UserTenants.CountAsync(grant => grant.TenantId == demo.Value));
        Assert.True((await db.UserTenants.SingleAsync(grant => grant.UserId == tom.UserId)).IsActive);
        var run = await db.SyncRuns.SingleAsync();
        Assert.Equal((SyncTriggers.First, true, SyncStatus.Queued), (run.Trigger, run.Full, run.Status));
        Assert.Equal(new DateOnly(2026, 4, 29), await books.Get<DemoService>().AnchorAsync(default));
    }

    [Fact]
    public async Task Only_the_demos_days_move_and_only_for_those_who_may_connect()
    {
        await using var books = await ConsentedBooks.CreateAsync();
        var (ana, demo) = await DemoAsync(books);
        var real = (await books.ConnectAsync(ana, books.Second)).Value[0];
        ana = await books.AsNowAsync(ana.UserId!.Value);
        var service = books.Get<DemoService>();

        Assert.Equal("not-the-demo", (await service.AddDayAsync(ana, real, default)).Problem!.Code);
        Assert.Equal("not-the-demo", (await service.StartAfreshAsync(ana, real, default)).Problem!.Code);
        var standard = FakeCaller.Person(Roles.Standard) with { Tenants = new HashSet<Guid> { demo.Value } };
        Assert.Equal("permission-missing", (await service.AddDayAsync(standard, demo, default)).Problem!.Code);
        Assert.Equal("permission-missing", (await service.StartAfreshAsync(standard, demo, default)).Problem!.Code);
        Assert.Equal("permission-missing", (await service.AddAsync(standard, default)).Problem!.Code);
        Assert.Equal("tenant-not-found", (await service.AddDayAsync(ana with { Tenants = new HashSet<Guid>() }, demo, default)).Problem!.Code);
    }

    private static async Task<(Caller Ana, TenantId Demo)> DemoAsync(ConsentedBooks books)
    {
        var ana = await books.PersonAsync(role: Roles.Admin);
        var demo = await books.Get<IDemoCompany>().EnsureAsync(default);
        return (await books.AsNowAsync(ana.UserId!.Value), demo);
    }

    private static async Task<int> DocumentsAsync(ConsentedBooks books, TenantId demo)
    {
        await using var db = books.Database.Open();
        return await db.Documents.CountAsync(document => document.TenantId == demo.Value);
    }
}
