using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

/// <summary>Finds known documents that are not in the ledger, with the accounts that they may move.</summary>
internal sealed class TroubledQuery(XeroCfoDb db)
{
    public async Task<IReadOnlyList<TroubledDocument>> OfAsync(ChartOfAccounts chart, CancellationToken ct)
    {
        var rows = await db.Documents.AsNoTracking()
            .Where(row => row.PostingProblem != null && !row.Deleted && row.Kind != DocumentKind.BatchPayment && row.Kind != DocumentKind.RepeatingInvoice)
            .Select(row => new { row.Kind, row.Raw, row.Hash, row.Date, row.PostedDate })
            .ToListAsync(ct);
        return [.. rows.Select(row => Trouble(XeroMapping.Read(row.Kind, row.Raw), row.Hash.Length > 0, row.Date ?? row.PostedDate))];

        // What was known of a record whose newest version could not be read says nothing of its accounts.
        TroubledDocument Trouble(Result<SourceDocument> content, bool isNewest, DateOnly? date) => content.Succeeded && isNewest
            ? new TroubledDocument(content.Value.Date, AccountsOf(content.Value, chart))
            : new TroubledDocument(date, null);
    }

    /// <summary>Every account that the document may move: those of its lines, its bank accounts and all control accounts; null where its lines are not known.</summary>
    private static HashSet<Guid>? AccountsOf(SourceDocument document, ChartOfAccounts chart)
    {
        var lines = document.Lines.Select(line => chart.Find(line.AccountId, line.AccountCode)).ToList();
        if (lines.Contains(null) || PostingRules.LacksLines(document) || (document is Payment refund && PaymentRules.IsPrepaymentRefund(refund)))
        {
            return null;
        }

        IEnumerable<Account?> banks = document switch
        {
            BankTransaction bank => [chart.Find(bank.BankAccountId, bank.BankAccountCode)],
            Payment payment => [chart.Find(payment.BankAccountId, payment.BankAccountCode)],
            BankTransfer transfer => [chart.Find(transfer.FromAccountId, transfer.FromAccountCode), chart.Find(transfer.ToAccountId, transfer.ToAccountCode)],
            _ => [],
        };
        string[] control = [SystemAccounts.Debtors, SystemAccounts.Creditors, SystemAccounts.SalesTax, SystemAccounts.Rounding, SystemAccounts.RealisedCurrencyGain];
        return [.. lines.Concat(banks).Concat(control.Select(chart.System)).OfType<Account>().Select(account => account.AccountId)];
    }
}
