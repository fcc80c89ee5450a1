namespace XeroCfo.Web.Hosting;

/// <summary>
/// The circuit's endpoint takes a WebSocket from any page on the web unless told otherwise. Here the browser's Origin must be the
/// address that the request came to: then another site cannot ride on a person's cookie.
/// </summary>
internal sealed class SameOrigin(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var guarded = request.Path.StartsWithSegments("/_blazor") || request.Headers.Upgrade.Count > 0;
        if (guarded && request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsOwn(request, origin))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private static bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var sender)
        && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own)
        && sender.GetLeftPart(UriPartial.Authority).Equals(own.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
