using System.ComponentModel.DataAnnotations;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Rules;

/// <summary>
/// A rule. <c>hits90Days</c> are documents of the last 90 days whose category it decided, <c>amount90Days</c> what these add up to without signs;
/// <c>lastHitAt</c> is when a run last gave a document its category.
/// </summary>
internal sealed record RuleAnswer(
    Guid Id, string Pattern, string Category, string? AccountCode, int Priority, bool IsActive, RuleCondition? Conditions,
    int Hits90Days, decimal Amount90Days, DateTime? LastHitAt, DateTime CreatedAt, DateTime UpdatedAt) : IExample<RuleAnswer>
{
    public static RuleAnswer Example => new(
        Examples.Thing, "FUELCO", "Fuel", "449", 10, true, RuleRequest.ExampleConditions, 42, 1_860.40m, Examples.Instant, Examples.Instant, Examples.Instant);

    public static RuleAnswer Of(RuleView view) => new(
        view.Rule.Id, view.Rule.Pattern, view.Rule.Category, view.Rule.AccountCode, view.Rule.Priority, view.Rule.IsActive, view.Rule.Conditions,
        view.Hits90Days, view.Amount90Days, view.LastHitAt, view.Rule.CreatedAt, view.Rule.UpdatedAt);
}

/// <summary>
/// A rule as it is to be; what is left out of a change is as in a new rule. The pattern is looked for in description, contact name and reference, the case
/// ignored: <c>/regex/</c>, <c>"the whole field"</c>, <c>wild*card?</c>, or a part. Conditions are groups (<c>all</c>, <c>any</c>, <c>not</c>) of a <c>field</c> with
/// <c>matches</c> (description, contactName, reference), <c>is</c> (direction, type, contact, account, reconciled), <c>min</c> and <c>max</c> (amount), or <c>from</c> and <c>to</c> (date).
/// </summary>
internal sealed record RuleRequest(
    [property: Required, StringLength(RulePattern.Limit, MinimumLength = 1)] string? Pattern = null,
    [property: Required, StringLength(Category.NameLimit, MinimumLength = 1)] string? Category = null,
    [property: StringLength(CategoryService.CodeLimit, MinimumLength = 1)] string? AccountCode = null,
    int Priority = 0,
    bool IsActive = true,
    RuleCondition? Conditions = null) : IExample<RuleRequest>
{
    public static RuleRequest Example => new("FUELCO", "Fuel", "449", 10, true, ExampleConditions);

    public static RuleCondition ExampleConditions => new()
    {
        All = [new() { Field = ConditionFields.Direction, Is = ["out"] }, new() { Field = ConditionFields.Amount, Max = 500m }],
    };

    public RuleInput ToInput() => new(Pattern, Category, AccountCode, Priority, IsActive, Conditions);
}

internal static class RulesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var rules = api.MapGroup("/tenants/{tenant}/rules").WithTags("Rules");
        rules.MapGet("", ListAsync)
            .WithName("ListRules").WithSummary("The organisation's rules in the order in which they win.")
            .Needs(Permissions.RulesRead).TakesPage();
        rules.MapGet("/count", CountAsync)
            .WithName("CountRules").WithSummary("How many rules, counted up to 10 001.")
            .Needs(Permissions.RulesRead);
        rules.MapPost("", CreateAsync)
            .WithName("CreateRule").WithSummary("Makes a rule, and its category where there is none of that name. It changes nothing before a run.")
            .Needs(Permissions.RulesWrite).TakesBody<RuleRequest>().TakesIdempotencyKey().GivesVersion().MayRefuse(422);
        rules.MapGet("/{id}", GetAsync)
            .WithName("GetRule").WithSummary("One rule.")
            .Needs(Permissions.RulesRead).GivesVersion();
        rules.MapPut("/{id}", UpdateAsync)
            .WithName("UpdateRule").WithSummary("Changes a rule; what it decided before stays until a run.")
            .Needs(Permissions.RulesWrite).TakesBody<RuleRequest>().TakesVersion().GivesVersion().MayRefuse(422);
        rules.MapDelete("/{id}", DeleteAsync)
            .WithName("DeleteRule").WithSummary("Deletes a rule; documents that it decided keep their category.")
            .Needs(Permissions.RulesWrite).TakesVersion();
        RulePreviewApi.Map(rules);
        RuleRunsApi.Map(rules);
        SuggestionsApi.Map(rules);
    }

    private static async Task<ApiAnswer<PageAnswer<RuleAnswer>>> ListAsync(HttpContext http, RuleService rules, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (limit, cursor) = (query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var page = await rules.ListAsync(http.Caller(), http.Tenant(), cursor, limit, ct);
        return page.Problem is { } refused ? refused : new PageAnswer<RuleAnswer>([.. page.Value.Items.Select(RuleAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, RuleService rules, CancellationToken ct)
    {
        var count = await rules.CountAsync(http.Caller(), http.Tenant(), ct);
        return count.Problem is { } refused ? refused : CountAnswer.Of(count.Value);
    }

    private static async Task<ApiAnswer<RuleAnswer>> GetAsync(HttpContext http, RuleService rules, CancellationToken ct) =>
        http.Id("id") is { } id ? Answer(await rules.GetAsync(http.Caller(), http.Tenant(), id, ct)) : RuleProblems.Unknown;

    private static async Task<ApiCreated<RuleAnswer>> CreateAsync(HttpContext http, RuleService rules, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new RuleRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var made = await rules.CreateAsync(http.Caller(), http.Tenant(), body.ToInput(), ct);
        return made.Problem is { } refused
            ? refused
            : ApiCreated<RuleAnswer>.At($"{http.Request.PathBase}{ApiRoutes.Root}/tenants/{http.Tenant()}/rules/{made.Value.Rule.Id:D}", RuleAnswer.Of(made.Value), VersionOf(made.Value));
    }

    private static async Task<ApiAnswer<RuleAnswer>> UpdateAsync(HttpContext http, RuleService rules, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new RuleRequest());
        return wrong is not null ? wrong
            : http.Id("id") is { } id ? Answer(await rules.UpdateAsync(http.Caller(), http.Tenant(), id, TakesVersion.Of(http.Request), body.ToInput(), ct))
            : RuleProblems.Unknown;
    }

    private static async Task<ApiDone> DeleteAsync(HttpContext http, RuleService rules, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return RuleProblems.Unknown;
        }

        return await rules.DeleteAsync(http.Caller(), http.Tenant(), id, TakesVersion.Of(http.Request), ct);
    }

    private static ApiAnswer<RuleAnswer> Answer(Result<RuleView> found) =>
        found.Problem is { } refused ? refused : ApiAnswer<RuleAnswer>.WithVersion(RuleAnswer.Of(found.Value), VersionOf(found.Value));

    private static string VersionOf(RuleView view) => ReadVersion.Of(view.Rule.UpdatedAt).Value!;
}
