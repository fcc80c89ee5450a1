using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Data.Xero;

/// <summary>
/// The one demo company of this installation, behind the same HTTP as a real organisation. Its anchor day is kept with the data, so that
/// every node and every restart tells the same story.
/// </summary>
internal sealed class DemoInstallation(IDbFactory factory, TimeProvider clock) : IDisposable
{
    public const ulong Seed = 1;

    private const string AnchorSetting = "demo.anchor";
    private const string RemovedSetting = "demo.removed";

    private readonly SemaphoreSlim _once = new(1, 1);
    private readonly AheadClock _clock = new(clock);
    private HttpClient? _client;
    private DateOnly _of;

    /// <summary>The anchor as kept; null before the demo was made.</summary>
    public async Task<DateOnly?> AnchorAsync(CancellationToken ct)
    {
        await using var db = factory.Create();
        var setting = await db.Settings.AsNoTracking().FirstOrDefaultAsync(row => row.Name == AnchorSetting, ct);
        return setting is null ? null : DateOnly.ParseExact(setting.Value, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Puts the anchor into a context that is about to be saved.</summary>
    public static async Task KeepAsync(XeroCfoDb db, DateOnly anchor, CancellationToken ct)
    {
        await db.Settings.Where(row => row.Name == AnchorSetting || row.Name == RemovedSetting).ExecuteDeleteAsync(ct);
        db.Settings.Add(new Setting { Name = AnchorSetting, Value = anchor.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) });
    }

    /// <summary>Notes in a context that a person has removed the demo, so that the next start does not bring it back.</summary>
    public static async Task RemovedAsync(XeroCfoDb db, CancellationToken ct)
    {
        if (!await db.Settings.AnyAsync(row => row.Name == RemovedSetting, ct))
        {
            db.Settings.Add(new Setting { Name = RemovedSetting, Value = "true" });
        }
    }

    /// <summary>True when a person has removed it.</summary>
    public async Task<bool> IsRemovedAsync(CancellationToken ct)
    {
        await using var db = factory.Create();
        return await db.Settings.AnyAsync(row => row.Name == RemovedSetting, ct);
    }

    /// <summary>A client whose calls the demo company answers, as of so many days ahead of the calendar.</summary>
    public async Task<HttpClient> ClientAsync(int daysAhead, CancellationToken ct)
    {
        await _once.WaitAsync(ct);
        try
        {
            // Another node may have started the demo afresh. A run that still reads the old one is stopped with it.
            var anchor = await AnchorAsync(ct) ?? DemoXero.Today(clock);
            if (_client is null || _of != anchor)
            {
                (_client, _of) = (DemoHttp.Client(new DemoXero(Seed, anchor).CreateHandler(_clock)), anchor);
            }

            _clock.DaysAhead = daysAhead;
            return _client;
        }
        finally
        {
            _once.Release();
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _once.Dispose();
    }
}

/// <summary>The demo's own time: days that a person let pass come on top of the calendar's.</summary>
internal sealed class AheadClock(TimeProvider clock) : TimeProvider
{
    public int DaysAhead { get; set; }

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow().AddDays(DaysAhead);
}

/// <summary>The demo's client is made by hand: its handler is no network.</summary>
internal static class DemoHttp
{
    public static HttpClient Client(HttpMessageHandler handler) =>
        new(handler, disposeHandler: true) { BaseAddress = new Uri("https://demo.invalid/api.xro/2.0/"), Timeout = Timeout.InfiniteTimeSpan };
}
