using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using XeroCfo.Domain.Xero.Consents;

namespace XeroCfo.Web.Xero;

/// <summary>
/// Remembers in the person's own browser what was asked of Xero, encrypted, until the answer comes or a quarter of an hour is over. Another
/// browser or another person cannot bring the answer, and the same answer counts once.
/// </summary>
internal sealed class ConsentCookie(IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Name = "xerocfo.consent.";
    private const int StateInName = 10;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    private readonly IDataProtector _protector = protection.CreateProtector("xero consent");

    private sealed record Kept(string State, string Verifier, string RedirectUri, Guid UserId, DateTimeOffset Until);

    /// <summary>Keeps a question; several tabs may each ask one.</summary>
    public void Keep(HttpContext http, ConsentRequest request, Guid userId)
    {
        var kept = JsonSerializer.Serialize(new Kept(request.State, request.Verifier, request.RedirectUri, userId, clock.GetUtcNow() + Life));
        http.Response.Cookies.Append(NameOf(request.State), _protector.Protect(kept), Options(http));
    }

    /// <summary>The question that an answer belongs to, and forgets it; null when this session did not ask it.</summary>
    public ConsentRequest? Take(HttpContext http, string? state, Guid userId)
    {
        if (state is not { Length: > StateInName } || !http.Request.Cookies.TryGetValue(NameOf(state), out var text))
        {
            return null;
        }

        http.Response.Cookies.Delete(NameOf(state), Options(http));
        return Read(text) is { } kept && kept.State == state && kept.UserId == userId && kept.Until > clock.GetUtcNow()
            ? new ConsentRequest(kept.State, kept.Verifier, kept.RedirectUri)
            : null;
    }

    private static string NameOf(string state) => Name + string.Concat(state.Take(StateInName).Where(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_'));

    // Lax: Xero's answer is a link from another site.
    private static CookieOptions Options(HttpContext http) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = Life, IsEssential = true };

    private Kept? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Kept>(_protector.Unprotect(text));
        }
        catch (Exception fault) when (fault is System.Security.Cryptography.CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }
}
