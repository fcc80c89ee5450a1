using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

/// <summary>Keeps the calls of each organisation below Xero's limits a minute and at once, over all runs of this process.</summary>
internal sealed class XeroPace(XeroOptions options, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (int Calls, DateTime At)> _leftOfDay = new(StringComparer.Ordinal);

    /// <summary>Waits for a place; dispose it when the answer is in.</summary>
    public async Task<IDisposable> WaitAsync(string xeroTenantId, CancellationToken ct)
    {
        var gate = _gates.GetOrAdd(xeroTenantId, _ => new Gate(options));
        using var minute = await gate.Minute.AcquireAsync(1, ct);
        return await gate.AtOnce.AcquireAsync(1, ct);
    }

    /// <summary>Takes down what Xero said is left of the organisation's day.</summary>
    public void LeftOfDay(string xeroTenantId, int calls) => _leftOfDay[xeroTenantId] = (calls, clock.UtcNow());

    /// <summary>What Xero said last, and when; null when it said nothing to this process.</summary>
    public (int Calls, DateTime At)? LeftOfDay(string xeroTenantId) => _leftOfDay.TryGetValue(xeroTenantId, out var left) ? left : null;

    public void Dispose()
    {
        foreach (var gate in _gates.Values)
        {
            gate.Minute.Dispose();
            gate.AtOnce.Dispose();
        }
    }

    private sealed class Gate(XeroOptions options)
    {
        public RateLimiter AtOnce { get; } = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = options.ConcurrentCalls, QueueLimit = int.MaxValue });

        public RateLimiter Minute { get; } = new SlidingWindowRateLimiter(new SlidingWindowRateLimiterOptions
        {
            PermitLimit = options.CallsPerMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 12,
            QueueLimit = int.MaxValue,
        });
    }
}
