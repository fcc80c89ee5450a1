using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

/// <summary>
/// Replaces what a batch of documents left in the derived tables by what it says now, balances included. Running it twice gives the same rows.
/// </summary>
internal sealed class PostingWriter(XeroCfoDb db, TenantId tenant, Guid runId, ChartOfAccounts chart, string baseCurrency, DateTime now)
{
    public async Task WriteAsync(IReadOnlyList<PostedDocument> batch, CancellationToken ct)
    {
        var old = await RemoveLinesAsync([.. batch.Where(posted => posted.Waiting.PostedDate is not null).Select(posted => posted.Waiting.XeroId)], ct);
        var fresh = batch.SelectMany(Lines).ToList();
        await LedgerTables.Lines.WriteAsync(db, fresh, ct);
        await MoveBalancesAsync(old, fresh, ct);
        await RecordChangesAsync(batch, old, fresh, ct);
        await WriteRowsAsync(batch, ct);
        await WriteAllocationsAsync(batch, ct);
        await SettleDocumentsAsync(batch, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task<List<LedgerLine>> RemoveLinesAsync(List<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var lines = db.LedgerLines.Where(row => row.DocumentXeroId != null && ids.Contains(row.DocumentXeroId!.Value));
        var old = await lines.AsNoTracking().ToListAsync(ct);
        await lines.ExecuteDeleteAsync(ct);
        return old;
    }

    private IEnumerable<LedgerLine> Lines(PostedDocument posted) => posted.Lines.Select(line => new LedgerLine
    {
        TenantId = tenant.Value,
        Date = posted.Document!.Date,
        AccountId = line.AccountId,
        Amount = line.Amount,
        Source = LineSources.Document,
        DocumentKind = posted.Waiting.Kind,
        DocumentXeroId = posted.Waiting.XeroId,
        ContactId = posted.Document.ContactId,
        TrackingOption1 = line.TrackingOption1,
        TrackingOption2 = line.TrackingOption2,
        Description = line.Description ?? (posted.Document as ManualJournal)?.Narration,
    });

    private async Task MoveBalancesAsync(List<LedgerLine> old, List<LedgerLine> fresh, CancellationToken ct)
    {
        var movements = new Dictionary<(Guid Account, DateOnly Month), decimal>();
        foreach (var (lines, sign) in new[] { (old, -1), (fresh, 1) })
        {
            foreach (var line in lines)
            {
                var key = (line.AccountId, Month.Of(line.Date).Start);
                movements[key] = movements.GetValueOrDefault(key) + (sign * line.Amount);
            }
        }

        var rows = movements.Where(movement => movement.Value != 0).Select(movement => new AccountBalance
        {
            TenantId = tenant.Value,
            AccountId = movement.Key.Account,
            Month = movement.Key.Month,
            Source = LineSources.Document,
            Movement = movement.Value,
        });
        await LedgerTables.Balances.WriteAsync(db, [.. rows], ct);
    }

    // What moved in a month whose trial balance has been read is worth telling; the first load is not.
    private async Task RecordChangesAsync(IReadOnlyList<PostedDocument> batch, List<LedgerLine> old, List<LedgerLine> fresh, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(now);
        var version = await db.XeroTenants.Where(row => row.Id == tenant.Value).Select(row => row.LedgerVersion).SingleAsync(ct);
        if (version == 0)
        {
            return;
        }

        var documents = batch.ToDictionary(posted => posted.Waiting.XeroId);
        var before = Effects(old);
        var after = Effects(fresh);
        var changes =
            from key in before.Keys.Union(after.Keys)
            let was = before.GetValueOrDefault(key)
            let becomes = after.GetValueOrDefault(key)
            where was != becomes && key.Month < Month.Of(today).Start
            let posted = documents[key.Document]
            select new LedgerChange
            {
                TenantId = tenant.Value,
                LedgerVersion = version + 1,
                RunId = runId,
                DocumentKind = posted.Waiting.Kind,
                DocumentXeroId = key.Document,
                AccountId = key.Account,
                Month = key.Month,
                Before = was,
                After = becomes,
                Reason = Reason(posted),
                CreatedAt = now,
            };
        await LedgerTables.Changes.WriteAsync(db, [.. changes], ct);
    }

    private static Dictionary<(Guid Document, Guid Account, DateOnly Month), decimal> Effects(List<LedgerLine> lines) => lines
        .GroupBy(line => (line.DocumentXeroId!.Value, line.AccountId, Month.Of(line.Date).Start))
        .ToDictionary(group => group.Key, group => group.Sum(line => line.Amount));

    private static string Reason(PostedDocument posted) =>
        posted.Waiting.Deleted ? "deleted"
        : posted.Document?.Status is "VOIDED" or "DELETED" ? "voided"
        : posted.Waiting.PostedDate is null ? "posted" : "changed";

    private async Task WriteRowsAsync(IReadOnlyList<PostedDocument> batch, CancellationToken ct)
    {
        var ids = batch.Select(posted => posted.Waiting.XeroId).ToList();
        var known = await db.Transactions.Where(row => ids.Contains(row.XeroId)).Select(row => new { row.XeroId, row.Id }).ToDictionaryAsync(row => row.XeroId, row => row.Id, ct);
        var rows = new List<Transaction>();
        var lines = new List<TransactionLine>();
        foreach (var document in batch.Select(posted => posted.Document).OfType<SourceDocument>())
        {
            if (TransactionRules.Row(document, tenant.Value, chart, baseCurrency) is { } row)
            {
                row.Id = known.TryGetValue(document.XeroId, out var id) ? id : row.Id;
                (row.CreatedAt, row.UpdatedAt) = (now, now);
                rows.Add(row);
                lines.AddRange(TransactionRules.Lines(document, tenant.Value, row.Id, chart));
            }
        }

        var stale = known.Values.ToList();
        await db.TransactionLines.Where(line => stale.Contains(line.TransactionId)).ExecuteDeleteAsync(ct);
        var gone = batch.Where(posted => posted.Waiting.Deleted && known.ContainsKey(posted.Waiting.XeroId)).Select(posted => known[posted.Waiting.XeroId]).ToList();
        await db.Transactions.Where(row => gone.Contains(row.Id)).ExecuteDeleteAsync(ct);
        await LedgerTables.Transactions.WriteAsync(db, rows, ct);
        await LedgerTables.TransactionLines.WriteAsync(db, lines, ct);
    }

    private async Task WriteAllocationsAsync(IReadOnlyList<PostedDocument> batch, CancellationToken ct)
    {
        var payments = batch.Where(posted => posted.Waiting.Kind == DocumentKind.Payment).ToList();
        var ids = payments.Select(posted => posted.Waiting.XeroId).ToList();
        await db.Allocations.Where(row => ids.Contains(row.SourceXeroId)).ExecuteDeleteAsync(ct);
        var rows = payments.Select(posted => posted.Document).OfType<SourceDocument>()
            .Select(document => TransactionRules.AllocationOf(document, tenant.Value)).OfType<Allocation>();
        await LedgerTables.Allocations.WriteAsync(db, [.. rows], ct);
    }

    private async Task SettleDocumentsAsync(IReadOnlyList<PostedDocument> batch, CancellationToken ct)
    {
        foreach (var group in batch.GroupBy(posted => (posted.Waiting.Kind, HasLines: posted.Lines.Count > 0, Problem: posted.Problem?.Code)))
        {
            var ids = group.Select(posted => posted.Waiting.XeroId).ToList();
            var documents = db.Documents.Where(row => row.Kind == group.Key.Kind && ids.Contains(row.XeroId));
            await (group.Key.HasLines
                ? documents.ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Dirty, false).SetProperty(row => row.PostedDate, row => row.Date).SetProperty(row => row.PostingProblem, (string?)null), ct)
                : documents.ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Dirty, false).SetProperty(row => row.PostedDate, (DateOnly?)null).SetProperty(row => row.PostingProblem, group.Key.Problem), ct));
        }

        foreach (var document in batch.Where(document => document.Problem is not null))
        {
            db.SyncIssues.Add(new SyncIssue
            {
                TenantId = tenant.Value,
                RunId = runId,
                Kind = document.Waiting.Kind.ToString(),
                XeroId = document.Waiting.XeroId.ToString("D"),
                Code = document.Problem!.Code,
                Message = document.Problem.Message,
                CreatedAt = now,
            });
        }
    }
}
