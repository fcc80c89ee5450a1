using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Storage;

/// <summary>A database that is away, locked or full is told from a fault of ours: who asks may come again.</summary>
public sealed class DatabaseAwayTests
{
    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(8, true)]
    [InlineData(10, true)]
    [InlineData(13, true)]
    [InlineData(14, true)]
    [InlineData(1, false)]
    [InlineData(19, false)]
    public void SQLites_answers_are_told_apart(int code, bool away)
    {
        Assert.Equal(away, DatabaseAway.Is(new SqliteException("said so", code)));
        Assert.Equal(away, DatabaseAway.Is(new DbUpdateException("while saving", new SqliteException("said so", code))));
    }

    [Fact]
    public async Task A_full_disk_refuses_writes_as_one_that_may_come_back_and_breaks_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        await database.AddAsync(SampleRows.Tenant());
        await using var db = database.Open();
        await db.Database.OpenConnectionAsync();

        // As many pages as there are, as if the disk ended there.
        await db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1");
        db.AddRange(Enumerable.Range(0, 2_000).Select(_ => SampleRows.Tenant(new string('x', 200))));
        var fault = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        Assert.True(DatabaseAway.Is(fault), fault.InnerException?.Message);
        Assert.Equal(1, await db.XeroTenants.CountAsync());

        await db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1000000");
        await db.SaveChangesAsync();
        Assert.Equal(2_001, await db.XeroTenants.CountAsync());
        Assert.Equal(["ok"], await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS \"Value\" FROM pragma_integrity_check").ToListAsync());
    }
}
