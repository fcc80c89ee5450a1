using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Budgets;

/// <summary>The organisation's budgets: Xero's to look at, own ones to change.</summary>
public sealed class BudgetService(IBudgetRepository budgets, ILedgerReader ledger)
{
    /// <summary>How many lines one budget may have, and how many a page of the list holds at most.</summary>
    public const int MostLines = 10_000, MostLinesOfPage = 20_000;

    /// <summary>Budgets with their lines, in the order in which they came.</summary>
    public async Task<Result<Page<BudgetView>>> ListAsync(Caller caller, TenantId tenant, string? source, string? cursor, int limit, CancellationToken ct) =>
        caller.Lacks(Permissions.BudgetsRead, tenant) is { } refused ? refused : await budgets.ListAsync(tenant, source, cursor, limit, MostLinesOfPage, ct);

    /// <summary>All of them without their lines: Xero's overall one first, then those changed last.</summary>
    public async Task<Result<IReadOnlyList<BudgetHead>>> HeadsAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.BudgetsRead, tenant) is { } refused ? refused : Result<IReadOnlyList<BudgetHead>>.Of(await budgets.HeadsAsync(tenant, ct));

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    public async Task<Result<CappedCount>> CountAsync(Caller caller, TenantId tenant, string? source, CancellationToken ct) =>
        caller.Lacks(Permissions.BudgetsRead, tenant) is { } refused ? refused : await budgets.CountAsync(tenant, source, ct);

    public async Task<Result<BudgetView>> GetAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.BudgetsRead, tenant) is { } refused)
        {
            return refused;
        }

        return await budgets.FindAsync(tenant, id, ct) is { } found ? found : BudgetProblems.Unknown;
    }

    public async Task<Result<BudgetView>> CreateAsync(Caller caller, TenantId tenant, BudgetInput input, CancellationToken ct) =>
        (caller.Lacks(Permissions.BudgetsWrite, tenant) ?? BudgetRules.Check(input)) is { } refused ? refused : await budgets.CreateAsync(caller, tenant, Tidy(input), ct);

    /// <summary>Replaces name, tracking and all lines.</summary>
    public async Task<Result<BudgetView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, BudgetInput input, CancellationToken ct) =>
        (caller.Lacks(Permissions.BudgetsWrite, tenant) ?? BudgetRules.Check(input)) is { } refused ? refused : await budgets.UpdateAsync(caller, tenant, id, version, Tidy(input), ct);

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct) =>
        caller.Lacks(Permissions.BudgetsWrite, tenant) is { } refused ? refused : await budgets.DeleteAsync(caller, tenant, id, version, ct);

    /// <summary>What a table says, row by row; nothing is kept.</summary>
    public async Task<Result<TableReading>> ReadTableAsync(Caller caller, TenantId tenant, IReadOnlyList<IReadOnlyList<string>> cells, CancellationToken ct) =>
        caller.Lacks(Permissions.BudgetsWrite, tenant) is { } refused ? refused : BudgetTable.Read(cells, await ledger.AccountsAsync(tenant, ct));

    /// <summary>The accounts that a budget may name, by section and code.</summary>
    public async Task<Result<IReadOnlyList<Account>>> AccountsAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.BudgetsRead, tenant) is { } refused ? refused : Result<IReadOnlyList<Account>>.Of(await ledger.AccountsAsync(tenant, ct));

    private static BudgetInput Tidy(BudgetInput input) => input with { Name = input.Name!.Trim() };
}

/// <summary>What a budget must be by itself. Pure.</summary>
public static class BudgetRules
{
    /// <summary>The first thing that is wrong, with its place: <c>lines[3].amount</c>.</summary>
    public static Problem? Check(BudgetInput input) =>
        CheckName(input.Name)
        ?? (input.Lines.Count > BudgetService.MostLines ? Problem.Invalid("lines", $"lines must be at most {BudgetService.MostLines}.") : null)
        ?? CheckLines(input.Lines)
        ?? CheckTracking(input.Tracking);

    /// <summary>What is wrong with a budget's name.</summary>
    public static Problem? CheckName(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.Trim().Length > Budget.NameLimit || name.Any(char.IsControl) || TextRules.Askable(name) != name
            ? Problem.Invalid("name", $"name must be 1 to {Budget.NameLimit} characters.")
            : null;

    private static Problem? CheckLines(IReadOnlyList<BudgetLineInput> lines)
    {
        var seen = new Dictionary<(Guid, Month), int>(lines.Count);
        for (var index = 0; index < lines.Count; index++)
        {
            var line = lines[index];
            if (!AccountingDays.Contain(line.Month.Start))
            {
                return Problem.Invalid($"lines[{index}].month", $"lines[{index}].month must be a month yyyy-MM from 1900-01 to 2199-12.");
            }

            if (!Fits(line.Amount))
            {
                return BudgetProblems.TooLarge($"lines[{index}].amount");
            }

            if (!seen.TryAdd((line.AccountId, line.Month), index))
            {
                return Problem.Invalid($"lines[{index}]", $"lines[{index}] plans the same account and month as lines[{seen[(line.AccountId, line.Month)]}].", "duplicate-line");
            }
        }

        return null;
    }

    private static Problem? CheckTracking(IReadOnlyList<TrackingPick> tracking) =>
        tracking.Count > 2 ? Problem.Invalid("tracking", "tracking must be at most two options.")
        : tracking.Select(pick => pick.CategoryId).Distinct().Count() != tracking.Count ? Problem.Invalid("tracking", "tracking must name each category once.")
        : null;

    /// <summary>True when an amount can be kept as it is.</summary>
    public static bool Fits(decimal amount) => MoneyRules.Fits(amount) && decimal.Round(amount, 4) == amount;
}
