using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;

namespace XeroCfo.Data.Xero.Consents;

/// <summary>
/// Only one process renews a consent's tokens at a time, and nobody keeps the right by dying: on PostgreSQL an advisory lock of a
/// transaction; on SQLite the operating system's on a file beside the database, so that writing goes on while Xero is asked.
/// </summary>
internal sealed class GrantLock(IDbFactory databases, DatabaseOptions database)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    /// <summary>Waits for the right to renew a consent; dispose it when the new pair is kept.</summary>
    public Task<IAsyncDisposable> TakeAsync(Guid grant, CancellationToken ct) => database.IsSqlite ? LockFileAsync(ct) : LockServerAsync(grant, ct);

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
}
