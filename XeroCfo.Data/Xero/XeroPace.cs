using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.RateLimiting;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

/// <summary>
/// Keeps the calls of each organisation below Xero's limits, a minute's, a day's and how many at once, over all processes: through the
/// database. What this process alone would have too many of at once does not even ask it.
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

    /// <summary>When others have all places: so long until the next look, give or take half of it, so that those who wait do not look together.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<Guid, ConcurrencyLimiter> _atOnce = new();
    private readonly ConcurrentDictionary<Guid, bool> _saidNothing = new();

    /// <summary>Waits for a place; dispose it when the answer is in. Refused when the wait would be long.</summary>
    public async Task<Result<IAsyncDisposable>> EnterAsync(XeroTenant organisation, string purpose, CancellationToken ct)
    {
        var gate = _atOnce.GetOrAdd(organisation.Id, _ => new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = options.ConcurrentCalls, QueueLimit = int.MaxValue }));
        var place = await gate.AcquireAsync(1, ct);
        try
        {
            var call = new XeroCall { TenantId = organisation.Id, Purpose = purpose };
            var wait = await TakeTurnAsync(call, ct);
            while (wait > TimeSpan.Zero && wait <= LongestWait)
            {
                await Task.Delay(wait, clock, ct);
                wait = await TakeTurnAsync(call, ct);
            }

            if (wait == TimeSpan.Zero)
            {
                return Result<IAsyncDisposable>.Of(new Place(this, call, place));
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

    /// <summary>Xero wants no call for so long, from whichever process.</summary>
    public Task ClosedAsync(XeroTenant organisation, TimeSpan wait, CancellationToken ct)
    {
        var until = clock.UtcNow() + wait;
        return ChangeAsync(organisation, window => window.ClosedUntil = Later(window.ClosedUntil, until) ?? until, ct);
    }

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

    /// <summary>A call is over after its time limit, and some seconds for what is written down of it.</summary>
    private TimeSpan LongestCall => TimeSpan.FromSeconds(options.TimeoutSeconds + 5);

    private TimeSpan DayWait(XeroCallWindow window, int used, DateTime now) =>
        window.ClosedUntil is { } until && until > now ? until - now
        : used >= options.CallsPerDay ? window.OpenedAt + Day - now
        : window is { SaidLeft: <= 0, SaidAt: { } at } && at + AskAgain > now ? at + AskAgain - now
        : TimeSpan.Zero;

    /// <summary>Zero: the call is counted and may go out. Else how long to wait.</summary>
    private async Task<TimeSpan> TakeTurnAsync(XeroCall call, CancellationToken ct)
    {
        await using var db = factory.For(new TenantId(call.TenantId));
        await using var turn = await db.BeginBulkAsync(ct);
        await db.LockPaceAsync(call.TenantId, ct);
        var now = clock.UtcNow();
        var window = await WindowAsync(db, call.TenantId, now, ct);
        var wait = DayWait(window, await db.XeroCalls.CountAsync(other => other.At >= window.OpenedAt, ct), now);
        if (wait == TimeSpan.Zero)
        {
            wait = await MinuteWaitAsync(db, now, ct);
        }

        if (wait == TimeSpan.Zero)
        {
            wait = await PlaceWaitAsync(db, now, ct);
        }

        if (wait == TimeSpan.Zero)
        {
            (call.At, call.Until) = (now, now + LongestCall);
            db.XeroCalls.Add(call);
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

    private async Task<TimeSpan> PlaceWaitAsync(XeroCfoDb db, DateTime now, CancellationToken ct)
    {
        // The first condition follows from the second; it is there for the index.
        var since = now - LongestCall;
        return await db.XeroCalls.CountAsync(call => call.At > since && call.Until > now, ct) < options.ConcurrentCalls ? TimeSpan.Zero : LookAgain * (0.5 + Random.Shared.NextDouble());
    }

    private async Task EndedAsync(XeroCall call)
    {
        try
        {
            await using var db = factory.For(new TenantId(call.TenantId));
            await using var turn = await db.BeginBulkAsync(CancellationToken.None);
            await db.XeroCalls.Where(mine => mine.Id == call.Id).ExecuteUpdateAsync(set => set.SetProperty(mine => mine.Until, (DateTime?)null), CancellationToken.None);
            await turn.CommitAsync(CancellationToken.None);
        }
        catch (DbException)
        {
            // The answer is in, and that counts; the place is free when the call's time is over.
        }
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

    private sealed class Place(XeroPace pace, XeroCall call, RateLimitLease here) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await pace.EndedAsync(call);
            }
            finally
            {
                here.Dispose();
            }
        }
    }
}
