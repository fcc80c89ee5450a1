namespace XeroCfo.Domain.Ledger;

/// <summary>What postings need of other documents: a payment its invoice's rate and day, a transfer its two bank transactions.</summary>
public sealed class References(IEnumerable<SourceDocument> documents, IReadOnlyDictionary<Guid, DateOnly> days)
{
    public static readonly References None = new([], new Dictionary<Guid, DateOnly>());

    private readonly Dictionary<Guid, SourceDocument> _documents = documents.GroupBy(document => document.XeroId).ToDictionary(group => group.Key, group => group.First());

    /// <summary>The document with Xero's id; null when it is not known or cannot be read.</summary>
    public SourceDocument? Find(Guid? xeroId) => xeroId is { } id ? _documents.GetValueOrDefault(id) : null;

    /// <summary>The day of a document of which no more is needed; null when it is not known.</summary>
    public DateOnly? DayOf(Guid? xeroId) =>
        xeroId is not { } id ? null : _documents.TryGetValue(id, out var whole) ? whole.Date : days.TryGetValue(id, out var day) ? day : null;

    /// <summary>The day from which an allocation or payment counts: the latest of its own and those of the two documents.</summary>
    public DateOnly EffectiveDay(DateOnly own, DateOnly sourceDay, Guid? target)
    {
        var day = own > sourceDay ? own : sourceDay;
        return DayOf(target) is { } targetDay && targetDay > day ? targetDay : day;
    }

    /// <summary>The documents whose content posting <paramref name="document"/> needs.</summary>
    public static IEnumerable<Guid> NeededWhole(SourceDocument document, ChartOfAccounts chart, string baseCurrency) => document switch
    {
        Payment payment when PaymentRules.NeedsSettled(payment, baseCurrency) => Ids(payment.SettledXeroId),
        CreditDocument credit when Conversion.CurrencyOf(credit, chart, baseCurrency) is not null => Targets(credit),
        BankTransfer transfer when TransferRules.CrossesCurrencies(transfer, chart, baseCurrency) => Ids(transfer.FromTransactionId, transfer.ToTransactionId),
        _ => [],
    };

    /// <summary>The documents of which only the day is needed.</summary>
    public static IEnumerable<Guid> NeededDays(SourceDocument document) => document switch
    {
        Payment payment => Ids(payment.SettledXeroId),
        CreditDocument credit => Targets(credit),
        _ => [],
    };

    private static IEnumerable<Guid> Targets(CreditDocument credit) => credit.Allocations.Select(use => use.TargetXeroId).OfType<Guid>();

    private static IEnumerable<Guid> Ids(params Guid?[] ids) => ids.OfType<Guid>();
}
