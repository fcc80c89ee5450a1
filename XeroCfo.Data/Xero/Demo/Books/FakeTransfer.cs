namespace XeroCfo.Data.Xero.Demo;

/// <summary>Money to be moved between two bank accounts.</summary>
/// <param name="Amount">In the from-account's currency.</param>
public sealed record FakeTransfer(DateOnly Date, string From, string To, decimal Amount)
{
    /// <summary>In the to-account's currency; null: as much as was sent.</summary>
    public decimal? Received { get; init; }

    /// <summary>Units of the from-account's currency for one of base.</summary>
    public decimal FromRate { get; init; } = 1m;

    /// <summary>Units of the to-account's currency for one of base.</summary>
    public decimal ToRate { get; init; } = 1m;

    public string Reference { get; init; } = "";

    public IReadOnlyList<(string Category, string Option)> FromTracking { get; init; } = [];

    public IReadOnlyList<(string Category, string Option)> ToTracking { get; init; } = [];

    /// <summary>What the id is made from; null: the books count.</summary>
    public string? Key { get; init; }
}
