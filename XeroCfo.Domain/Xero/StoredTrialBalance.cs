namespace XeroCfo.Domain.Xero;

/// <summary>Xero's balances at a day as read. Debit +; income and expense since the start of the financial year.</summary>
public sealed record StoredTrialBalance(DateOnly Date, DateTime ReadAt, IReadOnlyDictionary<Guid, decimal> Balances)
{
    /// <summary>Not read at <see cref="ReadAt"/> but computed from what was, and proved by readings around it.</summary>
    public bool Inferred { get; init; }
}
