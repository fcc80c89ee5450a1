using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger;

/// <summary>Where a ledger line comes from.</summary>
public static class LineSources
{
    /// <summary>Posted from a document.</summary>
    public const string Document = "document";

    /// <summary>Balance at the day before the books start.</summary>
    public const string Opening = "opening";

    /// <summary>What Xero's trial balance of a month holds beyond documents.</summary>
    public const string XeroTrialBalance = "xero_trial_balance";

    /// <summary>The same for the month that is still open, replaced after each sync.</summary>
    public const string XeroProvisional = "xero_provisional";

    /// <summary>Read from Xero's journals, where its tier allows.</summary>
    public const string Journal = "journal";

    public static readonly IReadOnlyList<string> All = [Document, Opening, XeroTrialBalance, XeroProvisional, Journal];
}

/// <summary>What a trial-balance line is taken to be.</summary>
public static class DifferenceKinds
{
    public const string Payroll = "payroll";
    public const string Depreciation = "depreciation";
    public const string Tax = "tax";
    public const string Currency = "currency";
    public const string Stock = "stock";
    public const string Conversion = "conversion";
    public const string Other = "other";
    public const string Unexplained = "unexplained";

    /// <summary>What a person may say that a difference is.</summary>
    public static readonly IReadOnlyList<string> Confirmable = [Payroll, Depreciation, Tax, Currency, Stock, Conversion, Other];
}

/// <summary>One line of the ledger, in base currency, debit +.</summary>
public sealed class LedgerLine : ITenantOwned
{
    public long Id { get; set; }

    public Guid TenantId { get; set; }

    public DateOnly Date { get; set; }

    public Guid AccountId { get; set; }

    /// <summary>Base currency, debit +, credit −.</summary>
    public decimal Amount { get; set; }

    /// <summary>One of <see cref="LineSources"/>.</summary>
    public required string Source { get; set; }

    /// <summary>One of <see cref="DifferenceKinds"/> on a trial-balance line, else null.</summary>
    public string? Kind { get; set; }

    /// <summary>The person who confirmed <see cref="Kind"/>; null: suggested.</summary>
    public Guid? ConfirmedBy { get; set; }

    public DocumentKind? DocumentKind { get; set; }

    public Guid? DocumentXeroId { get; set; }

    public Guid? ContactId { get; set; }

    public Guid? TrackingOption1 { get; set; }

    public Guid? TrackingOption2 { get; set; }

    public string? Description { get; set; }

    /// <summary>The amount in <see cref="CurrencyCode"/>, when that is not the base currency; debit +.</summary>
    public decimal? ForeignAmount { get; set; }

    /// <summary>ISO code of <see cref="ForeignAmount"/>: the document's currency, on a bank account its own; null in base currency.</summary>
    public string? CurrencyCode { get; set; }
}

/// <summary>Movement of an account in a month by source: the sum of its lines, kept in the transaction that changes them.</summary>
public sealed class AccountBalance : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>accrual (cash comes later).</summary>
    public string Basis { get; set; } = "accrual";

    public Guid AccountId { get; set; }

    /// <summary>First day of the month.</summary>
    public DateOnly Month { get; set; }

    public required string Source { get; set; }

    /// <summary>Debit +.</summary>
    public decimal Movement { get; set; }
}

/// <summary>
/// Movement of an account in a month by tracking options, documents only: what comes from Xero's trial balance has no option.
/// </summary>
public sealed class TrackingBalance : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>accrual (cash comes later).</summary>
    public string Basis { get; set; } = "accrual";

    public Guid AccountId { get; set; }

    /// <summary>First day of the month.</summary>
    public DateOnly Month { get; set; }

    /// <summary>Option of the line's first tracking category; <see cref="Guid.Empty"/> where it has none.</summary>
    public Guid Option1 { get; set; }

    /// <summary>Option of the line's second tracking category; <see cref="Guid.Empty"/> where it has none.</summary>
    public Guid Option2 { get; set; }

    /// <summary>Debit +.</summary>
    public decimal Movement { get; set; }
}

/// <summary>Movement of an account on a day, documents and journals: days that cut a month and the daily line of cash are read from here.</summary>
public sealed class DayBalance : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>accrual (cash comes later).</summary>
    public string Basis { get; set; } = "accrual";

    public Guid AccountId { get; set; }

    public DateOnly Date { get; set; }

    /// <summary>Debit +.</summary>
    public decimal Movement { get; set; }
}

/// <summary>Movement of an account in a month by contact, documents and journals; what has no contact is not in it.</summary>
public sealed class ContactBalance : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>accrual (cash comes later).</summary>
    public string Basis { get; set; } = "accrual";

    public Guid AccountId { get; set; }

    /// <summary>First day of the month.</summary>
    public DateOnly Month { get; set; }

    /// <summary>The contact that counts now: a merged one is the one that it became.</summary>
    public Guid ContactId { get; set; }

    /// <summary>Debit +.</summary>
    public decimal Movement { get; set; }
}

/// <summary>Xero's trial balance as read.</summary>
public sealed class XeroTrialBalance : ITenantOwned
{
    public Guid TenantId { get; set; }

    public string Basis { get; set; } = "accrual";

    public DateOnly Date { get; set; }

    public Guid AccountId { get; set; }

    /// <summary>YTD debit − YTD credit.</summary>
    public decimal Balance { get; set; }

    public DateTime ReadAt { get; set; }

    /// <summary>Not read: the last reading plus what documents moved since, proved by readings before and after it.</summary>
    public bool Inferred { get; set; }
}

/// <summary>
/// What Xero's trial balance held beyond documents at the end of a closed piece of the books, on one account, and what a person said it is.
/// </summary>
public sealed class XeroDifference : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>Last day of the piece: a month end, or the end of a financial year inside a month.</summary>
    public DateOnly Date { get; set; }

    public Guid AccountId { get; set; }

    /// <summary>Base currency, debit +: the sum of the account's trial-balance lines of that day.</summary>
    public decimal Amount { get; set; }

    public DateTime FirstSeenAt { get; set; }

    /// <summary>When <see cref="Amount"/> became what it is.</summary>
    public DateTime ChangedAt { get; set; }

    /// <summary>What a person confirmed it to be, one of <see cref="DifferenceKinds"/>; ends when the amount changes.</summary>
    public string? ConfirmedKind { get; set; }

    public string? ConfirmedNote { get; set; }

    /// <summary>Who; null while not confirmed, and for what the demo company ships.</summary>
    public Guid? ConfirmedBy { get; set; }

    public DateTime? ConfirmedAt { get; set; }
}

/// <summary>What moved in the past, and why.</summary>
public sealed class LedgerChange : ITenantOwned
{
    public long Id { get; set; }

    public Guid TenantId { get; set; }

    /// <summary>The version that the change leads to.</summary>
    public int LedgerVersion { get; set; }

    /// <summary>The run that brought it.</summary>
    public Guid? RunId { get; set; }

    public DocumentKind DocumentKind { get; set; }

    public Guid DocumentXeroId { get; set; }

    public Guid AccountId { get; set; }

    /// <summary>First day of the month.</summary>
    public DateOnly Month { get; set; }

    /// <summary>The document's amount on the account in the month before, debit +.</summary>
    public decimal Before { get; set; }

    /// <summary>And after.</summary>
    public decimal After { get; set; }

    /// <summary>posted, changed, voided, deleted.</summary>
    public required string Reason { get; set; }

    public DateTime CreatedAt { get; set; }
}
