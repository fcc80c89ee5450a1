using Microsoft.AspNetCore.Diagnostics;

namespace XeroCfo.Web.Hosting;

/// <summary>
/// Whatever nobody expected ends here: the log gets the fault, the person an id to quote. The API answers in its own form, so its
/// paths are left to it.
/// </summary>
internal sealed class ErrorPage(ILogger<ErrorPage> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.Request.Path.StartsWithSegments("/api"))
        {
            return false;
        }

        log.LogError(exception, "A request failed; error id {ErrorId}", httpContext.TraceIdentifier);
        await PlainPage.WriteAsync(
            httpContext,
            StatusCodes.Status500InternalServerError,
            "Something went wrong",
            $"This was not your doing, and nothing was changed half-way. If it happens again, tell your admin the error id {httpContext.TraceIdentifier}.",
            "/");
        return true;
    }
}
