using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Xero;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Xero.Consents;

/// <summary>Tokens that end, are renewed, get lost on their way, or are withdrawn.</summary>
public sealed class RenewalTests
{
    [BothDatabases]
    public async Task Many_who_need_a_new_token_at_once_renew_it_once_over_all_processes(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var ana = await books.PersonAsync();
        var tenants = (await books.ConnectAsync(ana, books.First, books.Second)).Value;
        await using var other = books.Process();
        books.Clock.Advance(TimeSpan.FromMinutes(26));
        books.Xero.ForgetCalls();

        var doors = new[] { books.Get<IXeroAccess>(), other.GetRequiredService<IXeroAccess>() };
        var tokens = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => doors[i % 2].TokenAsync(tenants[i / 2 % 2], null, default))));

        Assert.Single(tokens.Select(token => token.Value.AccessToken).Distinct());
        Assert.Equal(1, books.Xero.CallsTo("connect"));
        Assert.Equal(1, books.Consents.MostAtOnce);
        await using var db = books.Database.Open();
        Assert.Equal([books.Clock.Now.UtcDateTime.AddMinutes(30)], db.XeroTokens.Select(token => token.ExpiresAt).Distinct());
    }

    [BothDatabases]
    public async Task A_token_that_is_good_for_five_minutes_more_is_used_as_it_is(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        books.Clock.Advance(TimeSpan.FromMinutes(24));
        books.Xero.ForgetCalls();

        await books.Get<IXeroAccess>().TokenAsync(tenant, null, default);
        Assert.Equal(0, books.Xero.CallsTo("connect"));
        books.Clock.Advance(TimeSpan.FromMinutes(2));
        await books.Get<IXeroAccess>().TokenAsync(tenant, null, default);
        Assert.Equal(1, books.Xero.CallsTo("connect"));
    }

    [BothDatabases]
    public async Task A_token_that_ends_in_the_middle_of_a_page_is_renewed_and_the_page_read_again(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        var ended = false;
        books.Small.Change();
        books.Xero.ForgetCalls();
        books.Xero.Faults = request =>
        {
            if (request.Endpoint == "Payments" && !ended)
            {
                books.Consents.EndAccessTokens();
                ended = true;
            }

            return null;
        };

        Assert.Equal(SyncStatus.Succeeded, (await books.SyncAsync(tenant))!.Status);
        Assert.True(ended);
        Assert.Equal(1, books.Xero.CallsTo("connect"));
        Assert.Equal([401, 200], books.Xero.Calls.Where(call => call.Request.Endpoint == "Payments").Select(call => call.Status).Take(2));
    }

    [BothDatabases]
    public async Task Tokens_that_work_for_a_few_calls_only_are_renewed_again_and_again(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        var calls = 0;
        books.Small.Change();
        books.Xero.ForgetCalls();
        books.Xero.Faults = request =>
        {
            if (request.Path != "/connect/token" && ++calls % 5 == 0)
            {
                books.Consents.EndAccessTokens();
            }

            return null;
        };

        Assert.Equal(SyncStatus.Succeeded, (await books.SyncAsync(tenant))!.Status);

        Assert.True(books.Xero.CallsTo("connect") > 1, $"{calls} calls");
    }

    [BothDatabases]
    public async Task When_the_answer_to_a_renewal_is_lost_the_old_token_is_tried_once_more(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        books.Clock.Advance(TimeSpan.FromMinutes(31));
        books.Xero.ForgetCalls();
        var lost = false;
        books.Xero.Faults = request => request.Path == "/connect/token" && !lost && (lost = true) ? FakeFault.CutBody : null;

        Assert.Equal(SyncStatus.Succeeded, (await books.SyncAsync(tenant))!.Status);

        Assert.Equal(2, books.Xero.CallsTo("connect"));
        books.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(SyncStatus.Succeeded, (await books.SyncAsync(tenant))!.Status);
    }

    [BothDatabases]
    public async Task Whoever_leaves_while_a_token_is_renewed_takes_no_new_pair_along(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        books.Clock.Advance(TimeSpan.FromMinutes(31));
        books.Xero.ForgetCalls();
        using var page = new CancellationTokenSource();
        books.Xero.Faults = request =>
        {
            if (request.Path == "/connect/token")
            {
                page.Cancel();
            }

            return null;
        };

        await books.Get<IXeroAccess>().TokenAsync(tenant, null, page.Token);

        Assert.Equal(1, books.Xero.CallsTo("connect"));
        books.Xero.Faults = null;
        books.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(SyncStatus.Succeeded, (await books.SyncAsync(tenant))!.Status);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => books.Get<IXeroAccess>().TokenAsync(tenant, null, page.Token));
    }

    [BothDatabases]
    public async Task A_renewal_without_an_answer_is_tried_again_while_Xero_still_takes_the_old_token(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var ana = await books.PersonAsync();
        var tenants = (await books.ConnectAsync(ana, books.First, books.Second)).Value;
        var renewals = books.Get<IUnclearRenewals>();
        books.Clock.Advance(TimeSpan.FromMinutes(60));
        books.Xero.Faults = request => request.Path == "/connect/token" ? FakeFault.CutBody : null;
        Assert.Equal("xero-unavailable", (await books.Get<IXeroAccess>().TokenAsync(tenants[0], null, default)).Problem!.Code);
        books.Xero.Faults = null;
        books.Xero.ForgetCalls();

        books.Clock.Advance(TimeSpan.FromMinutes(4));
        await renewals.TryAgainAsync(default);
        Assert.Empty(books.Xero.Calls);
        books.Clock.Advance(TimeSpan.FromMinutes(1));
        await renewals.TryAgainAsync(default);
        Assert.Equal(1, books.Xero.CallsTo("connect"));
        books.Clock.Advance(TimeSpan.FromMinutes(10));
        await renewals.TryAgainAsync(default);
        Assert.Equal(1, books.Xero.CallsTo("connect"));

        books.Clock.Advance(TimeSpan.FromMinutes(50));
        Assert.True((await books.Get<IXeroAccess>().TokenAsync(tenants[1], null, default)).Succeeded);
        await using var db = books.Database.Open();
        Assert.False(await db.XeroTokens.AnyAsync(token => token.BrokenAt != null));
    }

    [BothDatabases]
    public async Task While_Xeros_sign_in_is_away_nothing_is_lost_and_it_is_asked_twice_only(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        books.Clock.Advance(TimeSpan.FromMinutes(27));
        books.Xero.Faults = request => request.Path == "/connect/token" ? FakeFault.Status(503) : null;
        books.Xero.ForgetCalls();

        Assert.Equal(SyncStatus.Succeeded, (await books.SyncAsync(tenant))!.Status);
        Assert.Equal(2, books.Xero.CallsTo("connect"));
        books.Clock.Advance(TimeSpan.FromMinutes(10));
        var run = (await books.SyncAsync(tenant))!;
        Assert.Equal((SyncStatus.Failed, "xero-unavailable"), (run.Status, run.ErrorCode));
        Assert.Equal(4, books.Xero.CallsTo("connect"));
        Assert.Equal(ConnectionStatus.Connected, (await books.OrganisationAsync(tenant)).Connection);
        books.Xero.Faults = null;
        Assert.Equal(SyncStatus.Succeeded, (await books.SyncAsync(tenant))!.Status);
    }

    [BothDatabases]
    public async Task A_withdrawn_consent_waits_for_a_person_asks_no_more_and_the_figures_stay(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (ana, tenant) = await books.ConnectedAsync();
        books.Consents.Withdraw(ana.Name);
        books.Clock.Advance(TimeSpan.FromMinutes(40));

        Assert.Equal("xero-needs-reconnect", (await books.SyncAsync(tenant))!.ErrorCode);

        var organisation = await books.OrganisationAsync(tenant);
        Assert.Equal(ConnectionStatus.NeedsReconnect, organisation.Connection);
        Assert.Contains("Xero has ended the consent", organisation.ConnectionDetail, StringComparison.Ordinal);
        books.Xero.ForgetCalls();
        await books.SyncAsync(tenant);
        await books.SyncAsync(tenant);
        Assert.Empty(books.Xero.Calls);
        books.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(0, await books.Get<Domain.Pipeline.ISyncQueue>().EnqueueDueAsync(TimeSpan.FromHours(1), default));
        await using (var db = books.Database.Open())
        {
            Assert.True(await db.LedgerLines.AnyAsync());
            Assert.Equal(1, await db.OutboxEvents.CountAsync(told => told.Type == "connection.needs_reconnect"));
            Assert.Equal(1, await db.AuditLogs.CountAsync(entry => entry.Action == "connection.needs_reconnect"));
        }

        Assert.Equal([tenant], (await books.ConnectAsync(ana, books.First)).Value);
        Assert.Equal((ConnectionStatus.Connected, null), ((await books.OrganisationAsync(tenant)).Connection, (await books.OrganisationAsync(tenant)).ConnectionDetail));
        Assert.Equal(SyncStatus.Succeeded, (await books.SyncAsync(tenant))!.Status);
    }

    [BothDatabases]
    public async Task An_organisation_that_was_disconnected_inside_Xero_says_so_and_the_others_go_on(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var ana = await books.PersonAsync();
        var tenants = (await books.ConnectAsync(ana, books.First, books.Second)).Value;
        var (first, second) = (await books.OrganisationAsync(tenants[0])).XeroTenantId == books.First.ToString("D") ? (tenants[0], tenants[1]) : (tenants[1], tenants[0]);
        books.Consents.Disconnect(books.First);

        var run = (await books.SyncAsync(first))!;

        Assert.Equal("xero-needs-reconnect", run.ErrorCode);
        Assert.Contains("disconnected inside Xero", (await books.OrganisationAsync(first)).ConnectionDetail, StringComparison.Ordinal);
        Assert.InRange(books.Xero.CallsTo("connections"), 1, 2);
        Assert.Equal(SyncStatus.Succeeded, (await books.SyncAsync(second))!.Status);
        Assert.Equal(ConnectionStatus.Connected, (await books.OrganisationAsync(second)).Connection);
    }

    [BothDatabases]
    public async Task Where_one_persons_consent_ended_anothers_is_used(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (ana, tenant) = await books.ConnectedAsync();
        books.Clock.Advance(TimeSpan.FromMinutes(1));
        var tom = await books.PersonAsync("tom");
        await books.ConnectAsync(tom, books.First);
        books.Consents.Withdraw(tom.Name);

        Assert.Equal(SyncStatus.Succeeded, (await books.SyncAsync(tenant))!.Status);

        Assert.Equal(ConnectionStatus.Connected, (await books.OrganisationAsync(tenant)).Connection);
        await using var db = books.Database.Open();
        Assert.Equal([tom.UserId!.Value], db.XeroTokens.Where(token => token.BrokenAt != null).Select(token => token.UserId));
        books.Consents.Withdraw(ana.Name);
        Assert.Equal("xero-needs-reconnect", (await books.SyncAsync(tenant))!.ErrorCode);
        Assert.Equal(ConnectionStatus.NeedsReconnect, (await books.OrganisationAsync(tenant)).Connection);
    }

    [Fact]
    public async Task A_consent_without_offline_access_ends_after_half_an_hour_and_says_why()
    {
        await using var books = await ConsentedBooks.CreateAsync(options: options => options.Scopes = "accounting.settings.read");
        var (_, tenant) = await books.ConnectedAsync();
        books.Clock.Advance(TimeSpan.FromMinutes(31));

        await books.SyncAsync(tenant);

        Assert.Contains("offline_access", (await books.OrganisationAsync(tenant)).ConnectionDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_client_secret_is_the_apps_fault_and_ends_no_consent()
    {
        await using var books = await ConsentedBooks.CreateAsync();
        var (_, tenant) = await books.ConnectedAsync();
        books.Clock.Advance(TimeSpan.FromMinutes(31));
        books.Options.ClientSecret = "wrong";

        Assert.Equal("xero-app-refused", (await books.SyncAsync(tenant))!.ErrorCode);
        Assert.Equal(ConnectionStatus.Connected, (await books.OrganisationAsync(tenant)).Connection);
        books.Options.ClientSecret = FakeConsents.ClientSecret;
        Assert.Equal(SyncStatus.Succeeded, (await books.SyncAsync(tenant))!.Status);
    }

    [BothDatabases]
    public async Task Tokens_that_live_shortly_are_not_renewed_for_every_call(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        books.Consents.AccessLife = TimeSpan.FromMinutes(4);
        var tenant = (await books.ConnectAsync(await books.PersonAsync(), books.First)).Value[0];
        books.Xero.ForgetCalls();

        Assert.Equal(SyncStatus.Succeeded, (await books.SyncAsync(tenant))!.Status);

        Assert.Equal(1, books.Xero.CallsTo("connect"));
        Assert.True(books.Xero.Calls.Count > 20);
    }

    [BothDatabases]
    public async Task When_the_only_person_who_consented_is_gone_the_organisation_waits_for_another(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (ana, tenant) = await books.ConnectedAsync();
        await using (var db = books.Database.Open())
        {
            await db.XeroTokens.Where(token => token.UserId == ana.UserId).ExecuteDeleteAsync();
        }

        Assert.Equal("xero-needs-reconnect", (await books.SyncAsync(tenant))!.ErrorCode);

        var organisation = await books.OrganisationAsync(tenant);
        Assert.Equal(ConnectionStatus.NeedsReconnect, organisation.Connection);
        Assert.Contains("Nobody's consent", organisation.ConnectionDetail, StringComparison.Ordinal);
    }
}
