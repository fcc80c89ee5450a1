using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Tests.Support;

/// <summary>Says what a test says is left.</summary>
internal sealed class FakeCallBudget : ICallBudget
{
    public int? Left { get; set; }

    public DateTime? RenewsAt { get; set; }

    public Task<int?> LeftTodayAsync(XeroTenant organisation, CancellationToken ct) => Task.FromResult(Left);

    public Task<CallsToday?> TodayAsync(XeroTenant organisation, CancellationToken ct) =>
        Task.FromResult(Left is { } left ? new CallsToday(900 - left, 900, left, null, RenewsAt, new Dictionary<string, int> { [CallPurposes.Sync] = 900 - left }) { LastMinute = 3, MinuteLimit = 55 } : null);
}
