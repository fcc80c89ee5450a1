namespace XeroCfo.Data.Xero.Demo;

/// <summary>A manual journal to be written; amounts debit +. Only POSTED ones reach the journal.</summary>
public sealed record FakeManualJournal(DateOnly Date, string Narration, params IReadOnlyList<FakeLine> Lines)
{
    /// <summary>NoTax, Exclusive or Inclusive; tax goes to GST on the line's own side.</summary>
    public string LineAmountTypes { get; init; } = "NoTax";

    public string Status { get; init; } = "POSTED";

    /// <summary>What the id is made from; null: the books count.</summary>
    public string? Key { get; init; }
}
