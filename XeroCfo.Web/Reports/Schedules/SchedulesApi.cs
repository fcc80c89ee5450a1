using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Reports.Schedules;

internal static class SchedulesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var schedules = api.MapGroup("/tenants/{tenant}/report-schedules").WithTags("Reports");
        schedules.MapGet("", ListAsync)
            .WithName("ListSchedules").WithSummary("Reports that are made by themselves, the oldest schedule first.")
            .Needs(Permissions.ReportsRead).TakesPage();
        schedules.MapGet("/count", CountAsync)
            .WithName("CountSchedules").WithSummary("How many schedules, counted up to 10 001.")
            .Needs(Permissions.ReportsRead);
        schedules.MapPost("", CreateAsync)
            .WithName("CreateSchedule").WithSummary("Makes a schedule, if its report could be made now by this caller.")
            .Needs(Permissions.ReportsWrite).TakesBody<ScheduleRequest>().TakesIdempotencyKey().GivesVersion().MayRefuse(422);
        schedules.MapGet("/{id}", GetAsync)
            .WithName("GetSchedule").WithSummary("One schedule.")
            .Needs(Permissions.ReportsRead).GivesVersion();
        schedules.MapPut("/{id}", UpdateAsync)
            .WithName("UpdateSchedule").WithSummary("Changes a schedule; it runs with its writer's rights from now on.")
            .Needs(Permissions.ReportsWrite).TakesBody<ScheduleRequest>().TakesVersion().GivesVersion().MayRefuse(422);
        schedules.MapDelete("/{id}", DeleteAsync)
            .WithName("DeleteSchedule").WithSummary("Deletes a schedule with its history; the reports that it made stay.")
            .Needs(Permissions.ReportsWrite).TakesVersion();
        schedules.MapPost("/{id}/runs", RequestAsync)
            .WithName("RunSchedule").WithSummary("Runs it now; the run that waits or runs already, if there is one.")
            .Needs(Permissions.ReportsWrite).TakesIdempotencyKey();
        schedules.MapGet("/{id}/runs", RunsAsync)
            .WithName("ListScheduleRuns").WithSummary("What became of it, the newest first.")
            .Needs(Permissions.ReportsRead).TakesPage();
        schedules.MapGet("/{id}/runs/count", CountRunsAsync)
            .WithName("CountScheduleRuns").WithSummary("How many runs, counted up to 10 001.")
            .Needs(Permissions.ReportsRead);
        schedules.MapGet("/{id}/runs/{runId}", RunAsync)
            .WithName("GetScheduleRun").WithSummary("One run.")
            .Needs(Permissions.ReportsRead);
    }

    private static async Task<ApiAnswer<PageAnswer<ScheduleAnswer>>> ListAsync(HttpContext http, ScheduleService schedules, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var page = await schedules.ListAsync(http.Caller(), http.Tenant(), query.Cursor, query.Limit, ct);
        return page.Problem is { } refused ? refused : new PageAnswer<ScheduleAnswer>([.. page.Value.Items.Select(Of)], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, ScheduleService schedules, CancellationToken ct)
    {
        var count = await schedules.CountAsync(http.Caller(), http.Tenant(), ct);
        return count.Problem is { } refused ? refused : CountAnswer.Of(count.Value);
    }

    private static async Task<ApiAnswer<ScheduleAnswer>> GetAsync(HttpContext http, ScheduleService schedules, CancellationToken ct)
    {
        var found = await schedules.GetAsync(http.Caller(), http.Tenant(), http.Id("id") ?? Guid.Empty, ct);
        return found.Problem is { } refused ? refused : ApiAnswer<ScheduleAnswer>.WithVersion(Of(found.Value), VersionOf(found.Value.Schedule));
    }

    private static async Task<ApiCreated<ScheduleAnswer>> CreateAsync(HttpContext http, ScheduleService schedules, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new ScheduleRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var made = await schedules.CreateAsync(http.Caller(), http.Tenant(), body.ToInput(), ct);
        return made.Problem is { } refused
            ? AtMember(refused)
            : ApiCreated<ScheduleAnswer>.At($"{http.Request.PathBase}{ApiRoutes.Root}/tenants/{http.Tenant()}/report-schedules/{made.Value.Id:D}", ScheduleAnswer.Of(made.Value, null), VersionOf(made.Value));
    }

    private static async Task<ApiAnswer<ScheduleAnswer>> UpdateAsync(HttpContext http, ScheduleService schedules, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new ScheduleRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var id = http.Id("id") ?? Guid.Empty;
        var changed = await schedules.UpdateAsync(http.Caller(), http.Tenant(), id, TakesVersion.Of(http.Request), body.ToInput(), ct);
        if (changed.Problem is { } refused)
        {
            return AtMember(refused);
        }

        var found = await schedules.GetAsync(http.Caller(), http.Tenant(), id, ct);
        return ApiAnswer<ScheduleAnswer>.WithVersion(ScheduleAnswer.Of(changed.Value, found.Succeeded ? found.Value.LastRun : null), VersionOf(changed.Value));
    }

    private static async Task<ApiDone> DeleteAsync(HttpContext http, ScheduleService schedules, CancellationToken ct) =>
        await schedules.DeleteAsync(http.Caller(), http.Tenant(), http.Id("id") ?? Guid.Empty, TakesVersion.Of(http.Request), ct);

    private static async Task<ApiAccepted<ScheduleRunAnswer>> RequestAsync(HttpContext http, ScheduleService schedules, CancellationToken ct)
    {
        var id = http.Id("id") ?? Guid.Empty;
        var run = await schedules.RequestAsync(http.Caller(), http.Tenant(), id, ct);
        return run.Problem is { } refused
            ? refused
            : ApiAccepted<ScheduleRunAnswer>.At($"{http.Request.PathBase}{ApiRoutes.Root}/tenants/{http.Tenant()}/report-schedules/{id:D}/runs/{run.Value.Id:D}", ScheduleRunAnswer.Of(run.Value));
    }

    private static async Task<ApiAnswer<PageAnswer<ScheduleRunAnswer>>> RunsAsync(HttpContext http, ScheduleService schedules, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var page = await schedules.RunsAsync(http.Caller(), http.Tenant(), http.Id("id") ?? Guid.Empty, query.Cursor, query.Limit, ct);
        return page.Problem is { } refused ? refused : new PageAnswer<ScheduleRunAnswer>([.. page.Value.Items.Select(ScheduleRunAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountRunsAsync(HttpContext http, ScheduleService schedules, CancellationToken ct)
    {
        var count = await schedules.CountRunsAsync(http.Caller(), http.Tenant(), http.Id("id") ?? Guid.Empty, ct);
        return count.Problem is { } refused ? refused : CountAnswer.Of(count.Value);
    }

    private static async Task<ApiAnswer<ScheduleRunAnswer>> RunAsync(HttpContext http, ScheduleService schedules, CancellationToken ct)
    {
        var run = await schedules.RunAsync(http.Caller(), http.Tenant(), http.Id("id") ?? Guid.Empty, http.Id("runId") ?? Guid.Empty, ct);
        return run.Problem is { } refused ? refused : ScheduleRunAnswer.Of(run.Value);
    }

    private static ScheduleAnswer Of(ScheduleView view) => ScheduleAnswer.Of(view.Schedule, view.LastRun);

    // A report's own parameter has its place in the body.
    private static Problem AtMember(Problem problem) =>
        problem.Field is { } field and not ("name" or "type" or "period" or "parameters" or "cron" or "daysAfterMonthEnd" or "at" or "mailAs" or "recipients") ? problem with { Field = $"parameters.{field}" } : problem;

    private static string VersionOf(ReportSchedule schedule) => ReadVersion.Of(schedule.UpdatedAt).Value!;
}
