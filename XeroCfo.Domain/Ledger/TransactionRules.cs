using System.Buffers.Binary;
using System.Security.Cryptography;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Ledger;

/// <summary>How a document looks in the list that people see. Pure. Manual journals and halves of transfers have no row.</summary>
public static class TransactionRules
{
    private const int TextLimit = 255;

    /// <summary>
    /// The row of <paramref name="document"/>, without its own id and without any category; null when it has none. Over- and prepayments have
    /// theirs under the bank transaction.
    /// </summary>
    public static Transaction? Row(SourceDocument document, Guid tenantId, ChartOfAccounts chart, string baseCurrency)
    {
        if (document is ManualJournal or Overpayment or Prepayment or BatchPayment or RepeatingInvoice
            || (document is BankTransaction half && PostingRules.IsHalfOfTransfer(half)))
        {
            return null;
        }

        var (type, direction) = TypeAndDirection(document);
        var bank = Bank(document, chart);
        var baseAmount = BaseAmount(document, direction, chart, baseCurrency);
        var description = Join(document.Lines.Select(line => line.Description));
        var row = new Transaction
        {
            TenantId = tenantId,
            XeroId = document.XeroId,
            Type = type,
            ContactId = document.ContactId,
            ContactName = Limit(document.ContactName),
            Reference = Limit(document.Reference),
            Amount = document.Total,
            Date = document.Date,
            DueDate = (document as Invoice)?.DueDate,
            Status = document.Status,
            AccountCode = CommonCode(document, chart),
            Description = description,
            IsReconciled = document.IsReconciled,
            CurrencyCode = document.CurrencyCode is { Length: > 0 } currency ? currency : bank?.CurrencyCode ?? baseCurrency,
            CurrencyRate = (Conversion.Of(document, chart, baseCurrency) ?? Conversion.None).Rate,
            BaseAmount = baseAmount,
            AbsoluteAmount = Math.Abs(baseAmount),
            Direction = direction,
            Number = Limit(document.Number),
            BankAccountId = bank?.AccountId,
            CreditXeroId = (document as BankTransaction)?.CreditXeroId,
            AmountDue = document switch
            {
                Invoice invoice => invoice.AmountDue,
                CreditNote credit => credit.RemainingCredit,
                _ => null,
            },
        };
        row.SearchText = string.Join('\n', new[] { row.Description, row.ContactName, row.Reference, row.Number }.Where(text => !string.IsNullOrEmpty(text)))
            .ToLowerInvariant();
        return row;
    }

    /// <summary>The lines of the row, in Xero's order.</summary>
    public static IEnumerable<TransactionLine> Lines(SourceDocument document, Guid tenantId, Guid transactionId, ChartOfAccounts chart)
    {
        var number = 0;
        foreach (var line in document.Lines)
        {
            var account = chart.Find(line.AccountId, line.AccountCode);
            yield return new TransactionLine
            {
                TenantId = tenantId,
                TransactionId = transactionId,
                LineNumber = ++number,
                Description = line.Description,
                AccountId = account?.AccountId ?? line.AccountId,
                AccountCode = account?.Code ?? line.AccountCode,
                Quantity = line.Quantity,
                UnitPrice = line.UnitPrice,
                Net = line.Net,
                Tax = line.Tax,
                TaxType = line.TaxType,
                TrackingOption1 = line.TrackingOption1,
                TrackingOption2 = line.TrackingOption2,
            };
        }
    }

    /// <summary>What the document settles while it stands: a payment one document, a credit those that it was set against.</summary>
    public static IEnumerable<Allocation> Allocations(SourceDocument document, Guid tenantId, References references)
    {
        var uses = document switch
        {
            _ when !PostingRules.Posts(document) => [],
            Payment payment => [new CreditUse(payment.XeroId, payment.SettledXeroId, payment.Date, payment.Total)],
            CreditDocument credit => credit.Allocations,
            _ => [],
        };
        for (var i = 0; i < uses.Count; i++)
        {
            if (uses[i].TargetXeroId is { } target)
            {
                yield return new Allocation
                {
                    TenantId = tenantId,
                    Id = document is Payment ? document.XeroId : IdOf(document.XeroId, target, i),
                    SourceKind = document.Kind,
                    SourceXeroId = document.XeroId,
                    TargetXeroId = target,
                    Amount = uses[i].Amount,
                    Date = uses[i].Date,
                    EffectiveDate = references.EffectiveDay(uses[i].Date, document.Date, target),
                };
            }
        }
    }

    // Xero gives older allocations no id, and nothing says that those of two credits differ: one that is the same each time it is read.
    private static Guid IdOf(Guid source, Guid target, int place)
    {
        Span<byte> bytes = stackalloc byte[36];
        source.TryWriteBytes(bytes);
        target.TryWriteBytes(bytes[16..]);
        BinaryPrimitives.WriteInt32BigEndian(bytes[32..], place);
        return new Guid(SHA256.HashData(bytes).AsSpan(0, 16));
    }

    private static (string Type, string Direction) TypeAndDirection(SourceDocument document) => document switch
    {
        Invoice { IsSale: true } => (TransactionTypes.Invoice, Directions.In),
        Invoice => (TransactionTypes.Bill, Directions.Out),
        CreditNote { IsSale: true } => (TransactionTypes.CreditNote, Directions.Out),
        CreditNote => (TransactionTypes.CreditNote, Directions.In),
        BankTransaction { IsReceived: true } => (TransactionTypes.Receive, Directions.In),
        BankTransaction => (TransactionTypes.Spend, Directions.Out),
        BankTransfer => (TransactionTypes.Transfer, Directions.None),
        Payment payment => (TransactionTypes.Payment, PaymentRules.Settles(payment) switch
        {
            Settlement.ReceivableIn or Settlement.PayableIn => Directions.In,
            Settlement.ReceivableOut or Settlement.PayableOut => Directions.Out,
            _ => Directions.None,
        }),
        _ => throw new InvalidOperationException($"{document.Kind} has no row."),
    };

    private static decimal BaseAmount(SourceDocument document, string direction, ChartOfAccounts chart, string baseCurrency)
    {
        var amount = document is Payment payment
            ? PaymentRules.AtBank(payment, chart, baseCurrency) ?? payment.Total
            : (Conversion.Of(document, chart, baseCurrency) ?? Conversion.None).ToBase(document.Total);
        return direction switch
        {
            Directions.In => amount,
            Directions.Out => -amount,
            _ => 0,
        };
    }

    private static Account? Bank(SourceDocument document, ChartOfAccounts chart) => document switch
    {
        BankTransaction bank => chart.Find(bank.BankAccountId, bank.BankAccountCode),
        Payment payment => chart.Find(payment.BankAccountId, payment.BankAccountCode),
        BankTransfer transfer => chart.Find(transfer.FromAccountId, transfer.FromAccountCode),
        _ => null,
    };

    private static string? CommonCode(SourceDocument document, ChartOfAccounts chart)
    {
        var codes = document.Lines.Select(line => chart.Find(line.AccountId, line.AccountCode)?.Code ?? line.AccountCode).Distinct().Take(2).ToList();
        return codes.Count == 1 ? codes[0] : null;
    }

    private static string? Join(IEnumerable<string?> descriptions)
    {
        var distinct = descriptions.Where(text => !string.IsNullOrWhiteSpace(text)).Distinct().ToList();
        return distinct.Count == 0 ? null : string.Join("; ", distinct);
    }

    // Xero says "" where there is none.
    private static string? Limit(string? text) => string.IsNullOrWhiteSpace(text) ? null : TextRules.Limit(text, TextLimit);
}
