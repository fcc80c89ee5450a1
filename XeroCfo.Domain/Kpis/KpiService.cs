using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Kpis;

/// <summary>All KPIs of a period. Base currency, display signs.</summary>
public sealed record KpiSheet(DateOnly Date, string Period, Days Days, string Currency, IReadOnlyList<Kpi> Items, bool SyncInProgress)
{
    /// <summary>The days that the previous values are of; null where the books do not reach.</summary>
    public Days? Before { get; init; }
}

/// <summary>KPIs at any day: the catalogue's and the organisation's own, with their targets.</summary>
public sealed class KpiService(ITenantRepository tenants, KpiReading reading, KpiBook book, TimeProvider clock)
{
    /// <summary>The KPIs of the month, the financial quarter or the financial year that holds a day, up to that day.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="date">Null: the organisation's today.</param>
    /// <param name="period">month, quarter or year; null: month.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Result<KpiSheet>> GetAsync(Caller caller, TenantId tenant, DateOnly? date, string? period, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.KpisRead, tenant) is { } forbidden)
        {
            return forbidden;
        }

        // Beside each other: none needs another's answer.
        var (chart, set) = (Task.Run(() => reading.ChartAsync(tenant, ct), ct), Task.Run(() => book.SetAsync(tenant, ct), ct));
        var asked = await AskedAsync(tenant, date, period, ct);
        await Task.WhenAll(chart, set);
        if (asked.Problem is { } refused)
        {
            return refused;
        }

        var (organisation, days) = asked.Value;
        var books = await reading.ReadAsync(organisation, await chart, [days], ct);
        return new KpiSheet(days.Now.Last, days.Name, days.Now, organisation.BaseCurrency, (await set).Compute(books, days), organisation.SyncInProgress) { Before = days.Prior };
    }

    /// <summary>One KPI with its values of the last months up to a day, the oldest first.</summary>
    public async Task<Result<KpiTrend>> TrendAsync(Caller caller, TenantId tenant, string key, DateOnly? date, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.KpisRead, tenant) is { } forbidden)
        {
            return forbidden;
        }

        var asked = await AskedAsync(tenant, date, ReportWords.Month, ct);
        if (asked.Problem is { } refused)
        {
            return refused;
        }

        var (organisation, days) = asked.Value;
        var set = await book.SetAsync(tenant, ct);
        if (set.Find(key) is not { } definition)
        {
            return KpiProblems.Unknown;
        }

        var (months, today) = (KpiTrend.Months(organisation, days.Now.Last), organisation.Today(clock));
        var books = await reading.ReadAsync(organisation, months, ct, set.NeedsCustomers(key));
        return new KpiTrend(
            definition, organisation.BaseCurrency,
            [.. months.Select(month => new KpiPoint(Month.Of(month.Now.Last), month.Now, set.Value(key, books, month), month.Now.Last == Month.Of(month.Now.Last).End && month.Now.Last < today))],
            organisation.SyncInProgress)
        { Target = set.TargetOf(key) };
    }

    private async Task<Result<(XeroTenant Organisation, KpiPeriods Days)>> AskedAsync(TenantId tenant, DateOnly? date, string? period, CancellationToken ct)
    {
        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var days = DaysOf(organisation, organisation.Today(clock), date, period);
        return days.Problem is { } wrong ? wrong : (organisation, days.Value);
    }

    /// <summary>The days that are asked for, or why there are none.</summary>
    internal static Result<KpiPeriods> DaysOf(XeroTenant organisation, DateOnly today, DateOnly? date, string? period)
    {
        var day = date ?? today;
        return day > today || !AccountingDays.Contain(day) ? ReportProblems.BeyondToday("date", today)
            : organisation.BooksStart is { } start && day < start ? ReportProblems.BeforeBooks("date", start, null)
            : new KpiPeriods(organisation, day, period ?? ReportWords.Month);
    }
}
