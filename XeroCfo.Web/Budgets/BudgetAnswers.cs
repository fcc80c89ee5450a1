using System.ComponentModel.DataAnnotations;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Budgets;

/// <summary>What is planned for an account in a month, by nature: income, and costs, read positive.</summary>
internal sealed record BudgetLineAnswer(Guid AccountId, string Month, decimal Amount);

/// <summary>A tracking option with its category.</summary>
internal sealed record BudgetTrackingAnswer(Guid CategoryId, Guid OptionId);

/// <summary>A budget with its lines by account and month; <c>source</c> is xero or own. <c>tracking</c> is the part of the organisation that it plans, empty: the whole.</summary>
internal sealed record BudgetAnswer(
    Guid Id, string Name, [property: Words(typeof(BudgetSources))] string Source, Guid? XeroId, IReadOnlyList<BudgetTrackingAnswer> Tracking, IReadOnlyList<BudgetLineAnswer> Lines, DateTime CreatedAt, DateTime UpdatedAt)
    : IExample<BudgetAnswer>
{
    public static BudgetAnswer Example => new(
        Examples.Thing, "Budget 2026/27", BudgetSources.Own, null, [], [new BudgetLineAnswer(Examples.Account, "2026-10", 52_000m), new BudgetLineAnswer(Examples.Account, "2026-11", 54_500m)], Examples.Instant, Examples.Instant);

    public static BudgetAnswer Of(BudgetView view) => new(
        view.Budget.Id, view.Budget.Name, view.Budget.Source, view.Budget.XeroId,
        [.. view.Budget.Tracking.Select(pick => new BudgetTrackingAnswer(pick.CategoryId, pick.OptionId))],
        [.. view.Lines.Select(Line)],
        view.Budget.CreatedAt, view.Budget.UpdatedAt);

    private static BudgetLineAnswer Line(BudgetLine line) => new(line.AccountId, Domain.Primitives.Month.Of(line.Month).ToString(), line.Amount);
}

/// <summary>A line as it is to be; <c>month</c> is yyyy-MM.</summary>
internal sealed record BudgetLineRequest(
    [property: Required] Guid? AccountId = null,
    [property: Required, RegularExpression("^[0-9]{4}-[0-9]{2}$")] string? Month = null,
    [property: Required] decimal? Amount = null);

/// <summary>A tracking option with its category.</summary>
internal sealed record BudgetTrackingRequest([property: Required] Guid? CategoryId = null, [property: Required] Guid? OptionId = null);

/// <summary>A budget as it is to be: these are all its lines. Amounts by nature: income, and costs, positive.</summary>
internal sealed record BudgetRequest(
    [property: Required, StringLength(Budget.NameLimit, MinimumLength = 1)] string? Name = null,
    [property: Required, MaxLength(BudgetService.MostLines)] IReadOnlyList<BudgetLineRequest>? Lines = null,
    [property: MaxLength(2)] IReadOnlyList<BudgetTrackingRequest>? Tracking = null) : IExample<BudgetRequest>
{
    public static BudgetRequest Example => new("Budget 2026/27", [new BudgetLineRequest(Examples.Account, "2026-10", 52_000m), new BudgetLineRequest(Examples.Account, "2026-11", 54_500m)]);

    /// <summary>The same in the product's words, or the first member that is missing or wrong.</summary>
    public Result<BudgetInput> ToInput()
    {
        if (Lines is null)
        {
            return Problem.Invalid("lines", "lines is missing; it may be empty.");
        }

        var lines = new List<BudgetLineInput>(Lines.Count);
        foreach (var (index, line) in Lines.Index())
        {
            if (line is null)
            {
                return Problem.Invalid($"lines[{index}]", $"lines[{index}] is no line.");
            }

            if (line.AccountId is not { } account)
            {
                return Problem.Invalid($"lines[{index}].accountId", $"lines[{index}].accountId is missing.");
            }

            if (!Domain.Primitives.Month.TryParse(line.Month, out var month))
            {
                return Problem.Invalid($"lines[{index}].month", $"lines[{index}].month must be a month yyyy-MM from 1900-01 to 2199-12.");
            }

            if (line.Amount is not { } amount)
            {
                return Problem.Invalid($"lines[{index}].amount", $"lines[{index}].amount is missing.");
            }

            lines.Add(new BudgetLineInput(account, month, amount));
        }

        var tracking = Tracking ?? [];
        var wrong = tracking.Index().Where(pick => pick.Item is not { CategoryId: not null, OptionId: not null }).Select(pick => (int?)pick.Index).FirstOrDefault();
        return wrong is null
            ? new BudgetInput(Name, lines, [.. tracking.Select(pick => new TrackingPick(pick.CategoryId!.Value, pick.OptionId!.Value))])
            : Problem.Invalid($"tracking[{wrong}]", $"tracking[{wrong}] must name categoryId and optionId.");
    }
}
