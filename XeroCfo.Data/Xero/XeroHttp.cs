using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

/// <summary>
/// One conversation's calls: authorised, paced, with a time limit each, repeated with back-off where that helps, and turned into a
/// problem once where it does not. Bodies are read inside the attempt, so a cut one is repeated too.
/// </summary>
internal sealed class XeroHttp(XeroChannel channel, string purpose, XeroPace pace, XeroOptions options, TimeProvider clock, ILogger log)
{
    /// <summary>A wait that Xero does not name is this long.</summary>
    private static readonly TimeSpan UsualWait = TimeSpan.FromMinutes(1);

    /// <summary>The consents that one call may try: its own, renewed, and others' of the same organisation.</summary>
    private const int MostTokens = 4;

    private const int LargestBody = 64 * 1024 * 1024;

    private readonly ResiliencePipeline<XeroReply> _pipeline = Pipeline(options, clock);

    public int Calls { get; private set; }

    /// <summary>The body of a successful answer, for the caller to dispose of.</summary>
    public async Task<Result<XeroBody>> GetAsync(string address, DateTime? modifiedSince, CancellationToken ct)
    {
        var reply = await _pipeline.ExecuteAsync(async token => await TryAsync(address, modifiedSince, token), ct);
        return reply.Problem is null ? reply.Body! : reply.Problem;
    }

    private async Task<XeroReply> TryAsync(string address, DateTime? modifiedSince, CancellationToken ct)
    {
        var token = await channel.Key.TokenAsync(ct);
        for (var tries = 1; token.Succeeded; tries++)
        {
            var reply = await SendAsync(address, modifiedSince, token.Value, ct);
            if (reply.Refused is not { } status || tries == MostTokens)
            {
                return reply;
            }

            token = await channel.Key.RefusedAsync(token.Value, status, ct);
        }

        return XeroReply.Final(token.Problem!);
    }

    private async Task<XeroReply> SendAsync(string address, DateTime? modifiedSince, string token, CancellationToken ct)
    {
        var entered = channel.IsPaced ? await pace.EnterAsync(channel.Organisation, PurposeOf(address), ct) : Result<IAsyncDisposable>.Of(Nothing.Instance);
        if (entered.Problem is { } full)
        {
            return XeroReply.Final(full);
        }

        await using var place = entered.Value;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        Calls++;
        try
        {
            using var request = Request(address, modifiedSince, token);
            using var response = await channel.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            if (channel.IsPaced && int.TryParse(Header(response, "X-DayLimit-Remaining"), NumberStyles.None, CultureInfo.InvariantCulture, out var left))
            {
                await pace.SaidAsync(channel.Organisation, left, ct);
            }

            if (response.IsSuccessStatusCode)
            {
                channel.Key.Taken(token);
                return ReplyOf(await XeroBody.ReadAsync(response.Content, LargestBody, both.Token));
            }

            log.LogWarning(
                "Xero answered {Status} to {Endpoint}, correlation {Correlation}", (int)response.StatusCode, address.Split('?')[0], Header(response, "Xero-Correlation-Id"));
            return await RefusedAsync(response, address.Split('?')[0], both.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return XeroReply.Again(XeroProblems.Away("it took too long to answer."));
        }
        catch (HttpRequestException)
        {
            return XeroReply.Again(XeroProblems.Away("it cannot be reached."));
        }
        catch (IOException)
        {
            return XeroReply.Again(XeroProblems.Away("an answer broke off."));
        }
    }

    private HttpRequestMessage Request(string address, DateTime? modifiedSince, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        request.Headers.TryAddWithoutValidation("xero-tenant-id", channel.Organisation.XeroTenantId);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (modifiedSince is { } since)
        {
            // The typed header would write RFC 1123; Xero wants ISO 8601.
            request.Headers.TryAddWithoutValidation("If-Modified-Since", since.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        return request;
    }

    private async Task<XeroReply> RefusedAsync(HttpResponseMessage response, string endpoint, CancellationToken ct)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.TooManyRequests:
                return await LimitedAsync(response, ct);
            case HttpStatusCode.Unauthorized:
                return await LacksScopeAsync(response, ct)
                    ? XeroReply.Final(XeroProblems.ScopeMissing(endpoint))
                    : XeroReply.RefusedWith(401, XeroProblems.NeedsReconnect("the consent has ended or lacks a right."));
            case HttpStatusCode.Forbidden:
                return XeroReply.RefusedWith(403, XeroProblems.NeedsReconnect("it is no longer connected."));
            case HttpStatusCode.NotFound:
                return XeroReply.Final(XeroProblems.NoSuchRecord);
            case >= HttpStatusCode.InternalServerError:
                var away = XeroProblems.Away($"it answered with the error {(int)response.StatusCode}.");
                return RetryAfter(response) > XeroPace.LongestWait ? XeroReply.Final(away) : XeroReply.Again(away, RetryAfter(response));
            default:
                return XeroReply.Final(XeroProblems.Away($"it refused a request with {(int)response.StatusCode}."));
        }
    }

    private async Task<XeroReply> LimitedAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var isDay = string.Equals(Header(response, "X-Rate-Limit-Problem"), "day", StringComparison.OrdinalIgnoreCase);
        var wait = RetryAfter(response) ?? (isDay ? TimeSpan.FromHours(1) : null);
        if (wait > TimeSpan.Zero && channel.IsPaced)
        {
            await pace.ClosedAsync(channel.Organisation, wait.Value, ct);
        }

        // A day that is used up is never slept out here, however soon it ends: its run comes back when it is open.
        return wait is not null && (isDay || wait > XeroPace.LongestWait) ? XeroReply.Final(XeroProblems.RateLimited(wait.Value)) : XeroReply.Again(XeroProblems.RateLimited(wait ?? UsualWait), wait);
    }

    // Xero says it in the header, or only in the words of the body.
    private static async Task<bool> LacksScopeAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.Headers.WwwAuthenticate.ToString().Contains("insufficient_scope", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        using var body = await XeroBody.ReadAsync(response.Content, LargestBody, ct);
        return body is not null && Encoding.UTF8.GetString(body.Bytes.Span).Contains("AuthorizationUnsuccessful", StringComparison.OrdinalIgnoreCase);
    }

    private static XeroReply ReplyOf(XeroBody? body)
    {
        if (body is null)
        {
            return XeroReply.Final(XeroProblems.Away("an answer was too large."));
        }

        if (!IsPage(body.Bytes.Span))
        {
            return XeroReply.Of(body);
        }

        body.Dispose();
        return XeroReply.Again(XeroProblems.Away("it answered with a web page instead of figures."));
    }

    private string PurposeOf(string address) => address.StartsWith("Reports/TrialBalance", StringComparison.Ordinal) ? CallPurposes.TieOut : purpose;

    // A gateway before Xero answers with a page of its own, and says 200 with it.
    private static bool IsPage(ReadOnlySpan<byte> body)
    {
        var start = body.TrimStart(" \t\r\n"u8);
        return start.Length > 0 && start[0] == '<';
    }

    // Xero writes seconds; a gateway before it may write an instant.
    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } seconds } => seconds,
        { Date: { } instant } => instant > clock.GetUtcNow() ? instant - clock.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static ResiliencePipeline<XeroReply> Pipeline(XeroOptions options, TimeProvider clock) =>
        options.MaxRetries == 0
            ? ResiliencePipeline<XeroReply>.Empty
            : new ResiliencePipelineBuilder<XeroReply> { TimeProvider = clock }
                .AddRetry(new RetryStrategyOptions<XeroReply>
                {
                    ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result?.IsWorthRepeating == true),
                    MaxRetryAttempts = options.MaxRetries,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = TimeSpan.FromSeconds(options.RetryDelaySeconds),
                    MaxDelay = TimeSpan.FromSeconds(30),
                    DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result?.Wait),
                })
                .Build();
}

/// <summary>The place of a call that has no limit.</summary>
file sealed class Nothing : IAsyncDisposable
{
    public static readonly Nothing Instance = new();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>What one attempt brought.</summary>
/// <param name="Body">Of an answer that is one; whoever gets it disposes of it.</param>
/// <param name="Problem">Else why not.</param>
/// <param name="IsWorthRepeating">It may pass.</param>
/// <param name="Wait">How long Xero wants us to wait before that.</param>
/// <param name="Refused">401 or 403: the token was not taken.</param>
internal sealed record XeroReply(XeroBody? Body, Problem? Problem, bool IsWorthRepeating, TimeSpan? Wait, int? Refused = null)
{
    public static XeroReply Of(XeroBody body) => new(body, null, false, null);

    public static XeroReply RefusedWith(int status, Problem problem) => new(null, problem, false, null, status);

    public static XeroReply Final(Problem problem) => new(null, problem, false, null);

    public static XeroReply Again(Problem problem, TimeSpan? wait = null) => new(null, problem, true, wait);
}
