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
public sealed class StatementMaker(StatementReading reading, TrackedReading tracked, ICashFlowReader cashFlow)
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
            return await TrackedAsync(read.Value, checks, ct);
        }

        var rows = plan.Type switch
        {
            ReportTypes.BalanceSheet => BalanceSheet.Rows(
                books.Accounts, [.. periods.All.Select(period => period.EmptyBecause is null ? books.BalancesAt(period.Days.Last, plan.Organisation.FinancialYear) : null)],
                books.RetainedEarnings, plan.Parameters.ShowZero == true, plan.Parameters.OverdraftsInLiabilities == true),
            ReportTypes.CashFlow => await FlowAsync(plan, tenant, books, periods.All, ct),
            _ => ProfitAndLoss.Rows(books.Accounts, [.. periods.All.Select(read.Value.Profit)], plan.Parameters.ShowZero == true, plan.Parameters.ManagementLines == true),
        };
        return new StatementLayout(plan, periods).Body(rows, checks.Of(rows, periods.Main), StatementNotes.Of(plan, books, rows, read.Value.Budget));
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

    private async Task<Result<ReportBody>> TrackedAsync(StatementBasis basis, StatementChecks checks, CancellationToken ct)
    {
        var made = await tracked.ReadAsync(basis, ct);
        if (made.Problem is { } refused)
        {
            return refused;
        }

        var columns = made.Value;
        var rows = ProfitAndLoss.Rows(basis.Books.Accounts, columns.Amounts, basis.Plan.Parameters.ShowZero == true, basis.Plan.Parameters.ManagementLines == true);
        return new StatementLayout(basis.Plan, columns.Periods).Body(
            [.. rows, .. columns.Rest(rows)], columns.Because is { } because ? checks.OfPart(because) : checks.Of(rows, columns.Periods.Main), [.. columns.Notes, .. StatementNotes.Of(basis.Plan, basis.Books, rows, basis.Budget)]);
    }
}
