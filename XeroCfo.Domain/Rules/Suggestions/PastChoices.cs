namespace XeroCfo.Domain.Rules.Suggestions;

/// <summary>What documents like another one were about. Pure.</summary>
internal sealed class PastChoices
{
    /// <summary>Fewer alike, or less agreement among them, is no evidence.</summary>
    public const int LeastSupport = 5;

    public const decimal LeastAgreement = 0.8m;

    private readonly Dictionary<string, Dictionary<string, int>> _counts = [];

    public PastChoices(IEnumerable<PastDocument> history)
    {
        foreach (var document in history)
        {
            if (document.Category is { } category && Likeness.Of(document) is { } likeness)
            {
                var counts = _counts.TryGetValue(likeness, out var known) ? known : _counts[likeness] = [];
                counts[category] = counts.GetValueOrDefault(category) + 1;
            }
        }
    }

    /// <summary>Null when history does not say.</summary>
    public TransactionSuggestion? Suggest(PastDocument document)
    {
        if (Likeness.Of(document) is not { } likeness || !_counts.TryGetValue(likeness, out var counts))
        {
            return null;
        }

        var (support, most) = (counts.Values.Sum(), counts.MaxBy(count => count.Value));
        return support >= LeastSupport && most.Value >= LeastAgreement * support
            ? new TransactionSuggestion(document.Id, most.Key, support, most.Value, likeness[(likeness.IndexOf(' ') + 1)..])
            : null;
    }

    /// <summary>How good the suggestions for the newest fifth would have been.</summary>
    public static HoldOut Try(IReadOnlyList<PastDocument> history)
    {
        var ordered = history.Where(document => document.Category is not null).OrderBy(document => document.Date).ThenBy(document => document.Id).ToList();
        var learnt = ordered.Count * 4 / 5;
        var choices = new PastChoices(ordered.Take(learnt));
        var tried = ordered.Skip(learnt).Select(document => (document.Category, Suggested: choices.Suggest(document)?.Category)).ToList();
        return new HoldOut(tried.Count, tried.Count(one => one.Suggested is not null), tried.Count(one => one.Suggested == one.Category));
    }
}
