using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Overviews;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Payables;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Benchmarks;

/// <summary>KPIs and the overview as pages and programs ask for them, and with nothing remembered of open documents and customers.</summary>
internal static class KpiRun
{
    public static async Task MeasureAsync(IServiceProvider services, TenantId tenant)
    {
        // KPIs of a state of the ledger that nobody has asked for yet, each time.
        Func<KpiService> first = () => ActivatorUtilities.CreateInstance<KpiService>(services, ActivatorUtilities.CreateInstance<KpiReading>(services));
        var kpis = services.GetRequiredService<KpiService>();
        var periods = new (string, DateOnly, string)[]
        {
            ("a whole month", new(2026, 10, 31), "month"), ("the month in progress", BenchXero.Today, "month"), ("a year", new(2025, 12, 31), "year"),
        };

        // What they share is compiled before the first is timed, so that their order does not matter.
        foreach (var (_, date, period) in periods)
        {
            await LoadRun.WarmAsync(async () => Good(await first().GetAsync(Caller.Command, tenant, date, period, default)));
        }

        foreach (var (words, date, period) in periods)
        {
            await LoadRun.PrintAsync($"KPIs, {words}, nothing remembered", async () => Good(await first().GetAsync(Caller.Command, tenant, date, period, default)), 100);
        }

        foreach (var (words, date, period) in periods)
        {
            await LoadRun.PrintAsync($"KPIs, {words}", async () => Good(await kpis.GetAsync(Caller.Command, tenant, date, period, default)), 100);
        }

        await PrintPartsAsync(services, tenant);
        await LoadRun.PrintAsync("KPI, 24 months", async () => Good(await kpis.TrendAsync(Caller.Command, tenant, "grossMargin", null, default)));
        await LoadRun.PrintAsync("overview", async () => Good(await services.GetRequiredService<OverviewService>().GetAsync(Caller.Command, tenant, null, null, default)));
        await LoadRun.PrintAsync("overview, nothing remembered", async () => Good(await Fresh(services).GetAsync(Caller.Command, tenant, null, null, default)), 5);
    }

    // Where the time of an overview goes that remembers nothing; its parts run beside each other.
    private static async Task PrintPartsAsync(IServiceProvider services, TenantId tenant)
    {
        var (items, contacts) = (services.GetRequiredService<IOpenItemReader>(), services.GetRequiredService<IContactReader>());
        var organisation = await services.GetRequiredService<ITenantRepository>().FindAsync(tenant, default) ?? throw new InvalidOperationException("There is no organisation.");
        var today = BenchXero.Today;
        var books = await services.GetRequiredService<KpiReading>().BooksAsync(organisation, [today], default);
        await LoadRun.PrintAsync("  part: what is open of invoices", () => items.DuesAsync(tenant, true, today, false, default), 5);
        await LoadRun.PrintAsync("  part: how late customers pay", () => contacts.DaysLateAsync(tenant, today.AddYears(-1), today, false, default), 5);
        await LoadRun.PrintAsync("  part: open documents as a whole", () => ActivatorUtilities.CreateInstance<OverviewReading>(services).OpenAsync(organisation, today, today, false, default), 5);
        await LoadRun.PrintAsync("  part: customers", () => ActivatorUtilities.CreateInstance<CustomerBooks>(services).OfAsync(organisation, KpiReading.Income(books.Accounts), today, default), 5);
        await LoadRun.PrintAsync("  part: counts of the tabs", async () => Good(await services.GetRequiredService<TransactionFiguresService>().TabsAsync(Caller.Command, tenant, default)), 5);
        await LoadRun.PrintAsync("  part: suppliers' documents that look odd", () => ActivatorUtilities.CreateInstance<PayablesBooks>(services).FindingsAsync(organisation, today, LookAlikes.UsualDays, false, default), 5);
        await LoadRun.PrintAsync("  part: trial balance", () => services.GetRequiredService<TrialBalanceService>().ComputeAsync(organisation, today, default), 5);
    }

    // What is kept of a state of the ledger is made anew.
    private static OverviewService Fresh(IServiceProvider services)
    {
        var contacts = ActivatorUtilities.CreateInstance<ContactBooks>(services);
        var waiting = ActivatorUtilities.CreateInstance<WaitingReading>(
            services, ActivatorUtilities.CreateInstance<ReceivablesBooks>(services, contacts), ActivatorUtilities.CreateInstance<PayablesBooks>(services, contacts));
        return ActivatorUtilities.CreateInstance<OverviewService>(services, ActivatorUtilities.CreateInstance<OverviewReading>(services), ActivatorUtilities.CreateInstance<CustomerBooks>(services), waiting);
    }

    private static T Good<T>(Result<T> answer) => answer.Problem is { } problem ? throw new InvalidOperationException(problem.Message) : answer.Value;
}
