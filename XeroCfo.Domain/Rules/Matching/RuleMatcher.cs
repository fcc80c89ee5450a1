using System.Runtime.CompilerServices;

namespace XeroCfo.Domain.Rules.Matching;

/// <summary>Tells one state of an organisation's rules from another: each change makes the latest one later, a deletion makes them fewer.</summary>
/// <param name="Count">How many rules, the inactive too.</param>
/// <param name="Latest">When one of them was last changed.</param>
public readonly record struct RulesVersion(int Count, DateTime? Latest)
{
    public static RulesVersion Of(IReadOnlyCollection<CategoryRule> rules) => new(rules.Count, rules.Max(rule => (DateTime?)rule.UpdatedAt));
}

/// <summary>
/// All active rules of an organisation as one: which of them decides a document. The answer is that of asking them one after the other, highest priority
/// first, then the earlier, then the lower id; a pass over the texts finds those few that are worth asking. Safe for many threads.
/// </summary>
public sealed class RuleMatcher
{
    /// <summary>The rule that wins first: the higher priority, then the earlier, then the lower id.</summary>
    public static readonly IComparer<CategoryRule> Order = Comparer<CategoryRule>.Create((left, right) =>
        right.Priority != left.Priority ? right.Priority.CompareTo(left.Priority) : left.CreatedAt != right.CreatedAt ? left.CreatedAt.CompareTo(right.CreatedAt) : left.Id.CompareTo(right.Id));

    private readonly Dictionary<string, RulePattern?> _patterns = new(StringComparer.Ordinal);
    private readonly Entry[] _entries;
    private readonly LiteralAutomaton _literals;

    // Places of rules that no literal can tell from others.
    private readonly int[] _always;

    private RuleMatcher(IEnumerable<CategoryRule> all, RuleMatcher? before)
    {
        IReadOnlyList<CategoryRule> rules = [.. all];
        Version = RulesVersion.Of(rules);
        Rules = [.. rules.Where(rule => rule.IsActive).Order(Order)];
        _entries = [.. Rules.Select(rule => new Entry(Pattern(rule.Pattern, before), ConditionTest.Of(rule.Conditions)))];
        var readable = Enumerable.Range(0, _entries.Length).Where(place => _entries[place].Pattern is not null).ToLookup(place => _entries[place].Pattern!.Literal.Length > 0);
        _literals = new LiteralAutomaton([.. readable[true].Select(place => (place, _entries[place].Pattern!.Literal))]);
        _always = [.. readable[false]];
    }

    /// <summary>The active rules, the one that wins first.</summary>
    public IReadOnlyList<CategoryRule> Rules { get; }

    /// <summary>Which state of the organisation's rules it was made of.</summary>
    public RulesVersion Version { get; }

    public bool IsEmpty => Rules.Count == 0;

    public static RuleMatcher Of(IEnumerable<CategoryRule> rules) => new(rules, null);

    /// <summary>The same with other rules: regular expressions that are still wanted are not built again.</summary>
    public RuleMatcher With(IEnumerable<CategoryRule> rules) => new(rules, this);

    /// <summary>The rule that decides the document; null: none does.</summary>
    public CategoryRule? First(RuleSubject subject)
    {
        var best = Search(subject, subject.Description, _entries.Length);
        best = Search(subject, subject.ContactName, best);
        best = Search(subject, subject.Reference, best);
        foreach (var place in _always)
        {
            if (place >= best)
            {
                break;
            }

            if (_entries[place].Matches(subject))
            {
                best = place;
            }
        }

        return best < _entries.Length ? Rules[best] : null;
    }

    /// <summary>Every rule that would take the document, the one that wins first.</summary>
    public IReadOnlyList<CategoryRule> All(RuleSubject subject) =>
        [.. Enumerable.Range(0, _entries.Length).Where(place => _entries[place].Matches(subject)).Select(place => Rules[place])];

    private int Search(RuleSubject subject, string? field, int below)
    {
        if (string.IsNullOrEmpty(field) || below == 0)
        {
            return below;
        }

        var verifier = new Verifier(_entries, subject, field);
        return _literals.First(field, below, ref verifier);
    }

    private RulePattern? Pattern(string text, RuleMatcher? before)
    {
        if (!_patterns.TryGetValue(text, out var pattern))
        {
            pattern = before?._patterns.GetValueOrDefault(text) ?? (RulePattern.Read(text) is { Succeeded: true, Value: var read } ? read : null);
            _patterns[text] = pattern;
        }

        return pattern;
    }

    /// <summary>A rule made ready.</summary>
    internal sealed record Entry(RulePattern? Pattern, Func<RuleSubject, bool>? Conditions)
    {
        public bool Matches(RuleSubject subject) => Pattern is not null && Holds(subject)
            && (Pattern.Matches(subject.Description) || Pattern.Matches(subject.ContactName) || Pattern.Matches(subject.Reference));

        public bool Holds(RuleSubject subject) => Conditions?.Invoke(subject) != false;
    }

    [InlineArray(Size)]
    private struct Recent
    {
        public const int Size = 8;
        private int _first;
    }

    private struct Verifier(Entry[] entries, RuleSubject subject, string field) : ILiteralVerifier
    {
        // What has just been looked for in the whole field need not be looked for at its literal's next place. Kept plus one: 0 is nothing.
        private Recent _refused;
        private int _count;

        public bool Accepts(int rule, int length, int end)
        {
            var entry = entries[rule];
            var pattern = entry.Pattern!;
            if (pattern.Kind is PatternKind.Contains or PatternKind.Exact)
            {
                return pattern.StandsAt(field, end - length) && entry.Holds(subject);
            }

            ReadOnlySpan<int> refused = _refused;
            if (refused.Contains(rule + 1))
            {
                return false;
            }

            if (entry.Holds(subject) && pattern.Matches(field))
            {
                return true;
            }

            _refused[_count++ % Recent.Size] = rule + 1;
            return false;
        }
    }
}
