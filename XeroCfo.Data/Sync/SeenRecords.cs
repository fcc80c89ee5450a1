using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Sync;

/// <summary>Which records are here, and when Xero last showed them.</summary>
internal sealed class SeenRecords(XeroCfoDb db)
{
    public Task<int> CountAsync(DocumentKind kind, RecordDays days, CancellationToken ct) => Within(kind, days).CountAsync(ct);

    public Task<DateOnly?> FirstDayAsync(DocumentKind kind, CancellationToken ct) => Within(kind, RecordDays.All).MinAsync(row => row.Date, ct);

    public async Task<IReadOnlyList<Guid>> UnseenAsync(DocumentKind kind, RecordDays days, DateTime since, int limit, CancellationToken ct) =>
        await Within(kind, days).Where(row => row.SeenAt < since).OrderBy(row => row.SeenAt).ThenBy(row => row.XeroId).Take(limit).Select(row => row.XeroId).ToListAsync(ct);

    public async Task<DateOnly?> DeleteAsync(DocumentKind kind, Guid xeroId, CancellationToken ct)
    {
        var row = db.Documents.Where(row => row.Kind == kind && row.XeroId == xeroId && !row.Deleted);
        var day = await row.Select(found => found.PostedDate ?? found.Date).FirstOrDefaultAsync(ct);
        await row.ExecuteUpdateAsync(set => set.SetProperty(found => found.Deleted, true).SetProperty(found => found.Dirty, true), ct);
        return day;
    }

    public async Task<CheckState> StateAsync(CancellationToken ct)
    {
        var kinds = Enum.GetNames<DocumentKind>();
        var cursors = await db.SyncCursors.AsNoTracking().ToListAsync(ct);
        var loads = cursors.Where(cursor => kinds.Contains(cursor.Endpoint)).Select(cursor => cursor.FullLoadedAt).ToList();
        return new CheckState(
            cursors.Find(cursor => cursor.Endpoint == SyncCursor.Check)?.ModifiedSince,
            loads.Count == 0 || loads.Contains(null) ? null : loads.Min());
    }

    private IQueryable<Document> Within(DocumentKind kind, RecordDays days)
    {
        var rows = db.Documents.AsNoTracking().Where(row => row.Kind == kind && !row.Deleted);
        rows = days.From is { } from ? rows.Where(row => row.Date >= from) : rows;
        return days.Before is { } before ? rows.Where(row => row.Date < before) : rows;
    }
}
