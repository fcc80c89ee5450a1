using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Xero;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Xero;

/// <summary>How hard we lean on Xero, over all processes.</summary>
public sealed class PaceTests
{
    [BothDatabases]
    public async Task Two_processes_share_the_calls_of_a_day(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind, options => options.CallsPerDay = 10);
        var tenant = (await books.ConnectAsync(await books.PersonAsync(), books.First)).Value[0];
        var organisation = await books.OrganisationAsync(tenant);
        await using var other = books.Process();
        var paces = new[] { books.Get<XeroPace>(), other.GetRequiredService<XeroPace>() };

        var entered = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(async () =>
        {
            var place = await paces[i % 2].EnterAsync(organisation, CallPurposes.Sync, default);
            if (place.Succeeded)
            {
                await place.Value.DisposeAsync();
            }

            return place.Succeeded;
        })));

        Assert.Equal(10, entered.Count(through => through));
        var today = (await paces[1].TodayAsync(organisation, default))!;
        Assert.Equal((10, 10, 0, books.Clock.Now.UtcDateTime.AddDays(1)), (today.Used, today.Limit, today.Left, today.OpensAt));
        books.Clock.Advance(TimeSpan.FromHours(24));
        Assert.True((await paces[0].EnterAsync(organisation, CallPurposes.Sync, default)).Succeeded);
        Assert.Equal(9, await paces[1].LeftTodayAsync(organisation, default));
    }

    [BothDatabases]
    public async Task When_the_day_is_used_up_the_run_waits_until_it_opens_and_then_goes_on_by_itself(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind, options => options.CallsPerDay = 50);
        var tenant = (await books.ConnectAsync(await books.PersonAsync(), books.First)).Value[0];
        var runner = books.Get<SyncRunner>();
        var opened = books.Clock.Now.UtcDateTime;

        var parked = (await runner.RunNextAsync(tenant, default))!;

        Assert.Equal((SyncStatus.Queued, "waiting until 2026-03-21T00:00:00Z", 50), (parked.Status, parked.Step, parked.Calls));
        Assert.Equal(opened.AddDays(1), parked.WaitUntil);
        Assert.Null(await runner.RunNextAsync(tenant, default));
        Assert.Equal(50, books.Xero.Calls.Count(call => call.Request.Header("xero-tenant-id") is not null));
        var rounds = 1;
        for (var run = parked; run.Status == SyncStatus.Queued; rounds++)
        {
            books.Clock.Advance(TimeSpan.FromHours(24));
            run = (await runner.RunNextAsync(tenant, default))!;
            Assert.True(run.Status is SyncStatus.Queued or SyncStatus.Succeeded, run.ErrorMessage);
            Assert.True(rounds < 4);
        }

        await using var db = books.Database.Open();
        Assert.Equal((SyncStatus.Succeeded, parked.Id), (db.SyncRuns.Single().Status, db.SyncRuns.Single().Id));
    }

    [BothDatabases]
    public async Task A_day_that_Xero_has_closed_stays_closed_until_it_said(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        books.Xero.Faults = request => request.Endpoint == "Invoices" ? FakeFault.RateLimit("Day", 40_000) : null;

        var run = (await books.SyncAsync(tenant))!;

        Assert.Equal((SyncStatus.Queued, books.Clock.Now.UtcDateTime.AddSeconds(40_000)), (run.Status, run.WaitUntil));
        Assert.Null(run.ErrorCode);
        books.Xero.ForgetCalls();
        books.Xero.Faults = null;
        books.Clock.Advance(TimeSpan.FromSeconds(39_999));
        Assert.Null(await books.Get<SyncRunner>().RunNextAsync(tenant, default));
        Assert.Empty(books.Xero.Calls);
        books.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(SyncStatus.Succeeded, (await books.Get<SyncRunner>().RunNextAsync(tenant, default))!.Status);
    }

    [BothDatabases]
    public async Task Of_the_days_figure_and_Xeros_word_the_smaller_counts(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind, options => options.CallsPerDay = 900);
        var (_, tenant) = await books.ConnectedAsync();
        var organisation = await books.OrganisationAsync(tenant);
        var pace = books.Get<XeroPace>();
        var before = (await pace.LeftTodayAsync(organisation, default))!.Value;

        await pace.SaidAsync(organisation, 3, default);
        Assert.Equal(3, await pace.LeftTodayAsync(organisation, default));
        await pace.SaidAsync(organisation, 0, default);
        Assert.Equal("xero-rate-limited", (await pace.EnterAsync(organisation, CallPurposes.Sync, default)).Problem!.Code);
        books.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.True((await pace.EnterAsync(organisation, CallPurposes.Sync, default)).Succeeded);
        await pace.SaidAsync(organisation, 4_900, default);
        Assert.Equal(before - 1, await pace.LeftTodayAsync(organisation, default));
    }

    [BothDatabases]
    public async Task A_minute_holds_only_so_many_calls_however_many_processes_there_are(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind, options => (options.CallsPerMinute, options.ConcurrentCalls) = (5, 100));
        var tenant = (await books.ConnectAsync(await books.PersonAsync(), books.First)).Value[0];
        var organisation = await books.OrganisationAsync(tenant);
        await using var other = books.Process();
        var paces = new[] { books.Get<XeroPace>(), other.GetRequiredService<XeroPace>() };
        using var enough = new CancellationTokenSource();

        var waiting = Enumerable.Range(0, 8).Select(i => paces[i % 2].EnterAsync(organisation, CallPurposes.Sync, enough.Token)).ToList();
        while (waiting.Count(place => place.IsCompletedSuccessfully) < 5)
        {
            await Task.WhenAny(waiting.Where(place => !place.IsCompleted));
        }

        Assert.Equal(5, (await paces[0].TodayAsync(organisation, default))!.Used);
        Assert.Equal(3, waiting.Count(place => !place.IsCompleted));
        await enough.CancelAsync();
        Assert.Equal(3, (await Task.WhenAll(waiting.Select(async place => await place.ContinueWith(ended => ended.IsCanceled, TaskScheduler.Default)))).Count(cancelled => cancelled));
    }

    [BothDatabases]
    public async Task A_call_that_is_a_minute_old_here_may_be_younger_at_Xero(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind, options => options.CallsPerMinute = 1);
        var tenant = (await books.ConnectAsync(await books.PersonAsync(), books.First)).Value[0];
        var organisation = await books.OrganisationAsync(tenant);
        var pace = books.Get<XeroPace>();
        Assert.True((await pace.EnterAsync(organisation, CallPurposes.Sync, default)).Succeeded);

        books.Clock.Advance(TimeSpan.FromSeconds(60));
        using var enough = new CancellationTokenSource();
        var second = pace.EnterAsync(organisation, CallPurposes.Sync, enough.Token);
        Assert.NotSame(second, await Task.WhenAny(second, Task.Delay(TimeSpan.FromMilliseconds(200))));
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        books.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await pace.EnterAsync(organisation, CallPurposes.Sync, default)).Succeeded);
    }

    [BothDatabases]
    public async Task Only_so_many_calls_are_under_way_at_once_however_many_processes_there_are(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind, options => options.ConcurrentCalls = 2);
        var tenant = (await books.ConnectAsync(await books.PersonAsync(), books.First)).Value[0];
        var organisation = await books.OrganisationAsync(tenant);
        await using var other = books.Process();
        var (mine, theirs) = (books.Get<XeroPace>(), other.GetRequiredService<XeroPace>());
        var first = (await mine.EnterAsync(organisation, CallPurposes.Sync, default)).Value;
        Assert.True((await mine.EnterAsync(organisation, CallPurposes.Sync, default)).Succeeded);

        var third = theirs.EnterAsync(organisation, CallPurposes.Checks, default);

        Assert.NotSame(third, await Task.WhenAny(third, Task.Delay(TimeSpan.FromMilliseconds(700))));
        await first.DisposeAsync();
        await using var entered = (await third).Value;
        Assert.Equal(3, (await theirs.TodayAsync(organisation, default))!.Used);
    }

    [BothDatabases]
    public async Task A_call_whose_process_died_keeps_its_place_no_longer_than_a_call_lasts(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind, options => options.ConcurrentCalls = 1);
        var tenant = (await books.ConnectAsync(await books.PersonAsync(), books.First)).Value[0];
        var organisation = await books.OrganisationAsync(tenant);
        await using var other = books.Process();
        Assert.True((await books.Get<XeroPace>().EnterAsync(organisation, CallPurposes.Sync, default)).Succeeded);

        var next = other.GetRequiredService<XeroPace>().EnterAsync(organisation, CallPurposes.Sync, default);

        books.Clock.Advance(TimeSpan.FromSeconds(books.Options.TimeoutSeconds));
        Assert.NotSame(next, await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(700))));
        books.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.True((await next).Succeeded);
    }

    [BothDatabases]
    public async Task A_short_wait_that_Xero_asks_for_holds_for_all_processes_and_shortens_no_longer_one(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var tenant = (await books.ConnectAsync(await books.PersonAsync(), books.First)).Value[0];
        var organisation = await books.OrganisationAsync(tenant);
        await using var other = books.Process();
        var (mine, theirs) = (books.Get<XeroPace>(), other.GetRequiredService<XeroPace>());
        var now = books.Clock.Now.UtcDateTime;

        await mine.ClosedAsync(organisation, TimeSpan.FromSeconds(1), default);

        Assert.Equal(now.AddSeconds(1), (await theirs.TodayAsync(organisation, default))!.OpensAt);
        var waits = theirs.EnterAsync(organisation, CallPurposes.Checks, default);
        Assert.NotSame(waits, await Task.WhenAny(waits, Task.Delay(TimeSpan.FromMilliseconds(300))));
        books.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await waits).Succeeded);
        await mine.ClosedAsync(organisation, TimeSpan.FromHours(3), default);
        await theirs.ClosedAsync(organisation, TimeSpan.FromSeconds(30), default);
        Assert.Equal(now.AddHours(3).AddSeconds(1), (await mine.TodayAsync(organisation, default))!.OpensAt);
    }

    [BothDatabases]
    public async Task A_day_that_is_used_up_is_not_slept_out_however_soon_it_ends(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        books.Xero.ForgetCalls();
        books.Xero.Faults = request => request.Endpoint == "Invoices" ? FakeFault.RateLimit("DAY", 5) : null;

        var run = (await books.SyncAsync(tenant))!;

        Assert.Equal((SyncStatus.Queued, books.Clock.Now.UtcDateTime.AddSeconds(5)), (run.Status, run.WaitUntil));
        Assert.Equal(1, books.Xero.CallsTo("Invoices"));
        books.Xero.Faults = null;
        books.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(SyncStatus.Succeeded, (await books.Get<SyncRunner>().RunNextAsync(tenant, default))!.Status);
    }

    [BothDatabases]
    public async Task What_still_moved_is_read_again_soon_even_by_the_schedule(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        var queue = books.Get<ISyncQueue>();
        books.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, await queue.EnqueueDueAsync(TimeSpan.FromHours(1), default));
        await using (var db = books.Database.Open())
        {
            (await db.XeroTenants.FindAsync(tenant.Value))!.SettlingFrom = new DateOnly(2026, 3, 1);
            await db.SaveChangesAsync();
        }

        Assert.Equal(1, await queue.EnqueueDueAsync(TimeSpan.FromHours(1), default));
    }

    [Theory]
    [InlineData(900, 24, 20, 60)]
    [InlineData(200, 20, 20, 171)]
    [InlineData(40, 10, 20, 600)]
    [InlineData(20, 10, 20, int.MaxValue)]
    [InlineData(900, 24, 1, 60)]
    public void Scheduled_runs_come_further_apart_when_calls_run_short(int left, int hours, int perRun, int minutes)
    {
        var spacing = SyncPlan.Spacing(TimeSpan.FromHours(1), left, TimeSpan.FromHours(hours), perRun);

        Assert.Equal(minutes == int.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromMinutes(minutes), minutes == int.MaxValue ? spacing : TimeSpan.FromMinutes((int)spacing.TotalMinutes));
    }
}
