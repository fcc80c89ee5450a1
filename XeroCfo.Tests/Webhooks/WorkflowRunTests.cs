using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Webhooks;

/// <summary>The files of <c>integrations/n8n</c> in a real n8n, called by a real XeroCfo.</summary>
public sealed class WorkflowRunTests(WorkflowFixture books) : IClassFixture<WorkflowFixture>
{
    [N8nFact]
    public async Task The_receiver_takes_what_is_signed_refuses_everything_else_and_hands_an_event_on_once()
    {
        const string File = "verified-receiver";
        var workflow = await books.PublishAsync(File, WebhookEvents.ReportCreated, AddOwnStep);

        await books.SendTestAsync(workflow);

        var delivery = Assert.Single(await books.DeliveriesAsync(workflow));
        Assert.Equal(("succeeded", 204), (delivery.GetProperty("status").GetString(), Assert.Single(delivery.GetProperty("attempts").EnumerateArray()).GetProperty("status").GetInt32()));
        await books.N8n.HasRunAsync(workflow.Saved, 1);
        Assert.Equal(delivery.GetProperty("body").GetString(), JsonSerializer.Serialize(Assert.Single(await books.ToldAsync(File)).Json));

        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        byte[] body = Message("evt-1"), other = Message("evt-2");
        string Sign(byte[] bytes, long at, string? secret = null) => WebhookSignature.Sign(secret ?? workflow.Secret, "evt-1", at, bytes);
        (string Why, byte[] Body, long At, string? Signature)[] refused =
        [
            ("somebody else's secret", body, now, Sign(body, now, WebhookSignature.NewSecret())),
            ("another body", other, now, Sign(body, now)),
            ("another time", body, now - 1, Sign(body, now)),
            ("an old time", body, now - 310, Sign(body, now - 310)),
            ("a time to come", body, now + 390, Sign(body, now + 390)),
            ("no signature", body, now, null),
        ];
        foreach (var (why, sent, at, signature) in refused)
        {
            Assert.True(await SendAsync(workflow.Hook, "evt-1", at, signature, sent) == HttpStatusCode.Unauthorized, why);
        }

        // While a secret is rotated there are two signatures; the same id again is taken and goes no further.
        await books.N8n.HasRunAsync(workflow.Saved, 1 + refused.Length);
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(workflow.Hook, "evt-1", now, $"{Sign(body, now, WebhookSignature.NewSecret())} {Sign(body, now)}", body));
        await books.N8n.HasRunAsync(workflow.Saved, 2 + refused.Length);
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(workflow.Hook, "evt-1", now, Sign(body, now), body));
        await books.N8n.HasRunAsync(workflow.Saved, 3 + refused.Length);
        Assert.Equal(["webhooks.test", "evt-1"], (await books.ToldAsync(File)).Select(message => message.Json.GetProperty("type").GetString()!));
    }

    [N8nFact]
    public async Task The_alarm_tells_why_a_sync_failed()
    {
        var workflow = await books.PublishAsync("failed-sync-alarm", WebhookEvents.SyncFailed);

        // Connected, and nobody's consent is there: that is how a real organisation's syncs fail.
        await ConnectAsync(ConnectionStatus.Connected);
        JsonElement run;
        try
        {
            run = await books.SyncAsync();
        }
        finally
        {
            await ConnectAsync(ConnectionStatus.Demo);
        }

        var error = run.GetProperty("error");
        Assert.Equal(204, StatusOf(Assert.Single(await books.DeliveriesAsync(workflow))));
        Assert.Equal(
            $"The sync with Xero failed: {error.GetProperty("message").GetString()} ({error.GetProperty("code").GetString()}, run {run.GetProperty("id").GetString()})",
            await books.ToldTextAsync("failed-sync-alarm"));
        await books.N8n.HasRunAsync(workflow.Saved, 1);
    }

    [N8nFact]
    public async Task The_reminder_lists_what_fell_due_with_what_is_still_to_be_paid()
    {
        var workflow = await books.PublishAsync("overdue-reminder", WebhookEvents.InvoiceOverdue);
        await using var db = books.App.Open();
        await db.Transactions.Where(row => row.OverdueToldFor != null).ExecuteUpdateAsync(set => set.SetProperty(row => row.OverdueToldFor, (DateOnly?)null));

        await books.SyncAsync();

        var delivery = Assert.Single(await books.DeliveriesAsync(workflow));
        Assert.Equal(204, StatusOf(delivery));
        var ids = JsonDocument.Parse(delivery.GetProperty("body").GetString()!).RootElement.GetProperty("data").GetProperty("ids").EnumerateArray().Select(id => id.GetGuid()).ToList();
        var due = await db.Transactions.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync();
        Assert.Equal((ids.Count, true), (due.Count, due.Count > 0));
        var lines = due.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Number}: {row.ContactName}, {row.AmountDue:0.00} {row.CurrencyCode}, due {row.DueDate:yyyy-MM-dd}"));
        var told = (await books.ToldTextAsync("overdue-reminder")).Split('\n');
        Assert.Equal(due.Count == 1 ? "An invoice is overdue" : $"{due.Count} invoices are overdue", told[0]);
        Assert.Equal(lines.Order(StringComparer.Ordinal), told[1..].Order(StringComparer.Ordinal));
        await books.N8n.HasRunAsync(workflow.Saved, 1);
    }

    [N8nFact]
    public async Task The_digest_tells_eight_figures_as_the_interface_has_them()
    {
        string[] keys = ["income", "netProfit", "cash", "receivables", "payables", "grossMargin", "dso", "runway"];
        var workflow = await books.PublishAsync("weekly-kpi-digest");

        await books.N8n.RunAsync(workflow, "Every Monday at 8");

        var told = (await books.ToldTextAsync("weekly-kpi-digest")).Split('\n')[1..];
        var kpis = (await books.GetAsync("kpis?period=month")).GetProperty("items").EnumerateArray().Where(kpi => keys.Contains(kpi.GetProperty("key").GetString())).ToList();
        Assert.Equal(8, kpis.Count);
        Assert.Equal(kpis.Select(kpi => kpi.GetProperty("name").GetString()), told.Select(line => line.Split(": ")[0]));
        Assert.All(kpis.Zip(told), pair => AssertTells(pair.First, pair.Second.Split(": ", 2)[1]));
        await books.N8n.HasRunAsync(workflow, 1);
    }

    /// <summary>What is told is the value, rounded to what is shown of it; or why there is none.</summary>
    private static void AssertTells(JsonElement kpi, string text)
    {
        if (kpi.GetProperty("value").ValueKind == JsonValueKind.Null)
        {
            Assert.Equal($"– ({kpi.GetProperty("reason").GetString()})", text);
            return;
        }

        var (value, unit) = (kpi.GetProperty("value").GetDecimal(), kpi.GetProperty("unit").GetString());
        var (factor, step, pattern) = unit switch
        {
            "money" => (1m, 1m, @"^-?\d{1,3}(,\d{3})*$"),
            "percent" => (100m, 0.1m, @"^-?\d+\.\d %$"),
            _ => (1m, 0.1m, @"^-?\d+\.\d$"),
        };
        Assert.Matches(pattern, text);
        var told = decimal.Parse(text.TrimEnd('%', ' '), NumberStyles.Number, CultureInfo.InvariantCulture);
        Assert.InRange(told - (value * factor), -step / 2, step / 2);
    }

    /// <summary>A node behind "Your own steps", as a person adds one: it sends on what it gets.</summary>
    private void AddOwnStep(JsonObject workflow)
    {
        workflow["nodes"]!.AsArray().Add(JsonNode.Parse($$$$"""
            {"id":"on","name":"Send on","type":"n8n-nodes-base.httpRequest","typeVersion":4.2,"position":[1600,0],
             "parameters":{"method":"POST","url":"{{{{books.ChatOf("verified-receiver")}}}}","sendBody":true,"specifyBody":"json","jsonBody":"={{ JSON.stringify($json) }}","options":{}}}
            """));
        workflow["connections"]!["Your own steps"] = JsonNode.Parse("""{"main":[[{"node":"Send on","type":"main","index":0}]]}""");
    }

    private async Task ConnectAsync(string connection)
    {
        await using var db = books.App.Open();
        await db.XeroTenants.ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.Connection, connection));
    }

    private static int StatusOf(JsonElement delivery) => delivery.GetProperty("attempts").EnumerateArray().Last().GetProperty("status").GetInt32();

    private static byte[] Message(string type) => Encoding.UTF8.GetBytes($$$"""{"id":"evt-1","type":"{{{type}}}","tenantId":"t","data":{"ids":["Ā — £"],"counts":{},"url":"/"}}""");

    private static async Task<HttpStatusCode> SendAsync(Uri hook, string id, long timestamp, string? signature, byte[] body)
    {
        using var client = new HttpClient(new HttpClientHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, hook) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        if (signature is not null)
        {
            request.Headers.Add(WebhookSignature.SignatureHeader, signature);
        }

        return (await client.SendAsync(request)).StatusCode;
    }
}
