using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Tenants;

/// <summary>How an organisation stands with Xero.</summary>
public static class ConnectionStatus
{
    public const string Connected = "connected";
    public const string NeedsReconnect = "needs_reconnect";
    public const string Disconnected = "disconnected";
    public const string Demo = "demo";
}

/// <summary>A Xero organisation: what Xero says of it, and how far our books of it are.</summary>
public sealed class XeroTenant : Entity
{
    /// <summary>Xero's own tenant id.</summary>
    public required string XeroTenantId { get; set; }

    public required string Name { get; set; }

    /// <summary>The type that has books of its own.</summary>
    public const string Organization = "Organization";

    /// <summary><c>Organization</c>, <c>Practice</c> or <c>XeroHQ</c>.</summary>
    public string Type { get; set; } = Organization;

    /// <summary>ISO code of the currency that every ledger amount is in.</summary>
    public string BaseCurrency { get; set; } = "";

    public int FinancialYearEndDay { get; set; } = 31;

    public int FinancialYearEndMonth { get; set; } = 12;

    /// <summary>Two-letter country; decides how figures are written.</summary>
    public string? CountryCode { get; set; }

    /// <summary>Xero's name of the time zone that decides the organisation's day.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Xero's short code for links into it.</summary>
    public string? ShortCode { get; set; }

    public DateOnly? PeriodLockDate { get; set; }

    public DateOnly? EndOfYearLockDate { get; set; }

    /// <summary>Xero's word for when sales tax is due, such as <c>INVOICE</c> or <c>PAYMENTS</c>.</summary>
    public string? SalesTaxBasis { get; set; }

    /// <summary>Xero's word for how often a return is due, such as <c>TWOMONTHS</c>.</summary>
    public string? SalesTaxPeriod { get; set; }

    /// <summary>First day that documents are posted from; null until the first full sync fixed it.</summary>
    public DateOnly? BooksStart { get; set; }

    /// <summary>Documents before this day are kept but not posted; null: from the first one on.</summary>
    public DateOnly? HistoryFrom { get; set; }

    /// <summary>One of <see cref="ConnectionStatus"/>.</summary>
    public string Connection { get; set; } = ConnectionStatus.Connected;

    /// <summary>Why a connection does not work, in words for people.</summary>
    public string? ConnectionDetail { get; set; }

    /// <summary>UTC start of the newest sync that ended well: figures are as of then.</summary>
    public DateTime? DataAsOf { get; set; }

    /// <summary>Rises once at the end of a run that changed the ledger.</summary>
    public int LedgerVersion { get; set; }

    /// <summary>True between the first and the last posting batch of a run: figures are on the move.</summary>
    public bool SyncInProgress { get; set; }

    /// <summary>
    /// The first day whose documents kept changing while Xero's trial balance was read: checks from here on are unknown until they stand
    /// still. Null: all months are settled.
    /// </summary>
    public DateOnly? SettlingFrom { get; set; }

    /// <summary>The organisation's day on which old and inferred readings of Xero's trial balance were last read again.</summary>
    public DateOnly? ReadingsCheckedOn { get; set; }

    /// <summary>Days that a person has let pass in the demo company beyond the calendar; 0 for every other organisation.</summary>
    public int DaysAhead { get; set; }

    /// <summary>The organisation's financial year.</summary>
    public FinancialYear FinancialYear => new(FinancialYearEndDay, FinancialYearEndMonth);

    /// <summary>True for the demo company.</summary>
    public bool IsDemo => Connection == ConnectionStatus.Demo;

    /// <summary>False for a practice and the like, which have nothing that could be synced.</summary>
    public bool HasBooks => Type == Organization;

    /// <summary>The organisation's own day at <paramref name="clock"/>; UTC's when its time zone is unknown.</summary>
    public DateOnly Today(TimeProvider clock) => OrganisationTime.Today(TimeZone, clock).AddDays(DaysAhead);

    /// <summary>The organisation's own day at a UTC instant.</summary>
    public DateOnly DayOf(DateTime instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instant, OrganisationTime.Find(TimeZone) ?? TimeZoneInfo.Utc)).AddDays(DaysAhead);
}

/// <summary>Who may see which organisation, and which one is selected.</summary>
public sealed class UserTenant : Entity, ITenantOwned
{
    public Guid UserId { get; set; }

    public Guid TenantId { get; set; }

    /// <summary>At most one a user.</summary>
    public bool IsActive { get; set; }

    /// <summary>The person does not want it in their lists; their right to it stays.</summary>
    public bool IsHidden { get; set; }
}
