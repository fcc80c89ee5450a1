using Microsoft.EntityFrameworkCore;
using XeroCfo.Data;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;

namespace XeroCfo.Tests.Support;

/// <summary>
/// A database of one test, gone when it is disposed. Migrations run once for all of them: each is a copy of that first one.
/// </summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly Func<Task> _drop;

    private TestDatabase(TestDatabaseKind kind, DatabaseOptions options, FixedClock clock, Func<Task> drop)
    {
        (Kind, Options, Clock, _drop) = (kind, options, clock, drop);
        Factory = new DbFactory(options, clock);
    }

    public TestDatabaseKind Kind { get; }

    public DatabaseOptions Options { get; }

    /// <summary>What stamps createdAt and updatedAt.</summary>
    public FixedClock Clock { get; }

    public IDbFactory Factory { get; }

    /// <summary>A database with all tables and no rows; without tables when not <paramref name="migrated"/>.</summary>
    public static async Task<TestDatabase> CreateAsync(TestDatabaseKind kind, FixedClock? clock = null, bool migrated = true)
    {
        var (options, drop) = kind == TestDatabaseKind.Sqlite
            ? await SqliteTestServer.CreateAsync(migrated)
            : await PostgresTestServer.CreateAsync(migrated);
        return new TestDatabase(kind, options, clock ?? new FixedClock(), drop);
    }

    /// <summary>A context that sees all organisations, for arranging and looking.</summary>
    public XeroCfoDb Open() => Factory.AcrossTenants("a test looks at everything");

    public async Task AddAsync(params object[] rows)
    {
        await using var db = Open();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync() => await _drop();

    /// <summary>Migrates the database of <paramref name="options"/> to the newest version.</summary>
    internal static async Task MigrateAsync(DatabaseOptions options)
    {
        await using var db = new DbFactory(options, new FixedClock()).Create();
        await db.Database.MigrateAsync();
    }
}
