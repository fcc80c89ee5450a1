using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Xero's sign-in with an app of our own: people consent to organisations, codes are redeemed once, tokens end, and everything can be withdrawn.
/// Safe to use from several threads.</summary>
public sealed class FakeConsents(TimeProvider clock)
{
    public const string ClientId = "fake-client-id";
    public const string ClientSecret = "fake-client-secret";
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(30);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (FakeConsent Consent, string Challenge, string RedirectUri)> _codes = [];
    private readonly Dictionary<string, (FakeConsent Consent, DateTimeOffset Until)> _access = [];
    private readonly Dictionary<string, (FakeConsent Consent, DateTimeOffset? UsedAt)> _refresh = [];
    private readonly List<FakeConnection> _connections = [];
    private int _issued;

    /// <summary>Where people may be sent back to, letter by letter.</summary>
    public string RedirectUri { get; set; } = "https://cfo.example/xero/callback";

    /// <summary>A scope that the app does not own; asking for it fails the whole consent.</summary>
    public string? NotOwned { get; set; }

    /// <summary>Who consents next.</summary>
    public string Person { get; set; } = "ana";

    /// <summary>The organisations that the person ticks next.</summary>
    public IReadOnlyList<Guid> Chosen { get; set; } = [];

    /// <summary>The person says no.</summary>
    public bool Declines { get; set; }

    public TimeSpan AccessLife { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Most renewals that were asked for at the same moment.</summary>
    public int MostAtOnce { get; private set; }

    private int _atOnce;

    /// <summary>Ends every consent of a person: its tokens are no longer taken.</summary>
    public void Withdraw(string person)
    {
        lock (_gate)
        {
            Forget(consent => consent.Person == person);
            _connections.RemoveAll(connection => connection.Consent.Person == person);
        }
    }

    /// <summary>An organisation is disconnected inside Xero: the consent stays, without it.</summary>
    public void Disconnect(Guid tenant)
    {
        lock (_gate)
        {
            _connections.RemoveAll(connection => connection.Tenant == tenant);
        }
    }

    /// <summary>Access tokens given so far are no longer taken, whatever life they had; renewing works.</summary>
    public void EndAccessTokens()
    {
        lock (_gate)
        {
            _access.Clear();
        }
    }

    /// <summary>True while the app is connected to the organisation.</summary>
    public bool IsConnected(Guid tenant)
    {
        lock (_gate)
        {
            return _connections.Any(connection => connection.Tenant == tenant);
        }
    }

    /// <summary>How many refresh tokens are alive, unused ones.</summary>
    public int RefreshTokens
    {
        get
        {
            lock (_gate)
            {
                return _refresh.Values.Count(token => token.UsedAt is null);
            }
        }
    }

    internal FakeResponse Authorize(FakeRequest request)
    {
        if (request.Asked("client_id") != ClientId || request.Asked("redirect_uri") != RedirectUri || request.Asked("response_type") != "code" || request.Asked("code_challenge_method") != "S256")
        {
            return FakeResponse.Problem(400, "BadRequest", "unauthorized_client");
        }

        lock (_gate)
        {
            var scopes = (request.Asked("scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (NotOwned is { } missing && scopes.Contains(missing))
            {
                return Back(request, ("error", "invalid_scope"), ("error_description", $"Requested scope is not allowed: {missing}"));
            }

            if (Declines)
            {
                return Back(request, ("error", "access_denied"));
            }

            var consent = new FakeConsent(Person, Guid.NewGuid(), string.Join(' ', scopes));
            foreach (var tenant in Chosen)
            {
                _connections.RemoveAll(connection => connection.Tenant == tenant && connection.Consent.Person == Person);
                _connections.Add(new FakeConnection(Guid.NewGuid(), tenant, consent, clock.GetUtcNow()));
            }

            var code = Text("code");
            _codes[code] = (consent, request.Asked("code_challenge") ?? "", RedirectUri);
            return Back(request, ("code", code));
        }
    }

    internal FakeResponse Token(FakeRequest request)
    {
        var entered = Interlocked.Increment(ref _atOnce);
        try
        {
            lock (_gate)
            {
                MostAtOnce = Math.Max(MostAtOnce, entered);
                var form = FakeRequest.From("POST", "/", request.Body, request.Headers, "").Query;
                return !IsApp(request) ? Refused(401, "invalid_client") : form.GetValueOrDefault("grant_type") switch
                {
                    "authorization_code" => Redeem(form),
                    "refresh_token" => Renew(form.GetValueOrDefault("refresh_token") ?? ""),
                    "client_credentials" => OfApp(form.GetValueOrDefault("scope") ?? ""),
                    _ => Refused(400, "unsupported_grant_type"),
                };
            }
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    internal FakeResponse Revoke(FakeRequest request)
    {
        var token = FakeRequest.From("POST", "/", request.Body, request.Headers, "").Query.GetValueOrDefault("token") ?? "";
        lock (_gate)
        {
            if (!IsApp(request))
            {
                return Refused(401, "invalid_client");
            }

            if (_refresh.TryGetValue(token, out var known))
            {
                Forget(consent => consent == known.Consent);
                _connections.RemoveAll(connection => connection.Consent.Person == known.Consent.Person);
            }

            return new FakeResponse(200, "");
        }
    }

    /// <summary>The connections that a token reaches; null when the token is not taken.</summary>
    internal IReadOnlyList<FakeConnection>? Reached(FakeRequest request)
    {
        lock (_gate)
        {
            return _access.TryGetValue((request.Header("Authorization") ?? "")["Bearer ".Length..], out var token) && token.Until > clock.GetUtcNow()
                ? [.. _connections.Where(connection => connection.Consent.Person == token.Consent.Person)]
                : null;
        }
    }

    internal bool Remove(Guid connection)
    {
        lock (_gate)
        {
            return _connections.RemoveAll(mine => mine.Id == connection) > 0;
        }
    }

    private static bool IsApp(FakeRequest request) =>
        request.Header("Authorization") == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"));

    private static FakeResponse Refused(int status, string error) => new(status, WireFormat.Text(new JsonObject { ["error"] = error }));

    private static FakeResponse Back(FakeRequest request, params (string Name, string Value)[] answer)
    {
        var response = new FakeResponse(302, "");
        var query = answer.Append((Name: "state", Value: request.Asked("state") ?? "")).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}");
        response.Headers["Location"] = $"{request.Asked("redirect_uri")}?{string.Join('&', query)}";
        return response;
    }

    private FakeResponse Redeem(IReadOnlyDictionary<string, string> form)
    {
        if (!_codes.Remove(form.GetValueOrDefault("code") ?? "", out var kept) || kept.RedirectUri != form.GetValueOrDefault("redirect_uri"))
        {
            return Refused(400, "invalid_grant");
        }

        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form.GetValueOrDefault("code_verifier") ?? "")));
        return challenge == kept.Challenge ? Pair(kept.Consent, withRefresh: kept.Consent.Scopes.Contains("offline_access", StringComparison.Ordinal)) : Refused(400, "invalid_grant");
    }

    private FakeResponse Renew(string token)
    {
        if (!_refresh.TryGetValue(token, out var known) || clock.GetUtcNow() - (known.UsedAt ?? clock.GetUtcNow()) > Grace)
        {
            return Refused(400, "invalid_grant");
        }

        _refresh[token] = (known.Consent, known.UsedAt ?? clock.GetUtcNow());
        return Pair(known.Consent, withRefresh: true);
    }

    private FakeResponse OfApp(string scopes)
    {
        if (NotOwned is { } missing && scopes.Split(' ').Contains(missing))
        {
            return new FakeResponse(400, WireFormat.Text(new JsonObject { ["error"] = "invalid_scope", ["error_description"] = "Client credentials scope validation failed" }));
        }

        var consent = new FakeConsent(Person, Guid.NewGuid(), scopes);
        foreach (var tenant in Chosen.Where(tenant => !_connections.Any(connection => connection.Tenant == tenant)))
        {
            _connections.Add(new FakeConnection(Guid.NewGuid(), tenant, consent, clock.GetUtcNow()));
        }

        return Pair(consent, withRefresh: false);
    }

    private FakeResponse Pair(FakeConsent consent, bool withRefresh)
    {
        var claims = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(new JsonObject { ["authentication_event_id"] = WireFormat.Id(consent.AuthEventId), ["jti"] = Text("access") }.ToJsonString()));
        var access = $"e30.{claims}.c2lnbmF0dXJl";
        _access[access] = (consent, clock.GetUtcNow() + AccessLife);
        var json = new JsonObject { ["access_token"] = access, ["expires_in"] = (int)AccessLife.TotalSeconds, ["token_type"] = "Bearer", ["scope"] = consent.Scopes };
        if (withRefresh)
        {
            var refresh = Text("refresh");
            _refresh[refresh] = (consent, null);
            json["refresh_token"] = refresh;
        }

        return new FakeResponse(200, WireFormat.Text(json));
    }

    private void Forget(Func<FakeConsent, bool> which)
    {
        foreach (var token in _refresh.Where(token => which(token.Value.Consent)).Select(token => token.Key).ToList())
        {
            _refresh.Remove(token);
        }

        foreach (var token in _access.Where(token => which(token.Value.Consent)).Select(token => token.Key).ToList())
        {
            _access.Remove(token);
        }
    }

    private string Text(string kind) => string.Create(CultureInfo.InvariantCulture, $"fake-{kind}-{++_issued}-of-{nameof(FakeConsents)}");
}

/// <summary>One person's yes.</summary>
internal sealed record FakeConsent(string Person, Guid AuthEventId, string Scopes);

/// <summary>An organisation that a consent reaches.</summary>
internal sealed record FakeConnection(Guid Id, Guid Tenant, FakeConsent Consent, DateTimeOffset At);

/// <summary>Notices as Xero sends and signs them.</summary>
public static class FakeNotice
{
    /// <summary>The body that tells of one change; the spacing is uneven, as Xero's is.</summary>
    public static string Of(Guid tenant, string category, Guid resource, DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"events":[{"resourceUrl":"https://api.xero.com/api.xro/2.0/{{category}}/{{resource:D}}","resourceId": "{{resource:D}}","eventDateUtc":"{{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff}}","eventType":"Update","eventCategory":"{{category}}","tenantId":"{{tenant:D}}","tenantType":"ORGANISATION"}],"firstEventSequence": 1,"lastEventSequence": 1,"entropy":"QWJj"}""");

    /// <summary>The header <c>x-xero-signature</c>.</summary>
    public static string Sign(string key, string body) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(body)));
}
