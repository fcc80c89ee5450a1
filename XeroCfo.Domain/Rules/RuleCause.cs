using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Rules;

/// <summary>The rules that want a document.</summary>
/// <param name="Gave">The rule that gave it its category; null: none did, or it was deleted since.</param>
/// <param name="Matching">The active rules that match it now, the one that wins first.</param>
public sealed record RuleCause(CategoryRule? Gave, IReadOnlyList<CategoryRule> Matching);

/// <summary>Looking at why a document has its category: which rule won, and which lost.</summary>
public sealed class RuleCauseService(IRulePreviewReader reader, IRuleRepository rules)
{
    /// <summary>Without rules where the document is one of payroll's and the caller may not see those.</summary>
    public async Task<Result<RuleCause>> LookAsync(Caller caller, TenantId tenant, Guid transaction, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.RulesRead, tenant) ?? caller.Lacks(Permissions.TransactionsRead, tenant)) is { } refused)
        {
            return refused;
        }

        if (await reader.FindRowAsync(tenant, transaction, PayrollRules.AreHiddenFrom(caller), ct) is not { } row)
        {
            return new RuleCause(null, []);
        }

        var all = await rules.AllAsync(tenant, ct);
        return new RuleCause(all.FirstOrDefault(rule => rule.Id == row.State.RuleId), RuleMatcher.Of(all).All(row.Subject));
    }
}
