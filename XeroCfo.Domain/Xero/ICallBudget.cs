using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Xero;

/// <summary>What an organisation's calls to Xero of today were for, and what is left.</summary>
/// <param name="Used">Calls since the day's window opened.</param>
/// <param name="Limit">Our own figure for a day.</param>
/// <param name="Left">The smaller of what our figure leaves and what Xero said last.</param>
/// <param name="OpensAt">UTC: when the next call may go out; null: now.</param>
/// <param name="RenewsAt">UTC end of the window; null: none is open.</param>
/// <param name="ByPurpose">One of <see cref="CallPurposes"/> and how many.</param>
public sealed record CallsToday(int Used, int Limit, int Left, DateTime? OpensAt, DateTime? RenewsAt, IReadOnlyDictionary<string, int> ByPurpose)
{
    /// <summary>Calls of the last minute.</summary>
    public int LastMinute { get; init; }

    /// <summary>Our own figure for a minute.</summary>
    public int MinuteLimit { get; init; }
}

/// <summary>What calls are for.</summary>
public static class CallPurposes
{
    public const string Sync = "sync";
    public const string TieOut = "tie-out";
    public const string Checks = "checks";
}

/// <summary>Knows how much may still be asked of Xero, over all processes.</summary>
public interface ICallBudget
{
    /// <summary>Calls left today: the smaller of our own limit and what Xero said last. Null where there is no limit.</summary>
    Task<int?> LeftTodayAsync(XeroTenant organisation, CancellationToken ct);

    /// <summary>The day so far; null where there is no limit.</summary>
    Task<CallsToday?> TodayAsync(XeroTenant organisation, CancellationToken ct);
}

/// <summary>The day of an organisation's calls, as Xero's limits know it.</summary>
public sealed class XeroCallWindow : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>UTC: the first call since the window before it ended. It lasts a day.</summary>
    public DateTime OpenedAt { get; set; }

    /// <summary>How many calls of the day Xero said were left.</summary>
    public int? SaidLeft { get; set; }

    /// <summary>UTC: when it said so.</summary>
    public DateTime? SaidAt { get; set; }

    /// <summary>UTC: until then Xero wants no call.</summary>
    public DateTime? ClosedUntil { get; set; }
}

/// <summary>A call to Xero, so that all processes together stay below its limits.</summary>
public sealed class XeroCall : ITenantOwned
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Guid TenantId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>One of <see cref="CallPurposes"/>.</summary>
    public required string Purpose { get; set; }

    /// <summary>UTC: when it is over at the latest, whatever becomes of its process; null: it is over.</summary>
    public DateTime? Until { get; set; }
}
