using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Rules;

/// <summary>Which documents; <c>all</c> leaves alone what no rule matches, and always what a person decided.</summary>
internal sealed record RuleRunRequest(DateOnly? From = null, DateOnly? To = null, [property: Words(typeof(RunScopes), nameof(RunScopes.Words))] string Scope = RunScopes.Uncategorized)
    : IExample<RuleRunRequest>
{
    public static RuleRunRequest Example => new(new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 31), RunScopes.All);
}

/// <summary>A total of 0: not known yet.</summary>
internal sealed record RuleRunProgressAnswer(int Done, int Total);

/// <summary>Of the documents looked at, those that a rule matched, that have something else now, and that a person had decided.</summary>
internal sealed record RuleRunCountsAnswer(int Evaluated, int Matched, int Changed, int SkippedManual);

internal sealed record RuleRunErrorAnswer(string Code, string? Message);

internal sealed record RuleRunAnswer(
    Guid Id, string Status, string Scope, DateOnly? From, DateOnly? To, string Trigger, DateTime? StartedAt, DateTime? FinishedAt,
    RuleRunProgressAnswer Progress, RuleRunCountsAnswer Counts, DateTime? UndoneAt, int? Restored, RuleRunErrorAnswer? Error) : IExample<RuleRunAnswer>
{
    public static RuleRunAnswer Example => new(
        Examples.Thing, SyncStatus.Running, RunScopes.Uncategorized, null, null, RunTriggers.Manual, Examples.Instant, null,
        new RuleRunProgressAnswer(300, 1_240), new RuleRunCountsAnswer(300, 46, 45, 1), null, null, null);

    public static RuleRunAnswer Of(RuleRunView view) => Of(view.Run) with { UndoneAt = view.UndoneAt, Restored = view.Restored };

    public static RuleRunAnswer Of(RuleRun run) => new(
        run.Id, run.Status, run.Scope, run.From, run.To, run.Trigger, run.StartedAt, run.FinishedAt,
        new RuleRunProgressAnswer(run.Evaluated, run.Total), new RuleRunCountsAnswer(run.Evaluated, run.Matched, run.Changed, run.SkippedManual), null, null,
        run.ErrorCode is { } code ? new RuleRunErrorAnswer(code, run.ErrorMessage) : null);
}

internal static class RuleRunsApi
{
    public static void Map(RouteGroupBuilder rules)
    {
        rules.MapPost("/runs", RequestAsync)
            .WithName("RunRules").WithSummary("Lets all active rules run over documents, in the background.")
            .Needs(Permissions.RulesWrite).TakesBody<RuleRunRequest>(required: false).TakesIdempotencyKey();
        rules.MapGet("/runs", ListAsync)
            .WithName("ListRuleRuns").WithSummary("The runs of rules, newest first.")
            .Needs(Permissions.RulesRead).TakesPage();
        rules.MapGet("/runs/count", CountAsync)
            .WithName("CountRuleRuns").WithSummary("How many runs of rules, counted up to 10 001.")
            .Needs(Permissions.RulesRead);
        rules.MapGet("/runs/{id}", GetAsync)
            .WithName("GetRuleRun").WithSummary("One run with its progress and counts.")
            .Needs(Permissions.RulesRead);
        rules.MapPost("/runs/{id}/undo", UndoAsync)
            .WithName("UndoRuleRun").WithSummary("Gives every document again what it had before the run; what was changed since stays. Needs no body.")
            .Needs(Permissions.RulesWrite).TakesIdempotencyKey().MayRefuse(409);
        rules.MapPost("/runs/{id}/cancel", CancelAsync)
            .WithName("CancelRuleRun").WithSummary("Stops a run; what it has changed stays until it is taken back. Needs no body.")
            .Needs(Permissions.RulesWrite).TakesIdempotencyKey().MayRefuse(409);
    }

    private static async Task<ApiAccepted<RuleRunAnswer>> RequestAsync(HttpContext http, RuleRunService runs, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new RuleRunRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var run = await runs.RequestAsync(http.Caller(), http.Tenant(), new RunRequest(body.From, body.To, body.Scope), ct);
        return run.Problem is { } refused
            ? refused
            : ApiAccepted<RuleRunAnswer>.At($"{http.Request.PathBase}{ApiRoutes.Root}/tenants/{http.Tenant()}/rules/runs/{run.Value.Id:D}", RuleRunAnswer.Of(run.Value));
    }

    private static async Task<ApiAnswer<PageAnswer<RuleRunAnswer>>> ListAsync(HttpContext http, RuleRunService runs, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (limit, cursor) = (query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var page = await runs.ListAsync(http.Caller(), http.Tenant(), cursor, limit, ct);
        return page.Problem is { } refused ? refused : new PageAnswer<RuleRunAnswer>([.. page.Value.Items.Select(RuleRunAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, RuleRunService runs, CancellationToken ct)
    {
        var count = await runs.CountAsync(http.Caller(), http.Tenant(), ct);
        return count.Problem is { } refused ? refused : CountAnswer.Of(count.Value);
    }

    private static async Task<ApiAnswer<RuleRunAnswer>> GetAsync(HttpContext http, RuleRunService runs, CancellationToken ct) =>
        http.Id("id") is { } id ? Answer(await runs.GetAsync(http.Caller(), http.Tenant(), id, ct)) : RunProblems.Unknown;

    private static async Task<ApiAnswer<RuleRunAnswer>> CancelAsync(HttpContext http, RuleRunService runs, CancellationToken ct) =>
        http.Id("id") is { } id ? Answer(await runs.CancelAsync(http.Caller(), http.Tenant(), id, ct)) : RunProblems.Unknown;

    private static async Task<ApiAnswer<UndoneAnswer>> UndoAsync(HttpContext http, RuleRunService runs, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return RunProblems.Unknown;
        }

        var undone = await runs.UndoAsync(http.Caller(), http.Tenant(), id, ct);
        return undone.Problem is { } refused ? refused : new UndoneAnswer(undone.Value.Restored, undone.Value.Skipped);
    }

    private static ApiAnswer<RuleRunAnswer> Answer(Result<RuleRunView> found) => found.Problem is { } refused ? refused : RuleRunAnswer.Of(found.Value);
}
