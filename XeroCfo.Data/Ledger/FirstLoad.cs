using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Ledger;

/// <summary>The posting of books that nobody has read yet: on SQLite without the indexes that serve only reading, where that is worth it and no large books beside them need those.</summary>
internal sealed class FirstLoad : IAsyncDisposable
{
    /// <summary>So many documents make up for making the indexes again.</summary>
    private const int Many = 20_000;

    private readonly IDbFactory? _factory;
    private readonly ILogger _log;

    private FirstLoad(IDbFactory? factory, ILogger log) => (_factory, _log) = (factory, log);

    /// <inheritdoc cref="Domain.Ledger.ILedgerBook.BeginFirstLoadAsync"/>
    public static async Task<FirstLoad> BeginAsync(IDbFactory factory, TenantId tenant, int waiting, ILogger log, CancellationToken ct)
    {
        await using var db = Open(factory);
        if (db is not SqliteDb)
        {
            return new FirstLoad(null, log);
        }

        var unread = await db.XeroTenants.Where(row => row.DataAsOf == null).Select(row => row.Id).ToListAsync(ct);
        if (waiting < Many || !unread.Contains(tenant.Value) || await db.Transactions.Where(row => row.TenantId != tenant.Value).Skip(Many).AnyAsync(ct))
        {
            if (unread.All(id => id == tenant.Value))
            {
                // Nobody else loads: what is away was left so by a load whose end failed.
                await ReadingIndexes.MakeAsync(db, ct);
            }

            return new FirstLoad(null, log);
        }

        await ReadingIndexes.LayAsideAsync(db, ct);
        return new FirstLoad(factory, log);
    }

    /// <summary>Does not throw, so that what the load died of is not hidden: the next one, or the next start, makes what is still away.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_factory is null)
        {
            return;
        }

        try
        {
            await using var db = Open(_factory);
            await ReadingIndexes.MakeAsync(db, CancellationToken.None);
        }
        catch (DbException failed)
        {
            _log.LogWarning(failed, "Indexes could not be made after a first load; lists are slow until the next sync or start makes them");
        }
    }

    private static XeroCfoDb Open(IDbFactory factory) => factory.AcrossTenants("indexes are of all organisations");
}
