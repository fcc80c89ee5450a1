using System.ComponentModel.DataAnnotations;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Custom;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Kpis;

/// <summary>The words for units and directions in requests.</summary>
internal static class KpiRequestWords
{
    public static readonly IReadOnlyList<string> Units = [.. Enum.GetNames<KpiUnit>().Select(name => name.ToLowerInvariant())];

    public static readonly IReadOnlyList<string> Directions = [.. Enum.GetNames<GoodDirection>().Select(name => name.ToLowerInvariant())];
}

/// <summary>What holds from a month (<c>yyyy-MM</c>) on.</summary>
internal sealed record TypedValueBody([property: Required] string? Month = null, decimal Value = 0);

/// <summary>A figure that no ledger knows, such as the number of people.</summary>
internal sealed record TypedFigureBody([property: Required] string? Name = null, [property: Required] IReadOnlyList<TypedValueBody>? Values = null);

/// <summary>A KPI of the organisation's own. <c>key</c> is made from the first name and never changes: with it the KPI stands in the list of KPIs.</summary>
internal sealed record CustomKpiAnswer(
    Guid Id, string Key, string Name, string Formula, KpiUnit Unit, GoodDirection GoodDirection, IReadOnlyList<TypedFigureBody> Figures, DateTime CreatedAt, DateTime UpdatedAt) : IExample<CustomKpiAnswer>
{
    public static CustomKpiAnswer Example => new(
        Examples.Thing, "incomePerPerson", "Income per person", "group(income) / figure(People)", KpiUnit.Money, GoodDirection.Up, CustomKpiRequest.ExampleFigures, Examples.Instant, Examples.Instant);

    public static CustomKpiAnswer Of(CustomKpi kpi) => new(
        kpi.Id, kpi.Key, kpi.Name, kpi.Formula, kpi.Unit, kpi.Good,
        [.. kpi.Figures.Select(figure => new TypedFigureBody(figure.Name, [.. figure.Values.Select(value => new TypedValueBody(value.Month, value.Value))]))], kpi.CreatedAt, kpi.UpdatedAt);
}

internal sealed record CustomKpisAnswer(IReadOnlyList<CustomKpiAnswer> Items) : IExample<CustomKpisAnswer>
{
    public static CustomKpisAnswer Example => new([CustomKpiAnswer.Example]);
}

/// <summary>
/// A KPI as it is to be. The formula takes numbers, percentages, + − * / and parentheses over <c>account(code)</c>, <c>group(income)</c>, <c>tag(PAYROLL)</c>, <c>kpi(grossMargin)</c>,
/// <c>figure(name)</c> and <c>days</c>; accounts of income and expense count what moved in the period, all others their balance at its end.
/// </summary>
internal sealed record CustomKpiRequest(
    [property: Required, StringLength(CustomKpi.NameLimit, MinimumLength = 1)] string? Name = null,
    [property: Required, StringLength(Formula.Limit, MinimumLength = 1)] string? Formula = null,
    [property: Words(typeof(KpiRequestWords), nameof(KpiRequestWords.Units))] string Unit = "money",
    [property: Words(typeof(KpiRequestWords), nameof(KpiRequestWords.Directions))] string GoodDirection = "up",
    IReadOnlyList<TypedFigureBody>? Figures = null) : IExample<CustomKpiRequest>
{
    public static IReadOnlyList<TypedFigureBody> ExampleFigures => [new("People", [new("2026-04", 13m)])];

    public static CustomKpiRequest Example => new("Income per person", "group(income) / figure(People)", "money", "up", ExampleFigures);

    public Result<CustomKpiInput> ToInput() =>
        !KpiRequestWords.Units.Contains(Unit) ? Problem.Invalid("unit", $"unit must be one of {string.Join(", ", KpiRequestWords.Units)}.")
        : !KpiRequestWords.Directions.Contains(GoodDirection) ? Problem.Invalid("goodDirection", $"goodDirection must be one of {string.Join(", ", KpiRequestWords.Directions)}.")
        : new CustomKpiInput(
            Name, Formula, Enum.Parse<KpiUnit>(Unit, true), Enum.Parse<Domain.Kpis.GoodDirection>(GoodDirection, true),
            [.. (Figures ?? []).Select(figure => figure is null ? null! : new TypedFigure(figure.Name ?? "", [.. (figure.Values ?? []).Select(value => value is null ? null! : new TypedValue(value.Month ?? "", value.Value))]))]);
}

internal static class CustomKpisApi
{
    public static void Map(RouteGroupBuilder kpis)
    {
        kpis.MapGet("/custom", ListAsync)
            .WithName("ListCustomKpis").WithSummary("The organisation's own KPIs with their formulas, by name.")
            .Needs(Permissions.KpisRead);
        kpis.MapPost("/custom", CreateAsync)
            .WithName("CreateCustomKpi").WithSummary("Makes a KPI of the organisation's own; a formula that is wrong is refused with the position.")
            .Needs(Permissions.KpisWrite).TakesBody<CustomKpiRequest>().TakesIdempotencyKey().GivesVersion().MayRefuse(409, 422);
        kpis.MapGet("/custom/{id}", GetAsync)
            .WithName("GetCustomKpi").WithSummary("One of the organisation's own KPIs.")
            .Needs(Permissions.KpisRead).GivesVersion();
        kpis.MapPut("/custom/{id}", UpdateAsync)
            .WithName("UpdateCustomKpi").WithSummary("Changes a KPI of the organisation's own; its key stays.")
            .Needs(Permissions.KpisWrite).TakesBody<CustomKpiRequest>().TakesVersion().GivesVersion().MayRefuse(409, 422);
        kpis.MapDelete("/custom/{id}", DeleteAsync)
            .WithName("DeleteCustomKpi").WithSummary("Deletes a KPI of the organisation's own that no other leans on, and its target.")
            .Needs(Permissions.KpisWrite).TakesVersion().MayRefuse(409);
    }

    private static async Task<ApiAnswer<CustomKpisAnswer>> ListAsync(HttpContext http, CustomKpiService kpis, CancellationToken ct)
    {
        var all = await kpis.ListAsync(http.Caller(), http.Tenant(), ct);
        return all.Problem is { } refused ? refused : new CustomKpisAnswer([.. all.Value.Select(CustomKpiAnswer.Of)]);
    }

    private static async Task<ApiAnswer<CustomKpiAnswer>> GetAsync(HttpContext http, CustomKpiService kpis, CancellationToken ct) =>
        http.Id("id") is { } id ? Answer(await kpis.GetAsync(http.Caller(), http.Tenant(), id, ct)) : KpiProblems.Unknown;

    private static async Task<ApiCreated<CustomKpiAnswer>> CreateAsync(HttpContext http, CustomKpiService kpis, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new CustomKpiRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var input = body.ToInput();
        var made = input.Problem is { } unread ? unread : await kpis.CreateAsync(http.Caller(), http.Tenant(), input.Value, ct);
        return made.Problem is { } refused
            ? refused
            : ApiCreated<CustomKpiAnswer>.At($"{http.Request.PathBase}{ApiRoutes.Root}/tenants/{http.Tenant()}/kpis/custom/{made.Value.Id:D}", CustomKpiAnswer.Of(made.Value), ReadVersion.Of(made.Value.UpdatedAt).Value!);
    }

    private static async Task<ApiAnswer<CustomKpiAnswer>> UpdateAsync(HttpContext http, CustomKpiService kpis, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new CustomKpiRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var input = body.ToInput();
        return input.Problem is { } unread ? unread
            : http.Id("id") is { } id ? Answer(await kpis.UpdateAsync(http.Caller(), http.Tenant(), id, TakesVersion.Of(http.Request), input.Value, ct))
            : KpiProblems.Unknown;
    }

    private static async Task<ApiDone> DeleteAsync(HttpContext http, CustomKpiService kpis, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return KpiProblems.Unknown;
        }

        return await kpis.DeleteAsync(http.Caller(), http.Tenant(), id, TakesVersion.Of(http.Request), ct);
    }

    private static ApiAnswer<CustomKpiAnswer> Answer(Result<CustomKpi> found) =>
        found.Problem is { } refused ? refused : ApiAnswer<CustomKpiAnswer>.WithVersion(CustomKpiAnswer.Of(found.Value), ReadVersion.Of(found.Value.UpdatedAt).Value!);
}
