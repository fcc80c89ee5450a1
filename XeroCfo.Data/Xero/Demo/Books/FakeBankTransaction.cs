namespace XeroCfo.Data.Xero.Demo;

/// <summary>Spent or received money to be written. Only AUTHORISED ones reach the journal.</summary>
/// <param name="Bank">The bank account's key.</param>
public sealed record FakeBankTransaction(string Bank, string Contact, DateOnly Date, params IReadOnlyList<FakeLine> Lines)
{
    public string Reference { get; init; } = "";

    /// <summary>Exclusive, Inclusive or NoTax.</summary>
    public string LineAmountTypes { get; init; } = "Inclusive";

    public string Status { get; init; } = "AUTHORISED";

    /// <summary>Units of the bank account's currency for one unit of the base currency: base = foreign / rate.</summary>
    public decimal CurrencyRate { get; init; } = 1m;

    public bool IsReconciled { get; init; } = true;

    /// <summary>What the id is made from; null: the books count.</summary>
    public string? Key { get; init; }
}
