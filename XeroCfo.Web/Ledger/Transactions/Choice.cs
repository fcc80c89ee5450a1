namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>Something to pick by name, code or group.</summary>
/// <param name="Value">What is taken.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Code">Its account code, if it has one.</param>
/// <param name="Group">What it belongs to.</param>
/// <param name="Colour">#RRGGBB of its dot.</param>
public sealed record Choice(string Value, string Name, string? Code, string? Group, string? Colour)
{
    /// <summary>How many are offered at once.</summary>
    public const int Shown = 8;

    /// <summary>
    /// Those that match everywhere in name, code or group, in their order; what begins with the text comes first, so that a code or the first letters suffice.
    /// </summary>
    public static IReadOnlyList<Choice> Matching(IReadOnlyList<Choice> all, string text)
    {
        var sought = text.Trim();
        return sought.Length == 0
            ? [.. all.Take(Shown)]
            : [.. all.Select(choice => (choice, rank: choice.Rank(sought))).Where(found => found.rank > 0).OrderByDescending(found => found.rank).Take(Shown).Select(found => found.choice)];
    }

    private int Rank(string sought) =>
        Name.Equals(sought, StringComparison.OrdinalIgnoreCase) || string.Equals(Code, sought, StringComparison.OrdinalIgnoreCase) ? 4
        : Name.StartsWith(sought, StringComparison.OrdinalIgnoreCase) || Code?.StartsWith(sought, StringComparison.OrdinalIgnoreCase) == true ? 3
        : Name.Contains(sought, StringComparison.OrdinalIgnoreCase) ? 2
        : Code?.Contains(sought, StringComparison.OrdinalIgnoreCase) == true || Group?.Contains(sought, StringComparison.OrdinalIgnoreCase) == true ? 1
        : 0;
}
