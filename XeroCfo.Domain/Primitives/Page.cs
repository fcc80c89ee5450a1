namespace XeroCfo.Domain.Primitives;

/// <summary>One page of a list that is read by key, never by offset.</summary>
/// <param name="Items">The rows, at most as many as were asked for.</param>
/// <param name="Next">Opaque place to go on from; null at the end.</param>
/// <param name="Previous">Opaque place to go back from; null at the start, and where going back is not offered.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, string? Previous = null);

/// <summary>Which page of a list: the rows after or before a cursor; without a cursor the first or the last page.</summary>
public readonly record struct PagePlace(string? Cursor, bool Backwards)
{
    public static readonly PagePlace First;

    public static readonly PagePlace Last = new(null, true);

    public static PagePlace After(string? cursor) => new(cursor, false);

    public static PagePlace Before(string cursor) => new(cursor, true);
}

/// <summary>How many rows there are, counted up to a cap so that the answer is quick.</summary>
public sealed record CappedCount(int Count, bool Capped)
{
    /// <summary>Counting stops here.</summary>
    public const int Cap = 10_001;

    /// <summary>Of something that was counted whole, or up to the cap.</summary>
    public static CappedCount Of(int count) => new(Math.Min(count, Cap), count >= Cap);
}

/// <summary>Refusals of lists.</summary>
public static class ListProblems
{
    /// <summary>A cursor that no list of ours gave out for these filters.</summary>
    public static Problem BadCursor { get; } = Problem.Invalid("cursor", "This cursor is not one that this list gave out.", "invalid-cursor");
}

/// <summary>Cuts pages out of lists that are made whole.</summary>
public static class Paging
{
    /// <summary>A page; the cursor names the row beside it, so that a row which comes or goes elsewhere moves nothing.</summary>
    public static Result<Page<T>> Cut<T>(IReadOnlyList<T> rows, PagePlace place, int limit, Func<T, string> cursorOf)
    {
        var start = place.Backwards ? Math.Max(0, rows.Count - limit) : 0;
        if (place.Cursor is { } cursor)
        {
            var at = Enumerable.Range(0, rows.Count).FirstOrDefault(index => cursorOf(rows[index]) == cursor, -1);
            if (at < 0)
            {
                return ListProblems.BadCursor;
            }

            start = place.Backwards ? Math.Max(0, at - limit) : at + 1;
            limit = place.Backwards ? at - start : limit;
        }

        var items = rows.Skip(start).Take(limit).ToList();
        return new Page<T>(
            items,
            start + items.Count < rows.Count && items.Count > 0 ? cursorOf(items[^1]) : null,
            start > 0 && items.Count > 0 ? cursorOf(items[0]) : null);
    }
}
