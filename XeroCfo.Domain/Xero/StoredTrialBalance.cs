namespace XeroCfo.Domain.Xero;

/// <summary>Xero's balances at a day as read. Debit +; income and expense since the start of the financial year.</summary>
public sealed record StoredTrialBalance(DateOnly Date, DateTime ReadAt, IReadOnlyDictionary<Guid, decimal> Balances)
{
    /// <summary>Not read at <see cref="ReadAt"/> but computed from what was, and proved by readings around it.</summary>
    public bool Inferred { get; init; }
}

/// <summary>A statement as Xero itself reports it. Display signs, as on Xero's page.</summary>
/// <param name="ReadAt">UTC.</param>
/// <param name="Accounts">By account, summed where it stands on several rows.</param>
/// <param name="CurrentYearEarnings">The row of a balance sheet that belongs to no account; null on other statements.</param>
public sealed record XeroStatement(DateTime ReadAt, IReadOnlyDictionary<Guid, decimal> Accounts, decimal? CurrentYearEarnings);
