using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger;

/// <summary>How sure the kind of a difference is.</summary>
public enum DifferenceState
{
    /// <summary>No kind: it proves nothing.</summary>
    Unexplained,

    /// <summary>Guessed; counts as expected, but nobody has said so.</summary>
    Suggested,

    /// <summary>A person said so, while the amount is what it was.</summary>
    Confirmed,
}

/// <summary>A part of an account's balance that comes from Xero's trial balance alone. Base currency, debit +.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Date">The month end (or year end inside a month) that it stands under.</param>
/// <param name="Kind">One of <see cref="DifferenceKinds"/>.</param>
/// <param name="State">How sure that is.</param>
/// <param name="Amount">Its size.</param>
/// <param name="IsProvisional">Of the month in progress: nothing to confirm yet.</param>
public sealed record XeroOnlyPart(Guid AccountId, DateOnly Date, string Kind, DifferenceState State, decimal Amount, bool IsProvisional)
{
    public string? Note { get; init; }

    /// <summary>The name of who confirmed it; null for what the demo company ships.</summary>
    public string? ConfirmedBy { get; init; }

    public DateTime? ConfirmedAt { get; init; }

    public DateTime? FirstSeenAt { get; init; }

    public DateTime? ChangedAt { get; init; }
}

/// <summary>What is expected from Xero alone, by kind: the larger of its debits and credits.</summary>
public sealed record ExpectedKind(string Kind, decimal Amount);

/// <summary>A month end beside Xero's: balances, the month's movement, and what stands behind the parts that no document tells.</summary>
public sealed record TieOutMonth
{
    public required Month Month { get; init; }

    /// <summary>At the month's end.</summary>
    public required TrialBalance Balance { get; init; }

    /// <summary>Each account's own movement in the month; columns as in the balance, Xero's own figure left out.</summary>
    public required IReadOnlyDictionary<Guid, AccountMovement> Movements { get; init; }

    /// <summary>Every part behind the balance's two Xero-only columns, by account, oldest first.</summary>
    public required ILookup<Guid, XeroOnlyPart> Parts { get; init; }

    /// <summary>Of what moved in the month; null when nothing did.</summary>
    public required decimal? ShareOnDocuments { get; init; }

    /// <summary>Of the month, largest first.</summary>
    public required IReadOnlyList<ExpectedKind> Expected { get; init; }

    /// <summary>Of the month: the larger of debits and credits without a kind.</summary>
    public required decimal Unexplained { get; init; }

    /// <summary>How many suggested parts behind the balance nobody has confirmed; provisional ones not counted.</summary>
    public required int ToConfirm { get; init; }
}

/// <summary>How a month stands, in one sign.</summary>
public enum MonthState
{
    /// <summary>Xero was not read at its end.</summary>
    NotRead,

    /// <summary>Documents changed while Xero was read.</summary>
    Settling,

    /// <summary>An account is not what Xero says.</summary>
    Differs,

    /// <summary>Ties, but a part has no explanation.</summary>
    Unexplained,

    /// <summary>Ties, with parts that are expected from Xero alone.</summary>
    XeroOnly,

    /// <summary>Ties, and all that moved in it stands on documents.</summary>
    OnDocuments,
}

/// <summary>A month of the strip.</summary>
/// <param name="Month">Which.</param>
/// <param name="State">How it stands.</param>
/// <param name="Amount">What the state is about: the difference, the unexplained or the expected size; else 0.</param>
/// <param name="IsLocked">Xero's lock dates close it.</param>
public sealed record StripMonth(Month Month, MonthState State, decimal Amount, bool IsLocked);

/// <summary>What documents of a kind moved on an account.</summary>
public sealed record KindTotal(DocumentKind Kind, int Documents, decimal Amount);

/// <summary>How an account's balance comes about. Opening, kinds and parts sum to the balance.</summary>
/// <param name="Row">The account at the month's end.</param>
/// <param name="Kinds">Documents by kind, since the books or, for income and expense, the financial year began.</param>
/// <param name="Parts">From Xero's trial balance alone.</param>
/// <param name="Causes">What may be behind an unexplained part, in words.</param>
public sealed record AccountExplanation(TrialBalanceRow Row, IReadOnlyList<KindTotal> Kinds, IReadOnlyList<XeroOnlyPart> Parts, IReadOnlyList<string> Causes)
{
    /// <summary>The account itself.</summary>
    public required Account Account { get; init; }

    /// <summary>What documents moved on it in the month since the month's parts were first seen, newest first; the first few.</summary>
    public required IReadOnlyList<PastChange> Changes { get; init; }

    /// <summary>Documents stand in one amount, without kinds, changes and causes: the reader may not see payroll.</summary>
    public bool HidesPayroll { get; init; }
}

/// <summary>Which changes of the past; every member that is null lets all through.</summary>
public sealed record PastChangeFilter
{
    /// <summary>Only months that had begun by this day: those that Xero locks.</summary>
    public DateOnly? UpToLock { get; init; }

    public Guid? AccountId { get; init; }

    public Month? Month { get; init; }

    /// <summary>UTC: seen after it.</summary>
    public DateTime? Since { get; init; }

    /// <summary>The reader may not see payroll: its documents come without number and contact.</summary>
    public bool HidePayroll { get; init; }
}

/// <summary>Something that moved in a month that was over.</summary>
/// <param name="Change">What moved.</param>
/// <param name="AccountName">Where.</param>
/// <param name="TransactionId">The document's row; null for manual journals.</param>
/// <param name="Number">Its number.</param>
/// <param name="ContactName">Its contact.</param>
/// <param name="XeroUrl">Link into Xero.</param>
public sealed record PastChange(LedgerChange Change, string AccountName, Guid? TransactionId, string? Number, string? ContactName, string? XeroUrl);
