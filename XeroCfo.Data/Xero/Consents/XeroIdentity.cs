using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;

namespace XeroCfo.Data.Xero.Consents;

/// <summary>Xero's token endpoint and list of connections. Bodies hold tokens: none is ever logged, and no redirect is followed.</summary>
internal sealed class XeroIdentity(IHttpClientFactory clients, XeroOptions options, TimeProvider clock, ILogger<XeroIdentity> log) : IXeroIdentity
{
    /// <summary>The named client for all of it.</summary>
    public const string Client = "xero-identity";

    /// <summary>A person waits for it, or other processes do.</summary>
    public const int LongestAnswerSeconds = 30;

    public const int LargestAnswer = 4 * 1024 * 1024;

    /// <summary>The list of connections may be read as often as one likes; the code that stands behind it counts once.</summary>
    private const int Attempts = 3;

    /// <summary>A person waits in the browser.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    public async Task<Result<XeroTokenPair>> RedeemAsync(string code, ConsentRequest request, CancellationToken ct)
    {
        var redeemed = await TokenAsync(
            [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", request.RedirectUri), ("code_verifier", request.Verifier)], ct);
        return redeemed.Problem == IdentityProblems.ConsentEnded ? IdentityProblems.CodeRefused : redeemed;
    }

    public Task<Result<XeroTokenPair>> RenewAsync(string refreshToken, CancellationToken ct) =>
        TokenAsync([("grant_type", "refresh_token"), ("refresh_token", refreshToken)], ct);

    public Task<Result<XeroTokenPair>> OfAppAsync(CancellationToken ct) =>
        TokenAsync([("grant_type", "client_credentials"), ("scope", string.Join(' ', XeroScopes.OfCustom(options)))], ct);

    public async Task<Result<IReadOnlyList<XeroConnection>>> ConnectionsAsync(string accessToken, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (reached, wait) = await TryConnectionsAsync(accessToken, ct);
            var pause = Pause(attempt, wait);
            if (reached.Problem != IdentityProblems.Unclear || attempt == Attempts || pause > LongestPause)
            {
                return reached;
            }

            await Task.Delay(pause, clock, ct);
        }
    }

    public async Task<Result<Done>> DisconnectAsync(string accessToken, Guid connectionId, CancellationToken ct)
    {
        using var request = Authorized(HttpMethod.Delete, $"/connections/{connectionId:D}", accessToken);
        return await SendAsync(request, ct) is not { Status: var status } ? IdentityProblems.Unclear
            : status == HttpStatusCode.Unauthorized ? IdentityProblems.TokenRefused
            : IsDone(status) ? Done.Value
            : IdentityProblems.Unclear;
    }

    public async Task<Result<Done>> RevokeAsync(string refreshToken, CancellationToken ct)
    {
        using var request = OfApp("/connect/revocation", ("token", refreshToken));
        return await SendAsync(request, ct) is { Status: var status } && (IsDone(status) || status == HttpStatusCode.BadRequest) ? Done.Value : IdentityProblems.Unclear;
    }

    // What is gone already, or was never ours, need not go.
    private static bool IsDone(HttpStatusCode status) => (int)status is >= 200 and < 300 || status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound;

    private async Task<(Result<IReadOnlyList<XeroConnection>> Reached, TimeSpan? Wait)> TryConnectionsAsync(string accessToken, CancellationToken ct)
    {
        using var request = Authorized(HttpMethod.Get, "/connections", accessToken);
        var answer = await SendAsync(request, ct);
        var reached = answer is not { } reply ? IdentityProblems.Unclear
            : reply.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? IdentityProblems.ConsentEnded
            : reply.Status == HttpStatusCode.OK && XeroConnectionList.Read(reply.Body) is { } list ? Result<IReadOnlyList<XeroConnection>>.Of(list)
            : IdentityProblems.Unclear;
        return (reached, answer?.RetryAfter);
    }

    // Spread, so that those who failed together do not come back together.
    private TimeSpan Pause(int attempt, TimeSpan? wait)
    {
        var usual = TimeSpan.FromSeconds(options.RetryDelaySeconds * attempt * (0.5 + Random.Shared.NextDouble()));
        return wait is { } asked ? asked + usual : usual;
    }

    private async Task<Result<XeroTokenPair>> TokenAsync((string Name, string Value)[] form, CancellationToken ct)
    {
        var asked = clock.UtcNow();
        using var request = OfApp("/connect/token", form);
        if (await SendAsync(request, ct) is not { } reply)
        {
            return IdentityProblems.Unclear;
        }

        if (reply.Status == HttpStatusCode.OK)
        {
            return TokenAnswer.Read(reply.Body, asked) is { } tokens ? tokens : IdentityProblems.Unclear;
        }

        var (error, words) = TokenAnswer.Error(reply.Body);
        log.LogWarning("Xero's token endpoint answered {Status} {Error} to {Grant}", (int)reply.Status, error, form[0].Value);
        return error switch
        {
            "invalid_grant" => IdentityProblems.ConsentEnded,
            "invalid_scope" => IdentityProblems.ScopeRefused(XeroScopes.NamedIn(words, options.CustomConnection ? XeroScopes.OfCustom(options) : XeroScopes.Of(options))),
            "invalid_client" or "unauthorized_client" => IdentityProblems.AppRefused,
            _ => reply.Status == HttpStatusCode.Unauthorized ? IdentityProblems.AppRefused : IdentityProblems.Unclear,
        };
    }

    private HttpRequestMessage Authorized(HttpMethod method, string path, string accessToken)
    {
        var request = new HttpRequestMessage(method, new Uri(options.ApiUrl.TrimEnd('/') + path));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + accessToken);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        return request;
    }

    private HttpRequestMessage OfApp(string path, params (string Name, string Value)[] form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.IdentityUrl.TrimEnd('/') + path))
        {
            Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ClientId}:{options.ClientSecret}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", secret);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        return request;
    }

    /// <summary>Status and whole body; null when there was no whole answer.</summary>
    private async Task<Reply?> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            using var response = await clients.CreateClient(Client).SendAsync(request, ct);
            return new Reply(response.StatusCode, await response.Content.ReadAsByteArrayAsync(ct), response.Headers.RetryAfter?.Delta);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("Xero's sign-in service took too long to answer {Path}", request.RequestUri!.AbsolutePath);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            log.LogWarning("Xero's sign-in service gave no whole answer to {Path}: {Fault}", request.RequestUri!.AbsolutePath, fault.GetType().Name);
        }

        return null;
    }

    private sealed record Reply(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter);
}
