using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Hosting;

/// <summary>
/// So many tries a minute from one address, over all doors that take a password or code. Reading the page is free. Sign-in by API
/// uses the same policy, so that the doors share one count.
/// </summary>
internal sealed class SignInLimit(RateLimitOptions options) : IRateLimiterPolicy<string>
{
    public const string Policy = "sign-in";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected => RejectAsync;

    public RateLimitPartition<string> GetPartition(HttpContext httpContext)
    {
        if (!HttpMethods.IsPost(httpContext.Request.Method))
        {
            return RateLimitPartition.GetNoLimiter("reading");
        }

        var address = httpContext.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        return RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = options.SignInPerMinute, Window = Window });
    }

    private static async ValueTask RejectAsync(OnRejectedContext context, CancellationToken ct)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : Window;
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        if (context.HttpContext.Request.Path.StartsWithSegments(ApiRoutes.Root))
        {
            await ApiProblem.TooMany(wait).ExecuteAsync(context.HttpContext);
            return;
        }

        context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await PlainPage.WriteAsync(
            context.HttpContext,
            StatusCodes.Status429TooManyRequests,
            "Too many tries",
            $"There were too many tries from your address. Wait {seconds} seconds and try again.",
            context.HttpContext.Request.Path);
    }
}

internal static class SignInLimitServices
{
    public static void AddSignInLimit(this IServiceCollection services) =>
        services.AddRateLimiter(limiter => limiter.AddPolicy<string, SignInLimit>(SignInLimit.Policy));
}
