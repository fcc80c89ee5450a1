using System.Net;
using System.Text;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;
using XeroCfo.Domain.Webhooks.Targets;

namespace XeroCfo.Tests.Webhooks;

/// <summary>What is decided without a database or a network.</summary>
public sealed class WebhookRulesTests
{
    private static readonly DateTime Now = new(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc);
    private static readonly TargetGuard Strict = new(new WebhookOptions());

    [Fact]
    public void The_signature_is_the_standards_own_example()
    {
        var body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");

        var signature = WebhookSignature.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Fact]
    public void A_new_secret_holds_32_random_bytes_and_two_secrets_sign_with_a_space_between()
    {
        var (one, other) = (WebhookSignature.NewSecret(), WebhookSignature.NewSecret());

        Assert.NotEqual(one, other);
        Assert.Equal(32, Convert.FromBase64String(one["whsec_".Length..]).Length);
        Assert.Equal($"{WebhookSignature.Sign(one, "id", 7, [1])} {WebhookSignature.Sign(other, "id", 7, [1])}", WebhookSignature.Header([one, other], "id", 7, [1]));
    }

    [Theory]
    [InlineData("*", "sync.failed", true)]
    [InlineData("sync.*", "sync.failed", true)]
    [InlineData("sync.failed", "sync.failed", true)]
    [InlineData("sync.*", "synchron.failed", false)]
    [InlineData("sync.failed", "sync.succeeded", false)]
    [InlineData("transactions.*", "report.created", false)]
    public void An_endpoint_is_told_of_what_it_asked_for(string choice, string type, bool told) => Assert.Equal(told, WebhookEvents.Matches(choice, type));

    [Fact]
    public void Every_choice_stands_for_an_event()
    {
        Assert.All(WebhookEvents.Choices, choice => Assert.Contains(WebhookEvents.Names, name => WebhookEvents.Matches(choice, name)));
        Assert.Contains("kpi.*", WebhookEvents.Choices);
        Assert.Equal(WebhookEvents.Choices.Count, WebhookEvents.Choices.Distinct().Count());
    }

    [Fact]
    public void A_message_tells_ids_counts_and_a_link_in_less_than_20_KB()
    {
        var tenant = Guid.NewGuid();
        var ids = Enumerable.Range(0, 5_000).Select(_ => (object)Guid.NewGuid()).ToList();
        var told = OutboxEvent.Of(tenant, WebhookEvents.TransactionsCreated, "transactions", ids, ("created", 5_000));
        told.CreatedAt = Now;

        var body = WebhookMessage.BodyOf(told);

        Assert.InRange(body.Length, 1, 20_000);
        var message = new ReceivedMessage("", 0, "", body, "").Json;
        Assert.Equal((WebhookMessage.IdOf(told), "transactions.created", "2026-11-20T09:30:00.000000Z", tenant.ToString("D")), (message.GetProperty("id").GetString()!, message.GetProperty("type").GetString()!, message.GetProperty("timestamp").GetString()!, message.GetProperty("tenantId").GetString()!));
        Assert.Equal((100, 5_000), (message.GetProperty("data").GetProperty("ids").GetArrayLength(), message.GetProperty("data").GetProperty("counts").GetProperty("created").GetInt32()));
        Assert.Equal($"/api/v1/tenants/{tenant:D}/transactions", message.GetProperty("data").GetProperty("url").GetString());
    }

    [Theory]
    [InlineData(null, "invalid-url")]
    [InlineData("", "invalid-url")]
    [InlineData("hooks.example.com", "invalid-url")]
    [InlineData("ftp://hooks.example.com", "invalid-url")]
    [InlineData("https:hooks.example.com", "invalid-url")]
    [InlineData("https://hooks.example.com/a b", "invalid-url")]
    [InlineData("https://ana@hooks.example.com/", "url-with-user")]
    [InlineData("https://ana:secret@hooks.example.com/", "url-with-user")]
    [InlineData("https://@hooks.example.com/", "url-with-user")]
    [InlineData("http://hooks.example.com/", "https-required")]
    [InlineData("https://localhost/", "address-refused")]
    [InlineData("https://LOCALHOST./", "address-refused")]
    [InlineData("https://2130706433/", "address-refused")]
    [InlineData("https://0x7f.1/", "address-refused")]
    [InlineData("https://127.1/", "address-refused")]
    [InlineData("https://[::1]/", "address-refused")]
    [InlineData("https://[::ffff:10.0.0.1]/", "address-refused")]
    [InlineData("https://169.254.169.254/latest/meta-data", "address-refused")]
    [InlineData("https://hooks.example.com:8443/x?y=z", null)]
    [InlineData("https://8.8.8.8/", null)]
    public void An_address_is_refused_by_what_can_be_known_of_it(string? url, string? code) => Assert.Equal(code, Strict.Check(url)?.Code);

    [Fact]
    public void What_is_wrong_by_itself_and_what_the_settings_refuse_are_told_apart()
    {
        Assert.Equal(ProblemKind.Invalid, Strict.Check("https://ana@hooks.example.com/")!.Kind);
        Assert.Equal(ProblemKind.Refused, Strict.Check("http://hooks.example.com/")!.Kind);
        Assert.Equal("invalid-url", Strict.Check("https://hooks.example.com/" + new string('x', 255))!.Code);
    }

    [Theory]
    [InlineData("0.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.53")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.168.1.1")]
    [InlineData("198.19.0.1")]
    [InlineData("224.0.0.251")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fd12::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:7f00:1::")]
    public void An_address_that_is_not_on_the_public_internet_is_not_connected_to(string address)
    {
        Assert.False(Strict.MayConnect("hooks.example.com", 443, IPAddress.Parse(address)));
        Assert.True(Strict.MayConnect("hooks.example.com", 443, IPAddress.Parse("93.184.216.34")));
        Assert.True(Strict.MayConnect("hooks.example.com", 443, IPAddress.Parse("2606:2800:220:1:248:1893:25c8:1946")));
    }

    [Theory]
    [InlineData("n8n", "n8n", 5678, "10.0.0.9", true)]
    [InlineData("n8n:5678", "N8N.", 5678, "10.0.0.9", true)]
    [InlineData("n8n:5678", "n8n", 80, "10.0.0.9", false)]
    [InlineData("n8n", "other", 443, "10.0.0.9", false)]
    [InlineData("10.0.0.0/8", "other", 443, "10.0.0.9", true)]
    [InlineData("10.0.0.0/8", "other", 443, "11.0.0.9", true)]
    [InlineData("10.0.0.0/8", "other", 443, "192.168.0.9", false)]
    [InlineData("127.0.0.1", "localhost", 443, "127.0.0.1", true)]
    [InlineData("127.0.0.1:9000", "127.0.0.1", 9000, "127.0.0.1", true)]
    [InlineData("127.0.0.1:9000", "127.0.0.1", 9001, "127.0.0.1", false)]
    [InlineData("[fd00::7]", "fd00::7", 443, "fd00::7", true)]
    [InlineData("10.0.0.0/8", "other", 443, "::ffff:10.0.0.9", true)]
    [InlineData("0.0.0.0/0", "other", 443, "169.254.169.254", false)]
    [InlineData("metadata", "metadata", 80, "169.254.169.254", false)]
    [InlineData("metadata", "metadata", 80, "fe80::a9fe:a9fe", false)]
    [InlineData("metadata", "metadata", 80, "100.100.100.200", false)]
    public void A_setting_opens_hosts_ports_and_networks_but_never_where_clouds_tell_their_secrets(string entry, string host, int port, string address, bool may) =>
        Assert.Equal(may, new TargetGuard(new WebhookOptions { AllowPrivateNetworks = [entry] }).MayConnect(host, port, IPAddress.Parse(address)));

    [Theory]
    [InlineData("n8n", "http://n8n:5678/hook", null)]
    [InlineData("n8n:5678", "http://n8n/hook", "https-required")]
    [InlineData("10.0.0.0/8", "http://10.0.0.9/hook", null)]
    [InlineData("10.0.0.0/8", "http://n8n/hook", "https-required")]
    [InlineData("localhost", "http://localhost:5678/hook", null)]
    public void Plain_http_is_for_what_the_settings_name(string entry, string url, string? code) =>
        Assert.Equal(code, new TargetGuard(new WebhookOptions { AllowPrivateNetworks = [entry] }).Check(url)?.Code);

    [Fact]
    public void A_setting_that_cannot_be_understood_is_named()
    {
        Assert.Empty(new WebhookOptions { AllowPrivateNetworks = ["n8n", "n8n:5678", "10.0.0.0/8", "fd00::/8", "[::1]:8080", "127.0.0.1"] }.Faults());
        foreach (var wrong in new[] { "10.0.0.0/99", "n8n:port", "http://n8n", "a b", "" })
        {
            Assert.Contains($"holds {wrong}.", Assert.Single(new WebhookOptions { AllowPrivateNetworks = [wrong] }.Faults()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Attempts_follow_the_plan_with_a_tenth_of_jitter_and_then_end()
    {
        TimeSpan[] delays = [TimeSpan.Zero, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(100)];
        var failed = Outcome(500);

        Assert.Equal(TimeSpan.FromSeconds(9), RetryPlan.WaitAfter(failed, 1, delays, 0));
        Assert.Equal(TimeSpan.FromSeconds(11), RetryPlan.WaitAfter(failed, 1, delays, 1));
        Assert.Equal(TimeSpan.FromSeconds(100), RetryPlan.WaitAfter(failed, 2, delays, 0.5));
        Assert.Null(RetryPlan.WaitAfter(failed, 3, delays, 0.5));
        Assert.Null(RetryPlan.WaitAfter(Outcome(410), 1, delays, 0.5));
    }

    [Fact]
    public void A_receiver_that_asks_for_more_time_gets_it_but_for_no_longer_than_a_day()
    {
        TimeSpan[] delays = [TimeSpan.Zero, TimeSpan.FromSeconds(10)];

        Assert.Equal(TimeSpan.FromMinutes(2), RetryPlan.WaitAfter(Outcome(503) with { RetryAfter = TimeSpan.FromMinutes(2) }, 1, delays, 0.5));
        Assert.Equal(TimeSpan.FromSeconds(10), RetryPlan.WaitAfter(Outcome(503) with { RetryAfter = TimeSpan.FromSeconds(1) }, 1, delays, 0.5));
        Assert.Equal(TimeSpan.FromDays(1), RetryPlan.WaitAfter(Outcome(503) with { RetryAfter = TimeSpan.FromDays(90) }, 1, delays, 0.5));
    }

    [Fact]
    public void Only_2xx_is_a_success_and_an_endpoint_is_given_up_when_it_is_gone_or_fails_for_days()
    {
        Assert.Equal([200, 204], new[] { 200, 204, 301, 304, 400, 404, 410, 500 }.Where(status => Outcome(status).Succeeded));
        Assert.Equal(DisabledReasons.Gone, RetryPlan.GivesUp(Outcome(410), Now));
        Assert.Null(RetryPlan.GivesUp(Outcome(500), Now.AddDays(-2)));
        Assert.Equal(DisabledReasons.Failing, RetryPlan.GivesUp(Outcome(null), Now.AddDays(-3)));
    }

    private static AttemptOutcome Outcome(int? status) => new(Guid.NewGuid(), Now, TimeSpan.FromMilliseconds(30), status);
}
