namespace XeroCfo.Data.Xero.Demo;

/// <summary>A line of a fake document. <paramref name="Amount"/> is LineAmount as Xero shows it: without tax on exclusive documents, with
/// tax on inclusive ones; in a manual journal debit +.</summary>
/// <param name="Account">The account's key, see <see cref="FakeBooks.Account"/>.</param>
/// <param name="TaxType">Xero's code; null takes NONE.</param>
public sealed record FakeLine(string Account, decimal Amount, string? TaxType = null)
{
    public string Description { get; init; } = "";

    /// <summary>Null computes it from the tax type, rounded half up.</summary>
    public decimal? Tax { get; init; }

    public decimal Quantity { get; init; } = 1m;

    /// <summary>Null: <see cref="Amount"/> / <see cref="Quantity"/>.</summary>
    public decimal? UnitAmount { get; init; }

    /// <summary>Per cent already taken off <see cref="Amount"/>; on the wire the unit price is the one before.</summary>
    public decimal? DiscountRate { get; init; }

    /// <summary>An amount already taken off <see cref="Amount"/>, in place of a rate.</summary>
    public decimal? DiscountAmount { get; init; }

    /// <summary>Category and option names; both must be known to the books.</summary>
    public IReadOnlyList<(string Category, string Option)> Tracking { get; init; } = [];
}
