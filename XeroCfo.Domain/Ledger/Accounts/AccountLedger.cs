using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger.Accounts;

/// <summary>Which lines of an account; null lets all through.</summary>
public sealed record AccountLedgerFilter
{
    public DateOnly? From { get; init; }

    /// <summary>Null: the organisation's today.</summary>
    public DateOnly? To { get; init; }

    /// <summary>One of <see cref="LineSources"/>.</summary>
    public string? Source { get; init; }

    /// <summary>Of documents the name of a <see cref="DocumentKind"/>, of what only Xero knows one of <see cref="DifferenceKinds"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>Only some of the lines: their sum is no balance.</summary>
    public bool IsPartial => Source is not null || Kind is not null;
}

/// <summary>What a row of an account's ledger is.</summary>
public enum LedgerRowKind
{
    Line,

    /// <summary>The turn of the financial year: profit goes to retained earnings. Xero posts no line for it.</summary>
    YearEnd,

    /// <summary>All of a month in one amount, for those who may not see payroll.</summary>
    Month,
}

/// <summary>A row with the balance after it. Base currency, debit +.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Day">Its day; of a month its last one within the range.</param>
/// <param name="Amount">What it moves.</param>
/// <param name="Running">The balance after it; of a partial list the sum of its lines so far.</param>
/// <param name="View">The line, where it is one.</param>
public sealed record LedgerRow(LedgerRowKind Kind, DateOnly Day, decimal Amount, decimal Running, LedgerLineView? View);

/// <summary>A page of an account's ledger between two days.</summary>
public sealed record AccountLedger
{
    public required Account Account { get; init; }

    /// <summary>Null: since the books began.</summary>
    public required DateOnly? From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>The balance before the first day; income and expense since their financial year began.</summary>
    public required decimal Opening { get; init; }

    /// <summary>The balance at the end of the last day, as in the trial balance; of a partial list the sum of its lines.</summary>
    public required decimal Closing { get; init; }

    public required IReadOnlyList<LedgerRow> Rows { get; init; }

    public required string? Next { get; init; }

    public required string? Previous { get; init; }

    /// <summary>Months in place of lines: the account is of payroll, which the caller may not see.</summary>
    public required bool HidesPayroll { get; init; }

    public required bool IsPartial { get; init; }

    public required bool SyncInProgress { get; init; }
}

/// <summary>A line's place in the order of a ledger.</summary>
public readonly record struct LinePlace(DateOnly Day, long Id);

/// <summary>Sums of an account's lines without reading them.</summary>
public interface IAccountLedgerReader
{
    /// <summary>The sum of the lines before <paramref name="place"/>, null: of all, and the day of the last of them; the filter names one account.</summary>
    Task<(decimal Sum, DateOnly? LastDay)> BeforeAsync(TenantId tenant, LedgerLineFilter filter, LinePlace? place, CancellationToken ct);

    /// <summary>The sum of the lines of each day.</summary>
    Task<IReadOnlyList<(DateOnly Day, decimal Sum)>> DaysAsync(TenantId tenant, LedgerLineFilter filter, CancellationToken ct);
}
