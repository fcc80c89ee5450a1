using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Ledger.Accounts;
using XeroCfo.Web.Reports.Exports;

namespace XeroCfo.Benchmarks;

/// <summary>Times files: reports on paper and as workbooks, and an account's whole ledger as a workbook.</summary>
internal static class FileRun
{
    /// <summary>A profit and loss statement of a year by month with 40 accounts.</summary>
    public static void MeasureReports()
    {
        var report = Year(40);
        foreach (var format in ReportFile.Formats)
        {
            var watch = Stopwatch.StartNew();
            ReportFile.Of(report, new Dictionary<Guid, string>(), format, new ExportOptions());
            var first = watch.Elapsed.TotalMilliseconds;
            var times = Enumerable.Range(0, 30).Select(_ =>
            {
                watch.Restart();
                ReportFile.Of(report, new Dictionary<Guid, string>(), format, new ExportOptions());
                return watch.Elapsed.TotalMilliseconds;
            }).Order().ToList();
            Console.WriteLine($"  {format,-5} 12 months, 40 accounts   first {first,7:0} ms   median {times[15],7:0.0} ms   {ReportFile.Of(report, new Dictionary<Guid, string>(), format, new ExportOptions()).Bytes.Length / 1024.0,7:0.0} KB");
        }
    }

    /// <summary>The ledger of the account with the most lines.</summary>
    public static async Task MeasureLedgerAsync(LoadRun run)
    {
        if (!run.IsFilled)
        {
            await run.TimeSyncAsync();
        }

        var (ledgers, tenants) = (run.Services.GetRequiredService<AccountLedgerService>(), run.Services.GetRequiredService<ITenantRepository>());
        var organisation = (await tenants.FindAsync(run.Tenant, default))!;
        var accounts = await run.Services.GetRequiredService<ILedgerReader>().AccountsAsync(run.Tenant, default);
        var account = accounts.First(one => one.SystemAccount == SystemAccounts.Debtors).AccountId;
        for (var time = 0; time < 3; time++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var (before, peak, isDone) = (Memory(), 0L, false);
            var watching = Task.Run(async () =>
            {
                while (!Volatile.Read(ref isDone))
                {
                    peak = Math.Max(peak, Memory());
                    await Task.Delay(20);
                }
            });
            var (watch, spent) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var filter = new AccountLedgerFilter();
            var first = (await ledgers.PageAsync(Caller.Command, run.Tenant, account, filter, PagePlace.First, AccountLedgerFile.PageSize, default)).Value;
            await using var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose });
            await AccountLedgerFile.WriteAsync(file, new AccountLedgerFile.Pages(ledgers, Caller.Command, run.Tenant, account, filter, first), organisation, null, default);
            var elapsed = watch.Elapsed.TotalSeconds;
            Volatile.Write(ref isDone, true);
            await watching;
            Console.WriteLine($"  ledger of {accounts.First(one => one.AccountId == account).Name}: {elapsed:0.00} s, {(Environment.CpuUsage.TotalTime - spent).TotalSeconds:0.00} s of processor, {file.Length / 1048576.0:0.0} MB on disk, at most {peak - before} MB of memory above what was there");
        }
    }

    private static long Memory()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1048576;
    }

    private static ReportDocument Year(int accounts)
    {
        var first = new DateOnly(2025, 11, 1);
        List<ReportColumn> columns =
        [
            .. Enumerable.Range(0, 12).Select(first.AddMonths).Select(month => new ReportColumn($"{month:yyyy-MM}", $"{month:MMM yyyy}", month, month.AddMonths(1).AddDays(-1), ReportColumnKind.Amount)),
            new ReportColumn("total", "Total", first, first.AddYears(1).AddDays(-1), ReportColumnKind.Amount),
        ];
        var lines = Enumerable.Range(0, accounts).Select(line => Enumerable.Range(0, 12).Select(month => 1_000m + (line * 377.77m) + (month * 11.1m)).ToList()).Select(amounts => amounts.Append(amounts.Sum()).ToList()).ToList();
        var sums = Enumerable.Range(0, 13).Select(column => lines.Sum(line => line[column])).ToList();
        return new ReportDocument
        {
            Type = ReportTypes.ProfitAndLoss,
            Title = "Profit and loss",
            Organisation = "Bench Limited",
            Currency = "NZD",
            Basis = ReportWords.Accrual,
            From = first,
            To = first.AddYears(1).AddDays(-1),
            GeneratedAt = new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc),
            LedgerVersion = 1,
            SyncInProgress = false,
            Parameters = new ReportParameters { Interval = ReportWords.Month },
            Columns = columns,
            Rows =
            [
                new ReportRow { Key = "income:heading", Label = "Income", Kind = ReportRowKind.Section },
                .. lines.Select((line, index) => new ReportRow { Key = $"account:{index}", Label = $"An account of the chart, number {index}", Kind = ReportRowKind.Line, Depth = 1, Values = [.. line.Select(amount => (ReportValue)amount)] }),
                new ReportRow { Key = "income", Label = "Total income", Kind = ReportRowKind.Subtotal, Values = [.. sums.Select(sum => (ReportValue)sum)] },
                new ReportRow { Key = "netProfit", Label = "Net profit", Kind = ReportRowKind.Total, Values = [.. sums.Select(sum => (ReportValue)sum)] },
            ],
            Checks = [new ReportCheck(ReportChecks.TrialBalanceZero, "Trial balance", CheckStatus.Pass, 0, 0, 0, "All balances together")],
            Notes = [],
        };
    }
}
