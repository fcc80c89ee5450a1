using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Data.Xero;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

internal sealed class LedgerBook(IDbFactory factory, TimeProvider clock, ILogger<LedgerBook> log) : ILedgerBook
{
    public async Task<ChartOfAccounts> ChartAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return new ChartOfAccounts(await db.Accounts.AsNoTracking().ToListAsync(ct));
    }

    public async Task RetryTroubledAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        await db.Documents.Where(row => row.PostingProblem != null && row.Hash != "")
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Dirty, true), ct);
    }

    public async Task SpreadDirtyAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        await new DirtySpread(db).RunAsync(ct);
    }

    public async Task<References> ReferencesAsync(TenantId tenant, IReadOnlyList<DirtyDocument> batch, ChartOfAccounts chart, string baseCurrency, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var documents = batch.Where(waiting => !waiting.Deleted && waiting.Content.Succeeded).Select(waiting => waiting.Content.Value).ToList();
        return await new ReferenceQuery(db).OfAsync(documents, chart, baseCurrency, ct);
    }

    public async Task<int> DirtyCountAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.Documents.CountAsync(row => row.Dirty, ct);
    }

    public async Task<IReadOnlyList<DirtyDocument>> DirtyAsync(TenantId tenant, int skip, int limit, bool earliestFirst, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var dirty = db.Documents.AsNoTracking().Where(row => row.Dirty);
        dirty = earliestFirst
            ? dirty.OrderBy(row => row.Date == null).ThenBy(row => row.Date).ThenBy(row => row.Kind).ThenBy(row => row.XeroId)
            : dirty.OrderByDescending(row => row.Date).ThenByDescending(row => row.Kind).ThenByDescending(row => row.XeroId);
        var rows = await dirty.Skip(skip).Take(limit)
            .Select(row => new { row.Kind, row.XeroId, row.Deleted, row.Raw, row.Hash, row.PostedDate, row.TouchedFrom, row.PostingProblem })
            .ToListAsync(ct);
        return
        [
            .. rows.Select(row => new DirtyDocument(row.Kind, row.XeroId, row.Deleted, XeroMapping.Read(row.Kind, row.Raw), row.PostedDate, row.PostingProblem)
            {
                Hash = row.Hash,
                TouchedFrom = row.TouchedFrom,
            }),
        ];
    }

    public async Task BeginPostingAsync(TenantId tenant, DateOnly? booksStart, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        await db.XeroTenants.Where(row => row.Id == tenant.Value)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SyncInProgress, true).SetProperty(row => row.BooksStart, booksStart), ct);
    }

    public async Task BeginRebuildAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var organisation = await db.XeroTenants.SingleAsync(row => row.Id == tenant.Value, ct);
        var opening = organisation.BooksStart?.AddDays(-1);
        var waiting = db.Documents.Where(row => row.Dirty);
        var newer = organisation.SyncInProgress || await waiting.AnyAsync(row => row.Date == null && row.PostedDate == null && row.TouchedFrom == null, ct)
            ? opening
            : new[] { await waiting.MinAsync(row => row.Date, ct), await waiting.MinAsync(row => row.PostedDate, ct), await waiting.MinAsync(row => row.TouchedFrom, ct) }.Min();
        organisation.SettlingFrom = newer < organisation.SettlingFrom ? newer : organisation.SettlingFrom ?? newer;
        organisation.SyncInProgress = true;
        await db.SaveChangesAsync(ct);
    }

    public async Task ClearAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        await new LedgerClearing(db).RunAsync(ct);
    }

    public async Task<IAsyncDisposable> BeginFirstLoadAsync(TenantId tenant, int waiting, CancellationToken ct) =>
        await FirstLoad.BeginAsync(factory, tenant, waiting, log, ct);

    public async Task SavePostingsAsync(
        TenantId tenant, Guid runId, IReadOnlyList<PostedDocument> batch, ChartOfAccounts chart, string baseCurrency, bool isRebuild, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        await using var transaction = await db.BeginBulkAsync(ct);
        await db.LockOrganisationAsync(tenant.Value, ct);
        await new PostingWriter(db, tenant, runId, chart, baseCurrency, clock) { IsRebuild = isRebuild }.WriteAsync(batch, ct);
        await transaction.CommitAsync(ct);
    }

    public async Task<IReadOnlyList<TroubledDocument>> TroubledAsync(TenantId tenant, ChartOfAccounts chart, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await new TroubledQuery(db).OfAsync(chart, ct);
    }

    public async Task<IReadOnlyList<DocumentPiece>> PiecesAsync(TenantId tenant, IReadOnlyList<DateOnly> points, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var pieces = new List<DocumentPiece>(points.Count);
        var months = (await db.AccountBalances.AsNoTracking().Where(row => row.Source == LineSources.Document).ToListAsync(ct)).ToLookup(row => row.Month);
        for (var i = 1; i < points.Count; i++)
        {
            var (after, upTo) = (points[i - 1], points[i]);
            var isWholeMonth = Month.Of(upTo).End == upTo && Month.Of(upTo).Start == after.AddDays(1);
            var movements = isWholeMonth
                ? months[Month.Of(upTo).Start].ToDictionary(row => row.AccountId, row => row.Movement)
                : await db.LedgerLines
                    .Where(row => row.Source == LineSources.Document && row.Date > after && row.Date <= upTo)
                    .GroupBy(row => row.AccountId)
                    .Select(group => new { Account = group.Key, Movement = group.Sum(row => row.Amount) })
                    .ToDictionaryAsync(row => row.Account, row => row.Movement, ct);
            pieces.Add(new DocumentPiece(after, upTo, movements));
        }

        return pieces;
    }

    public async Task<IReadOnlyList<StoredTrialBalance>> ReadingsAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = await db.XeroTrialBalances.AsNoTracking().ToListAsync(ct);
        return [.. rows.GroupBy(row => row.Date).OrderBy(group => group.Key).Select(group => TrialBalanceRows.Reading([.. group]))];
    }

    public async Task<IReadOnlyList<DayMovement>> StandingLinesAsync(TenantId tenant, IReadOnlyList<DirtyDocument> batch, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var standing = new List<DayMovement>();
        foreach (var group in batch.Where(waiting => waiting.PostedDate is not null).GroupBy(waiting => waiting.Kind))
        {
            var ids = group.Select(waiting => waiting.XeroId).ToList();
            var lines = await db.LedgerLines
                .Where(row => row.DocumentKind == group.Key && row.DocumentXeroId != null && EF.Parameter(ids).Contains(row.DocumentXeroId!.Value))
                .GroupBy(row => new { row.Date, row.AccountId })
                .Select(day => new { day.Key.Date, day.Key.AccountId, Amount = day.Sum(row => row.Amount) })
                .ToListAsync(ct);
            standing.AddRange(lines.Select(line => new DayMovement(line.Date, line.AccountId, line.Amount)));
        }

        return standing;
    }

    public async Task<IReadOnlyList<DayMovement>> DocumentMovementsAsync(TenantId tenant, DateOnly after, DateOnly upTo, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var lines = await db.LedgerLines
            .Where(row => row.Source == LineSources.Document && row.Date > after && row.Date <= upTo)
            .GroupBy(row => new { row.Date, row.AccountId })
            .Select(day => new { day.Key.Date, day.Key.AccountId, Amount = day.Sum(row => row.Amount) })
            .ToListAsync(ct);
        return [.. lines.Select(line => new DayMovement(line.Date, line.AccountId, line.Amount))];
    }

    public async Task<IReadOnlyList<XeroDifference>> ConfirmedAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.XeroDifferences.AsNoTracking().Where(row => row.ConfirmedKind != null).ToListAsync(ct);
    }

    public async Task<bool> HasForeignDocumentsAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.LedgerLines.AnyAsync(row => row.CurrencyCode != null, ct);
    }

    public async Task ReportAsync(TenantId tenant, Guid runId, SourceDocument document, Problem problem, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        if (await db.SyncIssues.AnyAsync(issue => issue.RunId == runId && issue.Message == problem.Message, ct))
        {
            return;
        }

        db.SyncIssues.Add(new SyncIssue
        {
            TenantId = tenant.Value,
            RunId = runId,
            Kind = document.Kind.ToString(),
            XeroId = document.XeroId.ToString("D"),
            Code = problem.Code,
            Message = problem.Message,
            CreatedAt = clock.UtcNow(),
        });
        await db.SaveChangesAsync(ct);
    }

    public async Task<IReadOnlyList<DayMovement>> UnexplainedAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.LedgerLines
            .Where(line => line.Source == LineSources.XeroTrialBalance && line.Kind == DifferenceKinds.Unexplained)
            .Select(line => new DayMovement(line.Date, line.AccountId, line.Amount))
            .ToListAsync(ct);
    }

    public async Task<IReadOnlyList<MovedMonth>> CloseAsync(TenantId tenant, BooksUpdate update, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        await using var transaction = await db.BeginBulkAsync(ct);
        await db.LockOrganisationAsync(tenant.Value, ct);
        var moved = await new BooksCloser(db, tenant, clock.UtcNow()).CloseAsync(update, ct);
        await transaction.CommitAsync(ct);
        return moved;
    }

    public async Task RefreshStatisticsAsync(CancellationToken ct)
    {
        await using var db = factory.Create();
        await db.RefreshStatisticsAsync(ct);
    }
}
