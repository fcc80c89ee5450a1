using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Kpis;

/// <summary>A number in a formula, with Xero's accounts that make it; display sign.</summary>
internal sealed record KpiPartAnswer(string Name, decimal? Value, IReadOnlyList<Guid> AccountIds);

/// <summary>
/// A KPI: <c>value</c>, or null with the reason. Percentages are fractions, money is in the organisation's currency. <c>status</c> is null without a target,
/// an alert level or a value; <c>suggestedTags</c> names accounts whose tag it leans on and nobody has confirmed.
/// </summary>
internal sealed record KpiAnswer(
    string Key, string Name, decimal? Value, string? Reason, KpiUnit Unit, decimal? Previous, decimal? Target, KpiStatus? Status, GoodDirection GoodDirection, string Formula, IReadOnlyList<KpiPartAnswer> Parts,
    IReadOnlyList<string> SuggestedTags, decimal? AlertLevel, bool IsCustom)
{
    public static KpiAnswer Of(Kpi kpi) => new(
        kpi.Definition.Key, kpi.Definition.Name, kpi.Value.Value, kpi.Value.Reason, kpi.Definition.Unit, kpi.Previous.Value, kpi.Target?.Target, kpi.Status, kpi.Definition.Good, kpi.Definition.Formula,
        [.. kpi.Parts.Select(part => new KpiPartAnswer(part.Name, part.Value, part.AccountIds))], kpi.Suggested, kpi.Target?.AlertLevel, kpi.Definition.IsOwn);
}

internal sealed record KpisAnswer(DateOnly Date, string Period, DateOnly From, DateOnly To, string Currency, IReadOnlyList<KpiAnswer> Items, bool SyncInProgress) : IExample<KpisAnswer>
{
    public static KpisAnswer Example => new(
        new DateOnly(2026, 10, 31), "month", new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 31), "NZD",
        [
            new KpiAnswer(
                "grossMargin", "Gross margin", 0.562m, null, KpiUnit.Percent, 0.571m, 0.6m, KpiStatus.Alert, Domain.Kpis.GoodDirection.Up, "gross profit / total income",
                [new KpiPartAnswer("Gross profit", 195_382.37m, [Examples.Account]), new KpiPartAnswer("Total income", 347_661.88m, [Examples.Account])], [], 0.58m, false),
        ],
        false);

    public static KpisAnswer Of(KpiSheet sheet) =>
        new(sheet.Date, sheet.Period, sheet.Days.First, sheet.Days.Last, sheet.Currency, [.. sheet.Items.Select(KpiAnswer.Of)], sheet.SyncInProgress);
}

internal static class KpisApi
{
    private static readonly ApiParameter<DateOnly?> Date = ApiParameters.Date("date", "The last day looked at; without it the organisation's today.");

    private static readonly ApiParameter<string> Period = ApiParameters.Word("period", "The month, financial quarter or financial year that holds the day, up to it; without it the month.", ["month", "quarter", "year"]);

    public static void Map(RouteGroupBuilder api)
    {
        var kpis = api.MapGroup("/tenants/{tenant}/kpis").WithTags("KPIs");
        kpis.MapGet("", GetAsync)
            .WithName("ListKpis").WithSummary("Every KPI with its value, or the reason why there is none, its formula and the parts of it.")
            .Needs(Permissions.KpisRead).Takes(Date, Period).MayRefuse(422);
        kpis.MapGet("/{key}/trend", TrendAsync)
            .WithName("GetKpiTrend").WithSummary("A KPI's values of the last 24 months up to a day, the oldest first; the last month as far as it has come.")
            .Needs(Permissions.KpisRead).Takes(Date).MayRefuse(422);
        kpis.MapGet("/{key}/drivers", DriversAsync)
            .WithName("GetKpiDrivers").WithSummary("Why a KPI moved against the period before: the three largest causes by account and by contact, each by what the value would not have moved without it.")
            .Needs(Permissions.KpisRead).Takes(Date, Period).MayRefuse(422);
        KpiTargetsApi.Map(kpis);
        CustomKpisApi.Map(kpis);
    }

    /// <summary>The KPI in the address.</summary>
    public static string Key(this HttpContext http) => http.Request.RouteValues["key"] as string ?? "";

    private static async Task<ApiAnswer<KpiTrendAnswer>> TrendAsync(HttpContext http, KpiService kpis, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var date = query.Read(Date);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var trend = await kpis.TrendAsync(http.Caller(), http.Tenant(), http.Key(), date, ct);
        return trend.Problem is { } refused ? refused : KpiTrendAnswer.Of(trend.Value);
    }

    private static async Task<ApiAnswer<KpiDriversAnswer>> DriversAsync(HttpContext http, KpiDriverService drivers, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (date, period) = (query.Read(Date), query.Read(Period));
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var why = await drivers.WhyAsync(http.Caller(), http.Tenant(), http.Key(), date, period, ct);
        return why.Problem is { } refused ? refused : KpiDriversAnswer.Of(why.Value);
    }

    private static async Task<ApiAnswer<KpisAnswer>> GetAsync(HttpContext http, KpiService kpis, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (date, period) = (query.Read(Date), query.Read(Period));
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var sheet = await kpis.GetAsync(http.Caller(), http.Tenant(), date, period, ct);
        return sheet.Problem is { } refused ? refused : KpisAnswer.Of(sheet.Value);
    }
}
