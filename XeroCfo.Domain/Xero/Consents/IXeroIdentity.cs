using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Xero.Consents;

/// <summary>What Xero gives for a consent.</summary>
/// <param name="AccessToken">Good for half an hour.</param>
/// <param name="RefreshToken">Good for one renewal; null for a custom connection.</param>
/// <param name="ExpiresAt">UTC end of the access token.</param>
/// <param name="Scopes">What was granted, parted by blanks.</param>
/// <param name="AuthEventId">Which consent it is; null where the token does not say.</param>
public sealed record XeroTokenPair(string AccessToken, string? RefreshToken, DateTime ExpiresAt, string Scopes, Guid? AuthEventId)
{
    /// <summary>Never the tokens: an accidental log line stays harmless.</summary>
    public override string ToString() => $"tokens until {ExpiresAt:O}";
}

/// <summary>An organisation that a consent reaches, as Xero lists it.</summary>
/// <param name="ConnectionId">Ends the connection; not the organisation's id.</param>
/// <param name="AuthEventId">The consent that made it.</param>
/// <param name="XeroTenantId">Xero's own tenant id.</param>
/// <param name="Type">Xero's word: <c>ORGANISATION</c>, <c>PRACTICE</c>.</param>
/// <param name="Name">What Xero calls it.</param>
/// <param name="UpdatedAt">UTC.</param>
public sealed record XeroConnection(Guid ConnectionId, Guid? AuthEventId, string XeroTenantId, string Type, string Name, DateTime? UpdatedAt)
{
    /// <summary>
    /// The organisations of the consent just given. A token reaches those of earlier consents too, so the one that it names counts; where
    /// it names none, the newest. A consent that only repeats an older one has none of its own: then all are meant.
    /// </summary>
    public static IReadOnlyList<XeroConnection> OfConsent(IReadOnlyList<XeroConnection> all, Guid? authEventId)
    {
        var consent = authEventId ?? all.OrderByDescending(connection => connection.UpdatedAt).FirstOrDefault()?.AuthEventId;
        var mine = all.Where(connection => connection.AuthEventId == consent).ToList();
        return mine.Count > 0 ? mine : all;
    }
}

/// <summary>Xero's identity service and its list of connections.</summary>
public interface IXeroIdentity
{
    /// <summary>Redeems a code once.</summary>
    Task<Result<XeroTokenPair>> RedeemAsync(string code, ConsentRequest request, CancellationToken ct);

    /// <summary>A new pair for an old refresh token. <see cref="IdentityProblems.ConsentEnded"/> is final; <see cref="IdentityProblems.Unclear"/>: it may have been renewed without our hearing of it.</summary>
    Task<Result<XeroTokenPair>> RenewAsync(string refreshToken, CancellationToken ct);

    /// <summary>The token of a custom connection, for the app itself.</summary>
    Task<Result<XeroTokenPair>> OfAppAsync(CancellationToken ct);

    Task<Result<IReadOnlyList<XeroConnection>>> ConnectionsAsync(string accessToken, CancellationToken ct);

    /// <summary>Takes an organisation off the app at Xero; one that is off already is no problem. <see cref="IdentityProblems.TokenRefused"/>: nothing has happened.</summary>
    Task<Result<Done>> DisconnectAsync(string accessToken, Guid connectionId, CancellationToken ct);

    /// <summary>Ends a consent as a whole.</summary>
    Task<Result<Done>> RevokeAsync(string refreshToken, CancellationToken ct);
}

/// <summary>Refusals of Xero's identity service.</summary>
public static class IdentityProblems
{
    /// <summary>Only a person can help: by giving consent again.</summary>
    public static Problem ConsentEnded { get; } = new("xero-consent-ended", "Xero no longer knows this consent.", ProblemKind.Refused);

    /// <summary>No answer, or half of one. What was asked may have happened.</summary>
    public static Problem Unclear { get; } = new("xero-identity-unclear", "Xero's sign-in service did not answer as it should. Try again in a moment; nothing is lost.", ProblemKind.Unavailable);

    /// <summary>Xero did not take the access token; another one of the same consent may do.</summary>
    public static Problem TokenRefused { get; } = new(
        "xero-token-refused", "Xero did not accept this app's access, so the connection still stands there. Try again in a moment; nothing is lost.", ProblemKind.Unavailable);

    /// <summary>The app itself is not what Xero knows.</summary>
    public static Problem AppRefused { get; } = new(
        "xero-app-refused", "Xero does not accept this installation's app. Compare Xero:ClientId and Xero:ClientSecret with the app's page at developer.xero.com.", ProblemKind.Unavailable);

    public const string ScopeRefusedCode = "xero-scope-refused";

    /// <summary>The app does not own a right that was asked for. Xero then grants none at all.</summary>
    public static Problem ScopeRefused(IReadOnlyList<string> scopes) => new(
        ScopeRefusedCode,
        scopes.Count == 1
            ? $"Your Xero app does not own the scope {scopes[0]}. Add it on the app's page at developer.xero.com, or set Xero:Scopes without it."
            : $"Your Xero app does not own one of the scopes that were asked for: {string.Join(' ', scopes)}. Add the missing one on the app's page at developer.xero.com, or set Xero:Scopes without it.",
        ProblemKind.Refused);

    /// <summary>The code was used, too old, or never given.</summary>
    public static Problem CodeRefused { get; } = new("xero-code-refused", "Xero did not take the code of this consent: it was used before or is too old. Connect again.", ProblemKind.Refused);
}
