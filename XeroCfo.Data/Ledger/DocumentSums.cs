using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Ties;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Ledger;

/// <summary>Sums over the rows of documents; ledger lines only where a transfer says which account it moved.</summary>
internal sealed class DocumentSums(IDbFactory factory) : IDocumentSums
{
    private const int Batch = 5000;

    public async Task<IReadOnlyList<UnreconciledItems>> UnreconciledAsync(TenantId tenant, DateOnly day, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var open = Standing(db).Where(row => !row.IsReconciled && row.BankAccountId != null && row.Date <= day);
        var items = (await open.Where(row => row.Type != TransactionTypes.Transfer)
                .GroupBy(row => row.BankAccountId)
                .Select(group => new { Account = group.Key, Count = group.Count(), Sum = group.Sum(row => row.BaseAmount), Oldest = group.Min(row => row.Date) })
                .ToListAsync(ct))
            .ConvertAll(row => new UnreconciledItems(row.Account!.Value, row.Count, row.Sum, row.Oldest));
        items.AddRange(await TransfersAsync(db, [.. await open.Where(row => row.Type == TransactionTypes.Transfer).Select(row => row.XeroId).ToListAsync(ct)], ct));
        return
        [
            .. items.GroupBy(item => item.AccountId)
                .Select(group => new UnreconciledItems(group.Key, group.Sum(item => item.Count), group.Sum(item => item.Sum), group.Min(item => item.Oldest))),
        ];
    }

    public async Task<DocumentTax> TaxAsync(TenantId tenant, Guid taxAccountId, Days days, string baseCurrency, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var lines = from row in Standing(db)
                    where row.Date >= days.First && row.Date <= days.Last
                    join line in db.TransactionLines on row.Id equals line.TransactionId
                    select new { Row = row, Line = line };
        var tax = await SignedAsync(
            lines.Where(part => part.Line.Tax != 0).Select(part => new Part { Document = part.Row.Id, Type = part.Row.Type, Direction = part.Row.Direction, Currency = part.Row.CurrencyCode, Rate = part.Row.CurrencyRate, Amount = part.Line.Tax }),
            baseCurrency, ct);
        var coded = await SignedAsync(
            lines.Where(part => part.Line.AccountId == taxAccountId).Select(part => new Part { Document = part.Row.Id, Type = part.Row.Type, Direction = part.Row.Direction, Currency = part.Row.CurrencyCode, Rate = part.Row.CurrencyRate, Amount = part.Line.Net }),
            baseCurrency, ct);
        return new DocumentTax(tax.Where(part => part.IsSale).Sum(part => part.Amount), tax.Where(part => !part.IsSale).Sum(part => part.Amount), coded.Sum(part => part.Amount));
    }

    public async Task<DocumentMoney> MoneyAsync(TenantId tenant, Days days, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var moved = await Standing(db)
            .Where(row => row.Date >= days.First && row.Date <= days.Last && row.Type != TransactionTypes.Transfer
                && db.Accounts.Any(account => account.AccountId == row.BankAccountId && account.Type == "BANK"))
            .GroupBy(row => row.BaseAmount > 0)
            .Select(group => new { IsIn = group.Key, Sum = group.Sum(row => row.BaseAmount) })
            .ToListAsync(ct);
        return new DocumentMoney(moved.Where(side => side.IsIn).Sum(side => side.Sum), moved.Where(side => !side.IsIn).Sum(side => side.Sum));
    }

    private static async Task<IEnumerable<UnreconciledItems>> TransfersAsync(XeroCfoDb db, List<Guid> ids, CancellationToken ct)
    {
        var items = new List<UnreconciledItems>();
        foreach (var batch in ids.Chunk(Batch))
        {
            // Rows know Xero's id as text, lines as an id: the two only meet through parameters.
            var known = batch.Select(id => (Guid?)id).ToList();
            var sides = await db.LedgerLines
                .Where(line => EF.Parameter(known).Contains(line.DocumentXeroId) && db.Accounts.Any(account => account.AccountId == line.AccountId && account.Type == "BANK"))
                .GroupBy(line => line.AccountId)
                .Select(group => new { Account = group.Key, Count = group.Count(), Sum = group.Sum(line => line.Amount), Oldest = group.Min(line => line.Date) })
                .ToListAsync(ct);
            items.AddRange(sides.Select(side => new UnreconciledItems(side.Account, side.Count, side.Sum, side.Oldest)));
        }

        return items;
    }

    /// <summary>Base currency, signs as on the tax account. A foreign document is rounded as it is posted: all of its tax at once.</summary>
    private static async Task<IReadOnlyList<(bool IsSale, decimal Amount)>> SignedAsync(IQueryable<Part> parts, string baseCurrency, CancellationToken ct)
    {
        var plain = await parts.Where(part => part.Currency == baseCurrency)
            .GroupBy(part => new { part.Type, part.Direction })
            .Select(group => new { group.Key.Type, group.Key.Direction, Amount = group.Sum(part => part.Amount) })
            .ToListAsync(ct);
        var foreign = await parts.Where(part => part.Currency != baseCurrency)
            .GroupBy(part => new { part.Document, part.Type, part.Direction, part.Rate })
            .Select(group => new { group.Key.Type, group.Key.Direction, group.Key.Rate, Amount = group.Sum(part => part.Amount) })
            .ToListAsync(ct);
        return
        [
            .. plain.Select(part => (IsSale(part.Type, part.Direction), Signed(part.Direction, part.Amount))),
            .. foreign.Select(part => (IsSale(part.Type, part.Direction), Signed(part.Direction, part.Rate.IsKnown ? part.Rate.ToBase(part.Amount) : part.Amount))),
        ];
    }

    /// <summary>Documents that post: drafts and what was voided are not in the books.</summary>
    private static IQueryable<Transaction> Standing(XeroCfoDb db) => db.Transactions.AsNoTracking().Where(row => row.Status == "AUTHORISED" || row.Status == "PAID");

    private static bool IsSale(string type, string direction) =>
        type is TransactionTypes.Invoice or TransactionTypes.Receive || (type == TransactionTypes.CreditNote && direction == Directions.Out);

    // What comes in is a credit on the tax account.
    private static decimal Signed(string direction, decimal amount) => direction == Directions.In ? -amount : amount;

    private sealed class Part
    {
        public Guid Document { get; init; }

        public string Type { get; init; } = "";

        public string Direction { get; init; } = "";

        public string Currency { get; init; } = "";

        public FxRate Rate { get; init; }

        public decimal Amount { get; init; }
    }
}
