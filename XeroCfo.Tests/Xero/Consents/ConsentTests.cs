using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero.Consents;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Xero.Consents;

/// <summary>From a person's yes at Xero to books here.</summary>
public sealed class ConsentTests
{
    [BothDatabases]
    public async Task Every_organisation_of_a_consent_comes_in_is_granted_and_its_first_sync_waits(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var ana = await books.PersonAsync();

        var connected = await books.ConnectAsync(ana, books.First, books.Second);

        Assert.Equal(2, connected.Value.Count);
        Assert.Equal(connected.Value.Select(tenant => tenant.Value).ToHashSet(), (await books.AsNowAsync(ana.UserId!.Value)).Tenants);
        await using var db = books.Database.Open();
        Assert.Equal(["Organisation", "Other Limited"], db.XeroTenants.Select(tenant => tenant.Name).AsEnumerable().Select(name => name == "Other Limited" ? name : "Organisation").Order());
        Assert.All(db.SyncRuns, run => Assert.Equal((SyncStatus.Queued, true, SyncTriggers.First, ana.UserId), (run.Status, run.Full, run.Trigger, run.RequestedBy)));
        Assert.Equal(2, db.SyncRuns.Count());
        Assert.Single(db.XeroTokens.Select(token => token.GrantId).Distinct());
        Assert.Equal(2, db.AuditLogs.Count(entry => entry.Action == "connection.connected"));
        foreach (var tenant in connected.Value)
        {
            Assert.Equal(SyncStatus.Succeeded, await RunAsync(books, tenant));
        }
    }

    [BothDatabases]
    public async Task A_second_person_who_connects_the_same_one_gets_it_too(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        var tom = await books.PersonAsync("tom");

        Assert.Equal([tenant], (await books.ConnectAsync(tom, books.First)).Value);

        Assert.Contains(tenant.Value, (await books.AsNowAsync(tom.UserId!.Value)).Tenants);
        await using var db = books.Database.Open();
        Assert.Equal((1, 2), (db.XeroTenants.Count(), db.XeroTokens.Count()));
        Assert.Equal([SyncTriggers.Reconnect, SyncTriggers.First], db.SyncRuns.OrderByDescending(run => run.Id).Select(run => run.Trigger));
    }

    [Fact]
    public async Task Organisations_of_an_earlier_consent_stay_with_it()
    {
        await using var books = await ConsentedBooks.CreateAsync();
        var ana = await books.PersonAsync();
        var first = (await books.ConnectAsync(ana, books.First)).Value;

        var second = (await books.ConnectAsync(ana, books.Second)).Value;

        Assert.NotEqual(Assert.Single(first), Assert.Single(second));
        await using var db = books.Database.Open();
        Assert.Equal(2, db.XeroTokens.Select(token => token.GrantId).Distinct().Count());
    }

    [Fact]
    public async Task A_code_is_redeemed_once_and_only_by_who_asked()
    {
        await using var books = await ConsentedBooks.CreateAsync();
        var ana = await books.PersonAsync();
        var connections = books.Get<XeroConnectionService>();
        var (asked, answer) = await books.AskAsync(ana, books.First);

        Assert.Equal("xero-code-refused", (await connections.ConnectAsync(ana, answer["code"], ConsentRequest.New(books.Consents.RedirectUri), default)).Problem!.Code);
        (asked, answer) = await books.AskAsync(ana, books.First);
        Assert.Null((await connections.ConnectAsync(ana, answer["code"], asked, default)).Problem);
        Assert.Equal("xero-code-refused", (await connections.ConnectAsync(ana, answer["code"], asked, default)).Problem!.Code);
    }

    [Theory]
    [InlineData(Roles.Standard)]
    [InlineData(Roles.ReadOnly)]
    [InlineData(Roles.Executive)]
    public async Task Only_accountants_and_admins_connect_and_disconnect(string role)
    {
        await using var books = await ConsentedBooks.CreateAsync();
        var (_, tenant) = await books.ConnectedAsync();
        var person = (await books.PersonAsync("standard", role)) with { Tenants = new HashSet<Guid> { tenant.Value } };
        var connections = books.Get<XeroConnectionService>();

        Assert.Equal("permission-missing", (await connections.ConnectAsync(person, "code", ConsentRequest.New("https://x"), default)).Problem!.Code);
        Assert.Equal("permission-missing", (await connections.DisconnectAsync(person, tenant, AfterDisconnect.Keep, null, default)).Problem!.Code);
        Assert.Equal("permission-missing", (await connections.ConsentsAsync(person, tenant, default)).Problem!.Code);
        Assert.Equal("tenant-not-found", (await connections.DisconnectAsync(person with { Tenants = new HashSet<Guid>() }, tenant, AfterDisconnect.Keep, null, default)).Problem!.Code);
    }

    [BothDatabases]
    public async Task Nothing_that_Xero_gave_can_be_read_in_the_database_or_the_log(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (_, tenant) = await books.ConnectedAsync();
        books.Clock.Advance(TimeSpan.FromMinutes(27));
        await books.SyncAsync(tenant);
        await using var db = books.Database.Open();
        var token = db.XeroTokens.Single();
        var audit = string.Join('\n', db.AuditLogs.Select(entry => entry.Details));

        Assert.StartsWith("v1.", token.AccessToken, StringComparison.Ordinal);
        Assert.StartsWith("v1.", token.RefreshToken, StringComparison.Ordinal);
        var written = audit + string.Join('\n', books.Log);
        Assert.Contains("Sync", written, StringComparison.Ordinal);
        Assert.DoesNotContain("fake-refresh", written, StringComparison.Ordinal);
        Assert.DoesNotContain("fake-code", written, StringComparison.Ordinal);
        Assert.DoesNotContain("e30.", written, StringComparison.Ordinal);
        Assert.DoesNotContain(books.Options.ClientSecret!, written, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{books.Options.ClientId}:{books.Options.ClientSecret}")), written, StringComparison.Ordinal);
    }

    [BothDatabases]
    public async Task Disconnecting_takes_the_app_off_at_Xero_and_keeps_the_figures(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var ana = await books.PersonAsync();
        var tenants = (await books.ConnectAsync(ana, books.First, books.Second)).Value;
        foreach (var tenant in tenants)
        {
            await RunAsync(books, tenant);
        }

        ana = await books.AsNowAsync(ana.UserId!.Value);
        var connections = books.Get<XeroConnectionService>();
        var first = (await books.OrganisationAsync(tenants[0])).XeroTenantId == books.First.ToString("D") ? tenants[0] : tenants[1];
        Assert.Null((await connections.DisconnectAsync(ana, first, AfterDisconnect.Keep, null, default)).Problem);

        Assert.False(books.Consents.IsConnected(books.First));
        Assert.True(books.Consents.IsConnected(books.Second));
        Assert.Equal(1, books.Consents.RefreshTokens);
        var organisation = await books.OrganisationAsync(first);
        Assert.Equal(ConnectionStatus.Disconnected, organisation.Connection);
        await using (var db = books.Database.Open())
        {
            Assert.Single(db.XeroTokens);
            Assert.True(await db.LedgerLines.AnyAsync(line => line.TenantId == first.Value));
        }

        books.Xero.ForgetCalls();
        Assert.Equal("xero-disconnected", (await books.SyncAsync(first))!.ErrorCode);
        Assert.Empty(books.Xero.Calls);

        var second = tenants.Single(tenant => tenant != first);
        Assert.Equal("invalid-value", (await connections.DisconnectAsync(ana, second, AfterDisconnect.Delete, "other limited", default)).Problem!.Code);
        Assert.Null((await connections.DisconnectAsync(ana, second, AfterDisconnect.Delete, (await books.OrganisationAsync(second)).Name, default)).Problem);
        Assert.Equal(0, books.Consents.RefreshTokens);
        await using var after = books.Database.Open();
        Assert.Equal(0, await after.XeroTokens.CountAsync() + await after.LedgerLines.CountAsync(line => line.TenantId == second.Value));
        Assert.Equal([first.Value], after.XeroTenants.Select(tenant => tenant.Id));
        Assert.Equal(1, after.AuditLogs.Count(entry => entry.Action == "connection.deleted"));
    }

    [BothDatabases]
    public async Task A_token_that_ended_early_does_not_pass_for_a_connection_that_is_gone(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var ana = await books.PersonAsync();
        var tenants = (await books.ConnectAsync(ana, books.First, books.Second)).Value;
        ana = await books.AsNowAsync(ana.UserId!.Value);
        var connections = books.Get<XeroConnectionService>();
        var first = (await books.OrganisationAsync(tenants[0])).XeroTenantId == books.First.ToString("D") ? tenants[0] : tenants[1];

        books.Consents.EndAccessTokens();
        Assert.Null((await connections.DisconnectAsync(ana, first, AfterDisconnect.Keep, null, default)).Problem);
        Assert.False(books.Consents.IsConnected(books.First));
        Assert.True(books.Consents.IsConnected(books.Second));

        books.Xero.ForgetCalls();
        books.Xero.Faults = request => request.Method == "DELETE" ? FakeFault.Unauthorized("TokenExpired: token expired") : null;
        var second = tenants.Single(tenant => tenant != first);
        Assert.Equal("xero-token-refused", (await connections.DisconnectAsync(ana, second, AfterDisconnect.Keep, null, default)).Problem!.Code);
        Assert.Equal(2, books.Xero.Calls.Count(call => call.Request.Method == "DELETE"));
        Assert.Equal(ConnectionStatus.Connected, (await books.OrganisationAsync(second)).Connection);
        await using var db = books.Database.Open();
        Assert.Equal([second.Value], db.XeroTokens.Select(token => token.TenantId));
    }

    public static TheoryData<string> Stumbles => ["500", "a reset", "a broken body", "the limit of a minute"];

    [Theory]
    [MemberData(nameof(Stumbles))]
    public async Task The_list_of_connections_is_asked_for_again_because_the_code_counts_once(string fault)
    {
        await using var books = await ConsentedBooks.CreateAsync();
        var asked = 0;
        books.Xero.Faults = request => request.Path == "/connections" && asked++ < 2 ? Fault(fault) : null;

        Assert.Single((await books.ConnectAsync(await books.PersonAsync(), books.First)).Value);
        Assert.Equal(3, asked);
    }

    [BothDatabases]
    public async Task A_consent_that_cannot_be_kept_is_given_back_unless_that_ended_others_too(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var ana = await books.PersonAsync();
        books.Xero.Faults = request => request.Path == "/connections" ? FakeFault.Status(503) : null;

        Assert.Equal("xero-identity-unclear", (await books.ConnectAsync(ana, books.First)).Problem!.Code);

        Assert.Equal((3, 0, false), (books.Xero.CallsTo("connections"), books.Consents.RefreshTokens, books.Consents.IsConnected(books.First)));
        books.Xero.Faults = null;
        await books.ConnectAsync(ana, books.First);
        books.Xero.Faults = request => request.Path == "/connections" ? FakeFault.Status(503) : null;
        Assert.NotNull((await books.ConnectAsync(ana, books.Second)).Problem);
        Assert.True(books.Consents.IsConnected(books.First));
    }

    [BothDatabases]
    public async Task Who_may_connect_it_again_is_known_by_name(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (ana, tenant) = await books.ConnectedAsync();
        await books.PersonAsync("tom");
        var kiri = await books.PersonAsync("kiri", Roles.Admin);
        await books.Database.AddAsync(new UserTenant { UserId = kiri.UserId!.Value, TenantId = tenant.Value });
        var reader = await books.PersonAsync("rei", Roles.ReadOnly);
        await books.Database.AddAsync(new UserTenant { UserId = reader.UserId!.Value, TenantId = tenant.Value });

        Assert.Equal(["ana@acme.test", "kiri@acme.test"], await books.Get<TenantService>().ConnectorsAsync(await books.AsNowAsync(reader.UserId!.Value), tenant, default));
        Assert.Empty(await books.Get<TenantService>().ConnectorsAsync(ana with { Tenants = new HashSet<Guid>() }, tenant, default));
    }

    [BothDatabases]
    public async Task A_person_hides_an_organisation_for_themselves_alone(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var ana = await books.PersonAsync();
        var connected = (await books.ConnectAsync(ana, books.First, books.Second)).Value;
        ana = await books.AsNowAsync(ana.UserId!.Value);
        var tenants = books.Get<TenantService>();
        await tenants.SwitchAsync(ana, connected[0], default);

        Assert.Null((await tenants.HideAsync(ana, connected[0], true, default)).Problem);

        Assert.Equal([connected[0].Value], await tenants.HiddenAsync(ana, default));
        Assert.Equal(connected[1].Value, (await tenants.ActiveAsync(ana, default))!.Id);
        Assert.Null((await tenants.GetAsync(ana, connected[0], default)).Problem);
        Assert.Equal("tenant-not-found", (await tenants.HideAsync(await books.PersonAsync("tom"), connected[0], true, default)).Problem!.Code);
        await tenants.HideAsync(ana, connected[0], false, default);
        Assert.Empty(await tenants.HiddenAsync(ana, default));
    }

    [BothDatabases]
    public async Task A_custom_connection_needs_no_browser_and_belongs_to_the_person_named(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind, options => options.CustomConnection = true);
        var ana = await books.PersonAsync();
        (books.Consents.Person, books.Consents.Chosen) = ("the app", [books.First]);
        var connections = books.Get<XeroConnectionService>();

        Assert.Equal("xero-custom-connection", connections.MayBegin(ana)!.Code);
        var tenant = (await connections.ConnectCustomAsync(Caller.Command, ana.UserId!.Value, default)).Value.Single();
        Assert.Equal(SyncStatus.Succeeded, await RunAsync(books, tenant));
        books.Clock.Advance(TimeSpan.FromMinutes(40));

        Assert.Equal(SyncStatus.Succeeded, (await books.SyncAsync(tenant))!.Status);
        Assert.Contains(tenant.Value, (await books.AsNowAsync(ana.UserId!.Value)).Tenants);
        books.Consents.NotOwned = "accounting.budgets.read";
        var refused = (await connections.ConnectCustomAsync(Caller.Command, ana.UserId!.Value, default)).Problem!;
        Assert.Equal(IdentityProblems.ScopeRefusedCode, refused.Code);
        Assert.Contains("accounting.budgets.read", refused.Message, StringComparison.Ordinal);
    }

    private static FakeFault Fault(string name) => name switch
    {
        "500" => FakeFault.Status(500),
        "a reset" => FakeFault.Reset,
        "a broken body" => FakeFault.CutBody,
        _ => FakeFault.RateLimit("minute", 0),
    };

    private static async Task<string> RunAsync(ConsentedBooks books, TenantId tenant) => (await books.Get<Domain.Pipeline.SyncRunner>().RunNextAsync(tenant, default))!.Status;
}
