using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Receivables;

/// <summary>A line of a statement: one open document, in its own currency. Credit −.</summary>
/// <param name="Kind">Invoice, credit note …</param>
/// <param name="Number">As the customer knows it.</param>
/// <param name="Reference">The customer's own.</param>
/// <param name="Date">Of the document.</param>
/// <param name="Due">Null for credit.</param>
/// <param name="Amount">Its total.</param>
/// <param name="Open">What is left.</param>
public sealed record StatementLine(OpenItemKind Kind, string? Number, string? Reference, DateOnly Date, DateOnly? Due, decimal Amount, decimal Open)
{
    public decimal Settled => Amount - Open;
}

/// <summary>What a customer owes in one currency.</summary>
/// <param name="Currency">ISO code.</param>
/// <param name="Lines">By date.</param>
/// <param name="Buckets">By age, as the aged report's.</param>
public sealed record StatementCurrency(string Currency, IReadOnlyList<StatementLine> Lines, IReadOnlyList<decimal> Buckets)
{
    public decimal Total => Lines.Sum(line => line.Open);
}

/// <summary>A statement for a customer: its open documents and their age, each currency by itself.</summary>
public sealed record StatementOfAccount(string Organisation, string? Country, string Customer, DateOnly Date, IReadOnlyList<StatementCurrency> Currencies, DateTime? DataAsOf, bool SyncInProgress)
{
    /// <summary>Of a customer's open documents, credit too. Pure.</summary>
    public static StatementOfAccount Of(XeroTenant organisation, string customer, IEnumerable<OpenItem> items, DateOnly today)
    {
        var cuts = Ageing.MonthCuts(today, dayIsCurrent: true);
        var currencies = items.GroupBy(item => item.Document.CurrencyCode)
            .OrderByDescending(group => group.Key == organisation.BaseCurrency).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group =>
            {
                var buckets = new decimal[Ageing.Months.Count];
                foreach (var item in group)
                {
                    buckets[Ageing.Of(Due(item) ?? Day(item), cuts)] += item.Open;
                }

                return new StatementCurrency(group.Key, [.. group.Select(Line).OrderBy(line => line.Date).ThenBy(line => line.Number, StringComparer.Ordinal)], buckets);
            });
        return new StatementOfAccount(organisation.Name, organisation.CountryCode, customer, today, [.. currencies], organisation.DataAsOf, organisation.SyncInProgress);
    }

    private static StatementLine Line(OpenItem item) => new(
        item.Kind, item.Document.Number, item.Document.Reference, Day(item), Due(item),
        item.Kind == OpenItemKind.Invoice ? item.Document.Amount : item.Kind == OpenItemKind.PaidBeforeInvoice ? item.Open : -item.Document.Amount, item.Open);

    private static DateOnly Day(OpenItem item) => item.PaidOn ?? item.Document.Date;

    private static DateOnly? Due(OpenItem item) => item.Kind == OpenItemKind.Invoice ? OpenItemDays.DueOf(item.Document) : null;
}
