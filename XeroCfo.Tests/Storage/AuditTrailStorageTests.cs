using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Storage;

public sealed class AuditTrailStorageTests
{
    [BothDatabases]
    public async Task An_entry_cannot_be_changed(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var user = SampleRows.User();
        await database.AddAsync(user, SampleRows.Audit(user.Id));
        await using var db = database.Open();

        var refusals = new[]
        {
            await Assert.ThrowsAnyAsync<DbException>(() => db.AuditLogs.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Action, "rule.deleted"))),
            await Assert.ThrowsAnyAsync<DbException>(() => db.AuditLogs.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Details, "{}"))),
            await Assert.ThrowsAnyAsync<DbException>(() => db.AuditLogs.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.IpAddress, "10.0.0.1"))),
            await Assert.ThrowsAnyAsync<DbException>(() => db.AuditLogs.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.UserAgent, "curl"))),
            await Assert.ThrowsAnyAsync<DbException>(() => db.AuditLogs.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.CreatedAt, DateTime.UnixEpoch))),
        };

        Assert.All(refusals, refusal => Assert.Contains("append-only", refusal.Message, StringComparison.Ordinal));
        Assert.Equal("rule.created", (await db.AuditLogs.AsNoTracking().SingleAsync()).Action);
    }

    [BothDatabases]
    public async Task An_entry_cannot_be_given_to_somebody_else(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (ada, bob, acme, bolt) = (SampleRows.User(), SampleRows.User("bob@example.com"), SampleRows.Tenant(), SampleRows.Tenant("Bolt"));
        await database.AddAsync(ada, bob, acme, bolt, SampleRows.Audit(ada.Id, acme.Id));
        await using var db = database.Open();

        await Assert.ThrowsAnyAsync<DbException>(() => db.AuditLogs.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.UserId, bob.Id)));
        await Assert.ThrowsAnyAsync<DbException>(() => db.AuditLogs.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.TenantId, bolt.Id)));
    }

    [BothDatabases]
    public async Task An_entry_cannot_be_deleted(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await database.AddAsync(SampleRows.Audit());
        await using var db = database.Open();

        var refusal = await Assert.ThrowsAnyAsync<DbException>(() => db.AuditLogs.ExecuteDeleteAsync());

        Assert.Contains("append-only", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await db.AuditLogs.CountAsync());
    }

    [BothDatabases]
    public async Task No_entry_takes_the_place_of_another(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await database.AddAsync(SampleRows.Audit());
        await using var db = database.Open();
        const string Forged = "INTO \"AuditLogs\" (\"id\", \"action\", \"createdAt\") SELECT \"id\", 'forged', \"createdAt\" FROM \"AuditLogs\"";

        var refusal = await Assert.ThrowsAnyAsync<DbException>(() => db.Database.ExecuteSqlRawAsync(
            kind == TestDatabaseKind.Sqlite ? $"INSERT OR REPLACE {Forged}" : $"INSERT {Forged} ON CONFLICT (\"id\") DO UPDATE SET \"action\" = 'forged'"));

        Assert.Contains("append-only", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("rule.created", (await db.AuditLogs.AsNoTracking().SingleAsync()).Action);
    }

    [PostgresFact]
    public async Task The_trail_cannot_be_emptied_at_once()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Postgres);
        await database.AddAsync(SampleRows.Audit());
        await using var db = database.Open();

        var refusal = await Assert.ThrowsAnyAsync<DbException>(() => db.Database.ExecuteSqlRawAsync("TRUNCATE \"AuditLogs\" CASCADE"));

        Assert.Contains("append-only", refusal.Message, StringComparison.Ordinal);
    }

    [BothDatabases]
    public async Task An_entry_outlives_its_person_and_organisation(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (user, tenant) = (SampleRows.User(), SampleRows.Tenant());
        await database.AddAsync(user, tenant, SampleRows.Audit(user.Id, tenant.Id));
        await using var db = database.Open();

        await db.Users.ExecuteDeleteAsync();
        await db.XeroTenants.ExecuteDeleteAsync();

        var entry = await db.AuditLogs.SingleAsync();
        Assert.Null(entry.UserId);
        Assert.Null(entry.TenantId);
        Assert.Equal("rule.created", entry.Action);
    }
}
