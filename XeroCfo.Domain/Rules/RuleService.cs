using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Rules;

/// <summary>A rule as somebody wants it.</summary>
public sealed record RuleInput(string? Pattern, string? Category, string? AccountCode, int Priority = 0, bool IsActive = true, RuleCondition? Conditions = null);

/// <summary>A rule with what it did.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Hits90Days">Documents of the last 90 days whose category is its.</param>
/// <param name="Amount90Days">What these add up to, without signs, in the organisation's currency.</param>
/// <param name="LastHitAt">When a run last gave a document its category; for who may not see payroll, the last change of a document that they see it on.</param>
public sealed record RuleView(CategoryRule Rule, int Hits90Days, decimal Amount90Days, DateTime? LastHitAt);

/// <summary>What is to change of many rules at once; null: nothing.</summary>
public sealed record RuleBulkChange(bool? IsActive, string? Category, bool Delete = false);

/// <summary>Where rules are kept.</summary>
public interface IRuleRepository
{
    /// <summary>In the order in which they win; with <paramref name="hidePayroll"/> what they did counts no document of payroll.</summary>
    Task<Result<Page<RuleView>>> ListAsync(TenantId tenant, string? cursor, int limit, bool hidePayroll, CancellationToken ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct);

    Task<RuleView?> FindAsync(TenantId tenant, Guid id, bool hidePayroll, CancellationToken ct);

    /// <summary>All rules, in no order.</summary>
    Task<IReadOnlyList<CategoryRule>> AllAsync(TenantId tenant, CancellationToken ct);

    /// <summary>Makes it; a category that does not exist comes with it.</summary>
    Task<Result<RuleView>> CreateAsync(Caller caller, TenantId tenant, RuleInput input, CancellationToken ct);

    Task<Result<RuleView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, RuleInput input, CancellationToken ct);

    /// <summary>Documents that it decided keep their category.</summary>
    Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct);

    /// <summary>Gives priorities so that these rules win in this order; all rules of the organisation must be named.</summary>
    Task<Result<Done>> ReorderAsync(Caller caller, TenantId tenant, IReadOnlyList<Guid> ids, CancellationToken ct);

    Task<Result<int>> ChangeManyAsync(Caller caller, TenantId tenant, IReadOnlyList<Guid> ids, RuleBulkChange change, CancellationToken ct);

    /// <summary>Makes all of them or none; what is there already word for word is left alone.</summary>
    Task<Result<RulesImported>> ImportAsync(Caller caller, TenantId tenant, IReadOnlyList<RuleInput> rules, CancellationToken ct);
}

/// <summary>What became of an import.</summary>
/// <param name="Created">New rules.</param>
/// <param name="Unchanged">Rules that were there already.</param>
public sealed record RulesImported(int Created, int Unchanged);

/// <summary>The organisation's rules.</summary>
public sealed class RuleService(IRuleRepository rules)
{
    /// <summary>How many rules one change or import may hold.</summary>
    public const int MostAtOnce = 5_000;

    public async Task<Result<Page<RuleView>>> ListAsync(Caller caller, TenantId tenant, string? cursor, int limit, CancellationToken ct) =>
        caller.Lacks(Permissions.RulesRead, tenant) is { } refused ? refused : await rules.ListAsync(tenant, cursor, limit, PayrollRules.AreHiddenFrom(caller), ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    public async Task<Result<CappedCount>> CountAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.RulesRead, tenant) is { } refused ? refused : await rules.CountAsync(tenant, ct);

    public async Task<Result<RuleView>> GetAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RulesRead, tenant) is { } refused)
        {
            return refused;
        }

        return await rules.FindAsync(tenant, id, PayrollRules.AreHiddenFrom(caller), ct) is { } found ? found : RuleProblems.Unknown;
    }

    public async Task<Result<RuleView>> CreateAsync(Caller caller, TenantId tenant, RuleInput input, CancellationToken ct) =>
        (caller.Lacks(Permissions.RulesWrite, tenant) ?? Check(input)) is { } refused ? refused : await rules.CreateAsync(caller, tenant, Tidy(input), ct);

    public async Task<Result<RuleView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, RuleInput input, CancellationToken ct) =>
        (caller.Lacks(Permissions.RulesWrite, tenant) ?? Check(input)) is { } refused ? refused : await rules.UpdateAsync(caller, tenant, id, version, Tidy(input), ct);

    /// <summary>Deletes a rule; what it decided stays decided.</summary>
    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct) =>
        caller.Lacks(Permissions.RulesWrite, tenant) is { } refused ? refused : await rules.DeleteAsync(caller, tenant, id, version, ct);

    /// <summary>Lets the rules win in this order.</summary>
    public async Task<Result<Done>> ReorderAsync(Caller caller, TenantId tenant, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        (caller.Lacks(Permissions.RulesWrite, tenant) ?? CheckIds(ids)) is { } refused ? refused : await rules.ReorderAsync(caller, tenant, ids, ct);

    /// <summary>Changes or deletes many rules; the answer is how many.</summary>
    public async Task<Result<int>> ChangeManyAsync(Caller caller, TenantId tenant, IReadOnlyList<Guid> ids, RuleBulkChange change, CancellationToken ct) =>
        (caller.Lacks(Permissions.RulesWrite, tenant) ?? CheckIds(ids) ?? (change.Category is { } name ? CategoryService.CheckName(name, "category") : null)) is { } refused
            ? refused
            : await rules.ChangeManyAsync(caller, tenant, ids, change, ct);

    /// <summary>Makes all rules of a file, or none when one is wrong: <see cref="CheckImport"/> says which and why.</summary>
    public async Task<Result<RulesImported>> ImportAsync(Caller caller, TenantId tenant, IReadOnlyList<RuleInput> input, CancellationToken ct) =>
        (caller.Lacks(Permissions.RulesWrite, tenant) ?? CheckImport(input).Select(wrong => wrong.Problem).FirstOrDefault()) is { } refused
            ? refused
            : await rules.ImportAsync(caller, tenant, [.. input.Select(Tidy)], ct);

    /// <summary>What is wrong with the rules of a file, by their place from 0.</summary>
    public static IReadOnlyList<(int Row, Problem Problem)> CheckImport(IReadOnlyList<RuleInput> input)
    {
        if (input.Count is 0 or > MostAtOnce)
        {
            return [(0, Problem.Invalid("rules", $"rules must list 1 to {MostAtOnce} rules."))];
        }

        var (wrong, seen) = (new List<(int, Problem)>(), new Dictionary<RuleText, int>());
        for (var row = 0; row < input.Count; row++)
        {
            var problem = input[row] is null ? Problem.Invalid("", "This is no rule.") : Check(input[row]);
            if (problem is null && !seen.TryAdd(RuleText.Of(Tidy(input[row])), row))
            {
                problem = Problem.Invalid("pattern", $"This is rule {seen[RuleText.Of(Tidy(input[row]))] + 1} of the file once more.", "duplicate-rule");
            }

            if (problem is not null)
            {
                wrong.Add((row, problem with { Field = $"rules[{row}]" + (problem.Field is { Length: > 0 } field ? "." + field : "") }));
            }
        }

        return wrong;
    }

    /// <summary>What is wrong with a rule by itself.</summary>
    public static Problem? Check(RuleInput input) =>
        RulePattern.Check(input.Pattern).Problem
        ?? CategoryService.CheckName(input.Category, "category")
        ?? CategoryService.CheckCode(input.AccountCode, "accountCode")
        ?? ConditionRules.Check(input.Conditions);

    private static RuleInput Tidy(RuleInput input) => input with { Pattern = input.Pattern!.Trim(), Category = input.Category!.Trim() };

    private static Problem? CheckIds(IReadOnlyList<Guid> ids) =>
        ids.Count is 0 or > MostAtOnce ? Problem.Invalid("ids", $"ids must name 1 to {MostAtOnce} rules.")
        : ids.Distinct().Count() != ids.Count ? Problem.Invalid("ids", "ids must name each rule once.")
        : null;
}

/// <summary>What two rules are the same by.</summary>
public sealed record RuleText(string Pattern, string Category, string? AccountCode, string Conditions)
{
    public static RuleText Of(RuleInput input) => Of(input.Pattern!, input.Category!, input.AccountCode, input.Conditions);

    public static RuleText Of(CategoryRule rule) => Of(rule.Pattern, rule.Category, rule.AccountCode, rule.Conditions);

    private static RuleText Of(string pattern, string category, string? code, RuleCondition? conditions) =>
        new(pattern, Rules.Category.Normalize(category), code, conditions is null ? "" : System.Text.Json.JsonSerializer.Serialize(conditions, System.Text.Json.JsonSerializerOptions.Web));
}

/// <summary>What rules refuse.</summary>
public static class RuleProblems
{
    public static Problem Unknown { get; } = Problem.NotFound("rule-not-found", "There is no such rule in this organisation.");

    public static Problem OrderChanged { get; } = new("rule-order-stale", "Somebody made or deleted a rule meanwhile. Look at the list again, then order it.", ProblemKind.Conflict, "ids");
}
