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
