using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Tests.Support;

/// <summary>Says what a test says is left.</summary>
internal sealed class FakeCallBudget : ICallBudget
{
    public int? Left { get; set; }

    public Task<int?> LeftTodayAsync(XeroTenant organisation, CancellationToken ct) => Task.FromResult(Left);
}
