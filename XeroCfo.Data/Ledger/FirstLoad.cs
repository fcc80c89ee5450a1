using Microsoft.EntityFrameworkCore;
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

    private FirstLoad(IDbFactory? factory) => _factory = factory;

    /// <inheritdoc cref="Domain.Ledger.ILedgerBook.BeginFirstLoadAsync"/>
    public static async Task<FirstLoad> BeginAsync(IDbFactory factory, TenantId tenant, int waiting, CancellationToken ct)
    {
        await using var db = Open(factory);
        if (db is not SqliteDb
            || waiting < Many
            || await db.XeroTenants.AnyAsync(row => row.Id == tenant.Value && row.DataAsOf != null, ct)
            || await db.Transactions.Where(row => row.TenantId != tenant.Value).Skip(Many).AnyAsync(ct))
        {
            return new FirstLoad(null);
        }

        await ReadingIndexes.LayAsideAsync(db, ct);
        return new FirstLoad(factory);
    }

    public async ValueTask DisposeAsync()
    {
        if (_factory is not null)
        {
            await using var db = Open(_factory);
            await ReadingIndexes.MakeAsync(db, CancellationToken.None);
        }
    }

    private static XeroCfoDb Open(IDbFactory factory) => factory.AcrossTenants("indexes are of all organisations");
}
