using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Benchmarks;

/// <summary>Reports as pages and programs ask for them, proofs included, beside the same sums as a group by over all lines.</summary>
internal static class ReportRun
{
    private static readonly DateOnly Year = new(2025, 11, 1), End = new(2026, 10, 31);

    private static readonly (string Words, string Type, ReportParameters Asked)[] Reports =
    [
        ("profit and loss, 12 months", ReportTypes.ProfitAndLoss, new() { From = Year, To = End, Interval = "month" }),
        ("profit and loss, 24 compared", ReportTypes.ProfitAndLoss, new() { From = new(2026, 10, 1), To = End, Compare = "previous:24" }),
        ("profit and loss, cut month", ReportTypes.ProfitAndLoss, new() { From = new(2026, 10, 5), To = new(2026, 10, 25) }),
        ("balance sheet", ReportTypes.BalanceSheet, new() { Date = End }),
        ("balance sheet, last year", ReportTypes.BalanceSheet, new() { Date = End, Compare = "lastYear" }),
        ("cash flow", ReportTypes.CashFlow, new() { From = Year, To = End }),
        ("cash flow, direct, a month", ReportTypes.CashFlow, new() { From = new(2026, 10, 1), To = End, Method = "direct" }),
        ("aged receivables, today", ReportTypes.AgedReceivables, new() { Date = BenchXero.Today }),
        ("aged receivables, a year ago", ReportTypes.AgedReceivables, new() { Date = new(2025, 10, 31) }),
    ];

    public static async Task MeasureAsync(IServiceProvider services, TenantId tenant)
    {
        var reports = services.GetRequiredService<ReportService>();
        foreach (var (words, type, asked) in Reports)
        {
            await LoadRun.PrintAsync($"report, {words}", async () =>
            {
                var made = await reports.RunAsync(Caller.Command, tenant, type, asked, default);
                _ = made.Problem is { } problem ? throw new InvalidOperationException(problem.Message) : made.Value;
            });
        }

        await LoadRun.PrintAsync("  baseline: group by month", async () =>
        {
            await using var db = services.GetRequiredService<IDbFactory>().For(tenant);
            await db.LedgerLines.Where(line => line.Date >= Year && line.Date <= End).GroupBy(line => new { line.AccountId, line.Date.Year, line.Date.Month })
                .Select(group => group.Sum(line => line.Amount)).ToListAsync();
        }, 5);
    }
}
