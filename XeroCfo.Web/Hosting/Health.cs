using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;

namespace XeroCfo.Web.Hosting;

/// <summary>For monitors: alive, and ready to work. Says nothing else.</summary>
internal static class Health
{
    public const string Path = "/health";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    internal sealed record State(string Status);

    public static void MapHealth(this WebApplication app)
    {
        var group = app.MapGroup(Path).AllowAnonymous().ExcludeFromDescription();
        group.MapGet("/live", () => TypedResults.Ok(new State("live")));
        group.MapGet("/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(IDbFactory databases, ILogger<State> log, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await using var db = databases.Create();
            await db.Settings.AnyAsync(limit.Token).WaitAsync(limit.Token);
            return TypedResults.Ok(new State("ready"));
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("Not ready: {Fault}", fault.GetType().Name);
            return TypedResults.Json(new State("not ready"), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
