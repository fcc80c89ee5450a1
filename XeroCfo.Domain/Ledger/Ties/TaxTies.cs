using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Ledger.Ties;

/// <summary>The sales-tax account in one period of returns. Base currency, debit +; what is owed to the tax office is negative.</summary>
/// <param name="Days">The period, as far as the books reach.</param>
/// <param name="Opening">Balance before it.</param>
/// <param name="Documents">As documents state it.</param>
/// <param name="Ledger">What those kinds of document moved on the account.</param>
/// <param name="Other">Manual journals and uses of prepayments, from the ledger alone.</param>
/// <param name="XeroOnly">What only Xero's trial balance knows.</param>
/// <param name="Xero">Xero's balance at the end; null where it was not read.</param>
public sealed record TaxTie(Days Days, decimal Opening, DocumentTax Documents, decimal Ledger, decimal Other, decimal XeroOnly, decimal? Xero)
{
    /// <summary>Ledger − documents: 0.00 when the account stands on what documents state.</summary>
    public decimal Difference => Ledger - Documents.Total;

    /// <summary>Our balance at the end.</summary>
    public decimal Closing => Opening + Ledger + Other + XeroOnly;

    /// <summary>Xero − ours; null where Xero was not read.</summary>
    public decimal? XeroDifference => Xero - Closing;
}

/// <summary>Periods of sales-tax returns. Pure.</summary>
public static class TaxPeriods
{
    /// <summary>How many months a period has by Xero's word for it; 1 where there is none.</summary>
    public static int Months(string? salesTaxPeriod) => salesTaxPeriod switch
    {
        "TWOMONTHS" or "2MONTHLY" => 2,
        "QUARTERLY" or "QUARTERLY1" or "QUARTERLY2" or "QUARTERLY3" or "3MONTHLY" => 3,
        "SIXMONTHS" or "6MONTHLY" => 6,
        "ANNUALLY" or "YEARLY" => 12,
        _ => 1,
    };

    /// <summary>The newest periods up to and with that of <paramref name="last"/>, oldest first; the first may be cut by the start of the books, the last by the month's end.</summary>
    /// <param name="organisation">Periods end with the month in which its financial year ends; Xero does not say more.</param>
    /// <param name="last">The last month that counts.</param>
    /// <param name="most">How many.</param>
    public static IReadOnlyList<Days> UpTo(XeroTenant organisation, Month last, int most)
    {
        if (organisation.BooksStart is not { } start)
        {
            return [];
        }

        var length = Months(organisation.SalesTaxPeriod);
        var intoPeriod = (((last.Number - organisation.FinancialYearEndMonth - 1) % length) + length) % length;
        var periods = new List<Days>(most);
        for (var first = last.Add(-intoPeriod); periods.Count < most && first.Add(length - 1).End >= start; first = first.Add(-length))
        {
            var end = first.Add(length - 1);
            periods.Add(new Days(first.Start < start ? start : first.Start, end > last ? last.End : end.End));
        }

        periods.Reverse();
        return periods;
    }
}
