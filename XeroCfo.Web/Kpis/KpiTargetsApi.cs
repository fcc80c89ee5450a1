using XeroCfo.Domain.Kpis.Targets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Kpis;

/// <summary>An aim and a level of alert, in the KPI's unit; percentages as fractions. <c>alertedIn</c> is the month of the last alert.</summary>
internal sealed record KpiTargetAnswer(string Key, decimal? Target, decimal? AlertLevel, bool IsAlerting, string? AlertedIn, DateTime CreatedAt, DateTime UpdatedAt) : IExample<KpiTargetAnswer>
{
    public static KpiTargetAnswer Example => new("grossMargin", 0.6m, 0.58m, true, "2026-06", Examples.Instant, Examples.Instant);

    public static KpiTargetAnswer Of(KpiTarget target) => new(target.Key, target.Target, target.AlertLevel, target.IsAlerting, target.AlertedIn, target.CreatedAt, target.UpdatedAt);
}

/// <summary>At least one of the two. The alert level lies on the bad side of the target.</summary>
internal sealed record KpiTargetRequest(decimal? Target = null, decimal? AlertLevel = null) : IExample<KpiTargetRequest>
{
    public static KpiTargetRequest Example => new(0.6m, 0.58m);
}

internal static class KpiTargetsApi
{
    public static void Map(RouteGroupBuilder kpis)
    {
        kpis.MapGet("/{key}/target", GetAsync)
            .WithName("GetKpiTarget").WithSummary("A KPI's target and alert level.")
            .Needs(Permissions.KpisRead).GivesVersion();
        kpis.MapPut("/{key}/target", SetAsync)
            .WithName("SetKpiTarget").WithSummary("Sets a KPI's target, alert level or both. Where there is one already, If-Match says which version is replaced.")
            .Needs(Permissions.KpisWrite).TakesBody<KpiTargetRequest>().TakesVersionOfEarlier().GivesVersion().MayRefuse(422);
        kpis.MapDelete("/{key}/target", DeleteAsync)
            .WithName("DeleteKpiTarget").WithSummary("Takes a KPI's target and alert level away.")
            .Needs(Permissions.KpisWrite).TakesVersion();
    }

    private static async Task<ApiAnswer<KpiTargetAnswer>> GetAsync(HttpContext http, KpiTargetService targets, CancellationToken ct) =>
        Answer(await targets.GetAsync(http.Caller(), http.Tenant(), http.Key(), ct));

    private static async Task<ApiAnswer<KpiTargetAnswer>> SetAsync(HttpContext http, KpiTargetService targets, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new KpiTargetRequest());
        return wrong is not null ? wrong : Answer(await targets.SetAsync(http.Caller(), http.Tenant(), http.Key(), TakesVersion.Of(http.Request), new KpiTargetInput(body.Target, body.AlertLevel), ct));
    }

    private static async Task<ApiDone> DeleteAsync(HttpContext http, KpiTargetService targets, CancellationToken ct) =>
        await targets.DeleteAsync(http.Caller(), http.Tenant(), http.Key(), TakesVersion.Of(http.Request), ct);

    private static ApiAnswer<KpiTargetAnswer> Answer(Result<KpiTarget> found) =>
        found.Problem is { } refused ? refused : ApiAnswer<KpiTargetAnswer>.WithVersion(KpiTargetAnswer.Of(found.Value), ReadVersion.Of(found.Value.UpdatedAt).Value!);
}
