using System.Text;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Sync.Notices;
using XeroCfo.Domain.Tenants;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Sync;

/// <summary>What Xero tells of by itself.</summary>
public sealed class NoticeTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [BothDatabases]
    public async Task A_notice_fetches_just_what_changed(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        var invoice = books.Small.Invoices[3];
        books.Clock.Advance(TimeSpan.FromMinutes(2));
        books.Small.Books.Now = books.Clock.Now;
        books.Small.Books.Void(invoice, new DateOnly(2026, 3, 20));
        books.Xero.ForgetCalls();

        await TellAsync(books, FakeNotice.Of(books.First, "INVOICE", invoice, books.Clock.Now));
        var run = (await RunNoticedAsync(books, tenant))!;

        Assert.Equal((SyncStatus.Succeeded, SyncTriggers.Notice), (run.Status, run.Trigger));
        Assert.Equal(1, run.Counts["Invoice"].Updated);
        Assert.Equal(1, RecordCalls(books));
        Assert.Equal(0, books.Xero.CallsTo("Accounts") + books.Xero.CallsTo("Contacts") + books.Xero.CallsTo("BatchPayments"));

        // Before and after Xero's trial balance is read stands the question what else has changed, and nothing but that.
        Assert.All(books.Xero.Calls.Where(call => call.Request.Asked("page") is not null), call => Assert.NotNull(call.Request.Header("If-Modified-Since")));
        Assert.Null(await RunNoticedAsync(books, tenant));
        await using var db = books.Database.Open();
        Assert.Equal("VOIDED", db.Transactions.Single(row => row.XeroId == invoice).Status);
    }

    [BothDatabases]
    public async Task What_could_not_be_fetched_is_tried_again_after_ever_longer_waits(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        await TellAsync(books, FakeNotice.Of(books.First, "INVOICE", books.Small.Invoices[0], books.Clock.Now));
        books.Xero.Faults = Away;

        Assert.Equal(SyncStatus.Failed, (await RunNoticedAsync(books, tenant))?.Status);
        foreach (var minutes in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            books.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            Assert.Null(await RunNoticedAsync(books, tenant));
            books.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal((minutes, SyncStatus.Failed), (minutes, (await RunNoticedAsync(books, tenant))?.Status));
        }

        books.Xero.Faults = null;
        books.Clock.Advance(Hour);
        Assert.Equal(SyncStatus.Succeeded, (await RunNoticedAsync(books, tenant))?.Status);
        await TellAsync(books, FakeNotice.Of(books.First, "INVOICE", books.Small.Invoices[1], books.Clock.Now));
        Assert.Equal(SyncStatus.Succeeded, (await RunNoticedAsync(books, tenant))?.Status);
    }

    [BothDatabases]
    public async Task A_record_that_a_person_asks_for_does_not_wait(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        await TellAsync(books, FakeNotice.Of(books.First, "INVOICE", books.Small.Invoices[0], books.Clock.Now));
        books.Xero.Faults = Away;
        Assert.Equal(SyncStatus.Failed, (await RunNoticedAsync(books, tenant))?.Status);
        books.Xero.Faults = null;

        await books.Get<SyncService>().RequestRecordAsync(Domain.Users.Caller.Command, tenant, "Invoice", books.Small.Invoices[1], default);

        Assert.Equal(SyncStatus.Succeeded, (await books.Get<SyncRunner>().RunNextAsync(tenant, default))?.Status);
        Assert.Null(await RunNoticedAsync(books, tenant));
    }

    [BothDatabases]
    public async Task The_same_notice_again_does_no_harm_and_many_at_once_are_one_run(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        var body = FakeNotice.Of(books.First, "Invoice", books.Small.Invoices[0], books.Clock.Now);
        var other = FakeNotice.Of(books.First, "PAYMENT", books.Small.Payments[0], books.Clock.Now);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => TellAsync(books, i % 2 == 0 ? body : other))));
        var run = (await RunNoticedAsync(books, tenant))!;
        Assert.Equal((1, 1), (run.Counts["Invoice"].Unchanged, run.Counts["Payment"].Unchanged));
        books.Xero.ForgetCalls();
        await TellAsync(books, body);
        await TellAsync(books, FakeNotice.Of(books.First, "Invoice", books.Small.Invoices[0], books.Clock.Now.AddMinutes(-5)));
        Assert.Null(await RunNoticedAsync(books, tenant));
        Assert.Empty(books.Xero.Calls);
        await TellAsync(books, FakeNotice.Of(books.First, "Invoice", books.Small.Invoices[0], books.Clock.Now.AddSeconds(1)));
        Assert.Equal(SyncStatus.Succeeded, (await RunNoticedAsync(books, tenant))!.Status);
        Assert.Empty((await books.Get<SyncService>().GetAsync(Domain.Users.Caller.Command, tenant, run.Id, default)).Value.Issues);
    }

    [BothDatabases]
    public async Task What_is_told_while_a_run_reads_is_read_by_the_next_one(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        var body = FakeNotice.Of(books.First, "INVOICE", books.Small.Invoices[0], books.Clock.Now);
        await TellAsync(books, body);
        var told = false;
        books.Xero.Faults = request =>
        {
            if (request.Endpoint == "Invoices" && !told)
            {
                told = true;
                books.Clock.Advance(TimeSpan.FromSeconds(1));
                Task.Run(() => TellAsync(books, FakeNotice.Of(books.First, "INVOICE", books.Small.Invoices[0], books.Clock.Now))).GetAwaiter().GetResult();
            }

            return null;
        };

        await RunNoticedAsync(books, tenant);
        books.Xero.ForgetCalls();
        Assert.NotNull(await RunNoticedAsync(books, tenant));
        Assert.Equal(1, RecordCalls(books));
        Assert.Null(await RunNoticedAsync(books, tenant));
    }

    [Fact]
    public async Task A_wrong_signature_is_refused_and_what_is_not_known_is_taken_and_left_alone()
    {
        await using var books = await ConsentedBooks.CreateAsync();
        var (_, tenant) = await books.ConnectedAsync();
        var notices = books.Get<NoticeService>();
        var body = FakeNotice.Of(books.First, "INVOICE", books.Small.Invoices[0], books.Clock.Now);
        var right = FakeNotice.Sign(ConsentedBooks.WebhookKey, body);

        foreach (var wrong in new[] { null, "", "AAAA", right[..^2] + (right[^2] == 'A' ? 'B' : 'A') + "=", right.ToUpperInvariant() })
        {
            Assert.False(await notices.ReceiveAsync(Encoding.UTF8.GetBytes(body), wrong, default));
        }

        Assert.False(await notices.ReceiveAsync(Encoding.UTF8.GetBytes(body + " "), right, default));
        string[] strange =
        [
            """{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"x"}""", "", "no json", "[]", "{}", """{"events":7}""", """{"events":[null,7,{}]}""",
            FakeNotice.Of(books.First, "SUBSCRIPTION", Guid.NewGuid(), books.Clock.Now), FakeNotice.Of(Guid.NewGuid(), "INVOICE", Guid.NewGuid(), books.Clock.Now),
        ];
        foreach (var text in strange)
        {
            Assert.True(await notices.ReceiveAsync(Encoding.UTF8.GetBytes(text), FakeNotice.Sign(ConsentedBooks.WebhookKey, text), default), text);
        }

        Assert.Null(await RunNoticedAsync(books, tenant));
        books.Options.WebhookKey = null;
        Assert.False(await notices.ReceiveAsync(Encoding.UTF8.GetBytes(body), right, default));
    }

    [BothDatabases]
    public async Task Scheduled_runs_read_the_lists_once_a_day_and_sooner_for_an_account_they_do_not_know(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        books.Xero.ForgetCalls();
        Assert.Equal(SyncStatus.Succeeded, (await ScheduledAsync(books, tenant, TimeSpan.FromHours(2))).Status);
        Assert.Equal(0, books.Xero.CallsTo("Accounts") + books.Xero.CallsTo("Organisation") + books.Xero.CallsTo("TaxRates"));
        Assert.True(books.Xero.CallsTo("Invoices") > 0);

        books.Small.Books.Account("777", "Brand new", "EXPENSE");
        books.Clock.Advance(TimeSpan.FromHours(1));
        books.Small.Books.Now = books.Clock.Now;
        books.Small.Books.Spend(new DateOnly(2026, 3, 20), "090", "Shop", new FakeLine("777", 12m, "INPUT2"));
        var run = await ScheduledAsync(books, tenant, TimeSpan.FromHours(1));
        Assert.Equal(SyncStatus.Succeeded, run.Status);
        Assert.Empty((await books.Get<SyncService>().GetAsync(Domain.Users.Caller.Command, tenant, run.Id, default)).Value.Issues);
        Assert.Equal(1, books.Xero.CallsTo("Accounts"));

        await ScheduledAsync(books, tenant, TimeSpan.FromHours(24));
        Assert.Equal(2, books.Xero.CallsTo("Accounts"));
    }

    private static FakeFault? Away(FakeRequest request) => request.Path.StartsWith("/api.xro", StringComparison.Ordinal) ? FakeFault.Status(503) : null;

    private static int RecordCalls(ConsentedBooks books) => books.Xero.Calls.Count(call => call.Request.Path.StartsWith("/api.xro/2.0/Invoices/", StringComparison.Ordinal));

    private static async Task<SyncRun> ScheduledAsync(ConsentedBooks books, TenantId tenant, TimeSpan later)
    {
        books.Clock.Advance(later);
        Assert.Equal(1, await books.Get<ISyncQueue>().EnqueueDueAsync(TimeSpan.FromHours(1), default));
        return (await books.Get<SyncRunner>().RunNextAsync(tenant, default))!;
    }

    private static async Task TellAsync(ConsentedBooks books, string body) =>
        Assert.True(await books.Get<NoticeService>().ReceiveAsync(Encoding.UTF8.GetBytes(body), FakeNotice.Sign(ConsentedBooks.WebhookKey, body), default));

    private static async Task<SyncRun?> RunNoticedAsync(ConsentedBooks books, TenantId tenant)
    {
        await books.Get<ISyncQueue>().EnqueueNoticedAsync(Hour, default);
        return await books.Get<SyncRunner>().RunNextAsync(tenant, default);
    }
}
