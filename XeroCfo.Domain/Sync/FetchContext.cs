using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Sync;

/// <summary>What all fetches of a run share.</summary>
/// <param name="Tenant">The organisation.</param>
/// <param name="RunId">The run.</param>
/// <param name="Full">Everything, not only what changed.</param>
/// <param name="Xero">The conversation; null for a run that asks nothing.</param>
/// <param name="Progress">Who hears of it.</param>
public sealed record FetchContext(TenantId Tenant, Guid RunId, bool Full, IXeroSession? Xero, ISyncProgress Progress)
{
    /// <summary>The conversation with Xero.</summary>
    public IXeroSession Session => Xero ?? throw new InvalidOperationException("This run asks nothing of Xero.");

    /// <summary>Calls to Xero so far.</summary>
    public int Calls => Xero?.Calls ?? 0;

    /// <summary>Who works on the run.</summary>
    public required RunLease Lease { get; init; }

    /// <summary>UTC: when the run began, however often it was taken up since; null: nobody asks.</summary>
    public DateTime? BeganAt { get; init; }

    /// <summary>A month whose documents and trial balance are read again, changed or not; null: only what changed.</summary>
    public Month? Again { get; init; }

    /// <summary>Hears of what changed; null where nobody asks.</summary>
    public FetchWatch? Watch { get; init; }
}

/// <summary>Remembers the first day that a fetch found changed.</summary>
public sealed class FetchWatch
{
    /// <summary>The earliest day under which a changed record stands or stood; null: nothing changed.</summary>
    public DateOnly? Earliest { get; private set; }

    public void Note(DateOnly? day) => Earliest = day < Earliest ? day : Earliest ?? day;
}
