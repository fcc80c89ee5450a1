namespace XeroCfo.Benchmarks;

/// <summary>
/// <c>dotnet run -c Release --project bench/XeroCfo.Benchmarks -- load sqlite 10000</c> fills a database through the whole sync and times the
/// reads on it; <c>rules 1000000</c> times matching, previews and a run over so many rows; without either BenchmarkDotNet takes over.
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

        if (args is ["rules", var rows] && int.TryParse(rows, out var transactions))
        {
            RuleBench.Match();
            await RuleBench.RunAsync(transactions);
            return 0;
        }

        BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Benchmarks).Assembly).Run(args);
        return 0;
    }
}
