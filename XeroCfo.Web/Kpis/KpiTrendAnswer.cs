using XeroCfo.Domain.Kpis;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Kpis;

/// <summary>A month of a KPI: <c>value</c>, or null with the reason; <c>complete</c> once the month is over.</summary>
internal sealed record KpiPointAnswer(string Month, DateOnly From, DateOnly To, decimal? Value, string? Reason, bool Complete);

internal sealed record KpiTrendAnswer(
    string Key, string Name, KpiUnit Unit, GoodDirection GoodDirection, string Currency, decimal? Target, decimal? AlertLevel, IReadOnlyList<KpiPointAnswer> Items, bool SyncInProgress) : IExample<KpiTrendAnswer>
{
    public static KpiTrendAnswer Example => new(
        "grossMargin", "Gross margin", KpiUnit.Percent, GoodDirection.Up, "NZD", 0.6m, 0.58m,
        [
            new KpiPointAnswer("2026-09", new DateOnly(2026, 9, 1), new DateOnly(2026, 9, 30), 0.563m, null, true),
            new KpiPointAnswer("2026-10", new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 31), 0.562m, null, true),
        ],
        false);

    public static KpiTrendAnswer Of(KpiTrend trend) => new(
        trend.Definition.Key, trend.Definition.Name, trend.Definition.Unit, trend.Definition.Good, trend.Currency, trend.Target?.Target, trend.Target?.AlertLevel,
        [.. trend.Points.Select(point => new KpiPointAnswer(point.Month.ToString(), point.Days.First, point.Days.Last, point.Value.Value, point.Value.Reason, point.Complete))], trend.SyncInProgress);
}

/// <summary>A cause: <c>effect</c> is what the value would not have moved by had it stayed, in the KPI's unit; <c>amount</c> and <c>previousAmount</c> are in money, display sign.</summary>
internal sealed record KpiDriverAnswer(string Name, Guid? AccountId, Guid? ContactId, decimal Effect, decimal Amount, decimal PreviousAmount);

internal sealed record KpiDriversAnswer(
    string Key, KpiUnit Unit, decimal? Value, decimal? Previous, IReadOnlyList<KpiDriverAnswer> Accounts, IReadOnlyList<KpiDriverAnswer> Contacts, string? NoContactsBecause) : IExample<KpiDriversAnswer>
{
    public static KpiDriversAnswer Example => new(
        "grossMargin", KpiUnit.Percent, 0.562m, 0.571m,
        [new KpiDriverAnswer("Green beans", Examples.Account, null, -0.012m, 117_790.50m, 109_200.10m)],
        [new KpiDriverAnswer("Cordillera Green Coffee Inc.", null, Examples.Contact, -0.009m, 70_672.10m, 64_011.80m)],
        null);

    public static KpiDriversAnswer Of(KpiDrivers why) => new(
        why.Definition.Key, why.Definition.Unit, why.Now.Value, why.Before.Value, [.. why.Accounts.Select(Of)], [.. why.Contacts.Select(Of)], why.NoContacts);

    private static KpiDriverAnswer Of(KpiDriver driver) => new(driver.Name, driver.AccountId, driver.ContactId, driver.Effect, driver.Now, driver.Before);
}
