using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Rules;

/// <summary>What is odd about a rule.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Matches">Documents that it matches, of those looked at.</param>
/// <param name="NeverWins">It matches some, and another rule takes each of them; that one.</param>
/// <param name="Fights">The rule with another category that takes most of what this one matches; null: none takes any.</param>
/// <param name="Fought">How many that one takes.</param>
/// <param name="IsBroad">It matches more than 30 % of all documents.</param>
/// <param name="IsIdle">It is older than 90 days, and no document of these days has its category.</param>
public sealed record RuleWarning(Guid RuleId, int Matches, CategoryRule? NeverWins, CategoryRule? Fights, int Fought, bool IsBroad, bool IsIdle)
{
    public bool Any => NeverWins is not null || Fights is not null || IsBroad || IsIdle;
}

/// <summary>Looks for rules that do not do what somebody made them for.</summary>
public sealed class RuleHealthService(IRulePreviewReader reader, IRuleRepository rules, TimeProvider clock)
{
    /// <summary>Documents times rules: more would keep the page waiting, so with many rules only the newest documents are looked at.</summary>
    private const int MostQuestions = 4_000_000, MostDocuments = 20_000;

    private const decimal Broad = 0.3m;

    /// <summary>By rule; those that nothing is odd about are not there.</summary>
    public async Task<Result<IReadOnlyDictionary<Guid, RuleWarning>>> LookAsync(Caller caller, TenantId tenant, IReadOnlyList<RuleView> views, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RulesRead, tenant) is { } refused)
        {
            return refused;
        }

        var matcher = RuleMatcher.Of(await rules.AllAsync(tenant, ct));
        var counts = matcher.Rules.ToDictionary(rule => rule.Id, _ => new Count());
        var looked = 0;
        if (!matcher.IsEmpty)
        {
            void Visit(PreviewRow row)
            {
                looked++;
                var matching = matcher.All(row.Subject);
                for (var i = 0; i < matching.Count; i++)
                {
                    counts[matching[i].Id].Add(matching[0], matching[i]);
                }
            }

            await reader.VisitNewestAsync(tenant, Math.Min(MostDocuments, MostQuestions / matcher.Rules.Count), PayrollRules.AreHiddenFrom(caller), Visit, ct);
        }

        var old = clock.UtcNow().AddDays(-90);
        return Result<IReadOnlyDictionary<Guid, RuleWarning>>.Of(views
            .Select(view => (counts.GetValueOrDefault(view.Rule.Id) ?? new Count()).Warning(view, looked, view.Rule.IsActive && view.Hits90Days == 0 && view.Rule.CreatedAt < old))
            .Where(warning => warning.Any).ToDictionary(warning => warning.RuleId));
    }

    private sealed class Count
    {
        private readonly Dictionary<CategoryRule, int> _losses = [];
        private int _matches;
        private int _wins;

        public void Add(CategoryRule winner, CategoryRule self)
        {
            _matches++;
            if (winner == self)
            {
                _wins++;
            }
            else
            {
                _losses[winner] = _losses.GetValueOrDefault(winner) + 1;
            }
        }

        public RuleWarning Warning(RuleView view, int looked, bool isIdle)
        {
            var fights = _losses.Where(loss => loss.Key.Category != view.Rule.Category).OrderByDescending(loss => loss.Value).FirstOrDefault();
            return new RuleWarning(
                view.Rule.Id, _matches, _matches > 0 && _wins == 0 ? _losses.MaxBy(loss => loss.Value).Key : null, fights.Key, fights.Value, _matches > Broad * looked, isIdle);
        }
    }
}
