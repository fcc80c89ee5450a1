using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Storage;

/// <summary>
/// Only one process at a time prepares a database. On SQLite that is a lock of the operating system on a file, which ends with the
/// process however it ends; on PostgreSQL an advisory lock of a transaction, because a session's would stay held in the pool.
/// </summary>
internal sealed class StartLock : IAsyncDisposable
{
    private const long PostgresKey = 0x5865726F43464F;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly IAsyncDisposable[] _held;

    private StartLock(params IAsyncDisposable[] held) => _held = held;

    public static async Task<StartLock> TakeAsync(IDbFactory databases, DatabaseOptions database, DataFolder folder, CancellationToken ct) =>
        database.IsSqlite ? await LockFileAsync(Path.Combine(folder.FullPath, "start.lock"), ct) : await LockServerAsync(databases, ct);

    public async ValueTask DisposeAsync()
    {
        foreach (var held in _held)
        {
            await held.DisposeAsync();
        }
    }

    private static async Task<StartLock> LockFileAsync(string file, CancellationToken ct)
    {
        DataFolder.MakeOwnFile(file);
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Pause)
        {
            try
            {
                return new StartLock(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                await Task.Delay(Pause, ct);
            }
        }

        throw Waited(file);
    }

    private static RefusedException Waited(string holds) =>
        new($"Another XeroCfo has been preparing this database for {Patience.TotalSeconds:0} seconds (it holds {holds}). End it, or wait until it is done.");

    private static async Task<StartLock> LockServerAsync(IDbFactory databases, CancellationToken ct)
    {
        var db = databases.Create();
        try
        {
            await CreateIfMissingAsync(db, ct);
            var transaction = await db.Database.BeginTransactionAsync(ct);
            await WaitAsync(db, ct);
            return new StartLock(transaction, db);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    // A command gives up after half a minute by itself, and that would read as if the server were away.
    private static async Task WaitAsync(XeroCfoDb db, CancellationToken ct)
    {
        db.Database.SetCommandTimeout(Patience);
        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({PostgresKey})", ct);
        }
        catch (NpgsqlException fault) when (fault.InnerException is TimeoutException)
        {
            throw Waited("a lock in it");
        }
    }

    private static async Task CreateIfMissingAsync(XeroCfoDb db, CancellationToken ct)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        try
        {
            if (!await creator.ExistsAsync(ct))
            {
                await creator.CreateAsync(ct);
            }
        }
        catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process made it between the question and the answer.
        }
    }
}
