using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XeroCfo.Domain.Webhooks;

namespace XeroCfo.Tests.Webhooks;

/// <summary>What arrived.</summary>
internal sealed record ReceivedMessage(string Id, long Timestamp, string Signature, byte[] Body, string Path)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>True when one of its signatures is of this secret.</summary>
    public bool IsSignedWith(string secret) => Signature.Split(' ').Contains(WebhookSignature.Sign(secret, Id, Timestamp, Body));
}

/// <summary>A receiver on this machine that answers as a test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app, Func<ReceivedMessage, HttpResponse, Task> answer)
    {
        _app = app;
        _app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            string Header(string name) => http.Request.Headers[name].ToString();

            // What is no webhook, such as a line for a chat, has no timestamp.
            var timestamp = Header(WebhookSignature.TimestampHeader) is { Length: > 0 } seconds ? long.Parse(seconds, CultureInfo.InvariantCulture) : 0;
            var message = new ReceivedMessage(Header(WebhookSignature.IdHeader), timestamp, Header(WebhookSignature.SignatureHeader), body.ToArray(), http.Request.Path);
            Received.Enqueue(message);
            await answer(message, http.Response);
        });
    }

    public ConcurrentQueue<ReceivedMessage> Received { get; } = [];

    public Uri Address { get; private set; } = null!;

    public static async Task<WebhookReceiver> StartAsync(Func<ReceivedMessage, HttpResponse, Task>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build(), answer ?? ((_, _) => Task.CompletedTask));
        await receiver._app.StartAsync();
        receiver.Address = new Uri(receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
