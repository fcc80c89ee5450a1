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

    /// <summary>The amount in the document's currency, when that is not the base currency; debit +.</summary>
    public decimal? ForeignAmount { get; set; }
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
