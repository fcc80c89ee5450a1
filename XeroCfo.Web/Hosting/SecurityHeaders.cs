using System.Security.Cryptography;

namespace XeroCfo.Web.Hosting;

/// <summary>The word that lets this response's own inline script run. New for each response.</summary>
internal sealed class CspNonce
{
    public string Value { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    /// <summary>For <c>ImportMap</c> and script tags.</summary>
    public IReadOnlyDictionary<string, object> Attributes => new Dictionary<string, object> { ["nonce"] = Value };
}

/// <summary>
/// What the browser may do with our pages. MudBlazor needs inline styles; nothing needs eval. A nonce in style-src would switch
/// 'unsafe-inline' off, so there is none.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CspNonce nonce)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy(nonce.Value);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";
        context.Response.OnStarting(NoStore, context);
        await next(context);
    }

    internal static string Policy(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'; manifest-src 'self'; frame-src 'none'; worker-src 'none'; frame-ancestors 'none'";

    /// <summary>Whatever did not say otherwise (static files do) holds somebody's figures and is not kept.</summary>
    private static Task NoStore(object state)
    {
        var headers = ((HttpContext)state).Response.Headers;
        if (headers.CacheControl.Count == 0 || headers.CacheControl.ToString().Contains("no-cache", StringComparison.Ordinal) && headers.ETag.Count == 0)
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }
}
