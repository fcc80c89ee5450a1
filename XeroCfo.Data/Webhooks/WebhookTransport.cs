using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;
using XeroCfo.Domain.Webhooks.Targets;

namespace XeroCfo.Data.Webhooks;

/// <summary>The addresses that a host's name stands for now.</summary>
internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken ct);

/// <summary>
/// Sends over HTTP. Each connection is made to the very address that was checked a moment before, so that a name that stands for another
/// address the second time gains nothing. No redirect is followed, no proxy asked, no cookie kept.
/// </summary>
internal sealed class WebhookTransport : IWebhookTransport, IDisposable
{
    private const int LargestAnswer = 64 * 1024;
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(2);

    private readonly TargetGuard _guard;
    private readonly ResolveHost _resolve;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _patience;
    private readonly HttpMessageInvoker _http;

    public WebhookTransport(TargetGuard guard, ResolveHost resolve, WebhookOptions options, TimeProvider clock)
    {
        (_guard, _resolve, _clock, _patience) = (guard, resolve, clock, TimeSpan.FromSeconds(options.TimeoutSeconds));
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = ConnectionLife,
            ConnectTimeout = _patience,
            MaxResponseHeadersLength = LargestAnswer / 1024,
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        });
    }

    public void Dispose() => _http.Dispose();

    public async Task<ReceiverAnswer> SendAsync(SignedMessage message, CancellationToken ct)
    {
        // The settings may have become narrower since the address was saved.
        if (_guard.Check(message.Url.OriginalString) is not null)
        {
            return ReceiverAnswer.None(DeliveryErrors.AddressRefused);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_patience);
        try
        {
            using var request = Request(message);
            using var response = await _http.SendAsync(request, limit.Token);
            return new ReceiverAnswer((int)response.StatusCode, null, await BeginningAsync(response, limit.Token, ct), RetryAfter(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return ReceiverAnswer.None(DeliveryErrors.NoAnswer);
        }
        catch (HttpRequestException fault)
        {
            return ReceiverAnswer.None(Refused(fault) ? DeliveryErrors.AddressRefused : DeliveryErrors.NoAnswer);
        }
        catch (IOException)
        {
            return ReceiverAnswer.None(DeliveryErrors.NoAnswer);
        }
    }

    private static HttpRequestMessage Request(SignedMessage message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, message.Url) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("XeroCfo-Webhooks", "1"));
        request.Headers.Add(WebhookSignature.IdHeader, message.Id);
        request.Headers.Add(WebhookSignature.TimestampHeader, message.Timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, message.Signature);
        return request;
    }

    private static bool Refused(Exception? fault) => fault is TargetRefusedException || (fault is not null && Refused(fault.InnerException));

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await _resolve(host, ct);
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, address => _guard.MayConnect(host, port, address)))
        {
            throw new TargetRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Whoever has said 2xx has it, however the rest of the answer goes.
    private static async Task<string?> BeginningAsync(HttpResponseMessage response, CancellationToken limit, CancellationToken ct)
    {
        try
        {
            return await BeginningAsync(response, limit);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Reads at most what the bound says and gives how it begins, without control characters.</summary>
    private static async Task<string?> BeginningAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var (buffer, kept, all) = (new byte[4096], new MemoryStream(), 0);
        int read;
        while (all < LargestAnswer && (read = await stream.ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, LargestAnswer - all)), ct)) > 0)
        {
            kept.Write(buffer, 0, kept.Length < buffer.Length ? read : 0);
            all += read;
        }

        var text = string.Concat(Encoding.UTF8.GetString(kept.ToArray()).Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return text.Length == 0 ? null : TextRules.Limit(text, WebhookAttempt.AnswerLimit);
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } until ? until - _clock.GetUtcNow() : null);
        return wait > TimeSpan.Zero ? wait : null;
    }

    /// <summary>The address is one that the guard refuses.</summary>
    private sealed class TargetRefusedException : Exception;
}
