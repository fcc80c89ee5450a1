using XeroCfo.Domain.Rules.Matching;

namespace XeroCfo.Domain.Rules.Suggestions;

/// <summary>Finds the smallest patterns that choose as people did. Pure.</summary>
internal sealed class RuleFinder
{
    public const decimal LeastAgreement = 0.95m;

    private const int MostGroups = 200, MostWords = 6, ShortestPattern = 3, SampleSize = 5;

    private readonly IReadOnlyList<PastDocument> _history;
    private readonly IReadOnlyList<PastDocument> _waiting;
    private readonly RuleMatcher _rules;

    /// <param name="history">Documents with a category that no rule gave.</param>
    /// <param name="waiting">Documents without one.</param>
    /// <param name="rules">The rules that are there: what they do already is not suggested.</param>
    public RuleFinder(IReadOnlyList<PastDocument> history, IReadOnlyList<PastDocument> waiting, RuleMatcher rules) => (_history, _waiting, _rules) = (history, waiting, rules);

    /// <summary>The best supported first.</summary>
    public IReadOnlyList<RuleSuggestion> Find()
    {
        var found = new List<RuleSuggestion>();
        var groups = _history.Where(document => document.IsBankLine).GroupBy(Likeness.Of).Where(group => group.Key is not null).Select(group => group.ToList())
            .Where(group => group.Count >= PastChoices.LeastSupport).OrderByDescending(group => group.Count).Take(MostGroups);
        foreach (var group in groups)
        {
            var most = group.GroupBy(document => document.Category!).MaxBy(category => category.Count())!;
            var text = group.Select(Likeness.TextOf).OfType<string>().GroupBy(one => one.Trim()).MaxBy(one => one.Count())?.Key;
            if (text is null || most.Count() < LeastAgreement * group.Count || IsDone(group[0], most.Key, found))
            {
                continue;
            }

            var suggestion = Candidates(text).Select(pattern => Try(pattern, most.Key, group)).FirstOrDefault(suggestion => suggestion is not null);

            // What people write themselves comes with its account; a rule is for what the bank writes, or for what waits.
            if (suggestion is not null && (Likeness.IsWrittenByBank(text) || suggestion.Waiting > 0))
            {
                found.Add(suggestion);
            }
        }

        return [.. found.OrderByDescending(suggestion => suggestion.Support).ThenBy(suggestion => suggestion.Pattern, StringComparer.Ordinal)];
    }

    private bool IsDone(PastDocument document, string category, List<RuleSuggestion> found) =>
        _rules.First(Subject(document))?.Category == category
        || found.Exists(suggestion => suggestion.Category == category && Matches(RulePattern.Read(suggestion.Pattern).Value, document));

    // From the front, one word more each time: that is how people read a bank's line. Then any run of words; numbers only where
    // nothing else tells.
    private static IEnumerable<string> Candidates(string text)
    {
        var words = Likeness.Split(text);
        var count = Math.Min(words.Length, MostWords);
        var runs = Enumerable.Range(1, count).Select(length => (Start: 0, Length: length))
            .Concat(Enumerable.Range(1, count).SelectMany(length => Enumerable.Range(1, Math.Max(0, words.Length - length)).Select(start => (Start: start, Length: length))));
        foreach (var (start, length) in runs.OrderBy(run => words[run.Start..(run.Start + run.Length)].Any(word => word.Any(char.IsDigit))))
        {
            var run = words[start..(start + length)];
            var plain = string.Join(' ', run);
            if (plain.Length >= ShortestPattern && plain.Any(char.IsLetter) && text.Contains(plain, StringComparison.Ordinal))
            {
                yield return ProposedPattern.Escape(plain);
            }
        }
    }

    private RuleSuggestion? Try(string pattern, string category, List<PastDocument> group)
    {
        if (RulePattern.Read(pattern) is not { Succeeded: true, Value: { Kind: PatternKind.Contains } read })
        {
            return null;
        }

        var matched = _history.Where(document => Matches(read, document)).ToList();
        var agreeing = matched.FindAll(document => document.Category == category);
        if (agreeing.Count < PastChoices.LeastSupport || agreeing.Count < LeastAgreement * matched.Count || group.Count(document => Matches(read, document)) < LeastAgreement * group.Count)
        {
            return null;
        }

        var code = agreeing.GroupBy(document => document.AccountCode).MaxBy(codes => codes.Count())!;
        return new RuleSuggestion(
            pattern, category, code.Count() >= LeastAgreement * agreeing.Count ? code.Key : null, matched.Count, agreeing.Count, _waiting.Count(document => Matches(read, document)),
            [.. matched.OrderByDescending(document => document.Date).ThenByDescending(document => document.Id).Take(SampleSize).Select(document => document.Id)]);
    }

    private static bool Matches(RulePattern pattern, PastDocument document) => pattern.Matches(document.Reference) || pattern.Matches(document.Description) || pattern.Matches(document.ContactName);

    private static RuleSubject Subject(PastDocument document) => new(document.Description, document.ContactName, document.Reference) { Direction = document.Direction, AccountCode = document.AccountCode, Date = document.Date };
}
