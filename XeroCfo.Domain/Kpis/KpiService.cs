using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Kpis;

/// <summary>What only lines can tell of customers.</summary>
public interface IKpiReader
{
    /// <summary>Documents' movement on <paramref name="accounts"/> by contact between two days; debit +, without what has no contact.</summary>
    Task<IReadOnlyList<decimal>> ByContactAsync(TenantId tenant, Days days, IReadOnlyCollection<Guid> accounts, CancellationToken ct);
}

/// <summary>All KPIs of a period. Base currency, display signs.</summary>
public sealed record KpiSheet(DateOnly Date, string Period, Days Days, string Currency, IReadOnlyList<Kpi> Items, bool SyncInProgress);

/// <summary>KPIs at any day.</summary>
public sealed class KpiService(ITenantRepository tenants, ILedgerReader ledger, IMovementReader movements, IKpiReader reader, TimeProvider clock)
{
    /// <summary>The KPIs of the month, the financial quarter or the financial year that holds a day, up to that day.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="date">Null: the organisation's today.</param>
    /// <param name="period">month, quarter or year; null: month.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Result<KpiSheet>> GetAsync(Caller caller, TenantId tenant, DateOnly? date, string? period, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.KpisRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var (today, day) = (organisation.Today(clock), date ?? organisation.Today(clock));
        if (day > today || !AccountingDays.Contain(day))
        {
            return ReportProblems.BeyondToday("date", today);
        }

        if (organisation.BooksStart is { } start && day < start)
        {
            return ReportProblems.BeforeBooks("date", start, null);
        }

        var asked = new KpiPeriods(organisation, day, period ?? ReportWords.Month);
        var chart = await ledger.AccountsAsync(tenant, ct);
        var books = new StatementBooks(chart, new BookMovements(organisation.FinancialYear, await movements.PiecesAsync(tenant, asked.Cuts, ct)));
        var income = books.Accounts.Where(account => account.IsProfitAndLoss && StatementSection.Of(account) == StatementSection.Income).Select(account => account.AccountId).ToList();
        var now = await ContextAsync(tenant, asked, books, income, asked.Now, asked.Prior is { } before ? asked.Figures(books, before) : null, ct);
        var prior = asked.Prior is { } earlier ? await ContextAsync(tenant, asked, books, income, earlier, asked.BeforePrior is { } first ? asked.Figures(books, first) : null, ct) : null;
        return new KpiSheet(day, asked.Name, asked.Now, organisation.BaseCurrency, KpiCatalogue.Compute(asked.Figures(books, asked.Now), now, prior), organisation.SyncInProgress);
    }

    private async Task<KpiContext> ContextAsync(TenantId tenant, KpiPeriods asked, StatementBooks books, IReadOnlyCollection<Guid> income, Days days, KpiFigures? prior, CancellationToken ct)
    {
        var customers = (await reader.ByContactAsync(tenant, days, income, ct)).Select(amount => -amount).Where(amount => amount > 0).OrderDescending().ToList();
        return new KpiContext(prior, asked.Income(books, asked.Last12(days)), asked.Income(books, asked.Prior12(days)), customers, asked.MonthlyCash(books, days.Last));
    }
}

/// <summary>The days that KPIs of a period look at; those that begin before the books are not there. Pure.</summary>
internal sealed class KpiPeriods
{
    private readonly XeroTenant _organisation;

    public KpiPeriods(XeroTenant organisation, DateOnly day, string period)
    {
        (_organisation, Name) = (organisation, period);
        Now = new Days(Later(ReportPeriods.Around(day, period, organisation.FinancialYear).Days.First, organisation.BooksStart), day);
        Prior = InBooks(Before(Now));
        BeforePrior = Prior is { } prior ? InBooks(Before(prior)) : null;
    }

    public string Name { get; }

    public Days Now { get; }

    public Days? Prior { get; }

    public Days? BeforePrior { get; }

    /// <summary>Where movements must be cut to answer everything.</summary>
    public IReadOnlyList<DateOnly> Cuts
    {
        get
        {
            var year = _organisation.FinancialYear;
            var periods = new[] { Now, Prior, BeforePrior }.OfType<Days>().ToList();
            var ranges = periods.Concat(periods.SelectMany(days => new[] { Last12(days), Prior12(days) }).OfType<Days>()).Concat(periods.SelectMany(days => Months(days.Last) ?? []))
                .Concat(periods.Concat(periods.SelectMany(days => new[] { Last12(days), Prior12(days) }).OfType<Days>()).Select(days => new Days(year.StartOf(days.Last), days.Last)));
            return [.. ranges.SelectMany(days => new[] { days.First.AddDays(-1), days.Last }).Distinct().Order()];
        }
    }

    public KpiFigures Figures(StatementBooks books, Days days) => new(books, _organisation.FinancialYear, _organisation.BaseCurrency, days, 0);

    /// <summary>The twelve months that end with a period.</summary>
    public Days? Last12(Days days) => InBooks(new Days(ReportPeriods.Shifted(days.Last, -12).AddDays(1), days.Last));

    public Days? Prior12(Days days) => Last12(days) is { } last ? InBooks(new Days(ReportPeriods.Shifted(days.Last, -24).AddDays(1), last.First.AddDays(-1))) : null;

    public decimal? Income(StatementBooks books, Days? days) => days is { } some ? Figures(books, some).Income.Value : null;

    /// <summary>Net cash flow before financing of the last three whole months up to a day, the oldest first.</summary>
    public IReadOnlyList<decimal>? MonthlyCash(StatementBooks books, DateOnly day) => Months(day) is { } months
        ? [.. months.Select(month =>
        {
            var rows = new CashFlow(books.Accounts, _organisation.BaseCurrency, [books.Flow(month, 0, new Dictionary<Guid, decimal>())]).Indirect();
            return KpiFigures.Flow(rows, "netChange") - KpiFigures.Flow(rows, "financing");
        })]
        : null;

    private List<Days>? Months(DateOnly day)
    {
        var last = Month.Of(day).End == day ? Month.Of(day) : Month.Of(day).Previous;
        var months = Enumerable.Range(0, 3).Select(back => Days.Of(last.Add(back - 2))).ToList();
        return InBooks(months[0]) is null ? null : months;
    }

    // Like with like: a quarter so far with the quarter before up to the same day of it.
    private Days Before(Days days) => ReportPeriods.SoFarBefore(days, Name, _organisation.FinancialYear);

    private Days? InBooks(Days days) => _organisation.BooksStart is not { } start || days.First >= start ? days : null;

    private static DateOnly Later(DateOnly day, DateOnly? other) => other > day ? other.Value : day;
}
