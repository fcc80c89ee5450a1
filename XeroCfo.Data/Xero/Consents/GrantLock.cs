using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;

namespace XeroCfo.Data.Xero.Consents;

/// <summary>
/// Only one process renews a consent's tokens at a time, and nobody keeps the right by dying: on PostgreSQL an advisory lock of a
/// transaction; on SQLite the operating system's on a file beside the database, so that writing goes on while Xero is asked.
/// </summary>
internal sealed class GrantLock(IDbFactory databases, DatabaseOptions database) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    /// <summary>
    /// In this process one waits for the database at a time. Each waiter holds a connection, and the one that has the lock needs others to
    /// keep what it got: many of them would take the whole pool.
    /// </summary>
    private readonly SemaphoreSlim _here = new(1, 1);

    /// <summary>Waits for the right to renew a consent; dispose it when the new pair is kept.</summary>
    public async Task<IAsyncDisposable> TakeAsync(Guid grant, CancellationToken ct)
    {
        await _here.WaitAsync(ct);
        try
        {
            return new Held(database.IsSqlite ? await LockFileAsync(ct) : await LockServerAsync(grant, ct), new Place(_here));
        }
        catch
        {
            _here.Release();
            throw;
        }
    }

    public void Dispose() => _here.Dispose();

    // One file for all consents: renewals are seconds in half an hour.
    private async Task<IAsyncDisposable> LockFileAsync(CancellationToken ct)
    {
        var file = SqliteInspection.PathOf(database) + "-consents.lock";
        while (true)
        {
            try
            {
                DataFolder.MakeOwnFile(file);
                return new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(Pause, ct);
            }
        }
    }

    private async Task<IAsyncDisposable> LockServerAsync(Guid grant, CancellationToken ct)
    {
        var db = databases.Create();
        try
        {
            var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.LockConsentAsync(grant, ct);
            return new Held(transaction, db);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    private sealed class Held(params IAsyncDisposable[] held) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var one in held)
            {
                await one.DisposeAsync();
            }
        }
    }

    private sealed class Place(SemaphoreSlim here) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            here.Release();
            return ValueTask.CompletedTask;
        }
    }
}
