using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Kpis;

/// <summary>The days that KPIs of a period look at; those that begin before the books are not there. Pure.</summary>
public sealed class KpiPeriods
{
    /// <summary>The words for what KPIs are of.</summary>
    public static readonly IReadOnlyList<string> Names = [ReportWords.Month, ReportWords.Quarter, ReportWords.Year];

    private readonly XeroTenant _organisation;

    /// <summary>The month, financial quarter or financial year that holds a day, up to it, beside the one before.</summary>
    public KpiPeriods(XeroTenant organisation, DateOnly day, string period)
        : this(organisation, new Days(Later(ReportPeriods.Around(day, period, organisation.FinancialYear).Days.First, organisation.BooksStart), day), days => ReportPeriods.SoFarBefore(days, period, organisation.FinancialYear))
    {
        Name = period;
    }

    /// <param name="organisation">Whose.</param>
    /// <param name="now">The days.</param>
    /// <param name="before">The days that some days are compared with; null: with none.</param>
    public KpiPeriods(XeroTenant organisation, Days now, Func<Days, Days?> before)
    {
        (_organisation, Now) = (organisation, now);
        Prior = InBooks(before(now));
        BeforePrior = Prior is { } prior ? InBooks(before(prior)) : null;
    }

    /// <summary>One of <see cref="Names"/>; empty for days of one's own.</summary>
    public string Name { get; } = "";

    public Days Now { get; }

    public Days? Prior { get; }

    public Days? BeforePrior { get; }

    /// <summary>The periods whose figures are asked for.</summary>
    public IEnumerable<Days> Asked => new[] { Now, Prior, BeforePrior }.OfType<Days>();

    /// <summary>Where movements must be cut to answer everything.</summary>
    public IEnumerable<DateOnly> Cuts
    {
        get
        {
            var year = _organisation.FinancialYear;
            var periods = Asked.ToList();
            var long12 = periods.SelectMany(days => new[] { Last12(days), Prior12(days) }).OfType<Days>().ToList();
            var ranges = periods.Concat(long12).Concat(periods.SelectMany(days => CashMonths(days.Last) ?? [])).Concat(periods.Select(days => new Days(year.StartOf(days.Last), days.Last)));
            return ranges.SelectMany(days => new[] { days.First.AddDays(-1), days.Last });
        }
    }

    /// <summary>The twelve months that end with a period.</summary>
    public Days? Last12(Days days) => InBooks(new Days(ReportPeriods.Shifted(days.Last, -12).AddDays(1), days.Last));

    public Days? Prior12(Days days) => Last12(days) is { } last ? InBooks(new Days(ReportPeriods.Shifted(days.Last, -24).AddDays(1), last.First.AddDays(-1))) : null;

    /// <summary>The last three whole months up to a day; null where the books do not reach.</summary>
    public IReadOnlyList<Days>? CashMonths(DateOnly day)
    {
        var last = Month.Of(day).End == day ? Month.Of(day) : Month.Of(day).Previous;
        var months = Enumerable.Range(0, 3).Select(back => Days.Of(last.Add(back - 2))).ToList();
        return InBooks(months[0]) is null ? null : months;
    }

    private Days? InBooks(Days? days) => days is { } some && (_organisation.BooksStart is not { } start || some.First >= start) ? days : null;

    private static DateOnly Later(DateOnly day, DateOnly? other) => other > day ? other.Value : day;
}
