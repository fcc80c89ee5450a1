using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

/// <summary>Forgets what documents left in the ledger, and makes all of them wait. In small steps, so that nobody else waits long for the database.</summary>
internal sealed class LedgerClearing(XeroCfoDb db)
{
    private const int Step = 5000;

    public async Task RunAsync(CancellationToken ct)
    {
        while (await DeleteLinesAsync(ct) == Step)
        {
        }

        await db.AccountBalances.Where(row => row.Source == LineSources.Document).ExecuteDeleteAsync(ct);
        await db.TrackingBalances.ExecuteDeleteAsync(ct);
        await db.DayBalances.ExecuteDeleteAsync(ct);
        await db.ContactBalances.ExecuteDeleteAsync(ct);
        await db.Allocations.ExecuteDeleteAsync(ct);
        await db.Transactions.Where(row => row.Settled != 0).ExecuteUpdateAsync(set => set.SetProperty(row => row.Settled, 0m), ct);
        foreach (var kind in Enum.GetValues<DocumentKind>())
        {
            for (var last = (Guid?)null; ;)
            {
                var rest = db.Documents.Where(row => row.Kind == kind);
                rest = last is { } after ? rest.Where(row => row.XeroId > after) : rest;
                last = await rest.OrderBy(row => row.XeroId).Skip(Step - 1).Select(row => (Guid?)row.XeroId).FirstOrDefaultAsync(ct);
                await MarkAsync(last is { } end ? rest.Where(row => row.XeroId <= end) : rest, ct);
                if (last is null)
                {
                    break;
                }
            }
        }
    }

    private async Task<int> DeleteLinesAsync(CancellationToken ct)
    {
        await using var transaction = await db.BeginBulkAsync(ct);
        var deleted = await db.LedgerLines.Where(row => row.DocumentXeroId != null).OrderBy(row => row.Id).Take(Step).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return deleted;
    }

    private async Task MarkAsync(IQueryable<Document> documents, CancellationToken ct)
    {
        await using var transaction = await db.BeginBulkAsync(ct);
        await documents.Where(row => row.Raw != "")
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Dirty, row => row.Dirty || !row.Deleted).SetProperty(row => row.PostedDate, (DateOnly?)null), ct);
        await transaction.CommitAsync(ct);
    }
}
