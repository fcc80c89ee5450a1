using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Budgets;

/// <summary>Drafts budgets from last year, or from another budget; nothing is kept.</summary>
public sealed class BudgetDraftService(ITenantRepository tenants, ILedgerReader ledger, IMovementReader movements, IBudgetReader budgets, TimeProvider clock)
{
    public async Task<Result<BudgetDraft>> DraftAsync(Caller caller, TenantId tenant, BudgetRecipe recipe, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.BudgetsRead, tenant) ?? recipe.Check()) is { } refused)
        {
            return refused;
        }

        // What was is the books': a key that may read budgets alone is told none of it.
        if (recipe.Basis == BudgetBases.LastYear && caller.Lacks(Permissions.ReportsRead, tenant) is { } closed)
        {
            return closed;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var chart = await ledger.AccountsAsync(tenant, ct);
        var remarks = new List<string>();
        var before = recipe.Basis == BudgetBases.Budget ? await OfBudgetAsync(tenant, recipe, ct) : await OfBooksAsync(organisation, chart, recipe, remarks, ct);
        if (before.Problem is { } unknown)
        {
            return unknown;
        }

        var lines = BudgetDrafting.Lines(recipe, chart, before.Value);
        return lines.Problem is { } wrong ? wrong : new BudgetDraft(lines.Value, remarks);
    }

    /// <summary>The month of the books that a month of the plan begins from: the newest whole one of the same name before it.</summary>
    public static Month BasisOf(Month planned, Month lastWhole)
    {
        var month = planned.Add(-12);
        while (month > lastWhole)
        {
            month = month.Add(-12);
        }

        return month;
    }

    private async Task<Result<IReadOnlyList<IReadOnlyDictionary<Guid, decimal>?>>> OfBudgetAsync(TenantId tenant, BudgetRecipe recipe, CancellationToken ct)
    {
        if (await budgets.FindAsync(tenant, recipe.BudgetId!.Value, ct) is not { } view)
        {
            return BudgetProblems.Unknown with { Kind = ProblemKind.Refused, Field = "budgetId" };
        }

        // The month itself where the budget has it, else that of the year before.
        var months = view.Lines.ToLookup(line => Month.Of(line.Month));
        return Result<IReadOnlyList<IReadOnlyDictionary<Guid, decimal>?>>.Of(
        [
            .. recipe.All.Select(month => months.Contains(month) ? month : month.Add(-12)).Select(month => (IReadOnlyDictionary<Guid, decimal>?)months[month].ToDictionary(line => line.AccountId, line => line.Amount)),
        ]);
    }

    private async Task<Result<IReadOnlyList<IReadOnlyDictionary<Guid, decimal>?>>> OfBooksAsync(XeroTenant organisation, IReadOnlyList<Account> chart, BudgetRecipe recipe, List<string> remarks, CancellationToken ct)
    {
        var (tenant, lastWhole) = (new TenantId(organisation.Id), Month.Of(organisation.Today(clock)).Previous);
        var months = recipe.All.Select(month => BasisOf(month, lastWhole)).ToList();
        var held = months.Where(month => organisation.BooksStart is { } start && month.Start >= start).Distinct().Order().ToList();
        if (months.Except(held).Order().ToList() is { Count: > 0 } missing)
        {
            remarks.Add($"The books do not hold {string.Join(", ", missing.Take(6).Select(month => month.ToString()))}{(missing.Count > 6 ? $" and {missing.Count - 6} more months" : "")}: nothing is planned there.");
        }

        if (held.Count == 0)
        {
            return Result<IReadOnlyList<IReadOnlyDictionary<Guid, decimal>?>>.Of([.. months.Select(_ => (IReadOnlyDictionary<Guid, decimal>?)null)]);
        }

        var was = recipe.Tracking is { } pick ? await TrackedAsync(tenant, held, pick.OptionId, ct) : await MovedAsync(tenant, organisation.FinancialYear, held, ct);
        var signs = chart.ToDictionary(account => account.AccountId, account => account.Class == "REVENUE" ? -1 : 1);
        return Result<IReadOnlyList<IReadOnlyDictionary<Guid, decimal>?>>.Of(
        [
            .. months.Select(month => was.TryGetValue(month, out var amounts)
                ? (IReadOnlyDictionary<Guid, decimal>?)amounts.Where(amount => signs.ContainsKey(amount.Key)).ToDictionary(amount => amount.Key, amount => signs[amount.Key] * amount.Value)
                : null),
        ]);
    }

    private async Task<Dictionary<Month, Dictionary<Guid, decimal>>> MovedAsync(TenantId tenant, FinancialYear year, List<Month> months, CancellationToken ct)
    {
        var cuts = months.SelectMany(month => new[] { month.Start.AddDays(-1), month.End }).Distinct().Order().ToList();
        var books = new BookMovements(year, await movements.PiecesAsync(tenant, cuts, ct));
        return months.ToDictionary(month => month, month => books.InStatement(Days.Of(month)).ToDictionary(amount => amount.Key, amount => amount.Value.Total));
    }

    private async Task<Dictionary<Month, Dictionary<Guid, decimal>>> TrackedAsync(TenantId tenant, List<Month> months, Guid option, CancellationToken ct)
    {
        var was = new Dictionary<Month, Dictionary<Guid, decimal>>();
        foreach (var month in months)
        {
            was[month] = (await movements.TrackedAsync(tenant, Days.Of(month), ct)).Where(row => row.Option1 == option || row.Option2 == option)
                .GroupBy(row => row.AccountId).ToDictionary(group => group.Key, group => group.Sum(row => row.Movement));
        }

        return was;
    }
}
