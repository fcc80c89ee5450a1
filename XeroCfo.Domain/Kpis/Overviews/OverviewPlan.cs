using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Kpis.Overviews;

/// <summary>A budget that an overview may stand beside.</summary>
public sealed record PlanHead(Guid Id, string Name);

/// <summary>What a budget plans of income and costs. It plans no balances. Pure.</summary>
public sealed class OverviewPlan(PlanHead head, BudgetAmounts amounts)
{
    /// <summary>The KPIs of the tiles that a budget tells.</summary>
    public static readonly IReadOnlyList<string> Planned = ["income", "grossMargin", "netProfit"];

    public PlanHead Head => head;

    /// <summary>
    /// The sums of some days with income and costs as they are planned, and balances as they are; null where nothing is planned. Like with like: of a
    /// month that the days cut, or that is not over, its days' share, without what comes at a month's end.
    /// </summary>
    public KpiFigures? Figures(KpiBooks books, Days days)
    {
        var planned = new Dictionary<Guid, decimal>();
        HashSet<Guid>? atEnd = null;
        foreach (var month in Month.Range(Month.Of(days.First), Month.Of(days.Last)))
        {
            var part = new Days(month.Start > days.First ? month.Start : days.First, month.End < days.Last ? month.End : days.Last);
            var isWhole = part == Days.Of(month) && !(month.End >= books.Today);
            foreach (var (account, amount) in amounts.Over(part).Where(amount => isWhole || !(atEnd ??= AtMonthsEnd(books, Month.Of(days.Last).Previous)).Contains(amount.Key)))
            {
                planned[account] = planned.GetValueOrDefault(account) + amount;
            }
        }

        if (planned.Count == 0)
        {
            return null;
        }

        var actual = books.Figures(days);
        return books.Suppose(days, books.Books.Accounts.Where(account => account.IsProfitAndLoss)
            .ToDictionary(account => account.AccountId, account => ((StatementSection.Of(account).IsCredit ? -1 : 1) * planned.GetValueOrDefault(account.AccountId)) - actual.Debit(account)));
    }

    // Payroll, depreciation: accounts that a whole month moved by Xero's month end alone.
    private static HashSet<Guid> AtMonthsEnd(KpiBooks books, Month month) => books.Organisation.BooksStart > month.Start
        ? []
        : [.. books.Books.Profit(Days.Of(month)).Where(moved => moved.Value is { Documents: 0, XeroOnly: not 0 }).Select(moved => moved.Key)];
}

/// <summary>Finds the budgets of the whole organisation, and the one that an overview shows: the one that is asked for, else Xero's overall one, else the newest.</summary>
public sealed class OverviewPlans(IBudgetReader budgets)
{
    /// <summary>Nothing of budgets for who may not see them.</summary>
    /// <returns>Refuses a budget that is asked for and is not there.</returns>
    public async Task<Result<(IReadOnlyList<PlanHead> All, OverviewPlan? Plan)>> OfAsync(Caller caller, TenantId tenant, OverviewDays days, CancellationToken ct)
    {
        IReadOnlyList<PlanHead> all = caller.Lacks(Permissions.BudgetsRead, tenant) is not null ? []
            : [.. (await budgets.HeadsAsync(tenant, ct)).Where(budget => budget.Budget.Tracking.Count == 0 && budget.Lines > 0).Select(budget => new PlanHead(budget.Budget.Id, budget.Budget.Name))];
        var wanted = days.BudgetId is { } asked ? all.FirstOrDefault(budget => budget.Id == asked) : all.Count > 0 ? all[0] : null;
        var found = wanted is null ? null : await budgets.FindAsync(tenant, wanted.Id, ct);
        if (days.Compare == OverviewCompare.Budget && found is null)
        {
            return Problem.Invalid("compare", days.BudgetId is null ? "There is no budget of the whole organisation yet." : "This organisation has no such budget, or it plans only a part of it.");
        }

        return (all, found is null ? null : new OverviewPlan(wanted!, new BudgetAmounts(found.Lines)));
    }
}
