namespace XeroCfo.Domain.Ledger;

/// <summary>The word of a check.</summary>
public enum CheckStatus
{
    Pass,
    Fail,
    Unknown,
}

/// <summary>
/// One account of a trial balance. Base currency, debit +. Income and expense since the financial year's start;
/// on the retained-earnings row each column also carries earlier years' income and expense of its own kind.
/// </summary>
public sealed record TrialBalanceRow
{
    public required Guid AccountId { get; init; }

    public string? Code { get; init; }

    public required string Name { get; init; }

    public required string Type { get; init; }

    public required string Class { get; init; }

    public decimal Opening { get; init; }

    public decimal Documents { get; init; }

    public decimal ExpectedXeroOnly { get; init; }

    public decimal Unexplained { get; init; }

    /// <summary>The four before it.</summary>
    public decimal Balance => Opening + Documents + ExpectedXeroOnly + Unexplained;

    /// <summary>Null where Xero was not read at that day.</summary>
    public decimal? XeroBalance { get; init; }

    /// <summary>Xero − ours.</summary>
    public decimal? Difference => XeroBalance - Balance;

    /// <summary>Nothing to show: no amount in any column.</summary>
    public bool IsEmpty => Opening == 0 && Documents == 0 && ExpectedXeroOnly == 0 && Unexplained == 0 && XeroBalance is null or 0;
}

/// <summary>The sum of each column; opening, documents and balance are 0 each, and so are the two Xero-only columns together.</summary>
public sealed record TrialBalanceTotals(
    decimal Opening, decimal Documents, decimal ExpectedXeroOnly, decimal Unexplained, decimal Balance, decimal? XeroBalance, decimal? Difference);

/// <summary>All balances at the end of a day, with the two checks that no balancing line can turn green by itself.</summary>
public sealed record TrialBalance
{
    public required DateOnly Date { get; init; }

    public required IReadOnlyList<TrialBalanceRow> Rows { get; init; }

    public required TrialBalanceTotals Totals { get; init; }

    /// <summary>Every account equals Xero's; unknown where Xero was not read at that day.</summary>
    public required CheckStatus TiesToXero { get; init; }

    /// <summary>No account has an unexplained part at that day.</summary>
    public required CheckStatus StandsOnDocuments { get; init; }

    /// <summary>Xero was read at that day, nothing is on the move, and every account agrees: no change came in between the readings.</summary>
    public required bool Settled { get; init; }

    public DateTime? XeroReadAt { get; init; }

    public required bool SyncInProgress { get; init; }
}
