using XeroCfo.Data.Storage;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>The API's one edge for exceptions: what they mean to the outside, and the log entry with the trace id.</summary>
internal static class ApiErrors
{
    public static ApiProblem Of(HttpContext http, Exception exception)
    {
        if (exception is BadHttpRequestException bad)
        {
            return bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ApiProblem.BodyTooLarge
                : new ApiProblem(bad.StatusCode, "bad-request", "The request could not be read.");
        }

        var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("XeroCfo.Web.Api");
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        if (DatabaseAway.Is(exception))
        {
            log.LogWarning(exception, "The database was away during {Method} {Route}; trace {TraceId}.", http.Request.Method, route, ApiProblem.TraceIdOf(http));
            return ApiProblem.DatabaseAway;
        }

        log.LogError(exception, "{Method} {Route} failed; trace {TraceId}.", http.Request.Method, route, ApiProblem.TraceIdOf(http));
        return ApiProblem.Unexpected;
    }
}
