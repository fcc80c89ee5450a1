namespace XeroCfo.Domain.Xero;

/// <summary>Xero's balances at a day as read. Debit +; income and expense since the start of the financial year.</summary>
public sealed record StoredTrialBalance(DateOnly Date, DateTime ReadAt, IReadOnlyDictionary<Guid, decimal> Balances);
