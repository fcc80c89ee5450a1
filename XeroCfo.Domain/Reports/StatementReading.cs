using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Reports;

/// <summary>What a statement is made from, read once.</summary>
/// <param name="Plan">With the budget chosen.</param>
/// <param name="Periods">Its columns.</param>
/// <param name="Books">The books over all of them.</param>
/// <param name="Xero">Xero's trial balances at the days that proofs need.</param>
/// <param name="Budget">What it is compared with; null: no budget.</param>
public sealed record StatementBasis(ReportPlan Plan, StatementPeriods Periods, StatementBooks Books, IReadOnlyDictionary<DateOnly, StoredTrialBalance?> Xero, BudgetColumn? Budget)
{
    /// <summary>Income and expense of a column; null where it has no figures. Debit +.</summary>
    public IReadOnlyDictionary<Guid, SourcedAmount>? Profit(ReportPeriod period) => StatementPeriods.Amounts(period, Plan, days => Books.Profit(days), Budget);
}

/// <summary>Reads for all columns of a statement at once.</summary>
public sealed class StatementReading(ILedgerReader ledger, IMovementReader movements, IBudgetReader budgets)
{
    public async Task<Result<StatementBasis>> ReadAsync(ReportPlan plan, CancellationToken ct)
    {
        var tenant = new TenantId(plan.Organisation.Id);
        var chart = await ledger.AccountsAsync(tenant, ct);
        var chosen = await BudgetAsync(plan, tenant, ct);
        if (chosen.Problem is { } unknown)
        {
            return unknown;
        }

        var budget = chosen.Value is { } view ? new BudgetColumn(view, chart) : null;
        plan = budget is null ? plan : plan.With(budget);
        var periods = StatementPeriods.Of(plan);
        var books = new StatementBooks(chart, new BookMovements(plan.Organisation.FinancialYear, await movements.PiecesAsync(tenant, Cuts(plan, periods), ct)));
        var xero = new Dictionary<DateOnly, StoredTrialBalance?>();
        foreach (var day in StatementChecks.XeroDays(plan))
        {
            xero[day] = plan.Organisation.SettlingFrom <= day ? null : await ledger.XeroTrialBalanceAsync(tenant, day, ct);
        }

        return new StatementBasis(plan, periods, books, xero, budget);
    }

    // The one that is named; a budget variance without a name takes Xero's overall one, else the one changed last.
    private async Task<Result<BudgetView?>> BudgetAsync(ReportPlan plan, TenantId tenant, CancellationToken ct)
    {
        if (!plan.AsksForBudget)
        {
            return Result<BudgetView?>.Of(null);
        }

        var id = plan.BudgetId ?? (await budgets.HeadsAsync(tenant, ct) is [var usual, ..] ? usual.Budget.Id : null);
        if (id is not { } known)
        {
            return ReportProblems.NoBudget;
        }

        return await budgets.FindAsync(tenant, known, ct) is not { } found ? ReportProblems.UnknownBudget
            : ReportTypes.PlansProfit(plan.Type) ? Result<BudgetView?>.Of(found)
            : ReportProblems.BudgetHasNoBalances;
    }

    /// <summary>The days at which movements are cut; the month that the last day cuts is read to its end, to tell what is left out.</summary>
    private static List<DateOnly> Cuts(ReportPlan plan, StatementPeriods periods)
    {
        var year = plan.Organisation.FinancialYear;
        var ranges = periods.All.Select(period => StatementPeriods.ActualDays(period, plan)).OfType<Days>().Append(plan.Range).Append(new Days(year.StartOf(plan.Date), plan.Date));
        return [.. ranges.SelectMany(days => new[] { days.First.AddDays(-1), days.Last }).Append(Month.Of(plan.Date).End).Distinct().Order()];
    }
}
