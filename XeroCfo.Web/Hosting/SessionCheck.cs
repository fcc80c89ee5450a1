using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using XeroCfo.Domain.Users.Sessions;
using XeroCfo.Web.Account;

namespace XeroCfo.Web.Hosting;

/// <summary>
/// Compares a session with the person as stored now. Identity's own check runs every 30 minutes at first; this one is one small read
/// a request, so that signing out, disabling and any change of rights count at once.
/// </summary>
internal sealed class SessionCheck(ISessionBook sessions, SessionLimits options, TimeProvider clock)
{
    /// <summary>When the person signed in; renewals of the cookie keep it.</summary>
    public const string SignedInAt = "signed-in-at";

    /// <summary>The claim that names the session.</summary>
    public const string SessionId = "session";

    /// <summary>However busy a session is, it ends after so long.</summary>
    public TimeSpan LongestLife => options.AbsoluteTimeout;

    public async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (IsStaticFile(context.HttpContext))
        {
            return;
        }

        if (IsTooOld(context.Properties) || !await IsCurrentAsync(context.Principal, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        }
        else if (SessionOf(context.Principal) is { } session)
        {
            await sessions.SeenAsync(session, context.HttpContext.RequestAborted);
        }
    }

    /// <summary>True while the session is open, the person exists, is not disabled, and nothing of theirs changed since it began.</summary>
    public async Task<bool> IsCurrentAsync(ClaimsPrincipal? principal, CancellationToken ct)
    {
        var stamp = principal?.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType);
        return PersonOf(principal) is { } userId && SessionOf(principal) is { } session && stamp is not null && await sessions.IsOpenAsync(session, userId, stamp, ct);
    }

    /// <summary>The person's id, or null for nobody.</summary>
    public static Guid? PersonOf(ClaimsPrincipal? principal) =>
        Guid.TryParse(principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>The session's id, or null for nobody.</summary>
    public static Guid? SessionOf(ClaimsPrincipal? principal) => Guid.TryParse(principal?.FindFirstValue(SessionId), out var id) ? id : null;

    /// <summary>Notes the moment of sign-in in the session.</summary>
    public AuthenticationProperties Begin(bool remember)
    {
        var now = clock.GetUtcNow();
        var session = new AuthenticationProperties { IsPersistent = remember, ExpiresUtc = now + (remember ? options.RememberedFor : options.IdleTimeout), AllowRefresh = true };
        session.SetString(SignedInAt, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return session;
    }

    private bool IsTooOld(AuthenticationProperties properties) =>
        !long.TryParse(properties.GetString(SignedInAt), CultureInfo.InvariantCulture, out var began)
        || clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(began) > options.AbsoluteTimeout;

    private static bool IsStaticFile(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is not null;
}
