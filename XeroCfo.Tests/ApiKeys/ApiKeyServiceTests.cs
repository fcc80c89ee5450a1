using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Api;

namespace XeroCfo.Tests.ApiKeys;

/// <summary>Making and revoking keys, over a real database.</summary>
public sealed class ApiKeyServiceTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string[] Reading = [Permissions.SyncRead];

    [Fact]
    public async Task Only_the_hash_is_stored_and_the_audit_entry_rides_along_without_the_key()
    {
        var made = await CreateAsync(Person(Roles.Standard), Roles.Standard);

        await using var db = host.Db.AcrossTenants("A test looks at the audit trail.");
        var stored = await db.ApiKeys.AsNoTracking().SingleAsync(key => key.Id == made.Value.Key.Id);
        var audit = await db.AuditLogs.AsNoTracking().Where(entry => entry.Action == "apikey.created").ToListAsync();
        Assert.Equal(ApiKeyFormat.Hash(made.Value.Secret!), stored.KeyHash);
        Assert.StartsWith(stored.Prefix, made.Value.Secret, StringComparison.Ordinal);
        Assert.Contains(audit, entry => entry.Details!.Contains(stored.Id.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(audit, entry => entry.Details!.Contains(made.Value.Secret!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Roles.Standard, Permissions.WebhooksRead)]
    [InlineData(Roles.Accountant, Permissions.UsersWrite)]
    public async Task A_key_never_has_more_than_its_owner(string role, string permission)
    {
        var asOwner = await CreateAsync(Person(role), role, [permission]);
        var asCommand = await CreateAsync(Caller.Command, role, [permission]);

        Assert.Equal("api-key-exceeds-owner", asOwner.Problem?.Code);
        Assert.Equal("api-key-exceeds-owner", asCommand.Problem?.Code);
        Assert.Equal(ProblemKind.Refused, asCommand.Problem?.Kind);
    }

    [Fact]
    public async Task A_key_never_reaches_an_organisation_that_its_owner_does_not()
    {
        var made = await CreateAsync(Caller.Command, Roles.Admin, tenants: [ApiHost.Acme.Id, ApiHost.Foreign.Id]);

        Assert.Equal("api-key-tenant-not-granted", made.Problem?.Code);
    }

    [Fact]
    public async Task A_key_cannot_make_a_wider_key()
    {
        var narrow = Person(Roles.Admin) with
        {
            Kind = CallerKind.ApiKey,
            Permissions = new HashSet<string> { Permissions.ApiKeysWrite, Permissions.SyncRead },
            Tenants = new HashSet<Guid> { ApiHost.Beta.Id },
        };

        var wider = await CreateAsync(narrow, Roles.Admin, [Permissions.SystemWrite]);
        var elsewhere = await CreateAsync(narrow, Roles.Admin, tenants: [ApiHost.Acme.Id]);
        var same = await CreateAsync(narrow, Roles.Admin);

        Assert.Equal("api-key-exceeds-owner", wider.Problem?.Code);
        Assert.Equal("api-key-tenant-not-granted", elsewhere.Problem?.Code);
        var caller = await host.Keys.AuthenticateAsync(same.Value.Secret, new Origin(), ApiKeyPurpose.None, default);
        Assert.Equal([ApiHost.Beta.Id], caller.Value.Tenants);
    }

    [Fact]
    public async Task Readers_make_no_keys_and_nobody_but_an_admin_makes_them_for_others()
    {
        Assert.Equal(ProblemKind.Forbidden, (await CreateAsync(Person(Roles.ReadOnly), Roles.ReadOnly)).Problem?.Kind);
        Assert.Equal(ProblemKind.Forbidden, (await CreateAsync(Person(Roles.Standard), Roles.Admin)).Problem?.Kind);
        Assert.True((await CreateAsync(Person(Roles.Admin), Roles.ReadOnly)).Succeeded);
    }

    [Theory]
    [InlineData(" ", "sync:read", 1, "name")]
    [InlineData("line\nbreak", "sync:read", 1, "name")]
    [InlineData("key", "", 1, "permissions")]
    [InlineData("key", "sync:everything", 1, "permissions")]
    [InlineData("key", "sync:read", 0, "expiresAt")]
    public async Task A_wrong_wish_is_refused_by_name(string name, string permissions, int days, string field)
    {
        var made = await host.Keys.CreateAsync(
            Caller.Command,
            new ApiKeyWish(ApiHost.PersonOf(Roles.Admin), name, permissions.Split(',', StringSplitOptions.RemoveEmptyEntries), null, host.Clock.Now.UtcDateTime.AddDays(days)),
            default);

        Assert.Equal((ProblemKind.Invalid, field), (made.Problem!.Kind, made.Problem.Field));
    }

    [Fact]
    public async Task Only_owners_and_admins_revoke_a_key_and_to_others_it_does_not_exist()
    {
        var made = (await CreateAsync(Person(Roles.Standard), Roles.Standard)).Value;

        Assert.Equal("api-key-not-found", (await host.Keys.RevokeAsync(Person(Roles.Accountant), made.Key.Id, default)).Problem?.Code);
        Assert.Equal("api-key-not-found", (await host.Keys.RevokeAsync(Person(Roles.Admin), Guid.NewGuid(), default)).Problem?.Code);
        Assert.True((await host.Keys.AuthenticateAsync(made.Secret, new Origin(), ApiKeyPurpose.None, default)).Succeeded);
        Assert.True((await host.Keys.RevokeAsync(Person(Roles.Standard), made.Key.Id, default)).Succeeded);
        Assert.True((await host.Keys.RevokeAsync(Person(Roles.Admin), made.Key.Id, default)).Succeeded);
        Assert.Equal("api-key-revoked", (await host.Keys.AuthenticateAsync(made.Secret, new Origin(), ApiKeyPurpose.None, default)).Problem?.Code);
    }

    [Fact]
    public async Task People_list_their_own_keys_and_admins_everybodys()
    {
        var made = (await CreateAsync(Person(Roles.Standard), Roles.Standard, tenants: [ApiHost.Acme.Id])).Value;

        var own = (await host.Keys.ListAsync(Person(Roles.Standard), null, 1_000, default)).Value.Items;
        var all = (await host.Keys.ListAsync(Person(Roles.Admin), null, 1_000, default)).Value.Items;

        Assert.All(own, key => Assert.Equal(ApiHost.PersonOf(Roles.Standard), key.Owner.Id));
        Assert.Equal([ApiHost.Acme.Id], own.Single(key => key.Key.Id == made.Key.Id).Limits!);
        Assert.True(all.Count > own.Count);
    }

    private static Caller Person(string role) => new()
    {
        Kind = CallerKind.Person,
        UserId = ApiHost.PersonOf(role),
        Name = role,
        Role = role,
        Stamp = "stamp",
        Permissions = Permissions.Of(role).ToHashSet(),
        Tenants = new HashSet<Guid> { ApiHost.Acme.Id, ApiHost.Beta.Id },
    };

    private Task<Result<ShownApiKey>> CreateAsync(Caller caller, string owner, string[]? permissions = null, Guid[]? tenants = null) =>
        host.Keys.CreateAsync(caller, new ApiKeyWish(ApiHost.PersonOf(owner), "A key", permissions ?? Reading, tenants), default);
}
