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
    private int _strange;

    public async Task<int> SealAsync(CancellationToken ct)
    {
        await using var db = factory.Create();
        var whole = _lookedAtAll is not { } at || clock.GetElapsedTime(at) > WholeEvery;
        var from = whole ? DateTime.MinValue : await SinceAsync(db, ct);
        if (!await HasWorkAsync(db, from, ct))
        {
            _lookedAtAll = whole ? clock.GetTimestamp() : _lookedAtAll;
            return 0;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.TryLockTrailAsync(ct))
        {
            return 0;
        }

        var last = await LastAsync(db, ct);
        var seals = Sealed(last, await Waiting(db, from).AsNoTracking().OrderBy(entry => entry.CreatedAt).ThenBy(entry => entry.Id).Take(Batch * 10).ToListAsync(ct));
        if (seals.Count == 0)
        {
            return 0;
        }

        db.AuditSeals.AddRange(seals);
        var end = AnchorAt(seals[^1]);
        await note.KeepAsync(db, last is null ? null : AnchorAt(last.Seal), end, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await note.ExportAsync(db, end, ct);
        _lookedAtAll = whole && seals.Count < Batch ? clock.GetTimestamp() : _lookedAtAll;
        return seals.Count;
    }

    public async Task<AuditVerdict> VerifyAsync(CancellationToken ct)
    {
        await using var db = factory.Create();
        var verification = new AuditVerification(key.IsOurs, clock.UtcNow());

        // First the notes, then the seals in one read, then what has none: what is sealed meanwhile is of no matter.
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

    // Without a lock: most of the time there is nothing to do, and what is not ours never gets a seal.
    private async Task<bool> HasWorkAsync(XeroCfoDb db, DateTime from, CancellationToken ct)
    {
        var waiting = await Waiting(db, from).AsNoTracking().OrderBy(entry => entry.CreatedAt).ThenBy(entry => entry.Id).Take(Batch).ToListAsync(ct);
        var marked = waiting.Count > 0 && (await LastAsync(db, ct))?.Marked == true;
        var strange = waiting.Count(entry => !IsOurs(entry, marked));
        if (strange > 0 && strange != _strange)
        {
            log.LogError("{Count} entries of the audit trail were not written by XeroCfo and get no seal. \"audit verify\" names the first one.", strange);
        }

        _strange = strange;
        return waiting.Count > strange || strange == Batch;
    }

    private List<AuditSeal> Sealed(Last? last, List<AuditLog> waiting)
    {
        var (seals, seq, hash, marked) = (new List<AuditSeal>(), last?.Seal.Seq ?? 0, last?.Seal.Hash ?? "", last?.Marked == true);
        foreach (var entry in waiting)
        {
            if (IsOurs(entry, marked) && seals.Count < Batch)
            {
                hash = AuditCanon.Seal(hash, entry);
                marked = entry.Mac is not null;
                seals.Add(new AuditSeal { Seq = ++seq, AuditLogId = entry.Id, Hash = hash });
            }
        }

        return seals;
    }

    // From before there was a key: those come first or not at all.
    private bool IsOurs(AuditLog entry, bool marked) => entry.Mac is null ? !marked : key.IsOurs(entry);

    private static AuditAnchor AnchorAt(AuditSeal seal) => new(seal.Seq, seal.AuditLogId, seal.Hash);

    private static async Task<Last?> LastAsync(XeroCfoDb db, CancellationToken ct) =>
        await db.AuditSeals.AsNoTracking().OrderByDescending(seal => seal.Seq).Take(1)
            .Select(seal => new Last(seal, db.AuditLogs.Any(entry => entry.Id == seal.AuditLogId && entry.Mac != null)))
            .FirstOrDefaultAsync(ct);

    private static async Task<DateTime> SinceAsync(XeroCfoDb db, CancellationToken ct)
    {
        var last = await db.AuditSeals.OrderByDescending(seal => seal.Seq).Take(1)
            .Join(db.AuditLogs, seal => seal.AuditLogId, entry => entry.Id, (seal, entry) => (DateTime?)entry.CreatedAt)
            .FirstOrDefaultAsync(ct);
        return last is { } at ? at - Overlap : DateTime.MinValue;
    }

    private static IQueryable<AuditLog> Waiting(XeroCfoDb db, DateTime from) =>
        db.AuditLogs.Where(entry => entry.CreatedAt >= from && !db.AuditSeals.Any(seal => seal.AuditLogId == entry.Id));

    /// <summary>The end of the chain, and whether its entry has a mark.</summary>
    private sealed record Last(AuditSeal Seal, bool Marked);
}
