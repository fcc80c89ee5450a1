using System.Globalization;
using System.Net;
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
internal sealed class XeroHttp(XeroChannel channel, XeroPace pace, XeroOptions options, TimeProvider clock, ILogger log)
{
    /// <summary>A longer wait is no pause any more: the run says so and ends.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private const int LargestBody = 64 * 1024 * 1024;

    private readonly ResiliencePipeline<XeroReply> _pipeline = Pipeline(options, clock);

    public int Calls { get; private set; }

    /// <summary>The body of a successful answer.</summary>
    public async Task<Result<byte[]>> GetAsync(string address, DateTime? modifiedSince, CancellationToken ct)
    {
        var reply = await _pipeline.ExecuteAsync(async token => await TryAsync(address, modifiedSince, token), ct);
        return reply.Problem is null ? reply.Body! : reply.Problem;
    }

    private async Task<XeroReply> TryAsync(string address, DateTime? modifiedSince, CancellationToken ct)
    {
        using var place = channel.IsPaced ? await pace.WaitAsync(channel.XeroTenantId, ct) : null;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        Calls++;
        try
        {
            using var request = Request(address, modifiedSince);
            using var response = await channel.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            if (int.TryParse(Header(response, "X-DayLimit-Remaining"), NumberStyles.None, CultureInfo.InvariantCulture, out var left))
            {
                pace.LeftOfDay(channel.XeroTenantId, left);
            }

            if (response.IsSuccessStatusCode)
            {
                return response.Content.Headers.ContentLength > LargestBody
                    ? XeroReply.Final(XeroProblems.Away("an answer was too large."))
                    : XeroReply.Of(await response.Content.ReadAsByteArrayAsync(both.Token));
            }

            log.LogWarning(
                "Xero answered {Status} to {Endpoint}, correlation {Correlation}", (int)response.StatusCode, address.Split('?')[0], Header(response, "Xero-Correlation-Id"));
            return Refused(response, address.Split('?')[0]);
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

    private HttpRequestMessage Request(string address, DateTime? modifiedSince)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + channel.AccessToken);
        request.Headers.TryAddWithoutValidation("xero-tenant-id", channel.XeroTenantId);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (modifiedSince is { } since)
        {
            // The typed header would write RFC 1123; Xero wants ISO 8601.
            request.Headers.TryAddWithoutValidation("If-Modified-Since", since.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        return request;
    }

    private static XeroReply Refused(HttpResponseMessage response, string endpoint) => response.StatusCode switch
    {
        HttpStatusCode.TooManyRequests => RetryAfter(response) is { } wait && wait > LongestWait
            ? XeroReply.Final(XeroProblems.RateLimited(wait))
            : XeroReply.Again(XeroProblems.RateLimited(RetryAfter(response) ?? TimeSpan.FromMinutes(1)), RetryAfter(response)),
        HttpStatusCode.Unauthorized when response.Headers.WwwAuthenticate.ToString().Contains("insufficient_scope", StringComparison.Ordinal) =>
            XeroReply.Final(XeroProblems.ScopeMissing(endpoint)),
        HttpStatusCode.Unauthorized => XeroReply.Final(XeroProblems.NeedsReconnect("the consent has ended or lacks a right.")),
        HttpStatusCode.Forbidden => XeroReply.Final(XeroProblems.NeedsReconnect("it is no longer connected.")),
        HttpStatusCode.NotFound => XeroReply.Final(XeroProblems.NoSuchRecord),
        >= HttpStatusCode.InternalServerError => XeroReply.Again(XeroProblems.Away($"it answered with the error {(int)response.StatusCode}."), RetryAfter(response)),
        _ => XeroReply.Final(XeroProblems.Away($"it refused a request with {(int)response.StatusCode}.")),
    };

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

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

/// <summary>What one attempt brought.</summary>
internal sealed record XeroReply(byte[]? Body, Problem? Problem, bool IsWorthRepeating, TimeSpan? Wait)
{
    public static XeroReply Of(byte[] body) => new(body, null, false, null);

    public static XeroReply Final(Problem problem) => new(null, problem, false, null);

    public static XeroReply Again(Problem problem, TimeSpan? wait = null) => new(null, problem, true, wait);
}
