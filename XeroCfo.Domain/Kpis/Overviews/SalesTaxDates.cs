using XeroCfo.Domain.Ledger.Ties;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Kpis.Overviews;

/// <summary>The sales tax that is to be paid next.</summary>
/// <param name="Period">The period of the return, as far as it has come.</param>
/// <param name="Due">The authority's day; null where we do not know the country's rule.</param>
/// <param name="IsOver">The period is over: the amount is the whole.</param>
public sealed record SalesTaxDue(Days Period, DateOnly? Due, bool IsOver);

/// <summary>When sales tax is due. Pure.</summary>
public static class SalesTaxDates
{
    /// <summary>The next return that is not due yet: of the period that ended last, else of the one that runs; null without books or sales tax.</summary>
    public static SalesTaxDue? Next(XeroTenant organisation, DateOnly today)
    {
        var length = TaxPeriods.Months(organisation.SalesTaxPeriod);
        var into = (((Month.Of(today).Number - organisation.FinancialYearEndMonth - 1) % length) + length) % length;
        var running = Month.Of(today).Add(-into);
        if (organisation.BooksStart is not { } start)
        {
            return null;
        }

        var last = running.Previous;
        return last.End >= start && DueOf(organisation.CountryCode, last) is { } due && due >= today
            ? new SalesTaxDue(new Days(Later(running.Add(-length).Start, start), last.End), due, true)
            : new SalesTaxDue(new Days(Later(running.Start, start), today), DueOf(organisation.CountryCode, running.Add(length - 1)), false);
    }

    /// <summary>The authority's day for a period that ends with a month; null where we do not know the rule.</summary>
    public static DateOnly? DueOf(string? country, Month last) => (country, last.Number) switch
    {
        ("NZ", 11) => new DateOnly(last.Year + 1, 1, 15),
        ("NZ", 3) => new DateOnly(last.Year, 5, 7),
        ("NZ", _) => new DateOnly(last.Next.Year, last.Next.Number, 28),
        ("AU", 12) => new DateOnly(last.Year + 1, 2, 28),
        ("AU", _) => new DateOnly(last.Next.Year, last.Next.Number, 28),
        ("GB", _) => new DateOnly(last.Add(2).Year, last.Add(2).Number, 7),
        _ => null,
    };

    private static DateOnly Later(DateOnly day, DateOnly other) => other > day ? other : day;
}
