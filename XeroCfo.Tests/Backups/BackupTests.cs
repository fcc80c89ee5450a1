using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Backups;
using XeroCfo.Data.Backups.Format;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Backups;

/// <summary>What went in comes out, whichever database it is put into.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly BackupPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Every_column_of_the_model_is_in_it_on_both_databases()
    {
        var shapes = BackupShapes.Tables;
        using var sqlite = new Data.Storage.SqliteDb(Data.Storage.SqliteSetup.Options(new Data.Storage.DatabaseOptions { ConnectionString = "Data Source=none.db" }));
        var model = sqlite.Model.GetEntityTypes().Select(entity => entity.GetTableName()).OfType<string>().Distinct().Order(StringComparer.Ordinal);

        Assert.True(shapes.Count > 40);
        Assert.Equal(model, shapes.Select(table => table.Name).Order(StringComparer.Ordinal));
        Assert.Contains(shapes, table => table is { Name: "LedgerLines", Counter: "id" });
        Assert.Equal(ColumnKind.Money, shapes.Single(table => table.Name == "Transactions").Columns.Single(column => column.Name == "amount").Kind);
    }

    [BothDatabases]
    public Task A_row_of_every_table_comes_back_on_SQLite(TestDatabaseKind kind) => RoundAsync(kind, TestDatabaseKind.Sqlite);

    [BothDatabases]
    public Task A_row_of_every_table_comes_back_on_PostgreSQL(TestDatabaseKind kind) =>
        Needs.WithoutPostgres is null ? RoundAsync(kind, TestDatabaseKind.Postgres) : Task.CompletedTask;

    private async Task RoundAsync(TestDatabaseKind from, TestDatabaseKind to)
    {
        await using var source = await TestDatabase.CreateAsync(from);
        await using var target = await TestDatabase.CreateAsync(to);
        await SampleRows.AddAsync(source);
        await OddRowsAsync(source);
        var before = await BackupPlace.ContentAsync(source);

        var made = await _place.Archive(source).WriteAsync(Caller.Command, _place.File(), default);
        var restored = await _place.Archive(target).RestoreAsync(Caller.Command, _place.File(), force: false, default);

        Assert.True(made.Succeeded, made.Problem?.Message);
        Assert.True(restored.Succeeded, restored.Problem?.Message);
        Assert.All(before, table => Assert.True(table.Rows > 0, table.Name));
        Assert.Equal(before.Sum(table => table.Rows), made.Value.Rows);
        var after = await BackupPlace.ContentAsync(target);
        Assert.Equal(before.Where(table => table.Name != "AuditLogs"), after.Where(table => table.Name != "AuditLogs"));
        Assert.Equal("backup.restored", await LastActionAsync(target));
        Assert.Equal("backup.made", await LastActionAsync(source));
        Assert.Equal(["books.backup"], _place.Files.Except(["start.lock"]));
        await GoesOnAsync(target);
    }

    /// <summary>Values that a wrong road would bend.</summary>
    private static async Task OddRowsAsync(TestDatabase database)
    {
        var tenant = SampleRows.Tenant("Tūī & Ash “½” 🐦");
        await database.AddAsync(tenant);
        await database.AddAsync(
            new AuditLog { Action = "odd", Details = """{"b":[1.50,1e2,-0.10],"a":{"z":null,"y":"\u00e9\n"},"long":12345678901234567890123}""" },
            WithAmount(tenant.Id, 922_337_203_685_477.5807m),
            WithAmount(tenant.Id, 0.0001m),
            WithAmount(tenant.Id, -922_337_203_685_477.5807m));
        await using var db = database.Open();
        var user = await db.Users.FirstAsync();
        user.LockoutEnd = new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero).AddTicks(1_234_560);
        await db.SaveChangesAsync();
    }

    private static Transaction WithAmount(Guid tenant, decimal amount)
    {
        var row = SampleRows.Transaction(tenant, 1m);
        (row.Amount, row.Description, row.CurrencyRate) = (amount, "a\tb\r\nc \"'\\", new FxRate(0.412345678912m));
        return row;
    }

    private static async Task<string> LastActionAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return (await db.AuditLogs.OrderByDescending(entry => entry.CreatedAt).ThenByDescending(entry => entry.Id).FirstAsync()).Action;
    }

    /// <summary>Numbers go on behind the last one, the audit trail is append-only still, and the organisation's figures are found.</summary>
    private static async Task GoesOnAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var (tenant, last) = (await db.XeroTenants.FirstAsync(), await db.LedgerLines.MaxAsync(line => line.Id));
        var line = new LedgerLine { TenantId = tenant.Id, AccountId = Guid.NewGuid(), Date = new DateOnly(2026, 11, 21), Amount = 1m, Source = LineSources.Document };
        db.Add(line);
        await db.SaveChangesAsync();

        Assert.True(line.Id > last);
        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => db.AuditLogs.ExecuteDeleteAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlAsync($"""DELETE FROM "AuditLogs" """));
        Assert.Equal(2, await db.XeroTenants.CountAsync());
    }
}
