using System.ComponentModel.DataAnnotations;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;
using XeroCfo.Web.Ledger;

namespace XeroCfo.Web.Rules;

/// <summary>A rule that is not kept; <c>ruleId</c> names the one that it would take the place of.</summary>
internal sealed record RulePreviewRequest(
    [property: Required, StringLength(RulePattern.Limit, MinimumLength = 1)] string? Pattern = null,
    [property: Required, StringLength(Category.NameLimit, MinimumLength = 1)] string? Category = null,
    [property: StringLength(CategoryService.CodeLimit, MinimumLength = 1)] string? AccountCode = null,
    int Priority = 0,
    bool IsActive = true,
    RuleCondition? Conditions = null,
    Guid? RuleId = null) : IExample<RulePreviewRequest>
{
    public static RulePreviewRequest Example => new("FUELCO", "Fuel", "449", 10, true, RuleRequest.ExampleConditions);

    public RuleInput ToInput() => new(Pattern, Category, AccountCode, Priority, IsActive, Conditions);
}

/// <summary>What a document is about, and who says so.</summary>
internal sealed record CategoryStateAnswer(string? Category, [property: Words(typeof(CategorySources))] string CategorySource, Guid? CategoryRuleId, string? AccountCode)
{
    public static CategoryStateAnswer Of(CategoryState state) => new(state.Category, state.Source, state.RuleId, state.AccountCode);
}

internal sealed record PreviewSampleAnswer(TransactionAnswer Transaction, CategoryStateAnswer Before, CategoryStateAnswer After);

/// <summary>Documents that another rule matches, too; <c>winner</c>: this one or the other.</summary>
internal sealed record RuleConflictAnswer(Guid RuleId, int Count, [property: Words(typeof(ConflictWinners))] string Winner);

/// <summary><c>matches</c> of <c>total</c> documents; the sample is the newest of them, before and after a run over everything.</summary>
internal sealed record RulePreviewAnswer(
    int Matches, int Total, int Uncategorized, int Locked, IReadOnlyList<PreviewSampleAnswer> Sample, IReadOnlyList<RuleConflictAnswer> Conflicts, double Milliseconds) : IExample<RulePreviewAnswer>
{
    public static RulePreviewAnswer Example => new(
        42, 5_612, 9, 1,
        [new PreviewSampleAnswer(TransactionAnswer.Example, new CategoryStateAnswer(null, CategorySources.None, null, "850"), new CategoryStateAnswer("Fuel", CategorySources.Rule, Examples.Thing, "449"))],
        [new RuleConflictAnswer(Examples.Thing, 3, ConflictWinners.This)], 4.2);

    public static RulePreviewAnswer Of(RulePreview preview) => new(
        preview.Matches, preview.Total, preview.Uncategorised, preview.Locked,
        [.. preview.Sample.Select(one => new PreviewSampleAnswer(new TransactionAnswer(one.Transaction), CategoryStateAnswer.Of(one.Before), CategoryStateAnswer.Of(one.After)))],
        [.. preview.Conflicts.Select(conflict => new RuleConflictAnswer(conflict.Rule.Id, conflict.Count, conflict.Winner))],
        preview.Milliseconds);
}

/// <summary>The rules of a file.</summary>
internal sealed record RulesImportRequest([property: Required, MinLength(1), MaxLength(RuleService.MostAtOnce)] IReadOnlyList<RuleRequest>? Rules = null) : IExample<RulesImportRequest>
{
    public static RulesImportRequest Example => new([RuleRequest.Example]);
}

/// <summary><c>unchanged</c> rules were there already, word for word.</summary>
internal sealed record RulesImportedAnswer(int Created, int Unchanged) : IExample<RulesImportedAnswer>
{
    public static RulesImportedAnswer Example => new(12, 3);
}

internal static class RulePreviewApi
{
    public static void Map(RouteGroupBuilder rules)
    {
        rules.MapPost("/preview", PreviewAsync)
            .WithName("PreviewRule").WithSummary("What a rule would do, without keeping it.")
            .Needs(Permissions.RulesRead).TakesBody<RulePreviewRequest>().MayRefuse(422);
        rules.MapPost("/import", ImportAsync)
            .WithName("ImportRules").WithSummary("Makes many rules, or none when one of them is wrong; what is there already is left alone.")
            .Needs(Permissions.RulesWrite).TakesBody<RulesImportRequest>().TakesIdempotencyKey().MayRefuse(422);
    }

    private static async Task<ApiAnswer<RulePreviewAnswer>> PreviewAsync(HttpContext http, RulePreviewService previews, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new RulePreviewRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var preview = await previews.LookAsync(http.Caller(), http.Tenant(), body.ToInput(), body.RuleId, ct);
        return preview.Problem is { } refused ? refused : RulePreviewAnswer.Of(preview.Value);
    }

    private static async Task<ApiAnswer<RulesImportedAnswer>> ImportAsync(HttpContext http, RuleService rules, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new RulesImportRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var done = await rules.ImportAsync(http.Caller(), http.Tenant(), [.. (body.Rules ?? []).Select(rule => rule?.ToInput()!)], ct);
        return done.Problem is { } refused ? refused : new RulesImportedAnswer(done.Value.Created, done.Value.Unchanged);
    }
}
