using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using XeroCfo.Data.Webhooks;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;
using XeroCfo.Domain.Webhooks.Targets;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Webhooks;

/// <summary>Requests to addresses that people gave us, over a real wire.</summary>
public sealed class WebhookTransportTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"id":"1"}""");

    [Fact]
    public async Task The_receiver_gets_the_very_bytes_and_the_headers_of_the_standard()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, response) => response.WriteAsync("thanks\r\na lot"));
        var secret = WebhookSignature.NewSecret();

        var answer = await SendAsync(receiver.Address, Allowing(receiver), secret: secret);

        var received = Assert.Single(receiver.Received);
        Assert.Equal(Body, received.Body);
        Assert.Equal(("1", 1_700_000_000L), (received.Id, received.Timestamp));
        Assert.True(received.IsSignedWith(secret));
        Assert.Equal(new ReceiverAnswer(200, null, "thanks  a lot", null), answer);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_never_followed()
    {
        await using var secondary = await WebhookReceiver.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync((_, response) =>
        {
            (response.StatusCode, response.Headers.Location) = (302, secondary.Address.ToString());
            return Task.CompletedTask;
        });

        var answer = await SendAsync(receiver.Address, new WebhookOptions { AllowPrivateNetworks = ["127.0.0.1"] });

        Assert.Equal(302, answer.Status);
        Assert.Empty(secondary.Received);
    }

    [Fact]
    public async Task A_name_that_stands_for_a_private_address_at_the_moment_of_the_connection_is_refused()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        IPAddress[][] stands = [[IPAddress.Parse("93.184.216.34"), IPAddress.Loopback], [IPAddress.Parse("::ffff:127.0.0.1")], [IPAddress.Parse("169.254.169.254")], []];
        foreach (var addresses in stands)
        {
            var answer = await SendAsync(new Uri($"https://rebound.example.com:{receiver.Address.Port}/"), new WebhookOptions(), (_, _) => Task.FromResult(addresses));

            Assert.Equal(ReceiverAnswer.None(DeliveryErrors.AddressRefused), answer);
        }

        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task The_address_that_was_checked_is_the_one_that_is_connected_to()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var asked = 0;
        Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct) => Task.FromResult<IPAddress[]>(asked++ == 0 ? [IPAddress.Loopback] : [IPAddress.Parse("192.0.2.1")]);

        var answer = await SendAsync(new Uri($"http://n8n:{receiver.Address.Port}/hook"), new WebhookOptions { AllowPrivateNetworks = ["n8n"] }, ResolveAsync);

        Assert.Equal((200, 1), (answer.Status, asked));
        Assert.Equal("/hook", Assert.Single(receiver.Received).Path);
    }

    [Fact]
    public async Task What_the_settings_no_longer_allow_is_not_called_though_it_was_saved()
    {
        await using var receiver = await WebhookReceiver.StartAsync();

        Assert.Equal(DeliveryErrors.AddressRefused, (await SendAsync(receiver.Address, new WebhookOptions())).Error);
        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task Nobody_there_and_an_answer_that_does_not_come_are_told_alike()
    {
        var release = new TaskCompletionSource();
        await using var slow = await WebhookReceiver.StartAsync((_, _) => release.Task);
        var gone = await WebhookReceiver.StartAsync();
        await gone.DisposeAsync();
        var options = new WebhookOptions { AllowPrivateNetworks = ["127.0.0.1"], TimeoutSeconds = 1 };

        Assert.Equal(ReceiverAnswer.None(DeliveryErrors.NoAnswer), await SendAsync(gone.Address, options));
        Assert.Equal(ReceiverAnswer.None(DeliveryErrors.NoAnswer), await SendAsync(slow.Address, options));
        release.SetResult();
    }

    [Fact]
    public async Task An_endless_answer_is_read_up_to_64_KB_and_its_beginning_is_kept()
    {
        var written = 0L;
        await using var receiver = await WebhookReceiver.StartAsync(async (_, response) =>
        {
            for (var chunk = new byte[32_768]; !response.HttpContext.RequestAborted.IsCancellationRequested; written += chunk.Length)
            {
                Array.Fill(chunk, (byte)'x');
                await response.Body.WriteAsync(chunk, response.HttpContext.RequestAborted);
            }
        });

        var answer = await SendAsync(receiver.Address, Allowing(receiver));

        Assert.Equal((200, new string('x', WebhookAttempt.AnswerLimit)), (answer.Status, answer.Answer));
    }

    [Fact]
    public async Task A_receiver_may_ask_for_time()
    {
        await using var receiver = await WebhookReceiver.StartAsync((message, response) =>
        {
            (response.StatusCode, response.Headers.RetryAfter) = (503, message.Path == "/date" ? "Fri, 20 Nov 2026 09:35:00 GMT" : "90");
            return Task.CompletedTask;
        });

        Assert.Equal(TimeSpan.FromSeconds(90), (await SendAsync(receiver.Address, Allowing(receiver))).RetryAfter);
        Assert.Equal(TimeSpan.FromMinutes(5), (await SendAsync(new Uri(receiver.Address, "/date"), Allowing(receiver))).RetryAfter);
    }

    private static WebhookOptions Allowing(WebhookReceiver receiver) => new() { AllowPrivateNetworks = [$"127.0.0.1:{receiver.Address.Port}"] };

    private static async Task<ReceiverAnswer> SendAsync(Uri address, WebhookOptions options, ResolveHost? resolve = null, string? secret = null)
    {
        using var transport = new WebhookTransport(new TargetGuard(options), resolve ?? Dns.GetHostAddressesAsync, options, new FixedClock());
        return await transport.SendAsync(new SignedMessage(address, "1", 1_700_000_000, WebhookSignature.Header([secret ?? WebhookSignature.NewSecret()], "1", 1_700_000_000, Body), Body), default);
    }
}
