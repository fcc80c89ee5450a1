using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Ledger;

/// <summary>An account of the organisation's chart, archived ones too.</summary>
public sealed class Account : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>Xero's AccountID; the key everywhere, because codes may be absent and may change.</summary>
    public Guid AccountId { get; set; }

    public string? Code { get; set; }

    public required string Name { get; set; }

    /// <summary>Xero's word, such as <c>BANK</c>; open, new ones come without notice.</summary>
    public required string Type { get; set; }

    /// <summary>ASSET, EQUITY, EXPENSE, LIABILITY or REVENUE.</summary>
    public required string Class { get; set; }

    /// <summary>Xero's role of the account, such as <c>DEBTORS</c>; null for an ordinary one.</summary>
    public string? SystemAccount { get; set; }

    /// <summary>ACTIVE, ARCHIVED or, when it vanished from Xero, DELETED.</summary>
    public string Status { get; set; } = "ACTIVE";

    public string? CurrencyCode { get; set; }

    public string? TaxType { get; set; }

    /// <summary>What Xero's type cannot tell, such as PAYROLL or INCOME_TAX; suggested from the name.</summary>
    public string? Tag { get; set; }

    /// <summary>The person who confirmed the tag; null while it is a suggestion.</summary>
    public Guid? TagConfirmedBy { get; set; }

    /// <summary>Where a person put its movement in the cash-flow statement; null: where its type says. See <see cref="CashFlowBuckets"/>.</summary>
    public CashFlowBucket? CashFlowBucket { get; set; }

    /// <summary>True for income and expense: the balance starts anew with each financial year.</summary>
    public bool IsProfitAndLoss => Class is "REVENUE" or "EXPENSE";
}

/// <summary>A customer, supplier or other party.</summary>
public sealed class Contact : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid ContactId { get; set; }

    public required string Name { get; set; }

    public string? EmailAddress { get; set; }

    public bool IsCustomer { get; set; }

    public bool IsSupplier { get; set; }

    /// <summary>ACTIVE, ARCHIVED or GDPRREQUEST.</summary>
    public string Status { get; set; } = "ACTIVE";

    /// <summary>The contact that this one was merged into; its documents count as that one's.</summary>
    public Guid? MergedToContactId { get; set; }
}

/// <summary>A rate of sales tax.</summary>
public sealed class TaxRate : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>Xero's code of it, such as <c>OUTPUT2</c>.</summary>
    public required string TaxType { get; set; }

    public required string Name { get; set; }

    /// <summary>Percent, 15 for 15 %.</summary>
    public decimal EffectiveRatePercent { get; set; }

    public string Status { get; set; } = "ACTIVE";
}

/// <summary>One value of a tracking category.</summary>
public sealed class TrackingOption : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid OptionId { get; set; }

    public Guid CategoryId { get; set; }

    public required string CategoryName { get; set; }

    public required string Name { get; set; }

    public string Status { get; set; } = "ACTIVE";
}

/// <summary>A currency that the organisation uses.</summary>
public sealed class Currency : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>ISO code.</summary>
    public required string Code { get; set; }

    public string? Description { get; set; }
}
