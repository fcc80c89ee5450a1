using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Xero;

/// <summary>Knows how much may still be asked of Xero.</summary>
public interface ICallBudget
{
    /// <summary>Calls left today: the smaller of our own limit and what Xero said last. Null where there is no limit.</summary>
    Task<int?> LeftTodayAsync(XeroTenant organisation, CancellationToken ct);
}
