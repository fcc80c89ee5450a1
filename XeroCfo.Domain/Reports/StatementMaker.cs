using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Reports;

/// <summary>A report's body.</summary>
public sealed record ReportBody(
    IReadOnlyList<ReportColumn> Columns, IReadOnlyList<ReportRow> Rows, IReadOnlyList<ReportCheck> Checks, IReadOnlyList<ReportNote> Notes);

/// <summary>Makes the three statements: reads once what all columns need, then only computes.</summary>
public sealed class StatementMaker(ILedgerReader ledger, IMovementReader movements, ITrackingReader tracking, ICashFlowReader cashFlow)
{
    public async Task<Result<ReportBody>> MakeAsync(ReportPlan plan, CancellationToken ct)
    {
        var tenant = new TenantId(plan.Organisation.Id);
        var chart = await ledger.AccountsAsync(tenant, ct);
        var books = new StatementBooks(chart, new BookMovements(plan.Organisation.FinancialYear, await movements.PiecesAsync(tenant, Cuts(plan), ct)));
        var xero = new Dictionary<DateOnly, StoredTrialBalance?>();
        foreach (var day in StatementChecks.XeroDays(plan))
        {
            xero[day] = plan.Organisation.SettlingFrom <= day ? null : await ledger.XeroTrialBalanceAsync(tenant, day, ct);
        }

        if (plan.Parameters.TrackingCategoryId is not null)
        {
            return await TrackedAsync(plan, tenant, books, new StatementChecks(plan, books, xero), ct);
        }

        var periods = Periods(plan);
        var rows = plan.Type switch
        {
            ReportTypes.BalanceSheet => BalanceSheet.Rows(
                books.Accounts, [.. periods.Select(period => period.EmptyBecause is null ? books.BalancesAt(period.Days.Last, plan.Organisation.FinancialYear) : null)],
                books.RetainedEarnings, plan.Parameters.ShowZero == true),
            ReportTypes.CashFlow => await FlowAsync(plan, tenant, books, periods, ct),
            _ => ProfitAndLoss.Rows(books.Accounts, [.. periods.Select(period => period.EmptyBecause is null ? books.Profit(period.Days) : null)], plan.Parameters.ShowZero == true),
        };
        return new StatementLayout(plan, periods).Body(rows, new StatementChecks(plan, books, xero).Of(rows, MainOf(plan)), StatementNotes.Of(plan, books));
    }

    /// <summary>All columns that hold amounts: the periods, their total, what they are compared with.</summary>
    private static List<ReportPeriod> Periods(ReportPlan plan) =>
    [
        .. plan.Periods,
        .. plan.HasTotal ? [new ReportPeriod("total", "Total", plan.Range, plan.Range.Last < plan.Today)] : Array.Empty<ReportPeriod>(),
        .. plan.Compared,
    ];

    // The column that the proofs are about and that comparisons go against: the total, else the last period.
    private static int MainOf(ReportPlan plan) => plan.HasTotal ? plan.Periods.Count : plan.Periods.Count - 1;

    /// <summary>The days at which movements are cut; the month that the last day cuts is read to its end, to tell what is left out.</summary>
    private static List<DateOnly> Cuts(ReportPlan plan)
    {
        var year = plan.Organisation.FinancialYear;
        var ranges = plan.Periods.Concat(plan.Compared).Where(period => period.EmptyBecause is null).Select(period => period.Days)
            .Append(plan.Range).Append(new Days(year.StartOf(plan.Date), plan.Date));
        return [.. ranges.SelectMany(days => new[] { days.First.AddDays(-1), days.Last }).Append(Month.Of(plan.Date).End).Distinct().Order()];
    }

    private async Task<IReadOnlyList<StatementRow>> FlowAsync(ReportPlan plan, TenantId tenant, StatementBooks books, List<ReportPeriod> periods, CancellationToken ct)
    {
        var banks = books.Accounts.Where(account => CashFlowBuckets.Of(account) == CashFlowBucket.Cash).Select(account => account.AccountId).ToList();
        var realised = books.Accounts.FirstOrDefault(account => account.SystemAccount == SystemAccounts.RealisedCurrencyGain);
        var isDirect = plan.Parameters.Method == ReportWords.Direct;
        var flows = new List<CashFlowPeriod?>(periods.Count);
        foreach (var period in periods)
        {
            var gains = realised is null || period.EmptyBecause is not null ? 0 : await cashFlow.TransferGainsAsync(tenant, period.Days, realised.AccountId, ct);
            var counters = isDirect && period.EmptyBecause is null ? await cashFlow.CountersAsync(tenant, period.Days, banks, ct) : new Dictionary<Guid, decimal>();
            flows.Add(period.EmptyBecause is null ? books.Flow(period.Days, gains, counters) : null);
        }

        var statement = new CashFlow(books.Accounts, plan.Organisation.BaseCurrency, flows);
        return isDirect ? statement.Direct() : statement.Indirect();
    }

    // One option over the usual columns, or a column for each option with what has none beside it: together always the whole (LEDGER 8).
    private async Task<Result<ReportBody>> TrackedAsync(ReportPlan plan, TenantId tenant, StatementBooks books, StatementChecks checks, CancellationToken ct)
    {
        var categories = await tracking.CategoriesAsync(tenant, ct);
        var (categoryId, optionId) = (plan.Parameters.TrackingCategoryId, plan.Parameters.TrackingOptionId);
        if (categories.FirstOrDefault(category => category.Id == categoryId) is not { } category)
        {
            return Problem.Invalid("trackingCategoryId", categories.Count == 0
                ? "This organisation tracks nothing."
                : $"There is no such tracking category; there are {string.Join(", ", categories.Select(one => $"{one.Name} ({one.Id:D})"))}.");
        }

        if (optionId is { } option && category.Options.All(one => one.OptionId != option))
        {
            return Problem.Invalid("trackingOptionId", $"{category.Name} has no such option; it has {string.Join(", ", category.Options.Select(one => $"{one.Name} ({one.OptionId:D})"))}.");
        }

        var tracked = new TrackedStatement(plan, books, category);
        return optionId is { } only
            ? tracked.OfOption(only, Periods(plan), await EachAsync(Periods(plan)), checks, MainOf(plan))
            : tracked.ByOption(await movements.TrackedAsync(tenant, plan.Range, ct), checks);

        async Task<IReadOnlyList<IReadOnlyList<TrackingBalance>>> EachAsync(List<ReportPeriod> periods)
        {
            var read = new List<IReadOnlyList<TrackingBalance>>(periods.Count);
            foreach (var period in periods)
            {
                read.Add(period.EmptyBecause is null ? await movements.TrackedAsync(tenant, period.Days, ct) : []);
            }

            return read;
        }
    }
}
