using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Overviews;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Benchmarks;

/// <summary>KPIs and the overview as pages and programs ask for them; the overview also with nothing remembered of open documents and customers.</summary>
internal static class KpiRun
{
    public static async Task MeasureAsync(IServiceProvider services, TenantId tenant)
    {
        var kpis = services.GetRequiredService<KpiService>();
        foreach (var (words, date, period) in new (string, DateOnly, string)[]
                 {
                     ("a whole month", new(2026, 10, 31), "month"), ("the month in progress", BenchXero.Today, "month"), ("a year", new(2025, 12, 31), "year"),
                 })
        {
            await LoadRun.PrintAsync($"KPIs, {words}", async () => Good(await kpis.GetAsync(Caller.Command, tenant, date, period, default)));
        }

        await LoadRun.PrintAsync("KPI, 24 months", async () => Good(await kpis.TrendAsync(Caller.Command, tenant, "grossMargin", null, default)));
        await LoadRun.PrintAsync("overview", async () => Good(await services.GetRequiredService<OverviewService>().GetAsync(Caller.Command, tenant, null, null, default)));
        await LoadRun.PrintAsync("overview, nothing remembered", async () => Good(await Fresh(services).GetAsync(Caller.Command, tenant, null, null, default)), 5);
    }

    // What is kept of a state of the ledger is made anew.
    private static OverviewService Fresh(IServiceProvider services) => ActivatorUtilities.CreateInstance<OverviewService>(
        services, ActivatorUtilities.CreateInstance<OverviewReading>(services, ActivatorUtilities.CreateInstance<ContactBooks>(services)), ActivatorUtilities.CreateInstance<CustomerBooks>(services));

    private static T Good<T>(Result<T> answer) => answer.Problem is { } problem ? throw new InvalidOperationException(problem.Message) : answer.Value;
}
