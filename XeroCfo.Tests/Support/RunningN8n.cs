using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace XeroCfo.Tests.Support;

/// <summary>An n8n of one test class on 127.0.0.1, with an owner, a folder of its own and no word to anybody outside; asked as its own pages ask it.</summary>
internal sealed class RunningN8n : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly string[] Ended = ["success", "error", "crashed", "canceled"];

    private readonly string _folder = Directory.CreateTempSubdirectory("xerocfo-n8n").FullName;
    private readonly StringBuilder _log = new();
    private readonly HttpClient _owner;
    private Process? _process;

    public RunningN8n()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        _owner = new HttpClient(new HttpClientHandler()) { BaseAddress = Address, Timeout = Patience };
    }

    public const string Email = "ana@example.com";

    public const string Password = "Correct-horse-7";

    public Uri Address { get; }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Needs.N8n!, "start") { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Settings())
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _ = KeepAsync(_process.StandardOutput);
        _ = KeepAsync(_process.StandardError);
        await UntilAsync(IsReadyAsync, "n8n is ready");
        await PostAsync("owner/setup", new JsonObject { ["email"] = Email, ["firstName"] = "Ana", ["lastName"] = "Example", ["password"] = Password });
    }

    /// <summary>Makes a credential that sends a header; its id.</summary>
    public async Task<string> AddHeaderAsync(string name, string header, string value) =>
        (await PostAsync("credentials", new JsonObject { ["name"] = name, ["type"] = "httpHeaderAuth", ["data"] = new JsonObject { ["name"] = header, ["value"] = value } }))["id"]!.GetValue<string>();

    /// <summary>Saves a workflow as new and publishes it; what n8n made of it.</summary>
    public async Task<JsonObject> PublishAsync(JsonObject workflow)
    {
        var saved = (await PostAsync("workflows", workflow)).AsObject();
        await PostAsync($"workflows/{saved["id"]}/activate", new JsonObject { ["versionId"] = saved["versionId"]!.DeepClone() });
        return saved;
    }

    /// <summary>Starts a saved workflow by hand at one of its triggers.</summary>
    public Task RunAsync(JsonObject saved, string trigger) => PostAsync(
        $"workflows/{saved["id"]}/run", new JsonObject { ["workflowData"] = saved.DeepClone(), ["triggerToStartFrom"] = new JsonObject { ["name"] = trigger } });

    /// <summary>Waits until a workflow has run so often and nothing of it goes on; all must have gone well.</summary>
    public async Task HasRunAsync(JsonObject saved, int times)
    {
        List<string> states = [];
        await UntilAsync(
            async () =>
            {
                var filter = Uri.EscapeDataString(new JsonObject { ["workflowId"] = saved["id"]!.DeepClone() }.ToJsonString());
                var answer = await ReadAsync(await _owner.GetAsync(new Uri($"rest/executions?limit=100&filter={filter}", UriKind.Relative)));
                states = [.. answer["results"]!.AsArray().Select(run => run!["status"]!.GetValue<string>())];
                return states.Count >= times && states.TrueForAll(Ended.Contains);
            },
            $"a workflow has run {times} times");
        Assert.True(states.Count == times && states.TrueForAll(state => state == "success"), $"{string.Join(", ", states)}\n{Log}");
    }

    /// <summary>Waits until it is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            Assert.False(limit.IsCancellationRequested || _process!.HasExited, $"Waited in vain until {what}.\n{Log}");
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _owner.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    private IEnumerable<(string Name, string Value)> Settings() =>
    [
        ("N8N_USER_FOLDER", _folder), ("HOME", _folder),
        ("N8N_HOST", Address.Host), ("N8N_LISTEN_ADDRESS", Address.Host), ("N8N_PORT", Address.Port.ToString(CultureInfo.InvariantCulture)),
        ("N8N_RUNNERS_BROKER_PORT", FreePort.Next().ToString(CultureInfo.InvariantCulture)),
        ("N8N_SECURE_COOKIE", "false"), ("N8N_LOG_LEVEL", "warn"),
        ("N8N_DIAGNOSTICS_ENABLED", "false"), ("N8N_VERSION_NOTIFICATIONS_ENABLED", "false"), ("N8N_TEMPLATES_ENABLED", "false"), ("N8N_PERSONALIZATION_ENABLED", "false"),
        ("N8N_DYNAMIC_BANNERS_ENABLED", "false"), ("N8N_COMMUNITY_PACKAGES_ENABLED", "false"), ("N8N_LICENSE_AUTO_RENEW_ENABLED", "false"),
    ];

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            return (await _owner.GetAsync(new Uri("healthz/readiness", UriKind.Relative))).IsSuccessStatusCode && (await _owner.GetAsync(new Uri("rest/settings", UriKind.Relative))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<JsonNode> PostAsync(string path, JsonObject body) => await ReadAsync(await _owner.PostAsJsonAsync(new Uri($"rest/{path}", UriKind.Relative), body));

    private async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri} answered {answer.StatusCode}: {text}\n{Log}");
        return JsonNode.Parse(text)!["data"]!;
    }

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
}
