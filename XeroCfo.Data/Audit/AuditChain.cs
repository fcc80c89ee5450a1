using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Audit;

/// <summary>
/// Seals the trail and looks whether it still holds. The end of the chain is noted beside it with a mark that needs the audit key: in the
/// database with every seal, and in a file outside of it.
/// </summary>
internal sealed class AuditChain(IDbFactory factory, AuditKey key, AuditAnchorNote note, TimeProvider clock, ILogger<AuditChain> log) : IAuditChain
{
    private const int Batch = 1_000;

    // Entries of a long transaction come late; further back it is looked now and then.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan WholeEvery = TimeSpan.FromHours(1);
    private long? _lookedAtAll;

    public async Task<int> SealAsync(CancellationToken ct)
    {
        await using var db = factory.Create();
        var whole = _lookedAtAll is not { } at || clock.GetElapsedTime(at) > WholeEvery;
        var from = whole ? DateTime.MinValue : await SinceAsync(db, ct);
        if (!await Waiting(db, from).AnyAsync(ct))
        {
            _lookedAtAll = whole ? clock.GetTimestamp() : _lookedAtAll;
            return 0;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.TryLockTrailAsync(ct))
        {
            return 0;
        }

        var last = await db.AuditSeals.AsNoTracking().OrderByDescending(seal => seal.Seq).FirstOrDefaultAsync(ct);
        var marked = last is not null && await db.AuditSeals.AnyAsync(seal => db.AuditLogs.Any(entry => entry.Id == seal.AuditLogId && entry.Mac != null), ct);
        var (seals, strange) = (new List<AuditSeal>(), 0);
        foreach (var entry in await Waiting(db, from).AsNoTracking().OrderBy(entry => entry.CreatedAt).ThenBy(entry => entry.Id).Take(Batch * 10).ToListAsync(ct))
        {
            if (entry.Mac is null ? marked : !key.IsOurs(entry))
            {
                strange++;
                continue;
            }

            marked |= entry.Mac is not null;
            last = new AuditSeal { Seq = (last?.Seq ?? 0) + 1, AuditLogId = entry.Id, Hash = AuditCanon.Seal(last?.Hash ?? "", entry) };
            seals.Add(last);
            if (seals.Count == Batch)
            {
                break;
            }
        }

        if (strange > 0)
        {
            log.LogError("{Count} entries of the audit trail were not written by XeroCfo and get no seal. \"audit verify\" names the first one.", strange);
        }

        if (seals.Count == 0)
        {
            return 0;
        }

        db.AuditSeals.AddRange(seals);
        var anchor = await note.KeepAsync(db, new AuditAnchor(last!.Seq, last.AuditLogId, last.Hash), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        note.Export(anchor);
        _lookedAtAll = whole && seals.Count < Batch ? clock.GetTimestamp() : _lookedAtAll;
        return seals.Count;
    }

    public async Task<AuditVerdict> VerifyAsync(CancellationToken ct)
    {
        await using var db = factory.Create();

        // One moment of the database: what is sealed meanwhile is of no matter.
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, ct);
        var verification = new AuditVerification(key.IsOurs, clock.UtcNow());
        var hasSeals = await db.AuditSeals.AnyAsync(ct);
        await note.GiveAsync(db, verification, hasSeals, ct);
        var seals = db.AuditSeals.AsNoTracking()
            .LeftJoin(db.AuditLogs.AsNoTracking(), seal => seal.AuditLogId, entry => entry.Id, (seal, entry) => new { Seal = seal, Entry = entry })
            .OrderBy(row => row.Seal.Seq)
            .AsAsyncEnumerable();
        await foreach (var row in seals.WithCancellation(ct))
        {
            verification.Seal(row.Seal, row.Entry);
            if (verification.Fault is not null)
            {
                return verification.Verdict;
            }
        }

        verification.EndOfSeals();
        await foreach (var entry in Waiting(db, DateTime.MinValue).AsNoTracking().OrderBy(entry => entry.CreatedAt).AsAsyncEnumerable().WithCancellation(ct))
        {
            verification.Unsealed(entry);
        }

        return verification.Verdict;
    }

    private static async Task<DateTime> SinceAsync(XeroCfoDb db, CancellationToken ct)
    {
        var last = await db.AuditSeals.OrderByDescending(seal => seal.Seq).Take(1)
            .Join(db.AuditLogs, seal => seal.AuditLogId, entry => entry.Id, (seal, entry) => (DateTime?)entry.CreatedAt)
            .FirstOrDefaultAsync(ct);
        return last is { } at ? at - Overlap : DateTime.MinValue;
    }

    private static IQueryable<AuditLog> Waiting(XeroCfoDb db, DateTime from) =>
        db.AuditLogs.Where(entry => entry.CreatedAt >= from && !db.AuditSeals.Any(seal => seal.AuditLogId == entry.Id));
}
