using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Rules;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

/// <summary>
/// Replaces what a batch of documents left in the derived tables by what it says now, balances included. Running it twice gives the same rows.
/// The ids of a batch go to SQLite as one parameter: a thousand would make another long statement of each batch.
/// </summary>
internal sealed class PostingWriter(XeroCfoDb db, TenantId tenant, Guid runId, ChartOfAccounts chart, string baseCurrency, TimeProvider clock)
{
    private readonly DateTime _now = clock.UtcNow();
    private Dictionary<Guid, Guid> _merged = [];

    /// <summary>The same lines are made anew: nothing moves, and problems have been told.</summary>
    public bool IsRebuild { get; init; }

    public async Task WriteAsync(IReadOnlyList<PostedDocument> read, CancellationToken ct)
    {
        var batch = await StillWaitingAsync(read, ct);
        _merged = await db.Contacts.Where(contact => contact.MergedToContactId != null).ToDictionaryAsync(contact => contact.ContactId, contact => contact.MergedToContactId!.Value, ct);
        var old = await RemoveLinesAsync(batch.Where(posted => posted.Waiting.PostedDate is not null), ct);
        var fresh = batch.SelectMany(Lines).ToList();
        await LedgerTables.Lines.WriteAsync(db, fresh, ct);
        await new BalanceWriter(db, tenant).MoveAsync(old, fresh, ct);
        if (!IsRebuild)
        {
            await RecordChangesAsync(batch, old, fresh, ct);
        }

        await WriteRowsAsync(batch, ct);
        await WriteAllocationsAsync(batch, ct);
        await SettleDocumentsAsync(batch, ct);
        await db.SaveChangesAsync(ct);
    }

    // Another process may have posted a document, or a newer version come in, since the batch was read: those are left to whoever did that.
    private async Task<IReadOnlyList<PostedDocument>> StillWaitingAsync(IReadOnlyList<PostedDocument> read, CancellationToken ct)
    {
        var waiting = new Dictionary<(DocumentKind Kind, Guid XeroId), (string Hash, DateOnly? PostedDate)>();
        foreach (var group in read.GroupBy(posted => posted.Waiting.Kind))
        {
            var ids = group.Select(posted => posted.Waiting.XeroId).ToList();
            // Asked for those that wait, a database may walk through all that do instead of looking at these.
            var rows = await db.Documents.AsNoTracking().Where(row => row.Kind == group.Key && EF.Parameter(ids).Contains(row.XeroId))
                .Select(row => new { row.XeroId, row.Hash, row.PostedDate, row.Dirty })
                .ToListAsync(ct);
            rows.Where(row => row.Dirty).ToList().ForEach(row => waiting[(group.Key, row.XeroId)] = (row.Hash, row.PostedDate));
        }

        return
        [
            .. from posted in read
               where waiting.TryGetValue((posted.Waiting.Kind, posted.Waiting.XeroId), out var row) && row.Hash == posted.Waiting.Hash
               select posted with { Waiting = posted.Waiting with { PostedDate = waiting[(posted.Waiting.Kind, posted.Waiting.XeroId)].PostedDate } },
        ];
    }

    private async Task<List<LedgerLine>> RemoveLinesAsync(IEnumerable<PostedDocument> posted, CancellationToken ct)
    {
        var old = new List<LedgerLine>();
        foreach (var group in posted.GroupBy(document => document.Waiting.Kind))
        {
            var ids = group.Select(document => document.Waiting.XeroId).ToList();
            var lines = db.LedgerLines.Where(row => row.DocumentKind == group.Key && row.DocumentXeroId != null && EF.Parameter(ids).Contains(row.DocumentXeroId!.Value));
            old.AddRange(await lines.AsNoTracking().ToListAsync(ct));
            await lines.ExecuteDeleteAsync(ct);
        }

        return old;
    }

    private IEnumerable<LedgerLine> Lines(PostedDocument posted) => posted.Lines.Select(line => new LedgerLine
    {
        TenantId = tenant.Value,
        Date = line.Date,
        AccountId = line.AccountId,
        Amount = line.Amount,
        Source = LineSources.Document,
        DocumentKind = posted.Waiting.Kind,
        DocumentXeroId = posted.Waiting.XeroId,
        ContactId = Party(posted.Document!.ContactId),
        TrackingOption1 = line.TrackingOption1,
        TrackingOption2 = line.TrackingOption2,
        Description = line.Description ?? (posted.Document as ManualJournal)?.Narration,
        ForeignAmount = line.Foreign?.Amount,
        CurrencyCode = line.Foreign?.Currency,
    });

    /// <summary>The contact that counts now: one that was merged into another one is that other one.</summary>
    private Guid? Party(Guid? contact)
    {
        for (var steps = 0; contact is { } id && _merged.TryGetValue(id, out var into) && steps < 10; steps++)
        {
            contact = into;
        }

        return contact;
    }

    // What moved in a month whose trial balance has been read is worth telling; the first load is not.
    private async Task RecordChangesAsync(IReadOnlyList<PostedDocument> batch, List<LedgerLine> old, List<LedgerLine> fresh, CancellationToken ct)
    {
        var organisation = await db.XeroTenants.AsNoTracking().SingleAsync(row => row.Id == tenant.Value, ct);
        var (version, today) = (organisation.LedgerVersion, organisation.Today(clock));
        if (version == 0)
        {
            return;
        }

        var documents = batch.ToDictionary(posted => (posted.Waiting.Kind, posted.Waiting.XeroId));
        var before = Effects(old);
        var after = Effects(fresh);
        var changes =
            from key in before.Keys.Union(after.Keys)
            let was = before.GetValueOrDefault(key)
            let becomes = after.GetValueOrDefault(key)
            where was != becomes && key.Month < Month.Of(today).Start
            let posted = documents[(key.Kind, key.Document)]
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
                CreatedAt = _now,
            };
        await LedgerTables.Changes.WriteAsync(db, [.. changes], ct);
    }

    private static Dictionary<(DocumentKind Kind, Guid Document, Guid Account, DateOnly Month), decimal> Effects(List<LedgerLine> lines) => lines
        .GroupBy(line => (line.DocumentKind!.Value, line.DocumentXeroId!.Value, line.AccountId, Month.Of(line.Date).Start))
        .ToDictionary(group => group.Key, group => group.Sum(line => line.Amount));

    private static string Reason(PostedDocument posted) =>
        posted.Waiting.Deleted ? "deleted"
        : posted.Document?.Status is "VOIDED" or "DELETED" ? "voided"
        : posted.Waiting.PostedDate is null ? "posted" : "changed";

    private async Task WriteRowsAsync(IReadOnlyList<PostedDocument> batch, CancellationToken ct)
    {
        var ids = batch.Select(posted => posted.Waiting.XeroId).ToList();
        var said = await db.Transactions.Where(row => EF.Parameter(ids).Contains(row.XeroId))
            .Select(row => new { row.XeroId, row.Id, row.Category, row.CategorySource, row.OwnAccountCode })
            .ToDictionaryAsync(row => row.XeroId, ct);
        var known = said.ToDictionary(row => row.Key, row => row.Value.Id);
        var mapping = await CategoryMarks.MappingAsync(db, ct);
        var rows = new List<Transaction>();
        var lines = new List<TransactionLine>();
        foreach (var document in batch.Select(posted => posted.Document).OfType<SourceDocument>())
        {
            if (TransactionRules.Row(document, tenant.Value, chart, baseCurrency) is { } row)
            {
                row.Id = known.TryGetValue(document.XeroId, out var id) ? id : row.Id;
                row.ContactId = Party(row.ContactId);
                (row.CreatedAt, row.UpdatedAt) = (_now, _now);
                var itsLines = TransactionRules.Lines(document, tenant.Value, row.Id, chart).ToList();
                var before = said.GetValueOrDefault(document.XeroId);
                (row.OwnAccountCode, row.AccountCode) = (before?.OwnAccountCode, before?.OwnAccountCode ?? row.AccountCode);
                row.Category = mapping.Of(itsLines.Select(line => line.AccountId));
                row.CategorySource = row.Category is null ? CategorySources.None : CategorySources.Xero;
                if (before is { Category: not null, CategorySource: not CategorySources.Xero } or { CategorySource: CategorySources.Manual })
                {
                    (row.Category, row.CategorySource) = (before.Category, before.CategorySource);
                }

                rows.Add(row);
                lines.AddRange(itsLines);
            }
        }

        // A row whose newest version cannot be read keeps what was known of it.
        var stale = batch.Where(posted => posted.Document is not null || posted.Waiting.Deleted)
            .Select(posted => posted.Waiting.XeroId).Where(known.ContainsKey).Select(id => known[id]).ToList();
        var gone = batch.Where(posted => posted.Waiting.Deleted && known.ContainsKey(posted.Waiting.XeroId)).Select(posted => known[posted.Waiting.XeroId]).ToList();

        // Asked for none, a database that knows little of the tables yet walks through all rows of the organisation.
        if (stale.Count > 0)
        {
            await db.TransactionLines.Where(line => EF.Parameter(stale).Contains(line.TransactionId)).ExecuteDeleteAsync(ct);
        }

        if (gone.Count > 0)
        {
            await db.Transactions.Where(row => EF.Parameter(gone).Contains(row.Id)).ExecuteDeleteAsync(ct);
        }

        await LedgerTables.Transactions.WriteAsync(db, rows, ct);
        var created = rows.Where(row => !known.ContainsKey(row.XeroId)).Select(row => (object)row.Id).ToList();
        if (created.Count > 0)
        {
            db.OutboxEvents.Add(OutboxEvent.Of(tenant.Value, WebhookEvents.TransactionsCreated, "transactions", created, ("created", created.Count)));
        }

        var again = rows.Select(row => row.XeroId).Where(known.ContainsKey).ToList();
        if (again.Count > 0)
        {
            await db.Transactions.Where(row => EF.Parameter(again).Contains(row.XeroId)).ExecuteUpdateAsync(set => set.SetProperty(row => row.UpdatedAt, _now), ct);
        }

        await LedgerTables.TransactionLines.WriteAsync(db, lines, ct);
    }

    private async Task WriteAllocationsAsync(IReadOnlyList<PostedDocument> batch, CancellationToken ct)
    {
        var sources = batch.Where(posted => posted.Waiting.Kind is DocumentKind.Payment or DocumentKind.CreditNote or DocumentKind.Overpayment or DocumentKind.Prepayment).ToList();
        var ids = sources.Select(posted => posted.Waiting.XeroId).ToList();
        var former = db.Allocations.Where(row => EF.Parameter(ids).Contains(row.SourceXeroId));
        var settled = (await former.Select(row => row.TargetXeroId).ToListAsync(ct)).ToHashSet();
        await former.ExecuteDeleteAsync(ct);
        await LedgerTables.Allocations.WriteAsync(db, [.. sources.SelectMany(posted => posted.Allocations)], ct);

        // A document may come in after what settles it.
        settled.UnionWith(sources.SelectMany(posted => posted.Allocations).Select(allocation => allocation.TargetXeroId));
        settled.UnionWith(batch.Where(posted => posted.Waiting.Kind is DocumentKind.Invoice or DocumentKind.CreditNote).Select(posted => posted.Waiting.XeroId));
        await SettledAmounts.RenewAsync(db, settled, ct);
    }

    private async Task SettleDocumentsAsync(IReadOnlyList<PostedDocument> batch, CancellationToken ct)
    {
        foreach (var group in batch.GroupBy(posted => (posted.Waiting.Kind, HasLines: posted.Lines.Count > 0, Problem: posted.Problem?.Code)))
        {
            var ids = group.Select(posted => posted.Waiting.XeroId).ToList();
            var documents = db.Documents.Where(row => row.Kind == group.Key.Kind && EF.Parameter(ids).Contains(row.XeroId));
            await (group.Key.HasLines
                ? documents.ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Dirty, false).SetProperty(row => row.PostedDate, row => row.Date).SetProperty(row => row.TouchedFrom, (DateOnly?)null).SetProperty(row => row.PostingProblem, row => row.Hash == "" ? row.PostingProblem : null), ct)
                : documents.ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Dirty, false).SetProperty(row => row.PostedDate, (DateOnly?)null).SetProperty(row => row.TouchedFrom, (DateOnly?)null).SetProperty(row => row.PostingProblem, row => row.Hash == "" ? row.PostingProblem : group.Key.Problem), ct));
        }

        foreach (var document in batch.Where(document => document.Problem is not null && !IsRebuild))
        {
            db.SyncIssues.Add(new SyncIssue
            {
                TenantId = tenant.Value,
                RunId = runId,
                Kind = document.Waiting.Kind.ToString(),
                XeroId = document.Waiting.XeroId.ToString("D"),
                Code = document.Problem!.Code,
                Message = document.Problem.Message,
                CreatedAt = _now,
            });
        }
    }
}
