using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Sync;

internal sealed class SyncStore(IDbFactory factory, TimeProvider clock) : ISyncStore
{
    private static readonly BulkTable<Document> Documents = new BulkTable<Document>(
        "Documents",
        Column.Of((Document row) => row.TenantId, "tenantId"),
        Column.Of((Document row) => (short)row.Kind, "kind"),
        Column.Of((Document row) => row.XeroId, "xeroId"),
        Column.Of((Document row) => row.Raw, "raw"),
        Column.Of((Document row) => row.Hash, "hash"),
        Column.Of((Document row) => row.Date, "date"),
        Column.Of((Document row) => row.TouchedFrom, "touchedFrom"),
        Column.Of((Document row) => row.UpdatedUtc, "updatedUtc"),
        Column.Of((Document row) => row.ReceivedAt, "receivedAt"),
        Column.Of((Document row) => row.SeenAt, "seenAt"),
        Column.Of((Document row) => row.Deleted, "deleted"),
        Column.Of((Document row) => row.Dirty, "dirty"),
        Column.Of((Document row) => row.PostingProblem, "postingProblem"))
        .Upsert(["tenantId", "kind", "xeroId"], ["raw", "hash", "date", "touchedFrom", "updatedUtc", "receivedAt", "seenAt", "deleted", "dirty", "postingProblem"]);

    public async Task<SyncCursor> CursorAsync(TenantId tenant, string endpoint, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.SyncCursors.AsNoTracking().FirstOrDefaultAsync(cursor => cursor.Endpoint == endpoint, ct)
            ?? new SyncCursor { TenantId = tenant.Value, Endpoint = endpoint };
    }

    public async Task SaveCursorAsync(TenantId tenant, SyncCursor cursor, CancellationToken ct)
    {
        await using var db = factory.For(tenant);

        // Commits reach the disk in their order: a cursor never gets there before the records that it stands for.
        await using var transaction = await db.BeginBulkAsync(ct);
        var known = await db.SyncCursors.AnyAsync(row => row.Endpoint == cursor.Endpoint, ct);
        db.Entry(cursor).State = known ? EntityState.Modified : EntityState.Added;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    public async Task SaveOrganisationAsync(TenantId tenant, OrganisationFacts facts, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var row = await db.XeroTenants.SingleAsync(organisation => organisation.Id == tenant.Value, ct);
        if ((row.FinancialYearEndDay, row.FinancialYearEndMonth) != (facts.FinancialYearEndDay, facts.FinancialYearEndMonth))
        {
            // What was read under the old year says nothing under the new one: every day is read again.
            await db.XeroTrialBalances.ExecuteDeleteAsync(ct);
        }

        row.Name = facts.Name;
        row.BaseCurrency = facts.BaseCurrency;
        row.FinancialYearEndDay = facts.FinancialYearEndDay;
        row.FinancialYearEndMonth = facts.FinancialYearEndMonth;
        row.CountryCode = facts.CountryCode;
        row.TimeZone = facts.TimeZone;
        row.ShortCode = facts.ShortCode;
        row.SalesTaxBasis = facts.SalesTaxBasis;
        row.SalesTaxPeriod = facts.SalesTaxPeriod;
        row.PeriodLockDate = facts.PeriodLockDate;
        row.EndOfYearLockDate = facts.EndOfYearLockDate;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    public async Task<IReadOnlyDictionary<string, SyncCounts>> SaveMasterDataAsync(TenantId tenant, MasterData data, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var counts = await new MasterDataWriter(db, tenant).WriteAsync(data, ct);
        await db.SaveChangesAsync(ct);
        return counts;
    }

    public async Task<SyncCounts> SaveContactsAsync(TenantId tenant, IReadOnlyList<XeroContact> contacts, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        await using var transaction = await db.BeginBulkAsync(ct);
        var counts = await new ContactWriter(db, tenant).WriteAsync(contacts, ct);
        await transaction.CommitAsync(ct);
        return counts;
    }

    public async Task<SavedRecords> SaveRecordsAsync(TenantId tenant, DocumentKind kind, IReadOnlyList<XeroRecord> records, DateTime seenAt, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        await using var transaction = await db.BeginBulkAsync(ct);
        var ids = records.Select(record => record.XeroId).ToList();
        var known = await db.Documents
            .Where(row => row.Kind == kind && EF.Parameter(ids).Contains(row.XeroId))
            .Select(row => new { row.XeroId, row.Hash, row.Deleted, row.Date, row.TouchedFrom, row.PostedDate })
            .ToDictionaryAsync(row => row.XeroId, ct);
        bool IsUnchanged(XeroRecord record) => known.TryGetValue(record.XeroId, out var old) && old.Hash == record.Hash && !old.Deleted;

        var unchanged = records.Where(IsUnchanged).Select(record => record.XeroId).ToList();
        if (unchanged.Count > 0)
        {
            await db.Documents.Where(row => row.Kind == kind && EF.Parameter(unchanged).Contains(row.XeroId))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenAt, seenAt), ct);
        }

        var written = records.Where(record => !IsUnchanged(record)).Select(record => new Document
        {
            TenantId = tenant.Value,
            Kind = kind,
            XeroId = record.XeroId,
            Raw = record.Raw,
            Hash = record.Hash,
            Date = record.Date,
            TouchedFrom = known.TryGetValue(record.XeroId, out var earlier) ? Earlier(earlier.Date, earlier.TouchedFrom) : null,
            UpdatedUtc = record.UpdatedUtc,
            ReceivedAt = seenAt,
            SeenAt = seenAt,
            Dirty = true,
        }).ToList();
        await Documents.WriteAsync(db, written, ct);
        await transaction.CommitAsync(ct);
        var inserted = written.Count(row => !known.ContainsKey(row.XeroId));
        var days = written.SelectMany(row => new[] { row.Date, row.TouchedFrom, known.TryGetValue(row.XeroId, out var old) ? old.PostedDate : null });
        return new SavedRecords(
            new SyncCounts(records.Count, inserted, written.Count - inserted, unchanged.Count, 0), written.Count == 0 ? null : days.Min() ?? DateOnly.MinValue);
    }

    public async Task<int> CountSeenAsync(TenantId tenant, DocumentKind kind, DateTime since, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.Documents.CountAsync(row => row.Kind == kind && row.SeenAt >= since, ct);
    }

    public async Task<int> DeleteUnseenAsync(TenantId tenant, DocumentKind kind, DateTime since, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.Documents
            .Where(row => row.Kind == kind && row.SeenAt < since && !row.Deleted)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Deleted, true).SetProperty(row => row.Dirty, true), ct);
    }

    public async Task<int> CountAsync(TenantId tenant, DocumentKind kind, RecordDays days, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await new SeenRecords(db).CountAsync(kind, days, ct);
    }

    public async Task<int> CountAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.Documents.CountAsync(ct);
    }

    public async Task<DateOnly?> FirstDayAsync(TenantId tenant, DocumentKind kind, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await new SeenRecords(db).FirstDayAsync(kind, ct);
    }

    public async Task<IReadOnlyList<Guid>> UnseenAsync(TenantId tenant, DocumentKind kind, RecordDays days, DateTime since, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await new SeenRecords(db).UnseenAsync(kind, days, since, limit, ct);
    }

    public async Task<DateOnly?> DeleteAsync(TenantId tenant, DocumentKind kind, Guid xeroId, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        await using var transaction = await db.BeginBulkAsync(ct);
        var day = await new SeenRecords(db).DeleteAsync(kind, xeroId, ct);
        await transaction.CommitAsync(ct);
        return day;
    }

    public async Task<CheckState> CheckStateAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await new SeenRecords(db).StateAsync(ct);
    }

    public async Task<DateOnly?> SaveUnreadableAsync(
        TenantId tenant, Guid runId, DocumentKind kind, IReadOnlyList<UnreadableRecord> records, DateTime seenAt, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        await using var transaction = await db.BeginBulkAsync(ct);
        var ids = records.Where(record => Guid.TryParse(record.XeroId, out _)).Select(record => Guid.Parse(record.XeroId!)).ToList();
        var changed = await db.Documents.Where(row => row.Kind == kind && EF.Parameter(ids).Contains(row.XeroId) && row.Hash != "").MinAsync(row => row.PostedDate ?? row.Date, ct);
        foreach (var record in records.Where(record => Guid.TryParse(record.XeroId, out _)))
        {
            var id = Guid.Parse(record.XeroId!);
            var marked = await db.Documents.Where(row => row.Kind == kind && row.XeroId == id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.SeenAt, seenAt).SetProperty(row => row.PostingProblem, record.Code).SetProperty(row => row.Hash, ""), ct);
            if (marked == 0)
            {
                db.Documents.Add(new Document
                {
                    TenantId = tenant.Value,
                    Kind = kind,
                    XeroId = id,
                    Raw = "",
                    Hash = "",
                    ReceivedAt = seenAt,
                    SeenAt = seenAt,
                    PostingProblem = record.Code,
                });
            }
        }

        // A record that is met twice in a run is told of once.
        var told = await db.SyncIssues.Where(issue => issue.RunId == runId).Select(issue => new { issue.XeroId, issue.Message }).ToListAsync(ct);
        Issues(db, tenant, runId, records.Where(record => !told.Contains(new { record.XeroId, record.Message })));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return changed;
    }

    public async Task<IReadOnlyList<Guid>> UnreadAsync(TenantId tenant, DocumentKind kind, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);

        // Few are in trouble. Asked for one kind, SQLite would rather walk through all documents of it than use the index of those few.
        var unread = await db.Documents
            .Where(row => row.PostingProblem != null && !row.Deleted && (row.Hash == "" || row.PostingProblem == PostingProblems.UnreadableCode))
            .Select(row => new { row.Kind, row.XeroId, row.SeenAt })
            .ToListAsync(ct);
        return [.. unread.Where(row => row.Kind == kind).OrderBy(row => row.SeenAt).ThenBy(row => row.XeroId).Take(limit).Select(row => row.XeroId)];
    }

    public async Task<IReadOnlyList<(DocumentKind Kind, Guid XeroId)>> StaleCreditsAsync(TenantId tenant, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await new StaleCredits(db).FindAsync(limit, ct);
    }

    public async Task<bool> ForgetIssuesAsync(TenantId tenant, Guid runId, string code, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.SyncIssues.Where(issue => issue.RunId == runId && issue.Code == code).ExecuteDeleteAsync(ct) > 0;
    }

    public async Task AddIssuesAsync(TenantId tenant, Guid runId, IReadOnlyList<UnreadableRecord> issues, CancellationToken ct)
    {
        if (issues.Count == 0)
        {
            return;
        }

        await using var db = factory.For(tenant);
        Issues(db, tenant, runId, issues);
        await db.SaveChangesAsync(ct);
    }

    private static DateOnly? Earlier(DateOnly? left, DateOnly? right) => right < left ? right : left ?? right;

    private void Issues(XeroCfoDb db, TenantId tenant, Guid runId, IEnumerable<UnreadableRecord> records)
    {
        foreach (var record in records)
        {
            db.SyncIssues.Add(new SyncIssue
            {
                TenantId = tenant.Value,
                RunId = runId,
                Kind = record.Kind,
                XeroId = record.XeroId,
                Code = record.Code,
                Message = TextRules.Limit(record.Message, 1000),
                CreatedAt = clock.UtcNow(),
            });
        }
    }
}
