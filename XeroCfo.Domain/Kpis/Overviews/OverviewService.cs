using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Kpis.Overviews;

/// <summary>The overview: what an executive asks first, each figure the same as in the statements and the KPIs.</summary>
public sealed class OverviewService(
    ITenantRepository tenants, TrialBalanceService trialBalances, KpiReading reading, OverviewReading open, CustomerBooks customers, KpiBook kpis, WaitingReading waiting, OverviewPlans plans, TimeProvider clock)
{
    private const int TrendMonths = 13, DebtorMonths = 3;

    /// <summary>The overview of some days beside others.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="period">See <see cref="OverviewDays.Of"/>.</param>
    /// <param name="compare">See <see cref="OverviewDays.Of"/>.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Result<Overview>> GetAsync(Caller caller, TenantId tenant, string? period, string? compare, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.KpisRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var asked = OverviewDays.Of(organisation, organisation.Today(clock), period, compare);
        if (asked.Problem is { } wrong)
        {
            return wrong;
        }

        var days = asked.Value;
        var planned = await plans.OfAsync(caller, tenant, days, ct);
        if (planned.Problem is { } unplanned)
        {
            return unplanned;
        }

        // Beside each other, as far as one does not lean on the other: a database in a file answers in the caller's own thread.
        var months = Months(organisation, days.Now.Last);
        var hidePayroll = PayrollRules.AreHiddenFrom(caller);
        var opening = Task.Run(() => open.OpenAsync(organisation, days.Now.Last, days.Today, hidePayroll, ct), ct);
        var books = new KpiBooks(organisation, await reading.BooksAsync(organisation, Cuts(organisation, days, months), ct), null, new Dictionary<Days, IReadOnlyList<decimal>>()) { Today = days.Today };
        var unconfirmed = books.Books.Accounts.Count(account => account is { Tag: not null, TagConfirmedBy: null } && account.Status != "DELETED");
        var work = Task.Run(() => waiting.OfAsync(caller, organisation, days.Today, unconfirmed, ct), ct);
        var facts = await customers.OfAsync(organisation, KpiReading.Income(books.Books.Accounts), days.Now.Last, ct);
        var balances = await trialBalances.ComputeAsync(organisation, days.Today, ct);
        var opened = await opening;
        var tiles = new OverviewTiles(books, days, months, await kpis.SetAsync(tenant, ct)) { Plan = planned.Value.Plan };
        var (now, before) = (books.Figures(days.Now), tiles.Before);
        var tax = tiles.TaxDue();
        return new Overview
        {
            Days = days,
            Currency = organisation.BaseCurrency,
            Budgets = planned.Value.All,
            Budget = planned.Value.Plan?.Head,
            Tiles = tiles.All(opened, tax),
            Cash = CashOf(await open.CashAsync(organisation, books.Books, days.Now.Last, ct), opened, days, tax, tiles.Buffer),
            Changes = ChangeFacts.Of(now, before, [.. months.Where(month => month == Days.Of(Month.Of(month.First)) && month.Last < days.Today).Select(books.Figures)], facts, opened.Owing),
            Months = tiles.ProfitMonths(),
            Walk = before is null ? null : ProfitWalks.Between(before, now),
            Owing = opened.Owing,
            Longest = opened.Longest,
            Customers = facts,
            Waiting = await work,
            TiesToXero = balances.TiesToXero,
            StandsOnDocuments = balances.StandsOnDocuments,
            Difference = balances.Rows.Sum(row => Math.Abs(row.Difference ?? 0)) / 2,
            ToConfirm = await trialBalances.ToConfirmAsync(caller, tenant, days.Today, ct) is { Succeeded: true, Value: var count } ? count : 0,
            XeroReadAt = balances.XeroReadAt,
            SyncInProgress = organisation.SyncInProgress,
        };
    }

    // The last months up to a day, the last one as far as it has come; those before the books are left out.
    private static IReadOnlyList<Days> Months(XeroTenant organisation, DateOnly day) =>
    [
        .. Month.Range(Month.Of(day).Add(1 - TrendMonths), Month.Of(day)).Where(month => organisation.BooksStart is not { } start || month.Start >= start || month == Month.Of(start))
            .Select(month => new Days(organisation.BooksStart > month.Start ? organisation.BooksStart.Value : month.Start, month.End < day ? month.End : day)),
    ];

    private static IEnumerable<DateOnly> Cuts(XeroTenant organisation, OverviewDays days, IReadOnlyList<Days> months)
    {
        var year = organisation.FinancialYear;
        var ranges = months.Concat(months.Select(OverviewTiles.YearBefore)).Append(days.Now).Concat(days.Before is { } before ? [before] : [])
            .SelectMany(range => new[] { range, OverviewTiles.Over(range.Last, DebtorMonths) })
            .Where(range => organisation.BooksStart is not { } start || range.Last >= start)
            .ToList();
        return ranges.Concat(ranges.Select(range => new Days(year.StartOf(range.Last), range.Last))).SelectMany(range => new[] { range.First.AddDays(-1), range.Last });
    }

    private static CashLine CashOf(IReadOnlyList<CashDay> past, OpenBooks opened, OverviewDays days, CashMarker? tax, decimal? buffer)
    {
        if (days.Now.Last < days.Today)
        {
            return new CashLine(past, [], [], buffer);
        }

        var flows = tax is null ? opened.Flows : [.. opened.Flows, tax];
        return new CashLine(past, CashLines.Ahead(past.Count > 0 ? past[^1].Closing : 0, days.Today, flows), CashLines.Markers(flows, days.Today), buffer);
    }
}
