using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Reports;

/// <summary>A report's body.</summary>
public sealed record ReportBody(
    IReadOnlyList<ReportColumn> Columns, IReadOnlyList<ReportRow> Rows, IReadOnlyList<ReportCheck> Checks, IReadOnlyList<ReportNote> Notes)
{
    /// <summary>The parameters as they were filled in while it was made; null: those of the plan.</summary>
    public ReportParameters? Parameters { get; init; }
}

/// <summary>Makes the statements: reads once what all columns need, then only computes.</summary>
public sealed class StatementMaker(StatementReading reading, IMovementReader movements, ITrackingReader tracking, ICashFlowReader cashFlow)
{
    public async Task<Result<ReportBody>> MakeAsync(ReportPlan asked, CancellationToken ct)
    {
        var read = await reading.ReadAsync(asked, ct);
        if (read.Problem is { } refused)
        {
            return refused;
        }

        var (plan, periods, books) = (read.Value.Plan, read.Value.Periods, read.Value.Books);
        var (tenant, checks) = (new TenantId(plan.Organisation.Id), new StatementChecks(plan, books, read.Value.Xero));
        if (plan.Parameters.TrackingCategoryId is not null)
        {
            return await TrackedAsync(read.Value, tenant, checks, ct);
        }

        var rows = plan.Type switch
        {
            ReportTypes.BalanceSheet => BalanceSheet.Rows(
                books.Accounts, [.. periods.All.Select(period => period.EmptyBecause is null ? books.BalancesAt(period.Days.Last, plan.Organisation.FinancialYear) : null)],
                books.RetainedEarnings, plan.Parameters.ShowZero == true, plan.Parameters.OverdraftsInLiabilities == true),
            ReportTypes.CashFlow => await FlowAsync(plan, tenant, books, periods.All, ct),
            _ => ProfitAndLoss.Rows(books.Accounts, [.. periods.All.Select(read.Value.Profit)], plan.Parameters.ShowZero == true),
        };
        return new StatementLayout(plan, periods).Body(rows, checks.Of(rows, periods.Main), StatementNotes.Of(plan, books, read.Value.Budget));
    }

    private async Task<IReadOnlyList<StatementRow>> FlowAsync(ReportPlan plan, TenantId tenant, StatementBooks books, IReadOnlyList<ReportPeriod> periods, CancellationToken ct)
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
    private async Task<Result<ReportBody>> TrackedAsync(StatementBasis basis, TenantId tenant, StatementChecks checks, CancellationToken ct)
    {
        var plan = basis.Plan;
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

        var tracked = new TrackedStatement(basis, category);
        if (optionId is not { } only)
        {
            return tracked.ByOption(await movements.TrackedAsync(tenant, plan.Range, ct), checks);
        }

        var read = new Dictionary<Days, IReadOnlyList<TrackingBalance>>();
        foreach (var days in basis.Periods.All.Select(period => StatementPeriods.ActualDays(period, plan)).OfType<Days>().Distinct())
        {
            read[days] = await movements.TrackedAsync(tenant, days, ct);
        }

        return tracked.OfOption(only, read, checks);
    }
}
