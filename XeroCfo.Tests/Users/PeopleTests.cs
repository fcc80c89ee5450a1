using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Users;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.People;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Users;

/// <summary>Looking after people, on both databases.</summary>
public sealed class PeopleTests
{
    private const string Hash = "$2a$04$hash";

    [BothDatabases]
    public async Task What_an_erased_person_made_goes_to_the_heir_and_what_they_wrote_stays_as_text(TestDatabaseKind kind)
    {
        await using var stand = await Stand.MakeAsync(kind);
        var (gone, heir, acme) = (stand.Ana, stand.Heir, stand.Acme.Id);
        var layout = new ReportLayout { TenantId = acme, UserId = gone.Id, Name = "Board", Rows = [new LayoutRow { Id = "head", Label = "Income", Kind = LayoutRowKinds.Heading }] };
        await stand.Database.AddAsync(
            SampleRows.Rule(gone.Id, acme), SampleRows.Rule(gone.Id, acme),
            new Report { TenantId = acme, UserId = gone.Id, Type = "PROFIT_LOSS", Name = "October", Data = "{}" },
            new Webhook { UserId = gone.Id, TenantId = acme, Event = "sync.succeeded", Url = "https://example.com", Secret = "ciphertext" },
            new Budget { TenantId = acme, UserId = gone.Id, Name = "2027", Source = BudgetSources.Own },
            layout,
            new ReportLayoutVersion { TenantId = acme, LayoutId = layout.Id, Version = 1, Name = "Board", UserId = gone.Id },
            Schedule(gone, acme), stand.Token(gone, acme), SampleRows.Audit(gone.Id, acme));

        var left = await stand.People.EraseAsync(Caller.Command, gone.Id, heir.Id, default);

        Assert.Equal(new HandedOver(2, 1, 0, 1, 1, 1, 1, 1), left.Value);
        await using var db = stand.Database.Open();
        Assert.False(await db.Users.AnyAsync(user => user.Id == gone.Id));
        Assert.All(await db.CategoryRules.ToListAsync(), rule => Assert.Equal(heir.Id, rule.UserId));
        Assert.Equal(heir.Id, (await db.Reports.SingleAsync()).UserId);
        Assert.Equal(heir.Id, (await db.Webhooks.SingleAsync()).UserId);
        Assert.Equal(heir.Id, (await db.Budgets.SingleAsync()).UserId);
        Assert.Equal(heir.Id, (await db.ReportLayouts.SingleAsync()).UserId);
        Assert.Null((await db.ReportLayoutVersions.SingleAsync()).UserId);
        var schedule = await db.ReportSchedules.SingleAsync();
        Assert.Equal((heir.Id, true), (schedule.UserId, schedule.IsActive));
        Assert.NotNull(schedule.NextRunAt);
        var token = await db.XeroTokens.SingleAsync();
        Assert.Equal(heir.Id, token.UserId);
        Assert.Equal("access of ana@acme.test", stand.Envelope.Open(token.AccessToken, new SealedFor("xero.access-token", acme, heir.Id)));
        Assert.Equal("refresh of ana@acme.test", stand.Envelope.Open(token.RefreshToken, new SealedFor("xero.refresh-token", acme, heir.Id)));
        Assert.Null((await db.AuditLogs.SingleAsync(entry => entry.Action == "rule.created")).UserId);
        Assert.Contains("ana@acme.test", (await db.AuditLogs.SingleAsync(entry => entry.Action == "user.erased")).Details, StringComparison.Ordinal);
    }

    [BothDatabases]
    public async Task Of_two_consents_for_one_organisation_the_healthy_and_newer_one_stays(TestDatabaseKind kind)
    {
        await using var stand = await Stand.MakeAsync(kind);
        var (older, newer) = (stand.Token(stand.Heir, stand.Acme.Id), stand.Token(stand.Ana, stand.Acme.Id));
        (older.ConsentedAt, newer.ConsentedAt) = (stand.Now.AddDays(-3), stand.Now.AddDays(-1));
        var (healthy, broken) = (stand.Token(stand.Heir, stand.Beta.Id), stand.Token(stand.Ana, stand.Beta.Id));
        (healthy.ConsentedAt, broken.ConsentedAt, broken.BrokenAt) = (stand.Now.AddDays(-3), stand.Now.AddDays(-1), stand.Now);
        await stand.Database.AddAsync(older, newer, healthy, broken);

        Assert.True((await stand.People.EraseAsync(Caller.Command, stand.Ana.Id, stand.Heir.Id, default)).Succeeded);

        await using var db = stand.Database.Open();
        Assert.Equal(new[] { newer.Id, healthy.Id }.Order(), (await db.XeroTokens.Select(token => token.Id).ToListAsync()).Order());
        Assert.All(await db.XeroTokens.ToListAsync(), token => Assert.Equal(stand.Heir.Id, token.UserId));
    }

    [BothDatabases]
    public async Task Keys_that_change_hands_gain_nothing_by_it(TestDatabaseKind kind)
    {
        await using var stand = await Stand.MakeAsync(kind);
        await using (var db = stand.Database.Open())
        {
            await db.UserTenants.Where(grant => grant.UserId == stand.Ana.Id && grant.TenantId == stand.Beta.Id).ExecuteDeleteAsync();
        }

        var (free, useless, narrow) = (Key(stand.Ana, "free", "rules:read", "users:write"), Key(stand.Ana, "useless", "users:write"), Key(stand.Ana, "narrow", "rules:read"));
        await stand.Database.AddAsync(free, useless, narrow, new ApiKeyTenant { ApiKeyId = narrow.Id, TenantId = stand.Beta.Id });

        Assert.Equal(3, (await stand.People.EraseAsync(Caller.Command, stand.Ana.Id, stand.Heir.Id, default)).Value.ApiKeys);

        await using var after = stand.Database.Open();
        var keys = await after.ApiKeys.ToDictionaryAsync(key => key.Name);
        var limits = (await after.ApiKeyTenants.ToListAsync()).ToLookup(limit => limit.ApiKeyId, limit => limit.TenantId);
        Assert.All(keys.Values, key => Assert.Equal(stand.Heir.Id, key.UserId));
        Assert.Equal(["rules:read"], keys["free"].Permissions);
        Assert.Equal([stand.Acme.Id], limits[free.Id]);
        Assert.Null(keys["free"].RevokedAt);
        Assert.NotNull(keys["useless"].RevokedAt);
        Assert.NotNull(keys["narrow"].RevokedAt);
    }

    [BothDatabases]
    public async Task Schedules_that_could_make_nothing_any_more_stop_when_they_change_hands(TestDatabaseKind kind)
    {
        await using var stand = await Stand.MakeAsync(kind);
        await using (var db = stand.Database.Open())
        {
            await db.UserTenants.Where(grant => grant.UserId == stand.Ana.Id && grant.TenantId == stand.Beta.Id).ExecuteDeleteAsync();
        }

        var (goes, blind) = (Schedule(stand.Ana, stand.Acme.Id), Schedule(stand.Ana, stand.Beta.Id));
        await stand.Database.AddAsync(goes, blind);

        Assert.Equal(2, (await stand.People.EraseAsync(Caller.Command, stand.Ana.Id, stand.Heir.Id, default)).Value.Schedules);

        await using var after = stand.Database.Open();
        var schedules = await after.ReportSchedules.ToDictionaryAsync(schedule => schedule.Id);
        Assert.All(schedules.Values, schedule => Assert.Equal(stand.Heir.Id, schedule.UserId));
        Assert.True(schedules[goes.Id].IsActive);
        Assert.Equal((false, null), (schedules[blind.Id].IsActive, schedules[blind.Id].NextRunAt));
    }

    [BothDatabases]
    public async Task Only_another_admin_who_sees_as_much_inherits_and_the_last_admin_stays(TestDatabaseKind kind)
    {
        await using var stand = await Stand.MakeAsync(kind);
        var blind = await stand.AddAsync("blind@acme.test", Roles.Admin, Hash);
        var invited = await stand.AddAsync("invited@acme.test", Roles.Admin, User.NoPassword, stand.Acme.Id, stand.Beta.Id);

        foreach (var (who, heir, code) in new[]
        {
            (stand.Ana, stand.Ana, "heir-unfit"), (stand.Heir, stand.Ana, "heir-unfit"), (stand.Ana, invited, "heir-unfit"),
            (stand.Ana, blind, "heir-sees-less"), (new User(), stand.Heir, "user-not-found"),
        })
        {
            Assert.Equal(code, (await stand.People.EraseAsync(Caller.Command, who.Id, heir.Id, default)).Problem?.Code);
        }

        Assert.True((await stand.People.ChangeAsync(Caller.Command, blind.Id, new PersonChange(IsActive: false), default)).Succeeded);
        foreach (var change in new[] { new PersonChange(Role: Roles.Accountant), new PersonChange(IsActive: false) })
        {
            Assert.Equal("last-admin", (await stand.People.ChangeAsync(Caller.Command, stand.Heir.Id, change, default)).Problem?.Code);
        }

        Assert.Equal("last-admin", (await stand.People.EraseAsync(Caller.Command, stand.Heir.Id, stand.Ana.Id, default)).Problem?.Code);
        Assert.True((await stand.People.ChangeAsync(Caller.Command, stand.Heir.Id, new PersonChange(Tenants: TenantGrants.None), default)).Succeeded);
    }

    [BothDatabases]
    public async Task Two_admins_who_demote_each_other_at_once_leave_one(TestDatabaseKind kind)
    {
        await using var stand = await Stand.MakeAsync(kind);
        var other = await stand.AddAsync("other@acme.test", Roles.Admin, Hash);

        var done = await Task.WhenAll(
            stand.People.ChangeAsync(Caller.Command, stand.Heir.Id, new PersonChange(Role: Roles.Standard), default),
            stand.People.ChangeAsync(Caller.Command, other.Id, new PersonChange(Role: Roles.Standard), default));

        Assert.Equal("last-admin", Assert.Single(done, result => !result.Succeeded).Problem!.Code);
    }

    private static ApiKey Key(User owner, string name, params string[] permissions) =>
        new() { UserId = owner.Id, Name = name, KeyHash = ApiKeyFormat.Hash(name), Prefix = "xcfo_k", Permissions = [.. permissions] };

    private static ReportSchedule Schedule(User owner, Guid tenant) => new()
    {
        TenantId = tenant,
        UserId = owner.Id,
        Name = "Month end",
        Type = "PROFIT_LOSS",
        Period = SchedulePeriods.LastMonth,
        Parameters = "{}",
        DaysAfterMonthEnd = 3,
        NextRunAt = new DateTime(2026, 12, 3, 6, 0, 0, DateTimeKind.Utc),
    };

    /// <summary>An admin and a standard person, both with two organisations.</summary>
    private sealed class Stand : IAsyncDisposable
    {
        public required TestDatabase Database { get; init; }

        public required Envelope Envelope { get; init; }

        public required PeopleRepository People { get; init; }

        public XeroTenant Acme { get; } = SampleRows.Tenant();

        public XeroTenant Beta { get; } = SampleRows.Tenant("Beta");

        public User Heir { get; private set; } = null!;

        public User Ana { get; private set; } = null!;

        public DateTime Now => Database.Clock.Now.UtcDateTime;

        public static async Task<Stand> MakeAsync(TestDatabaseKind kind)
        {
            var (database, ring) = (await TestDatabase.CreateAsync(kind), new KeyRing());
            ring.Use(MasterKey.NewText(), []);
            var envelope = new Envelope(ring);
            var stand = new Stand { Database = database, Envelope = envelope, People = new PeopleRepository(database.Factory, envelope, database.Clock) };
            await database.AddAsync(stand.Acme, stand.Beta);
            stand.Heir = await stand.AddAsync("heir@acme.test", Roles.Admin, Hash, stand.Acme.Id, stand.Beta.Id);
            stand.Ana = await stand.AddAsync("ana@acme.test", Roles.Standard, Hash, stand.Acme.Id, stand.Beta.Id);
            return stand;
        }

        public async Task<User> AddAsync(string email, string role, string hash, params Guid[] tenants)
        {
            var user = SampleRows.User(email);
            (user.Role, user.PasswordHash, user.SecurityStamp) = (role, hash, "stamp");
            await Database.AddAsync([user, .. tenants.Select(tenant => new UserTenant { UserId = user.Id, TenantId = tenant })]);
            return user;
        }

        public XeroToken Token(User user, Guid tenant) => new()
        {
            UserId = user.Id,
            TenantId = tenant,
            ExpiresAt = Now.AddMinutes(30),
            AccessToken = Envelope.Seal($"access of {user.Email}", new SealedFor("xero.access-token", tenant, user.Id)),
            RefreshToken = Envelope.Seal($"refresh of {user.Email}", new SealedFor("xero.refresh-token", tenant, user.Id)),
        };

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
