using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using XeroCfo.Data;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Sync.Notices;
using XeroCfo.Domain.Tenants;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Workers;

namespace XeroCfo.Tests.Sync;

/// <summary>Runs of several organisations in one process.</summary>
public sealed class SyncWorkerTests
{
    [BothDatabases]
    public async Task An_organisation_whose_run_takes_long_keeps_no_other_waiting_and_a_stop_leaves_it_to_the_next_process(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind, options => options.TimeoutSeconds = 300);
        var (slow, quick) = await TwoAsync(books);
        books.Xero.Faults = request => request.Endpoint == "Invoices" && request.Header("xero-tenant-id") == books.First.ToString("D") ? FakeFault.TimeOut : null;
        using var worker = new SyncWorker(books.Get<SyncRunner>(), books.Get<ISyncQueue>(), new SyncOptions(), books.Clock, NullLogger<SyncWorker>.Instance);
        await worker.StartAsync(default);

        await UntilAsync(books, db => db.SyncRuns.AnyAsync(run => run.TenantId == quick.Value && run.Status == SyncStatus.Succeeded));
        var body = FakeNotice.Of(books.Second, "INVOICE", Guid.NewGuid(), books.Clock.Now);
        Assert.True(await books.Get<NoticeService>().ReceiveAsync(Encoding.UTF8.GetBytes(body), FakeNotice.Sign(ConsentedBooks.WebhookKey, body), default));
        await UntilAsync(books, db => db.SyncRuns.AnyAsync(run => run.TenantId == quick.Value && run.Trigger == SyncTriggers.Notice && run.Status == SyncStatus.Succeeded));
        await UntilAsync(books, db => db.SyncRuns.AnyAsync(run => run.TenantId == slow.Value && run.Status == SyncStatus.Running && run.Step == SyncSteps.Of(Domain.Xero.DocumentKind.Invoice)));

        // Its lease has run out, as if the database had been busy for long: that does not make it a dead one.
        var owner = await OwnerAsync(books, slow);
        books.Clock.Advance(TimeSpan.FromSeconds(30));
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.Equal(owner, await OwnerAsync(books, slow));

        var watch = Stopwatch.StartNew();
        await worker.StopAsync(default);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed}.");
        books.Xero.Faults = null;
        books.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((slow.Value, SyncStatus.Succeeded), await books.Get<SyncRunner>().RunNextAsync(slow, default) is { } run ? (run.TenantId, run.Status) : default);
    }

    private static async Task<(TenantId First, TenantId Second)> TwoAsync(ConsentedBooks books)
    {
        await books.ConnectAsync(await books.PersonAsync(), books.First, books.Second);
        await using var db = books.Database.Open();
        var tenants = await db.XeroTenants.ToDictionaryAsync(tenant => tenant.XeroTenantId, tenant => new TenantId(tenant.Id));
        return (tenants[books.First.ToString("D")], tenants[books.Second.ToString("D")]);
    }

    private static async Task<string?> OwnerAsync(ConsentedBooks books, TenantId tenant)
    {
        await using var db = books.Database.Open();
        return (await db.SyncRuns.AsNoTracking().SingleAsync(run => run.TenantId == tenant.Value && run.Status == SyncStatus.Running)).LeaseOwner;
    }

    private static async Task UntilAsync(ConsentedBooks books, Func<XeroCfoDb, Task<bool>> isSo)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            await using var db = books.Database.Open();
            if (await isSo(db))
            {
                return;
            }

            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(45), "It did not come to be.");
        }
    }
}
