using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Sync.Notices;

/// <summary>Something that Xero said has changed, until a run has read it. A second notice of the same thing is the same row.</summary>
public sealed class XeroNotice : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>Xero's name of one such record: <c>Invoice</c>, <c>Contact</c>.</summary>
    public required string Kind { get; set; }

    public Guid XeroId { get; set; }

    /// <summary>UTC: when the newest notice of it came.</summary>
    public DateTime ReceivedAt { get; set; }

    /// <summary>UTC, Xero's clock: the newest change of it that was told; null: no notice said when.</summary>
    public DateTime? ChangedAt { get; set; }

    /// <summary>UTC: when it was read up; null: it waits.</summary>
    public DateTime? DoneAt { get; set; }
}

/// <summary>One change in a notice of Xero's, as it stands there.</summary>
/// <param name="XeroTenantId">Xero's own tenant id.</param>
/// <param name="Kind">As <see cref="XeroNotice.Kind"/>.</param>
/// <param name="XeroId">The record's id.</param>
/// <param name="ChangedAt">UTC, Xero's clock, to a microsecond; null where it is not said.</param>
public sealed record NoticedChange(string XeroTenantId, string Kind, Guid XeroId, DateTime? ChangedAt);

/// <summary>Notices that wait to be read up, and those that were, so that none is done twice.</summary>
public interface INoticeBook
{
    /// <summary>
    /// Keeps the changes of organisations that are connected here, each once: a change that was told before, or is older than one that was told, is no news. How many are of
    /// an organisation here.
    /// </summary>
    Task<int> TakeInAsync(IReadOnlyCollection<NoticedChange> changes, CancellationToken ct);

    /// <summary>Marks one record to be read again, as if Xero had told of it.</summary>
    Task MarkAsync(TenantId tenant, string kind, Guid xeroId, CancellationToken ct);

    /// <summary>What waits, oldest first.</summary>
    Task<IReadOnlyList<XeroNotice>> PendingAsync(TenantId tenant, CancellationToken ct);

    /// <summary>What came up to an instant is done; what was told anew since then stays. What is long done is forgotten: Xero tells nothing again after a day.</summary>
    Task DoneAsync(TenantId tenant, DateTime upTo, CancellationToken ct);
}
