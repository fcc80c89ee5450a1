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
}

/// <summary>One change in a notice of Xero's, as it stands there.</summary>
/// <param name="XeroTenantId">Xero's own tenant id.</param>
/// <param name="Kind">As <see cref="XeroNotice.Kind"/>.</param>
/// <param name="XeroId">The record's id.</param>
public sealed record NoticedChange(string XeroTenantId, string Kind, Guid XeroId);

/// <summary>Notices that wait to be read up.</summary>
public interface INoticeBook
{
    /// <summary>Keeps the changes of organisations that are connected here, each once; how many those were.</summary>
    Task<int> TakeInAsync(IReadOnlyCollection<NoticedChange> changes, CancellationToken ct);

    /// <summary>Marks one record to be read again, as if Xero had told of it.</summary>
    Task MarkAsync(TenantId tenant, string kind, Guid xeroId, CancellationToken ct);

    /// <summary>What waits, oldest first.</summary>
    Task<IReadOnlyList<XeroNotice>> PendingAsync(TenantId tenant, CancellationToken ct);

    /// <summary>Forgets what came up to an instant; what was told again since then stays.</summary>
    Task DoneAsync(TenantId tenant, DateTime upTo, CancellationToken ct);
}
