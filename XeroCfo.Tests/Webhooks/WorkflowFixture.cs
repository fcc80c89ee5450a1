using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XeroCfo.Domain.Sync;
using XeroCfo.Tests.Architecture;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Webhooks;

/// <summary>A workflow that n8n runs: as it was saved, and the webhook of XeroCfo's that calls it.</summary>
internal sealed record PublishedWorkflow(JsonObject Saved, Uri Hook, Guid WebhookId, string Secret);

/// <summary>XeroCfo with the demo's books, an n8n beside it, and a chat that both know nothing of. What <c>docs/n8n.md</c> says a person does is done here.</summary>
public sealed partial class WorkflowFixture : IAsyncLifetime, IDisposable
{
    private const string Email = "cfo@acme.test";
    private const string Password = "correct horse battery";
    private RunningServer _app = null!;
    private RunningN8n _n8n = null!;
    private WebhookReceiver _chat = null!;
    private HttpClient _person = null!;
    private HttpClient _key = null!;
    private JsonObject _credential = null!;

    /// <summary>The demo company.</summary>
    public Guid Organisation { get; private set; }

    internal RunningServer App => _app;

    internal RunningN8n N8n => _n8n;

    public async Task InitializeAsync()
    {
        if ((Needs.WithoutLong ?? Needs.WithoutN8n) is not null)
        {
            return;
        }

        _chat = await WebhookReceiver.StartAsync();
        _n8n = new RunningN8n();
        _app = new RunningServer(
            ("Demo__Enabled", "true"), ("Admin__Email", Email), ("Admin__Password", Password), ("RateLimit__SignInPerMinute", "1000"),
            ("Webhooks__AllowPrivateNetworks__0", _n8n.Address.Authority));
        await _app.StartAsync();
        var synced = await _app.SyncedAsync();
        Assert.True(synced.Status == SyncStatus.Succeeded, synced.ErrorMessage);
        Organisation = synced.TenantId;
        await _n8n.StartAsync();

        _person = _app.Client();
        var token = await ReadAsync(await _person.PostAsJsonAsync("/api/v1/auth/token", new { email = Email, password = Password }));
        _person.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("token").GetString());
        var permissions = Permissions().Match(await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "docs", "n8n.md"))).Groups[1].Value;
        var (exit, key, error) = await _app.CommandAsync($"apikey add --email {Email} --name n8n --permissions {permissions} --tenants {Organisation}");
        Assert.True(exit == 0, error);
        _key = _app.Client();
        _key.DefaultRequestHeaders.Add("X-Api-Key", key);
        _credential = new JsonObject { ["id"] = await _n8n.AddHeaderAsync("XeroCfo API key", "X-Api-Key", key), ["name"] = "XeroCfo API key" };
    }

    public async Task DisposeAsync()
    {
        await (_n8n?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_app?.KillAsync() ?? Task.CompletedTask);
        await (_chat?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    public void Dispose()
    {
        _person?.Dispose();
        _key?.Dispose();
        _app?.Dispose();
    }

    /// <summary>Imports one of the files, fills in its settings, makes the webhook that calls it, and publishes it.</summary>
    internal async Task<PublishedWorkflow> PublishAsync(string file, string told, Action<JsonObject>? change = null)
    {
        var workflow = Workflow(file);
        var hook = new Uri(_n8n.Address, $"webhook/{Node(workflow, "Webhook")["parameters"]!["path"]}");
        var made = await ReadAsync(await _person.PostAsJsonAsync($"{Tenants}{Organisation}/webhooks", new { @event = told, url = hook.ToString() }));
        var secret = made.GetProperty("secret").GetString()!;
        Fill(workflow, file, secret);
        change?.Invoke(workflow);
        return new PublishedWorkflow(await _n8n.PublishAsync(workflow), hook, made.GetProperty("id").GetGuid(), secret);
    }

    /// <summary>The same for a file that no webhook calls.</summary>
    internal async Task<JsonObject> PublishAsync(string file)
    {
        var workflow = Workflow(file);
        Fill(workflow, file, secret: "");
        return await _n8n.PublishAsync(workflow);
    }

    /// <summary>Presses "Send a test".</summary>
    internal async Task SendTestAsync(PublishedWorkflow workflow) => await ReadAsync(await _person.PostAsync($"{Tenants}{Organisation}/webhooks/{workflow.WebhookId}/test", null));

    /// <summary>Waits until a webhook's deliveries, so many, are over; the newest first.</summary>
    internal async Task<List<JsonElement>> DeliveriesAsync(PublishedWorkflow workflow, int count = 1)
    {
        List<JsonElement> items = [];
        await _n8n.UntilAsync(
            async () =>
            {
                var page = await ReadAsync(await _person.GetAsync($"{Tenants}{Organisation}/webhooks/{workflow.WebhookId}/deliveries"));
                items = [.. page.GetProperty("items").EnumerateArray()];
                return items.Count >= count && items.TrueForAll(item => item.GetProperty("status").GetString() != "pending");
            },
            $"{count} deliveries of {workflow.Hook} are over");
        return items;
    }

    /// <summary>Asks for a sync and waits for its end.</summary>
    internal async Task<JsonElement> SyncAsync()
    {
        var asked = await ReadAsync(await _person.PostAsJsonAsync($"{Tenants}{Organisation}/syncs", new { full = false }));
        await _app.SyncedAsync();
        return await GetAsync($"syncs/{asked.GetProperty("id").GetString()}");
    }

    /// <summary>What XeroCfo answers to the key that n8n has.</summary>
    internal async Task<JsonElement> GetAsync(string path) => await ReadAsync(await _key.GetAsync($"{Tenants}{Organisation}/{path}"));

    /// <summary>Waits until a file's workflow told the chat something; what it told, message by message.</summary>
    internal async Task<List<ReceivedMessage>> ToldAsync(string file)
    {
        List<ReceivedMessage> Told() => [.. _chat.Received.Where(message => message.Path == $"/{file}")];
        await _n8n.UntilAsync(() => Task.FromResult(Told().Count > 0), $"{file} tells something");
        return Told();
    }

    /// <summary>The one line of text that a file's workflow told.</summary>
    internal async Task<string> ToldTextAsync(string file)
    {
        var told = Assert.Single((await ToldAsync(file))[0].Json.EnumerateObject());
        Assert.Equal("text", told.Name);
        return told.Value.GetString()!;
    }

    internal Uri ChatOf(string file) => new(_chat.Address, file);

    internal static JsonObject Node(JsonObject workflow, string name) => workflow["nodes"]!.AsArray().Single(node => node!["name"]!.GetValue<string>() == name)!.AsObject();

    private const string Tenants = "/api/v1/tenants/";

    private static JsonObject Workflow(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "integrations", "n8n", $"{file}.json")))!.AsObject();

    /// <summary>Every setting that the file asks for, and the credential at the nodes that want it.</summary>
    private void Fill(JsonObject workflow, string file, string secret)
    {
        Dictionary<string, string> settings = new()
        {
            ["baseUrl"] = _app.Address.GetLeftPart(UriPartial.Authority),
            ["tenant"] = Organisation.ToString("D"),
            ["webhookSecret"] = secret,
            ["chatUrl"] = ChatOf(file).ToString(),
        };
        foreach (var setting in Node(workflow, "Settings")["parameters"]!["assignments"]!["assignments"]!.AsArray())
        {
            setting!["value"] = settings[setting["name"]!.GetValue<string>()];
        }

        foreach (var node in workflow["nodes"]!.AsArray().Where(node => node!["credentials"] is not null))
        {
            node!["credentials"]!["httpHeaderAuth"] = _credential.DeepClone();
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri} answered {answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    [GeneratedRegex(@"--permissions (\S+)")]
    private static partial Regex Permissions();
}
