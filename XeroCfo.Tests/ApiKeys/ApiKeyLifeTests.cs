using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Api.Contract;
using XeroCfo.Tests.Support;
using Api = XeroCfo.Tests.Api;

namespace XeroCfo.Tests.ApiKeys;

/// <summary>From a key's first use to its end, over each database.</summary>
public sealed class ApiKeyLifeTests
{
    private static readonly Origin Home = new("203.0.113.7", "n8n");

    [BothDatabases]
    public Task A_replaced_key_works_beside_the_new_one_until_its_time_is_over(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        var owner = Person(Roles.Standard);
        var made = (await host.Keys.CreateAsync(owner, Wish(owner, days: 90), default)).Value;
        host.Clock.Now += TimeSpan.FromDays(80);

        var rotated = (await host.Keys.RotateAsync(owner, made.Key.Id, new ApiKeyRotation(TimeSpan.FromHours(2)), default)).Value;
        Assert.Equal((made.Key.Id, made.Key.Name), (rotated.Key.Id, rotated.Key.Name));
        Assert.NotEqual(made.Secret, rotated.Secret);
        Assert.Equal(host.Clock.Now.UtcDateTime.AddDays(90), rotated.Key.ExpiresAt);
        Assert.Equal(["", ""], await CodesAsync(host, made, rotated));

        host.Clock.Now += TimeSpan.FromHours(2);
        Assert.Equal(["api-key-replaced", ""], await CodesAsync(host, made, rotated));

        // Replaced again, the first of the three is forgotten.
        var third = (await host.Keys.RotateAsync(owner, made.Key.Id, new ApiKeyRotation(TimeSpan.Zero), default)).Value;
        Assert.Equal(["invalid-api-key", "invalid-api-key", ""], await CodesAsync(host, made, rotated, third));

        Assert.True((await host.Keys.RevokeAsync(owner, made.Key.Id, default)).Succeeded);
        Assert.Equal(["api-key-revoked"], await CodesAsync(host, third));
        Assert.Equal("api-key-is-revoked", (await host.Keys.RotateAsync(owner, made.Key.Id, new ApiKeyRotation(), default)).Problem?.Code);
    });

    [BothDatabases]
    public Task An_old_key_never_lives_longer_for_being_replaced(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        var owner = Person(Roles.Standard);
        var made = (await host.Keys.CreateAsync(owner, Wish(owner, days: 1), default)).Value;
        var end = made.Key.ExpiresAt;

        var rotated = (await host.Keys.RotateAsync(owner, made.Key.Id, new ApiKeyRotation(TimeSpan.FromDays(7), null, SameLife: false), default)).Value;
        Assert.Equal((end, (DateTime?)null), (rotated.Key.PreviousEndsAt, rotated.Key.ExpiresAt));

        // An expired one is not brought back by it.
        var short_ = (await host.Keys.CreateAsync(owner, Wish(owner, days: 1), default)).Value;
        host.Clock.Now += TimeSpan.FromDays(2);
        var anew = (await host.Keys.RotateAsync(owner, short_.Key.Id, new ApiKeyRotation(TimeSpan.FromDays(7)), default)).Value;
        Assert.Null(anew.Key.PreviousEndsAt);
        Assert.Equal(["invalid-api-key", ""], await CodesAsync(host, short_, anew));
    });

    [BothDatabases]
    public Task Who_replaces_a_key_must_reach_as_far_as_it_does(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        var owner = Person(Roles.Admin);
        var made = (await host.Keys.CreateAsync(owner, Wish(owner), default)).Value;
        var narrow = owner with { Kind = CallerKind.ApiKey, Permissions = new HashSet<string> { Permissions.ApiKeysWrite } };
        var elsewhere = owner with { UserId = Api.ApiHost.PersonOf(Roles.Accountant), Tenants = new HashSet<Guid> { Api.ApiHost.Beta.Id } };

        Assert.Equal("api-key-exceeds-owner", (await host.Keys.RotateAsync(narrow, made.Key.Id, new ApiKeyRotation(), default)).Problem?.Code);
        Assert.Equal("api-key-tenant-not-granted", (await host.Keys.RotateAsync(elsewhere, made.Key.Id, new ApiKeyRotation(), default)).Problem?.Code);
        Assert.Equal("api-key-not-found", (await host.Keys.RotateAsync(Person(Roles.Accountant), made.Key.Id, new ApiKeyRotation(), default)).Problem?.Code);
        Assert.Equal(["", ""], await CodesAsync(host, made, made));
    });

    [BothDatabases]
    public Task What_an_admin_makes_for_somebody_else_reaches_no_further_than_the_admin(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        var admin = Person(Roles.Admin) with { Tenants = new HashSet<Guid> { Api.ApiHost.Beta.Id } };

        var made = (await host.Keys.CreateAsync(admin, Wish(Person(Roles.Standard)), default)).Value;

        Assert.Equal([Api.ApiHost.Beta.Id], made.Owned.Limits!);
        Assert.Equal("api-key-tenant-not-granted", (await host.Keys.CreateAsync(admin with { Tenants = new HashSet<Guid>() }, Wish(Person(Roles.Standard)), default)).Problem?.Code);
    });

    [BothDatabases]
    public Task A_good_key_from_a_strange_address_is_turned_away_and_that_is_noted_once_a_minute(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        var owner = Person(Roles.Standard);
        var made = (await host.Keys.CreateAsync(owner, Wish(owner) with { Addresses = ["203.0.113.0/24"] }, default)).Value;

        Assert.True((await host.Keys.AuthenticateAsync(made.Secret, Home, ApiKeyPurpose.None, default)).Succeeded);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal("api-key-address", (await host.Keys.AuthenticateAsync(made.Secret, new Origin("198.51.100.9", "curl"), ApiKeyPurpose.None, default)).Problem?.Code);
        }

        await using var db = host.Db.Create();
        var noted = await db.AuditLogs.SingleAsync(entry => entry.Action == "apikey.refused");
        Assert.Equal(("198.51.100.9", "curl"), (noted.IpAddress, noted.UserAgent));
        Assert.Contains(made.Key.Id.ToString(), noted.Details, StringComparison.Ordinal);
    });

    [BothDatabases]
    public Task Use_is_noted_with_time_address_and_route_and_each_permission_once_a_day(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        var owner = Person(Roles.Standard);
        var made = (await host.Keys.CreateAsync(owner, Wish(owner), default)).Value;
        var first = host.Clock.Now.UtcDateTime;

        await host.Keys.AuthenticateAsync(made.Secret, Home, new ApiKeyPurpose("GET /one", Permissions.SyncRead), default);
        host.Clock.Now += TimeSpan.FromSeconds(30);
        await host.Keys.AuthenticateAsync(made.Secret, new Origin("10.0.0.1"), new ApiKeyPurpose("GET /two", Permissions.LedgerRead), default);
        await host.Keys.AuthenticateAsync(made.Secret, Home, new ApiKeyPurpose("GET /three", Permissions.SystemWrite), default);

        var found = (await host.Keys.GetAsync(owner, made.Key.Id, default)).Value;
        Assert.Equal((first, Home.Address, "GET /one"), (found.Key.LastUsedAt, found.Key.LastUsedAddress, found.Key.LastUsedRoute));
        Assert.Equal(first, found.Uses[Permissions.SyncRead]);
        Assert.Equal(first.AddSeconds(30), found.Uses[Permissions.LedgerRead]);
        Assert.DoesNotContain(Permissions.SystemWrite, found.Uses.Keys);
    });

    [BothDatabases]
    public Task A_key_that_is_about_to_end_is_announced_once_to_each_of_its_organisations(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        var owner = Person(Roles.Standard);
        var all = (await host.Keys.CreateAsync(owner, Wish(owner, days: 20), default)).Value;
        await host.Keys.CreateAsync(owner, Wish(owner, days: 20) with { Tenants = [Api.ApiHost.Beta.Id] }, default);
        var revoked = (await host.Keys.CreateAsync(owner, Wish(owner, days: 20), default)).Value;
        await host.Keys.RevokeAsync(owner, revoked.Key.Id, default);
        await host.Keys.CreateAsync(owner, Wish(owner) with { ExpiresAt = null }, default);
        Assert.Equal(0, await host.Keys.AnnounceExpiringAsync(default));

        host.Clock.Now += TimeSpan.FromDays(6);
        var announced = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => host.Keys.AnnounceExpiringAsync(default))));

        Assert.Equal(2, announced.Sum());
        Assert.Equal(new[] { Api.ApiHost.Acme.Id, Api.ApiHost.Beta.Id, Api.ApiHost.Beta.Id }.Order(), (await EventsAsync(host)).Order());

        // A new key has an end of its own, which is told in its turn.
        await host.Keys.RotateAsync(owner, all.Key.Id, new ApiKeyRotation(), default);
        Assert.Equal(0, await host.Keys.AnnounceExpiringAsync(default));
        host.Clock.Now += TimeSpan.FromDays(7);
        Assert.Equal(1, await host.Keys.AnnounceExpiringAsync(default));
    });

    private static async Task InAsync(TestDatabaseKind kind, Func<ContractHost, Task> act)
    {
        var host = new ContractHost(kind);
        await host.InitializeAsync();
        try
        {
            await act(host);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static async Task<string[]> CodesAsync(ContractHost host, params ShownApiKey[] keys)
    {
        var codes = new List<string>();
        foreach (var key in keys)
        {
            codes.Add((await host.Keys.AuthenticateAsync(key.Secret, Home, ApiKeyPurpose.None, default)).Problem?.Code ?? "");
        }

        return [.. codes];
    }

    private static async Task<List<Guid>> EventsAsync(ContractHost host)
    {
        await using var db = host.Db.AcrossTenants("a test looks at all events");
        return await db.OutboxEvents.Where(told => told.Type == "apikey.expiring").Select(told => told.TenantId).ToListAsync();
    }

    private static ApiKeyWish Wish(Caller owner, int days = 90) =>
        new(owner.UserId!.Value, "n8n", [Permissions.SyncRead, Permissions.LedgerRead], null, new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc).AddDays(days));

    private static Caller Person(string role) => new()
    {
        Kind = CallerKind.Person,
        UserId = Api.ApiHost.PersonOf(role),
        Name = role,
        Role = role,
        Stamp = "stamp",
        Permissions = Permissions.Of(role).ToHashSet(),
        Tenants = new HashSet<Guid> { Api.ApiHost.Acme.Id, Api.ApiHost.Beta.Id },
    };
}
