using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;

namespace XeroCfo.Web.Hosting;

/// <summary>Figures for Prometheus: how this node and the work that all nodes share stand. Counts and times only, nothing of anybody's books.</summary>
internal static class Metrics
{
    public const string Path = "/metrics";
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static void MapMetrics(this WebApplication app) => app.MapGet(Path, GetAsync).AllowAnonymous().ExcludeFromDescription();

    /// <summary>True for a reader on this very machine. A proxy of this machine that nobody named passes others on: those are told by its header.</summary>
    internal static bool IsFromHere(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && http.Request.Headers["X-Forwarded-For"].Count == 0 && http.Request.Headers["Forwarded"].Count == 0;

    private static async Task<IResult> GetAsync(HttpContext http, MetricsOptions options, MetricsReading reading, CancellationToken ct)
    {
        if (!IsFromHere(http) && !HasToken(http, options))
        {
            // A program wants the status, not a page.
            http.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
            return options.Token is null ? Results.NotFound() : Results.Unauthorized();
        }

        return Results.Text(await reading.ReadAsync(ct), ContentType);
    }

    private static bool HasToken(HttpContext http, MetricsOptions options) =>
        options.Token is { } token && http.Request.Headers.Authorization.ToString() is { } given && given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given["Bearer ".Length..].Trim())), SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

/// <summary>Counts answers by the first digit of their status.</summary>
internal sealed class AnswerCount
{
    private readonly long[] _answers = new long[6];

    public void Add(int status) => Interlocked.Increment(ref _answers[Math.Clamp(status / 100, 0, _answers.Length - 1)]);

    public long Of(int hundreds) => Interlocked.Read(ref _answers[hundreds]);

    public static void Use(WebApplication app)
    {
        var counts = app.Services.GetRequiredService<AnswerCount>();
        app.Use(async (http, next) =>
        {
            try
            {
                await next(http);
            }
            finally
            {
                counts.Add(http.Response.StatusCode);
            }
        });
    }
}

/// <summary>Reads the figures and writes them as Prometheus wants them.</summary>
internal sealed class MetricsReading(IDbFactory databases, AnswerCount answers, OpenCircuits circuits, TimeProvider clock)
{
    public async Task<string> ReadAsync(CancellationToken ct)
    {
        var text = new StringBuilder();
        using (var process = Process.GetCurrentProcess())
        {
            Write(text, "xerocfo_info", "gauge", "The product's version.", 1, $"version=\"{typeof(Metrics).Assembly.GetName().Version!.ToString(3)}\"");
            Write(text, "process_cpu_seconds_total", "counter", "Processor time used.", process.TotalProcessorTime.TotalSeconds);
            Write(text, "process_resident_memory_bytes", "gauge", "Memory in use.", process.WorkingSet64);
            Write(text, "process_start_time_seconds", "gauge", "When this process began.", Seconds(process.StartTime.ToUniversalTime()));
        }

        Write(text, "dotnet_gc_heap_bytes", "gauge", "Managed memory.", GC.GetTotalMemory(forceFullCollection: false));
        Write(text, "xerocfo_circuits_open", "gauge", "Pages that are open on this node.", circuits.Open);
        Write(text, "xerocfo_answers_total", "counter", "Answers of this node by the first digit of their status.", [.. Enumerable.Range(1, 5).Select(hundreds => ($"class=\"{hundreds}xx\"", (double)answers.Of(hundreds)))]);
        await WriteSharedAsync(text, ct);
        return text.ToString();
    }

    private async Task WriteSharedAsync(StringBuilder text, CancellationToken ct)
    {
        await using var db = databases.AcrossTenants("metrics count the work of all organisations");
        var now = clock.UtcNow();
        var lastGood = await db.BackupRuns.Where(run => run.Status == BackupStatus.Succeeded).MaxAsync(run => run.SnapshotAt, ct);
        var lastEnded = await db.BackupRuns.Where(run => run.FinishedAt != null).OrderByDescending(run => run.Id).Select(run => run.Status).FirstOrDefaultAsync(ct);
        var dayAgo = now.AddDays(-1);
        Write(text, "xerocfo_sync_runs_open", "gauge", "Syncs that wait or run.", await db.SyncRuns.CountAsync(run => run.Status == SyncStatus.Queued || run.Status == SyncStatus.Running, ct));
        Write(text, "xerocfo_sync_runs_failed_24h", "gauge", "Syncs of the last 24 hours that failed.", await db.SyncRuns.CountAsync(run => run.Status == SyncStatus.Failed && run.CreatedAt > dayAgo, ct));
        Write(text, "xerocfo_rule_runs_open", "gauge", "Runs of rules that wait or run.", await db.RuleRuns.CountAsync(run => run.Status == SyncStatus.Queued || run.Status == SyncStatus.Running, ct));
        Write(text, "xerocfo_backup_last_good_timestamp_seconds", "gauge", "When the newest proved backup was taken; 0: there is none.", lastGood is { } good ? Seconds(good) : 0);
        Write(text, "xerocfo_backup_last_failed", "gauge", "1 when the last backup failed.", lastEnded == BackupStatus.Failed ? 1 : 0);
    }

    private static double Seconds(DateTime utc) => (utc - DateTime.UnixEpoch).TotalSeconds;

    private static void Write(StringBuilder text, string name, string type, string help, double value, string? label = null) => Write(text, name, type, help, [(label, value)]);

    private static void Write(StringBuilder text, string name, string type, string help, (string? Label, double Value)[] values)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (var (label, value) in values)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{(label is null ? "" : $"{{{label}}}")} {value.ToString("R", CultureInfo.InvariantCulture)}\n");
        }
    }
}
