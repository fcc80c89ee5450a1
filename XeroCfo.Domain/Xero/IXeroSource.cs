using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Xero;

/// <summary>What we need from Xero, in our words. Time-outs and rate limits are retried behind it, then become a problem once, here.</summary>
public interface IXeroSource
{
    /// <summary>Opens a conversation about one organisation; refused when it is not connected.</summary>
    /// <param name="organisation">About which one.</param>
    /// <param name="purpose">What its calls are for, one of <see cref="CallPurposes"/>; those for the tie-out count as such in every conversation.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<Result<IXeroSession>> OpenAsync(XeroTenant organisation, string purpose, CancellationToken ct);
}

/// <summary>A conversation with Xero about one organisation.</summary>
public interface IXeroSession
{
    /// <summary>Calls made so far, repeated ones too.</summary>
    int Calls { get; }

    /// <summary>False for the endpoints that give everything in one answer.</summary>
    bool IsPaged(DocumentKind kind);

    Task<Result<OrganisationFacts>> OrganisationAsync(CancellationToken ct);

    Task<Result<MasterData>> MasterDataAsync(CancellationToken ct);

    Task<Result<ContactPage>> ContactsAsync(DateTime? modifiedSince, int page, CancellationToken ct);

    /// <summary>One page of records; records that cannot be read come as <see cref="XeroPage.Unreadable"/> and lose nothing else.</summary>
    Task<Result<XeroPage>> PageAsync(XeroQuery query, CancellationToken ct);

    /// <summary>How many records a query has; null where Xero does not say.</summary>
    Task<Result<int?>> CountAsync(XeroQuery query, CancellationToken ct);

    /// <summary>One record by its id: a page of one, or of none when Xero does not know it.</summary>
    Task<Result<XeroPage>> RecordAsync(DocumentKind kind, Guid xeroId, CancellationToken ct);

    /// <summary>All budgets with what they plan in these days; a budget that went while they were read is left out.</summary>
    Task<Result<XeroBudgets>> BudgetsAsync(Days days, CancellationToken ct);

    /// <summary>Xero's accrual trial balance at the end of a day; refused when it does not sum to 0.00.</summary>
    Task<Result<StoredTrialBalance>> TrialBalanceAsync(DateOnly date, CancellationToken ct);

    /// <summary>Xero's own profit and loss in its standard layout; it answers for at most a year.</summary>
    Task<Result<XeroStatement>> ProfitAndLossAsync(DateOnly from, DateOnly to, CancellationToken ct);

    /// <summary>Xero's own balance sheet in its standard layout.</summary>
    Task<Result<XeroStatement>> BalanceSheetAsync(DateOnly date, CancellationToken ct);
}

/// <summary>What Xero says of an organisation.</summary>
public sealed record OrganisationFacts
{
    public required string Name { get; init; }

    public required string BaseCurrency { get; init; }

    public int FinancialYearEndDay { get; init; }

    public int FinancialYearEndMonth { get; init; }

    public string? CountryCode { get; init; }

    public string? TimeZone { get; init; }

    public string? ShortCode { get; init; }

    public string? SalesTaxBasis { get; init; }

    public string? SalesTaxPeriod { get; init; }

    public DateOnly? PeriodLockDate { get; init; }

    public DateOnly? EndOfYearLockDate { get; init; }
}

/// <summary>A page of contacts.</summary>
public sealed record ContactPage(IReadOnlyList<XeroContact> Contacts, IReadOnlyList<UnreadableRecord> Unreadable, bool IsLast, int? ItemCount, DateTime ServerTime);

/// <summary>Which records of which page.</summary>
public sealed record XeroQuery(DocumentKind Kind)
{
    public const int LargestPage = 1000;

    /// <summary>From this day on.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Before this day.</summary>
    public DateOnly? Before { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? ModifiedSince { get; init; }

    /// <summary>Only what was voided or deleted: a plain list leaves it out.</summary>
    public bool Removed { get; init; }

    /// <summary>By date instead of by id: to find the first one.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = LargestPage;
}

/// <summary>One page of records as Xero sent them.</summary>
/// <param name="Records">Those that can be kept.</param>
/// <param name="Unreadable">Those that cannot, each with what is known of it.</param>
/// <param name="IsLast">There is no page after it.</param>
/// <param name="ItemCount">How many records the whole query has, where Xero says so.</param>
/// <param name="ServerTime">Xero's clock at the answer, UTC.</param>
public sealed record XeroPage(
    IReadOnlyList<XeroRecord> Records, IReadOnlyList<UnreadableRecord> Unreadable, bool IsLast, int? ItemCount, DateTime ServerTime);

/// <summary>A record as received.</summary>
/// <param name="XeroId">Its id.</param>
/// <param name="Date">Its day, where it could be read.</param>
/// <param name="UpdatedUtc">Xero's UpdatedDateUTC.</param>
/// <param name="Raw">The JSON object.</param>
/// <param name="Hash">SHA-256 of it, hex.</param>
public sealed record XeroRecord(Guid XeroId, DateOnly? Date, DateTime? UpdatedUtc, string Raw, string Hash)
{
    /// <summary>It was voided or deleted: plain lists leave it out.</summary>
    public bool Removed { get; init; }
}

/// <summary>A record that could not even be kept.</summary>
public sealed record UnreadableRecord(string Kind, string? XeroId, string Code, string Message);

/// <summary>Refusals of Xero.</summary>
public static class XeroProblems
{
    public const string ScopeMissingCode = "xero-scope-missing";

    /// <summary>The consent works, but lacks one right.</summary>
    /// <param name="endpoint">What could not be read, as in the address.</param>
    public static Problem ScopeMissing(string endpoint) => new(
        ScopeMissingCode,
        endpoint.EndsWith("TrialBalance", StringComparison.Ordinal)
            ? "Xero does not let us read its trial balance: the consent lacks the right accounting.reports.trialbalance.read. Reconnect and grant it."
            : $"Xero does not let us read {endpoint}: the consent lacks a right. Reconnect and grant it.",
        ProblemKind.Unavailable);

    public static Problem NotConnected { get; } =
        new("xero-disconnected", "This organisation is not connected to Xero. Ask an admin to connect it.", ProblemKind.Unavailable);

    public static Problem NoSuchRecord { get; } =
        new("xero-record-unknown", "Xero does not know what it was asked for. The figures stay as they were.", ProblemKind.Unavailable);

    public static Problem Away(string detail) =>
        new("xero-unavailable", $"Xero did not answer as it should: {detail} The figures stay as they were; the next sync tries again.", ProblemKind.Unavailable);

    public static Problem NeedsReconnect(string detail) =>
        new("xero-needs-reconnect", $"Xero no longer lets us read this organisation: {detail} Reconnect it.", ProblemKind.Unavailable);

    public const string RateLimitedCode = "xero-rate-limited";

    public static Problem RateLimited(TimeSpan wait) =>
        new(RateLimitedCode, $"Xero's limit of calls is used up; it opens again in about {Math.Ceiling(wait.TotalMinutes)} minutes.", ProblemKind.Unavailable);
}
