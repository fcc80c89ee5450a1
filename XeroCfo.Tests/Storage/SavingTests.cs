using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Storage;

public sealed class SavingTests
{
    [BothDatabases]
    public async Task An_instant_comes_back_in_UTC_cut_to_microseconds(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var instant = new DateTime(2026, 11, 20, 9, 30, 15, DateTimeKind.Utc).AddTicks(1_234_567);
        var user = SampleRows.User();
        user.LastLoginAt = instant;
        await database.AddAsync(user);

        await using var db = database.Open();
        var kept = (await db.Users.SingleAsync()).LastLoginAt!.Value;

        Assert.Equal(DateTimeKind.Utc, kept.Kind);
        Assert.Equal(instant.AddTicks(-7), kept);
        Assert.Equal(1, await db.Users.CountAsync(found => found.LastLoginAt == instant));
    }

    [BothDatabases]
    public async Task What_is_read_together_is_of_one_moment(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await database.AddAsync(SampleRows.User());
        await using var db = database.Open();
        await using (await db.BeginReadingAsync(default))
        {
            Assert.Equal(1, await db.Users.CountAsync());
            await database.AddAsync(SampleRows.User("grace@example.com"));

            Assert.Equal(1, await db.Users.CountAsync());
        }

        await using var later = database.Open();
        Assert.Equal(2, await later.Users.CountAsync());
    }

    [BothDatabases]
    public async Task Instants_are_put_in_order(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var start = new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc);
        var offsets = new[] { 10L, 0, 10_000_000, 20, 36_000_000_000 };
        foreach (var offset in offsets)
        {
            var user = SampleRows.User($"{offset}@example.com");
            user.LastLoginAt = start.AddTicks(offset);
            await database.AddAsync(user);
        }

        await using var db = database.Open();
        var ordered = await db.Users.OrderBy(user => user.LastLoginAt).Select(user => user.LastLoginAt!.Value).ToListAsync();

        Assert.Equal(offsets.Order(), ordered.Select(instant => (instant - start).Ticks));
        Assert.Equal(2, await db.Users.CountAsync(user => user.LastLoginAt < start.AddTicks(20)));
    }

    [BothDatabases]
    public async Task The_context_alone_sets_when_a_row_was_made_and_changed(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var made = database.Clock.Now.UtcDateTime;
        var tenant = SampleRows.Tenant();
        tenant.CreatedAt = DateTime.UnixEpoch;
        await database.AddAsync(tenant);

        database.Clock.Advance(TimeSpan.FromHours(1));
        await using (var db = database.Open())
        {
            var found = await db.XeroTenants.SingleAsync();
            found.Name = "Acme Ltd";
            found.CreatedAt = DateTime.UnixEpoch;
            await db.SaveChangesAsync();
        }

        await using var after = database.Open();
        var kept = await after.XeroTenants.SingleAsync();
        Assert.Equal(made, kept.CreatedAt);
        Assert.Equal(made.AddHours(1), kept.UpdatedAt);
    }

    [BothDatabases]
    public async Task Text_longer_than_its_column_is_refused(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (user, tenant) = (SampleRows.User(), SampleRows.Tenant());
        await database.AddAsync(user, tenant);
        var (fits, tooLong) = (SampleRows.Rule(user.Id, tenant.Id), SampleRows.Rule(user.Id, tenant.Id));
        fits.Pattern = new string('x', 255);
        tooLong.Pattern = new string('x', 256);

        await database.AddAsync(fits);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => database.AddAsync(tooLong));
        Assert.Equal("CategoryRules.pattern holds at most 255 characters.", refusal.Message);
    }

    [BothDatabases]
    public async Task A_rule_that_is_made_switched_off_is_off(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (user, tenant) = (SampleRows.User(), SampleRows.Tenant());
        var rule = SampleRows.Rule(user.Id, tenant.Id);
        rule.IsActive = false;
        await database.AddAsync(user, tenant, rule);

        await using var db = database.Open();

        Assert.False((await db.CategoryRules.SingleAsync()).IsActive);
    }

    [BothDatabases]
    public async Task An_address_is_used_once_whatever_its_case(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await database.AddAsync(SampleRows.User("ada@example.com"));

        await Assert.ThrowsAsync<DbUpdateException>(() => database.AddAsync(SampleRows.User("Ada@Example.com")));
    }

    [BothDatabases]
    public async Task A_person_has_one_selected_organisation(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (user, acme, bolt) = (SampleRows.User(), SampleRows.Tenant(), SampleRows.Tenant("Bolt"));
        await database.AddAsync(user, acme, bolt, new Domain.Tenants.UserTenant { UserId = user.Id, TenantId = acme.Id, IsActive = true });

        await Assert.ThrowsAsync<DbUpdateException>(() =>
            database.AddAsync(new Domain.Tenants.UserTenant { UserId = user.Id, TenantId = bolt.Id, IsActive = true }));
        await database.AddAsync(new Domain.Tenants.UserTenant { UserId = user.Id, TenantId = bolt.Id });
    }

    [BothDatabases]
    public async Task Removing_an_organisation_removes_what_it_owns(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await SampleRows.AddAsync(database);
        await using var db = database.Open();

        await db.XeroTenants.ExecuteDeleteAsync();

        Assert.Equal(0, await db.Transactions.CountAsync() + await db.Reports.CountAsync() + await db.CategoryRules.CountAsync()
            + await db.XeroTokens.CountAsync() + await db.UserTenants.CountAsync() + await db.Webhooks.CountAsync() + await db.LedgerLines.CountAsync());
        Assert.Equal(1, await db.Users.CountAsync());
    }
}
