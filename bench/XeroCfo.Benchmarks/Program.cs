namespace XeroCfo.Benchmarks;

/// <summary>
/// <c>dotnet run -c Release --project bench/XeroCfo.Benchmarks -- load sqlite 10000</c> fills a database through the whole sync and times the
/// reads on it; <c>fill</c> with a file of SQLite fills it and leaves it, <c>reads</c>, <c>reports</c> or <c>kpis</c> with that file times the lists, the reports or the KPIs on it as often as one likes;
/// <c>backup</c> with it a backup under load; <c>files sqlite 250000</c> times files, with a filled file and 0 on that; <c>rules match</c> times matching alone, <c>rules</c> with a count previews, a run and its undo over so many rows. <c>webhooks 1000</c> sends so many events to receivers on this machine. Without a verb BenchmarkDotNet takes over.
/// </summary>
internal static class Benchmarks
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["load", var provider, var documents] && int.TryParse(documents, out var count))
        {
            await using var run = await LoadRun.StartAsync(provider, count);
            await run.MeasureAsync();
            return 0;
        }

        if (args is ["files", var database, var wanted] && int.TryParse(wanted, out var stored))
        {
            FileRun.MeasureReports();
            await using var run = await LoadRun.StartAsync(database, stored);
            await FileRun.MeasureLedgerAsync(run);
            return 0;
        }

        if (args is ["rules", "match"])
        {
            RuleMatchBench.Match();
            return 0;
        }

        if (args is ["rules", var asked] && int.TryParse(asked, out var transactions))
        {
            await RuleBench.RunAsync(transactions);
            return 0;
        }

        if (args is ["webhooks", var told] && int.TryParse(told, out var events))
        {
            await WebhookRun.MeasureAsync(events);
            return 0;
        }

        if (args is ["fill", var file, var size] && int.TryParse(size, out var rows))
        {
            await using var run = await LoadRun.StartAsync(file, rows);
            await run.FillAsync();
            return 0;
        }

        if (args is ["backup", var kept])
        {
            await using var run = await LoadRun.StartAsync(kept, 0);
            await BackupBench.RunAsync(run);
            return 0;
        }

        if (args is [("reports" or "kpis" or "reads") and var what, var filled])
        {
            await using var run = await LoadRun.StartAsync(filled, 0);
            await (what switch { "reports" => run.ReadReportsAsync(), "kpis" => run.ReadKpisAsync(), _ => run.ReadAsync() });
            return 0;
        }

        if (args is ["circuits", var address, var email, var password, var pages] && int.TryParse(pages, out var open))
        {
            await CircuitRun.OpenAsync(address, email, password, open);
            return 0;
        }

        BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Benchmarks).Assembly).Run(args);
        return 0;
    }
}
