using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Budgets;

/// <summary>What a new budget begins from.</summary>
public static class BudgetBases
{
    /// <summary>The newest whole months of the books, each for the same month of the plan.</summary>
    public const string LastYear = "lastYear";

    /// <summary>Another budget, each month for the same month.</summary>
    public const string Budget = "budget";

    public static readonly IReadOnlyList<string> All = [LastYear, Budget];
}

/// <summary>How a year's amount of an account is laid over its months.</summary>
public static class BudgetPhasing
{
    /// <summary>As the account's own months were.</summary>
    public const string Own = "ownSeasons";

    /// <summary>As the months of all income were.</summary>
    public const string Income = "incomeSeasons";

    /// <summary>Each quarter as it was, evenly within it.</summary>
    public const string Quarters = "quarters";

    /// <summary>The same every month.</summary>
    public const string Even = "even";

    public static readonly IReadOnlyList<string> All = [Own, Income, Quarters, Even];
}

/// <summary>How a budget is made from what was.</summary>
public sealed record BudgetRecipe
{
    public const int MostMonths = 24;

    /// <summary>The first month that is planned.</summary>
    public required Month First { get; init; }

    /// <summary>How many are.</summary>
    public int Months { get; init; } = 12;

    /// <summary>One of <see cref="BudgetBases"/>.</summary>
    public string Basis { get; init; } = BudgetBases.LastYear;

    /// <summary>The budget that it begins from.</summary>
    public Guid? BudgetId { get; init; }

    /// <summary>A fraction: 0.08 for 8 % more income than before.</summary>
    public decimal IncomeGrowth { get; init; }

    /// <summary>The same for costs.</summary>
    public decimal CostGrowth { get; init; }

    /// <summary>One of <see cref="BudgetPhasing"/>.</summary>
    public string Phasing { get; init; } = BudgetPhasing.Own;

    /// <summary>Amounts are rounded to this; 0.01, 1, 10, 100 or 1000.</summary>
    public decimal RoundTo { get; init; } = 1;

    /// <summary>Only documents of this tracking option; null: all.</summary>
    public TrackingPick? Tracking { get; init; }

    public IReadOnlyList<Month> All => [.. Enumerable.Range(0, Months).Select(First.Add)];

    /// <summary>What is wrong with it by itself.</summary>
    public Problem? Check() =>
        Months is < 1 or > MostMonths ? Problem.Invalid("months", $"months must be 1 to {MostMonths}.")
        : !AccountingDays.Contain(First.Start) || !AccountingDays.Contain(First.Start.AddMonths(Months)) ? Problem.Invalid("first", "first must be a month yyyy-MM from 1900-01 to 2199-12.")
        : !BudgetBases.All.Contains(Basis) ? Problem.Invalid("basis", $"basis must be one of {string.Join(", ", BudgetBases.All)}.")
        : Basis == BudgetBases.Budget && BudgetId is null ? Problem.Invalid("budgetId", "budgetId is missing: say which budget it begins from.")
        : !BudgetPhasing.All.Contains(Phasing) ? Problem.Invalid("phasing", $"phasing must be one of {string.Join(", ", BudgetPhasing.All)}.")
        : IncomeGrowth is < -1 or > 10 ? Problem.Invalid("incomeGrowth", "incomeGrowth must be a fraction from -1 to 10.")
        : CostGrowth is < -1 or > 10 ? Problem.Invalid("costGrowth", "costGrowth must be a fraction from -1 to 10.")
        : RoundTo is not (0.01m or 1 or 10 or 100 or 1000) ? Problem.Invalid("roundTo", "roundTo must be 0.01, 1, 10, 100 or 1000.")
        : null;
}

/// <summary>A budget that is not kept yet, with what is to be known of it.</summary>
public sealed record BudgetDraft(IReadOnlyList<BudgetLineInput> Lines, IReadOnlyList<string> Remarks);

/// <summary>Makes lines from what was. Pure; display signs.</summary>
public static class BudgetDrafting
{
    /// <param name="recipe">Checked.</param>
    /// <param name="chart">The accounts; only income and expenses are planned.</param>
    /// <param name="before">Of each month of the plan the amounts that it begins from; null: there are none.</param>
    public static Result<IReadOnlyList<BudgetLineInput>> Lines(BudgetRecipe recipe, IReadOnlyList<Account> chart, IReadOnlyList<IReadOnlyDictionary<Guid, decimal>?> before)
    {
        var planned = chart.Where(account => account is { IsProfitAndLoss: true, Status: not "DELETED" }).ToList();
        var income = planned.Where(account => account.Class == "REVENUE").ToList();
        var seasons = before.Select(month => month is null ? 0 : income.Sum(account => month.GetValueOrDefault(account.AccountId))).ToList();
        var lines = new List<BudgetLineInput>();
        foreach (var account in planned)
        {
            var was = before.Select(month => month?.GetValueOrDefault(account.AccountId) ?? 0).ToList();
            if (was.TrueForAll(amount => amount == 0))
            {
                continue;
            }

            var growth = 1 + (account.Class == "REVENUE" ? recipe.IncomeGrowth : recipe.CostGrowth);
            var months = Phased(recipe, [.. was.Select(amount => amount * growth)], seasons);
            if (months.Any(amount => !MoneyRules.Fits(amount)))
            {
                return new Problem("budget-too-large", $"{account.Name} would be planned beyond {MoneyRules.Largest}: choose less growth.", ProblemKind.Refused, "costGrowth");
            }

            lines.AddRange(months.Index().Where(month => month.Item != 0).Select(month => new BudgetLineInput(account.AccountId, recipe.First.Add(month.Index), month.Item)));
        }

        return Result<IReadOnlyList<BudgetLineInput>>.Of(lines);
    }

    /// <summary>Parts in proportion to <paramref name="weights"/> that together are exactly the total: the last one with a weight takes what rounding leaves.</summary>
    public static IReadOnlyList<decimal> Spread(decimal total, IReadOnlyList<decimal> weights, decimal roundTo)
    {
        var sum = weights.Sum();
        var even = sum <= 0 || weights.Any(weight => weight < 0);
        var parts = weights.Select(weight => Round(even ? total / weights.Count : total * (weight / sum), roundTo)).ToArray();
        var last = even ? parts.Length - 1 : Array.FindLastIndex([.. weights], weight => weight != 0);
        parts[last] += Round(total, roundTo) - parts.Sum();
        return parts;
    }

    private static IReadOnlyList<decimal> Phased(BudgetRecipe recipe, IReadOnlyList<decimal> months, List<decimal> seasons) => recipe.Phasing switch
    {
        BudgetPhasing.Even => Spread(months.Sum(), [.. months.Select(_ => 1m)], recipe.RoundTo),
        BudgetPhasing.Income => Spread(months.Sum(), seasons, recipe.RoundTo),
        BudgetPhasing.Quarters => [.. months.Chunk(3).SelectMany(quarter => Spread(quarter.Sum(), [.. quarter.Select(_ => 1m)], recipe.RoundTo))],
        _ => [.. months.Select(amount => Round(amount, recipe.RoundTo))],
    };

    private static decimal Round(decimal amount, decimal to) => Math.Round(amount / to, 0, MidpointRounding.AwayFromZero) * to;
}
