namespace XeroCfo.Data.Xero.Demo;

/// <summary>The orders a list can be asked for; the id breaks ties, as in Xero.</summary>
internal sealed record FakeOrder(string Field, bool Descending = false)
{
    public static FakeOrder ById { get; } = new("Id");

    public static FakeOrder ByDate { get; } = new("Date");

    public static FakeOrder ByUpdated { get; } = new("UpdatedDateUTC");

    /// <summary>Null when the text names another field.</summary>
    public static FakeOrder? Parse(string? text, FakeEndpoint endpoint)
    {
        var words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
        {
            return ByUpdated;
        }

        var order = words[0].Equals(endpoint.IdField, StringComparison.OrdinalIgnoreCase) ? ById
            : words[0].Equals("Date", StringComparison.OrdinalIgnoreCase) ? ByDate
            : words[0].Equals("UpdatedDateUTC", StringComparison.OrdinalIgnoreCase) ? ByUpdated
            : null;
        return words.Length == 1 || order is null ? order
            : words[1].Equals("DESC", StringComparison.OrdinalIgnoreCase) ? order with { Descending = true }
            : words[1].Equals("ASC", StringComparison.OrdinalIgnoreCase) ? order
            : null;
    }

    public FakeStored[] Sort(IEnumerable<FakeStored> records)
    {
        FakeStored[] sorted = [.. records];
        Array.Sort(sorted, Compare);
        return sorted;
    }

    private int Compare(FakeStored left, FakeStored right)
    {
        var first = Field switch
        {
            "Date" => Nullable.Compare(left.Date, right.Date),
            "UpdatedDateUTC" => left.UpdatedUtc.CompareTo(right.UpdatedUtc),
            _ => 0,
        };
        return first != 0 ? first : string.CompareOrdinal(left.Id, right.Id);
    }
}
