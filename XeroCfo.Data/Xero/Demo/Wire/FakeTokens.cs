using System.Globalization;
using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>The token endpoint: access tokens for 30 minutes, refresh tokens that change with every use. The one before may be
/// repeated for 30 minutes, as with a lost answer.</summary>
public sealed class FakeTokens(TimeProvider clock)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(30);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset?> _refreshTokens = [];
    private int _issued;

    /// <summary>Accept refresh tokens that were never issued here, e.g. after the process started anew.</summary>
    public bool AcceptsAny { get; set; }

    /// <summary>How many tokens were asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>A refresh token that will be accepted, as after a finished consent.</summary>
    public string IssueRefreshToken()
    {
        lock (_gate)
        {
            var token = string.Create(CultureInfo.InvariantCulture, $"fake-refresh-{++_issued}");
            _refreshTokens[token] = null;
            return token;
        }
    }

    /// <summary>From now on no refresh token is accepted, as when the user disconnected the app.</summary>
    public void RevokeAll()
    {
        lock (_gate)
        {
            _refreshTokens.Clear();
        }
    }

    internal FakeResponse Answer(FakeRequest request)
    {
        var form = FakeRequest.From("POST", "/", request.Body, request.Headers, "").Query;
        lock (_gate)
        {
            Asked++;
            return form.GetValueOrDefault("grant_type") switch
            {
                "client_credentials" => Token(null, form.GetValueOrDefault("scope") ?? ""),
                "authorization_code" => Token(IssueRefreshToken(), "openid offline_access"),
                "refresh_token" => Refresh(form.GetValueOrDefault("refresh_token") ?? ""),
                _ => Refused("unsupported_grant_type"),
            };
        }
    }

    private FakeResponse Refresh(string token)
    {
        var now = clock.GetUtcNow();
        var known = _refreshTokens.TryGetValue(token, out var usedAt);
        if ((!known && !AcceptsAny) || (usedAt is { } used && now - used > Grace))
        {
            return Refused("invalid_grant");
        }

        _refreshTokens[token] = usedAt ?? now;
        return Token(IssueRefreshToken(), "openid offline_access");
    }

    private FakeResponse Token(string? refreshToken, string scope)
    {
        var json = new JsonObject
        {
            ["access_token"] = string.Create(CultureInfo.InvariantCulture, $"fake-access-{++_issued}"),
            ["expires_in"] = 1800,
            ["token_type"] = "Bearer",
            ["scope"] = scope,
        };
        if (refreshToken is not null)
        {
            json["refresh_token"] = refreshToken;
        }

        return new FakeResponse(200, WireFormat.Text(json));
    }

    private static FakeResponse Refused(string error) => new(400, WireFormat.Text(new JsonObject { ["error"] = error }));
}
