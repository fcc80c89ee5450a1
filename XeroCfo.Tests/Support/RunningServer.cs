using System.Diagnostics;
using System.Text;
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
    private readonly StringBuilder _log = new();
    private Process? _process;

    public RunningServer(params (string Name, string Value)[] settings) => _settings = settings;

    /// <summary>Everything that it wrote to the console and the log so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>The folder of its data.</summary>
    public string DataFolder => _app.DataFolder;

    public Uri Address { get; private set; } = null!;

    /// <summary>The server's database, seen from outside.</summary>
    public XeroCfoDb Open() => new DbFactory(Database, TimeProvider.System).AcrossTenants("a test looks at everything");

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
        _ = KeepAsync(_process.StandardOutput);
        _ = KeepAsync(_process.StandardError);
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

    /// <summary>Asks it to stop, as a service manager does, and gives how it ended.</summary>
    public async Task<int> StopAsync()
    {
        using var asked = Process.Start("kill", $"-TERM {_process!.Id}");
        await _process.WaitForExitAsync();
        var exit = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return exit;
    }

    /// <summary>Runs a command on the same data.</summary>
    public Task<(int Exit, string Output, string Error)> CommandAsync(string arguments, string input = "") => _app.RunAsync(arguments, input, _settings);

    /// <summary>Begins a command on the same data and leaves it running; the caller ends it.</summary>
    public Process Begin(string arguments) => _app.Start(arguments, _settings);

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

    private DatabaseOptions Database => Setting("ConnectionStrings__Database") is { } postgres
        ? new DatabaseOptions { Provider = DatabaseOptions.Postgres, ConnectionString = postgres, MaxPoolSize = 5 }
        : new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(_app.DataFolder, "xerocfo.db")};Pooling=False" };

    private string? Setting(string name) => Array.Find(_settings, setting => setting.Name == name).Value;

    private async Task KeepAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_log)
            {
                _log.AppendLine(line);
            }
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
