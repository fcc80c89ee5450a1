using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

/// <summary>
/// Keeps the calls of each organisation below Xero's limits: a minute's and a day's over all processes, through the database; how many
/// at once in this process, because a sync runs in one alone.
/// </summary>
internal sealed class XeroPace(IDbFactory factory, XeroOptions options, TimeProvider clock) : ICallBudget, IDisposable
{
    /// <summary>A longer wait is no pause any more: whoever wants to call comes back later.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Xero counts a call when it arrives, which is a little after it is noted, and not always as little.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(1);

    /// <summary>Xero says that nothing is left, but not until when: one call an hour finds out.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, ConcurrencyLimiter> _atOnce = new();
    private readonly ConcurrentDictionary<Guid, bool> _saidNothing = new();

    /// <summary>Waits for a place; dispose it when the answer is in. Refused when the wait would be long.</summary>
    public async Task<Result<IDisposable>> EnterAsync(XeroTenant organisation, string purpose, CancellationToken ct)
    {
        var gate = _atOnce.GetOrAdd(organisation.Id, _ => new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = options.ConcurrentCalls, QueueLimit = int.MaxValue }));
        var place = await gate.AcquireAsync(1, ct);
        try
        {
            var wait = await TakeTurnAsync(organisation, purpose, ct);
            while (wait > TimeSpan.Zero && wait <= LongestWait)
            {
                await Task.Delay(wait, clock, ct);
                wait = await TakeTurnAsync(organisation, purpose, ct);
            }

            if (wait == TimeSpan.Zero)
            {
                return Result<IDisposable>.Of(place);
            }

            place.Dispose();
            return XeroProblems.RateLimited(wait);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>Takes down what Xero said is left of the organisation's day.</summary>
    public async Task SaidAsync(XeroTenant organisation, int left, CancellationToken ct)
    {
        // As long as it is above our own figure it decides nothing, and need not be written down once more.
        int? said = left < options.CallsPerDay ? left : null;
        if (said is not null || !_saidNothing.ContainsKey(organisation.Id))
        {
            await ChangeAsync(organisation, window => (window.SaidLeft, window.SaidAt) = (said, said is null ? null : clock.UtcNow()), ct);
            _ = said is null ? _saidNothing.TryAdd(organisation.Id, true) : _saidNothing.TryRemove(organisation.Id, out _);
        }
    }

    /// <summary>Xero wants no call for so long; short waits are waited out where they arise.</summary>
    public Task ClosedAsync(XeroTenant organisation, TimeSpan wait, CancellationToken ct) =>
        wait <= LongestWait ? Task.CompletedTask : ChangeAsync(organisation, window => window.ClosedUntil = clock.UtcNow() + wait, ct);

    public async Task<int?> LeftTodayAsync(XeroTenant organisation, CancellationToken ct) => (await TodayAsync(organisation, ct))?.Left;

    public async Task<CallsToday?> TodayAsync(XeroTenant organisation, CancellationToken ct)
    {
        if (organisation.IsDemo)
        {
            return null;
        }

        await using var db = factory.For(new TenantId(organisation.Id));
        var now = clock.UtcNow();
        var window = await db.XeroCallWindows.AsNoTracking().FirstOrDefaultAsync(ct);
        if (window is null || !IsOpen(window, now))
        {
            return new CallsToday(0, options.CallsPerDay, options.CallsPerDay, window is null ? null : Later(window.ClosedUntil, now), null, new Dictionary<string, int>());
        }

        var used = await db.XeroCalls.Where(call => call.At >= window.OpenedAt).GroupBy(call => call.Purpose).Select(calls => new { Purpose = calls.Key, Count = calls.Count() }).ToListAsync(ct);
        var sum = used.Sum(calls => calls.Count);
        var wait = DayWait(window, sum, now);
        var since = now - Minute;
        return new CallsToday(
            sum, options.CallsPerDay, Left(window, sum, now), wait == TimeSpan.Zero ? null : now + wait, window.OpenedAt + Day, used.ToDictionary(calls => calls.Purpose, calls => calls.Count))
        {
            LastMinute = await db.XeroCalls.CountAsync(call => call.At > since, ct),
            MinuteLimit = options.CallsPerMinute,
        };
    }

    public void Dispose()
    {
        foreach (var gate in _atOnce.Values)
        {
            gate.Dispose();
        }
    }

    private static bool IsOpen(XeroCallWindow window, DateTime now) => now < window.OpenedAt + Day;

    private static DateTime? Later(DateTime? instant, DateTime now) => instant > now ? instant : null;

    private int Left(XeroCallWindow window, int used, DateTime now)
    {
        var ours = Math.Max(0, options.CallsPerDay - used);
        return window is { SaidLeft: { } said, SaidAt: { } at } && now < at + Day ? Math.Min(ours, said) : ours;
    }

    private TimeSpan DayWait(XeroCallWindow window, int used, DateTime now) =>
        window.ClosedUntil is { } until && until > now ? until - now
        : used >= options.CallsPerDay ? window.OpenedAt + Day - now
        : window is { SaidLeft: <= 0, SaidAt: { } at } && at + AskAgain > now ? at + AskAgain - now
        : TimeSpan.Zero;

    /// <summary>Zero: the call is counted and may go out. Else how long to wait.</summary>
    private async Task<TimeSpan> TakeTurnAsync(XeroTenant organisation, string purpose, CancellationToken ct)
    {
        await using var db = factory.For(new TenantId(organisation.Id));
        await using var turn = await db.BeginBulkAsync(ct);
        await db.LockPaceAsync(organisation.Id, ct);
        var now = clock.UtcNow();
        var window = await WindowAsync(db, organisation.Id, now, ct);
        var wait = DayWait(window, await db.XeroCalls.CountAsync(call => call.At >= window.OpenedAt, ct), now);
        if (wait == TimeSpan.Zero)
        {
            wait = await MinuteWaitAsync(db, now, ct);
        }

        if (wait == TimeSpan.Zero)
        {
            db.XeroCalls.Add(new XeroCall { TenantId = organisation.Id, At = now, Purpose = purpose });
        }

        await db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return wait;
    }

    private async Task<TimeSpan> MinuteWaitAsync(XeroCfoDb db, DateTime now, CancellationToken ct)
    {
        // The call that must be a minute old at Xero before another one fits in.
        var since = now - Minute - OnTheWay;
        var eldest = await db.XeroCalls.Where(call => call.At > since).OrderByDescending(call => call.At).Skip(options.CallsPerMinute - 1).Select(call => (DateTime?)call.At).FirstOrDefaultAsync(ct);
        return eldest is { } at ? at + Minute + OnTheWay - now : TimeSpan.Zero;
    }

    private async Task ChangeAsync(XeroTenant organisation, Action<XeroCallWindow> change, CancellationToken ct)
    {
        await using var db = factory.For(new TenantId(organisation.Id));
        await using var turn = await db.BeginBulkAsync(ct);
        await db.LockPaceAsync(organisation.Id, ct);
        change(await WindowAsync(db, organisation.Id, clock.UtcNow(), ct));
        await db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
    }

    private static async Task<XeroCallWindow> WindowAsync(XeroCfoDb db, Guid tenant, DateTime now, CancellationToken ct)
    {
        var window = await db.XeroCallWindows.FirstOrDefaultAsync(ct);
        if (window is null)
        {
            window = new XeroCallWindow { TenantId = tenant, OpenedAt = now };
            db.XeroCallWindows.Add(window);
        }
        else if (!IsOpen(window, now))
        {
            window.OpenedAt = now;
            await db.XeroCalls.Where(call => call.At < now - Kept).ExecuteDeleteAsync(ct);
        }

        return window;
    }
}
