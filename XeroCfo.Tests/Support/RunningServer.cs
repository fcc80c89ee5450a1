using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Sync;
using XeroCfo.Tests.Commands;

namespace XeroCfo.Tests.Support;

/// <summary>The executable serving on a free port, with a data folder that outlives it until the test is over.</summary>
internal sealed class RunningServer : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);
    private readonly (string Name, string Value)[] _settings;
    private readonly Executable _app = new();
    private Process? _process;

    public RunningServer(params (string Name, string Value)[] settings) => _settings = settings;

    public Uri Address { get; private set; } = null!;

    /// <summary>The server's database, seen from outside.</summary>
    public XeroCfoDb Open() => new DbFactory(new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(_app.DataFolder, "xerocfo.db")};Pooling=False" }, TimeProvider.System)
        .AcrossTenants("a test looks at everything");

    /// <summary>A client that follows no redirects.</summary>
    public HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>Starts it, or starts it again; gives the line that <paramref name="until"/> begins.</summary>
    public async Task<string> StartAsync(string until = "XeroCfo listens on")
    {
        _process = _app.Start("", _settings);
        var line = await Executable.LineAsync(_process, "XeroCfo listens on ");
        Address = new Uri(line["XeroCfo listens on ".Length..]);
        line = line.StartsWith(until, StringComparison.Ordinal) ? line : await Executable.LineAsync(_process, until);

        // A pipe that nobody reads would stop the server once it is full.
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        return line;
    }

    /// <summary>Ends it as a power cut would: nothing is told, nothing is closed.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Runs a command on the same data.</summary>
    public Task<(int Exit, string Output, string Error)> CommandAsync(string arguments, string input = "") => _app.RunAsync(arguments, input, _settings);

    /// <summary>Waits until no sync is queued or running and gives the last one.</summary>
    public async Task<SyncRun> SyncedAsync()
    {
        await WaitAsync(async db => !await db.SyncRuns.AnyAsync(run => run.Status == SyncStatus.Queued || run.Status == SyncStatus.Running));
        await using var db = Open();
        return await db.SyncRuns.AsNoTracking().OrderByDescending(run => run.Id).FirstAsync();
    }

    /// <summary>Waits until the database shows it.</summary>
    public async Task WaitAsync(Func<XeroCfoDb, Task<bool>> shown)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            await using (var db = Open())
            {
                if (await shown(db))
                {
                    return;
                }
            }

            await Task.Delay(40, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Dispose();
    }

    /// <summary>Removes the data, once the server is dead.</summary>
    public void Dispose()
    {
        _process?.Dispose();
        _app.Dispose();
    }
}
