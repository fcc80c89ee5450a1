using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Tenants;
using XeroCfo.Tests.Backups;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Storage;

/// <summary>Indexes that only readers need are away while new books are loaded, and then are what they were.</summary>
public sealed class ReadingIndexesTests
{
    private const int Many = 20_000;

    [Fact]
    public async Task They_come_back_as_the_migrations_made_them()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        await using var db = database.Open();
        var (before, shape) = (await IndexesAsync(db), (await Catalog.ReadAsync(db)).Lines);

        await ReadingIndexes.LayAsideAsync(db, default);
        var without = await IndexesAsync(db);
        await ReadingIndexes.MakeAsync(db, default);

        Assert.True(before.Count - without.Count > 20);
        Assert.Contains(without, index => index.Contains("IX_Transactions_open", StringComparison.Ordinal));
        Assert.Equal(before, await IndexesAsync(db));
        Assert.Equal(shape, (await Catalog.ReadAsync(db)).Lines);
    }

    [Fact]
    public async Task Two_that_make_them_at_once_make_each_once()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        await using var db = database.Open();
        var before = await IndexesAsync(db);
        await ReadingIndexes.LayAsideAsync(db, default);
        await ReadingIndexes.LayAsideAsync(db, default);

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            await using var own = database.Open();
            await ReadingIndexes.MakeAsync(own, default);
        })));

        Assert.Equal(before, await IndexesAsync(db));
    }

    [Fact]
    public async Task They_are_away_only_while_many_documents_of_new_books_come_in()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        var (loading, other) = (SampleRows.Tenant(), SampleRows.Tenant("Other"));
        await database.AddAsync(loading, other);
        var all = await CountAsync(database);

        Assert.Equal(all, await DuringAsync(database, loading, Many - 1));
        Assert.True(await DuringAsync(database, loading, Many) < all - 20);
        Assert.Equal(all, await CountAsync(database));
    }

    [Fact]
    public async Task They_stay_where_somebody_reads_the_books()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        var loading = SampleRows.Tenant();
        loading.DataAsOf = database.Clock.GetUtcNow().UtcDateTime;
        await database.AddAsync(loading);

        Assert.Equal(await CountAsync(database), await DuringAsync(database, loading, Many));
    }

    [Fact]
    public async Task They_stay_where_other_books_are_large()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        var (loading, other) = (SampleRows.Tenant(), SampleRows.Tenant("Other"));
        await database.AddAsync(loading, other);
        await database.AddAsync(SampleRows.Transaction(other.Id));
        await RepeatAsync(database, Many - 1);
        var all = await CountAsync(database);
        Assert.True(await DuringAsync(database, loading, Many) < all);

        await RepeatAsync(database, 1);

        Assert.Equal(all, await DuringAsync(database, loading, Many));
    }

    [Fact]
    public async Task A_start_makes_those_that_a_process_left_out_when_it_died()
    {
        using var place = new BackupPlace();
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        var all = await CountAsync(database);
        await using (var db = database.Open())
        {
            await ReadingIndexes.LayAsideAsync(db, default);
        }

        await place.Start(database).EnsureUpToDateAsync(default);

        Assert.Equal(all, await CountAsync(database));
    }

    [Fact]
    public async Task What_a_load_left_out_the_next_one_makes()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        var tenant = SampleRows.Tenant();
        await database.AddAsync(tenant);
        var all = await CountAsync(database);
        await using (var db = database.Open())
        {
            await ReadingIndexes.LayAsideAsync(db, default);
        }

        Assert.Equal(all, await DuringAsync(database, tenant, 1));
    }

    [PostgresFact]
    public async Task PostgreSQL_keeps_them()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Postgres);
        var loading = SampleRows.Tenant();
        await database.AddAsync(loading);

        Assert.Equal(await CountAsync(database), await DuringAsync(database, loading, Many));
    }

    [Fact]
    public async Task Books_that_are_loaded_without_them_are_the_same()
    {
        var small = new SmallBooks();
        await using var expected = await SyncedBooks.OfAsync(small.Books, small.Clock);
        await expected.SyncWellAsync();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock);
        await using (var db = books.Open())
        {
            await ReadingIndexes.LayAsideAsync(db, default);
        }

        await books.SyncWellAsync();

        Assert.Equal(await expected.ContentAsync(), await books.ContentAsync());
        (await books.TrialBalanceAsync(new DateOnly(2026, 1, 31))).AssertGreen();
    }

    private static async Task<int> DuringAsync(TestDatabase database, XeroTenant tenant, int waiting)
    {
        await using var load = await FirstLoad.BeginAsync(database.Factory, new TenantId(tenant.Id), waiting, NullLogger.Instance, default);
        return await CountAsync(database);
    }

    // The first row once more and again, under other ids.
    private static async Task RepeatAsync(TestDatabase database, int times)
    {
        await using var db = database.Open();
        var columns = await Catalog.RowsAsync(db, "SELECT name FROM pragma_table_info('Transactions')", row => row.GetString(0));
        var values = columns.Select(column => column is "id" or "xeroId" ? "lower(hex(randomblob(16)))" : $"t.\"{column}\"");
        var sql = $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {times})
            INSERT INTO "Transactions" ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
            SELECT {string.Join(", ", values)} FROM (SELECT * FROM "Transactions" LIMIT 1) t, n
            """;
        Assert.Equal(times, await db.Database.ExecuteSqlRawAsync(sql));
    }

    private static async Task<int> CountAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return (await Catalog.ReadAsync(db)).Indexes.Count;
    }

    private static Task<IReadOnlyList<string>> IndexesAsync(Data.XeroCfoDb db) =>
        Catalog.RowsAsync(db, "SELECT name || ': ' || sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name", row => row.GetString(0));
}
