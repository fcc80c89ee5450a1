using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Tests.Architecture;

namespace XeroCfo.Tests.Webhooks;

/// <summary>The code inside the files of <c>integrations/n8n</c>, run by the Node.js that Playwright brings; the whole files are run by <see cref="WorkflowRunTests"/>.</summary>
public sealed class WorkflowCodeTests
{
    private const string Check = "Check the signature";
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>What a node's code finds around it in n8n, as far as ours asks for it.</summary>
    private const string Surroundings =
        """
        let text = '';
        process.stdin.on('data', part => text += part).on('end', async () => {
          const { code, nodes, items, body, kept } = JSON.parse(text);
          const run = new (async () => {}).constructor('$', '$input', '$getWorkflowStaticData', code);
          const given = items.map(json => ({ json }));
          const told = await run.call(
            { helpers: { getBinaryDataBuffer: async () => Buffer.from(body, 'base64') } },
            name => ({ first: () => ({ json: nodes[name] }) }), { all: () => given, first: () => given[0] }, () => kept);
          process.stdout.write(JSON.stringify({ items: told.map(item => item.json), kept }));
        });
        """;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(54)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(20_000)]
    public async Task A_message_that_is_ours_is_known_whatever_its_length(int length)
    {
        var secret = WebhookSignature.NewSecret();
        var body = $$"""{"type":"sync.failed","data":"{{new string('é', length)}}"}""";

        var (verdict, kept) = await CheckAsync("verified-receiver", secret, body, Signed(secret, Now, body));

        Assert.Equal((true, false), (verdict["verified"]!.GetValue<bool>(), verdict["twice"]!.GetValue<bool>()));
        Assert.Equal("sync.failed", verdict["event"]!["type"]!.GetValue<string>());
        Assert.Equal("evt-1", Assert.Single(kept["ids"]!.AsArray())!.GetValue<string>());
    }

    [Fact]
    public async Task Anything_else_is_refused_and_not_remembered()
    {
        var secret = WebhookSignature.NewSecret();
        const string Body = """{"type":"sync.failed"}""";
        JsonObject Changed(string name, string value)
        {
            var headers = Signed(secret, Now, Body);
            headers[name] = value;
            return headers;
        }

        JsonObject[] refused =
        [
            [],
            Signed(WebhookSignature.NewSecret(), Now, Body),
            Signed(secret, Now, Body + " "),
            Signed(secret, Now - 310, Body),
            Signed(secret, Now + 390, Body),
            Changed(WebhookSignature.IdHeader, "evt-2"),
            Changed(WebhookSignature.TimestampHeader, (Now - 1).ToString(CultureInfo.InvariantCulture)),
            Changed(WebhookSignature.TimestampHeader, "soon"),
            Changed(WebhookSignature.SignatureHeader, ""),
        ];
        foreach (var headers in refused)
        {
            var (verdict, kept) = await CheckAsync("verified-receiver", secret, Body, headers);
            Assert.Equal("""{"verified":false,"twice":false,"event":null}""", verdict.ToJsonString());
            Assert.Empty(kept["ids"]!.AsArray());
        }
    }

    [Fact]
    public async Task Either_of_two_signatures_is_enough_and_the_same_id_is_known_again()
    {
        var secret = WebhookSignature.NewSecret();
        const string Body = """{"type":"sync.failed"}""";
        var headers = Signed(secret, Now, Body);
        headers[WebhookSignature.SignatureHeader] = $"{WebhookSignature.Sign(WebhookSignature.NewSecret(), "evt-1", Now, [1])} {headers[WebhookSignature.SignatureHeader]}";

        var (first, kept) = await CheckAsync("verified-receiver", secret, Body, headers);
        var (second, _) = await CheckAsync("verified-receiver", secret, Body, headers, kept);

        Assert.Equal((true, false), (first["verified"]!.GetValue<bool>(), first["twice"]!.GetValue<bool>()));
        Assert.Equal((true, true), (second["verified"]!.GetValue<bool>(), second["twice"]!.GetValue<bool>()));
    }

    [Fact]
    public void Every_file_that_a_webhook_calls_checks_in_the_same_way()
    {
        var checks = new[] { "verified-receiver", "failed-sync-alarm", "overdue-reminder" }.Select(file => Code(file, Check)).ToList();

        Assert.Single(checks.Distinct());
    }

    [Fact]
    public async Task The_reminder_deducts_what_was_paid_or_credited()
    {
        var invoice = new JsonObject
        {
            ["id"] = "1",
            ["xeroId"] = "x-1",
            ["number"] = "INV-7",
            ["contactName"] = "Kahu Café",
            ["amount"] = 1150.3,
            ["currencyCode"] = "NZD",
            ["dueDate"] = "2026-11-20",
            ["allocations"] = JsonNode.Parse("""[{"targetXeroId":"x-1","amount":150.1},{"targetXeroId":"x-2","amount":40},{"targetXeroId":"x-1","amount":0.1}]"""),
        };
        var plain = JsonNode.Parse("""{"id":"2","xeroId":"x-9","number":null,"contactName":null,"amount":20,"currencyCode":"USD","dueDate":"2026-11-21","allocations":[]}""")!;

        Assert.Equal("An invoice is overdue\nINV-7: Kahu Café, 1000.10 NZD, due 2026-11-20", await TextAsync("overdue-reminder", invoice.DeepClone()));
        Assert.Equal("2 invoices are overdue\nINV-7: Kahu Café, 1000.10 NZD, due 2026-11-20\n2: no contact, 20.00 USD, due 2026-11-21", await TextAsync("overdue-reminder", invoice, plain));
    }

    [Fact]
    public async Task The_digest_writes_each_unit_in_its_own_way_and_says_why_there_is_no_value()
    {
        var told = await TextAsync("weekly-kpi-digest", JsonNode.Parse(
            """
            {"items":[
              {"key":"income","name":"Income","unit":"money","value":-1234567.5},
              {"key":"grossMargin","name":"Gross margin","unit":"percent","value":0.5625},
              {"key":"dso","name":"Debtor days","unit":"days","value":31},
              {"key":"quickRatio","name":"Quick ratio","unit":"ratio","value":2},
              {"key":"runway","name":"Runway","unit":"months","value":null,"reason":"no cash is burnt"}]}
            """)!);

        Assert.Equal("The week's figures\nIncome: -1,234,567\nGross margin: 56.3 %\nDebtor days: 31.0\nRunway: – (no cash is burnt)", told);
    }

    [Fact]
    public async Task The_alarm_names_the_run_and_why_it_failed() => Assert.Equal(
        "The sync with Xero failed: Xero is away. (xero-away, run 7)",
        await TextAsync("failed-sync-alarm", JsonNode.Parse("""{"id":"7","status":"failed","error":{"code":"xero-away","message":"Xero is away."}}""")!));

    private static JsonObject Signed(string secret, long at, string body) => new()
    {
        [WebhookSignature.IdHeader] = "evt-1",
        [WebhookSignature.TimestampHeader] = at.ToString(CultureInfo.InvariantCulture),
        [WebhookSignature.SignatureHeader] = WebhookSignature.Sign(secret, "evt-1", at, Encoding.UTF8.GetBytes(body)),
    };

    private static async Task<(JsonNode Verdict, JsonNode Kept)> CheckAsync(string file, string secret, string body, JsonObject headers, JsonNode? kept = null)
    {
        var told = await RunAsync(new JsonObject
        {
            ["code"] = Code(file, Check),
            ["items"] = new JsonArray(),
            ["kept"] = kept?.DeepClone() ?? new JsonObject(),
            ["body"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(body)),
            ["nodes"] = new JsonObject { ["Webhook"] = new JsonObject { ["headers"] = headers.DeepClone() }, ["Settings"] = new JsonObject { ["webhookSecret"] = secret } },
        });
        return (told["items"]![0]!, told["kept"]!);
    }

    private static async Task<string> TextAsync(string file, params JsonNode[] items) =>
        (await RunAsync(new JsonObject { ["code"] = Code(file, "Words"), ["items"] = new JsonArray([.. items.Select(item => item.DeepClone())]) }))["items"]![0]!["text"]!.GetValue<string>();

    private static string Code(string file, string node) =>
        WorkflowFixture.Node(JsonNode.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "integrations", "n8n", $"{file}.json")))!.AsObject(), node)["parameters"]!["jsCode"]!.GetValue<string>();

    private static async Task<JsonNode> RunAsync(JsonObject what)
    {
        var node = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, ".playwright", "node"), "node*", SearchOption.AllDirectories).First(path => Path.GetFileNameWithoutExtension(path) == "node");
        using var process = Process.Start(new ProcessStartInfo(node, ["-e", Surroundings]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(what.ToJsonString());
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return JsonNode.Parse(await output)!;
    }
}
