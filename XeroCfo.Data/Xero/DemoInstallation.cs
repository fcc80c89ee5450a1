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

    private readonly SemaphoreSlim _once = new(1, 1);
    private HttpClient? _client;

    /// <summary>The anchor as kept; null before the demo was made.</summary>
    public async Task<DateOnly?> AnchorAsync(CancellationToken ct)
    {
        await using var db = factory.Create();
        var setting = await db.Settings.AsNoTracking().FirstOrDefaultAsync(row => row.Name == AnchorSetting, ct);
        return setting is null ? null : DateOnly.ParseExact(setting.Value, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Adds the anchor to a context that is about to be saved.</summary>
    public static void Keep(XeroCfoDb db, DateOnly anchor) =>
        db.Settings.Add(new Setting { Name = AnchorSetting, Value = anchor.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) });

    /// <summary>A client whose calls the demo company answers.</summary>
    public async Task<HttpClient> ClientAsync(CancellationToken ct)
    {
        await _once.WaitAsync(ct);
        try
        {
            if (_client is null)
            {
                var anchor = await AnchorAsync(ct) ?? DemoXero.Today(clock);
                _client = DemoHttp.Client(new DemoXero(Seed, anchor).CreateHandler(clock));
            }

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

/// <summary>The demo's client is made by hand: its handler is no network.</summary>
internal static class DemoHttp
{
    public static HttpClient Client(HttpMessageHandler handler) =>
        new(handler, disposeHandler: true) { BaseAddress = new Uri("https://demo.invalid/api.xro/2.0/"), Timeout = Timeout.InfiniteTimeSpan };
}
