using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XeroCfo.Data;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Benchmarks;

/// <summary>Rules over stored documents: previews, a whole run and its undo on SQLite.</summary>
internal static class RuleBench
{
    private const int MostPreviewed = 200_000;
    private static readonly string[] Words = ["FUELCO", "METRO", "COURIER", "PARKWELL", "HARDWARE", "BARN", "SKYLINE", "TRAVEL", "DESK", "STACKHOUSE", "CLOUD", "INKWELL", "OFFICE", "PETONE", "WGTN", "SQ *THE", "CORNER", "MKTPLACE", "POS", "LYALL"];

    /// <summary>60 % contains, 20 % wildcard, 10 % regular expression, 10 % exact; each names a shop of its own.</summary>
    public static List<CategoryRule> Rules(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new CategoryRule
        {
            Pattern = (i % 10) switch
            {
                < 6 => $"{Words[i % Words.Length].Replace("*", "\\*", StringComparison.Ordinal)} {Shop(i)}",
                < 8 => $"*{Shop(i)}?{Words[i % Words.Length][..3]}*",
                8 => $"/{Shop(i)}\\s+[a-z]+/",
                _ => $"\"{Words[i % Words.Length]} {Shop(i)} LIMITED\"",
            },
            Category = $"Category {i % 40}",
            CreatedAt = DateTime.UnixEpoch.AddSeconds(i),
        }),
    ];

    /// <summary>A tenth of them are of a shop that a rule knows.</summary>
    public static List<RuleSubject> Subjects(int count, int rules)
    {
        var random = new Random(7);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                var known = random.Next(rules);
                var (shop, word) = i % 10 == 0 ? (Shop(known), Words[known % Words.Length]) : ($"SHOP{random.Next(100_000)}", Words[random.Next(Words.Length)]);
                return new RuleSubject($"{word} {shop} {word} {random.Next(10_000)}", $"{word} {shop} Limited", $"Card {random.Next(10_000)} {word}") { Amount = random.Next(500), Direction = Directions.Out, Date = new DateOnly(2025, 1, 1).AddDays(i % 700) };
            }),
        ];
    }

    public static async Task RunAsync(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("xerocfo-rules").FullName;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        services.AddSingleton(TimeProvider.System);
        services.AddXeroCfoDomain();
        services.AddSingleton(new XeroOptions());
        services.AddSingleton(new Domain.Sync.SyncOptions());
        services.AddXeroCfoData(new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(folder, "bench.db")}" });
        await using var provider = services.BuildServiceProvider();
        try
        {
            var tenant = await FillAsync(provider, rows);
            // What a preview must reach is said for a hundred thousand documents.
            foreach (var pattern in rows > MostPreviewed ? [] : new[] { "PARKWELL SHOP1", "PARKWELL*9", @"/shop\d+1 desk/", @"/\d{4}$/" })
            {
                await PreviewAsync(provider, tenant, pattern, rows);
            }

            // The first hundred days and back: what a server that has run for a minute has compiled is not counted.
            var (runs, runner, first) = (provider.GetRequiredService<RuleRunService>(), provider.GetRequiredService<RuleRunner>(), new DateOnly(2025, 1, 1));
            await runs.RequestAsync(Caller.Command, tenant, new RunRequest(first, first.AddDays(99), RunScopes.All), default);
            await runs.UndoAsync(Caller.Command, tenant, (await runner.RunNextAsync(tenant, default))!.Id, default);
            await runs.RequestAsync(Caller.Command, tenant, new RunRequest(null, null, RunScopes.All), default);
            var (watch, processor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
            var run = (await runner.RunNextAsync(tenant, default))!;
            Console.WriteLine($"  run over {run.Evaluated:N0} rows, {run.Changed:N0} changed, in {watch.Elapsed.TotalSeconds:0.0} s: {run.Evaluated / watch.Elapsed.TotalSeconds:N0} rows/s, {(Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds:0.0} s of processor");
            watch.Restart();
            var undone = await runs.UndoAsync(Caller.Command, tenant, run.Id, default);
            Console.WriteLine($"  its undo of {undone.Value.Restored:N0} rows in {watch.Elapsed.TotalSeconds:0.0} s");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    // Medians of ten after one that compiles; the processor's time beside the clock's, for a machine that has other work too.
    private static async Task PreviewAsync(ServiceProvider provider, TenantId tenant, string pattern, int rows)
    {
        var (service, input, times) = (provider.GetRequiredService<RulePreviewService>(), new RuleInput(pattern, "X", null), new List<(double Clock, double Processor)>());
        var first = (await service.LookAsync(Caller.Command, tenant, input, null, default)).Value;
        for (var i = 0; i < 10; i++)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var again = (await service.LookAsync(Caller.Command, tenant, input, null, default)).Value;
            times.Add((again.Milliseconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds));
        }

        Console.WriteLine($"  preview of {pattern,-18} over {rows:N0}: {times.Select(time => time.Clock).Order().ElementAt(5):0} ms, {times.Select(time => time.Processor).Order().ElementAt(5):0} ms of processor (first {first.Milliseconds:0} ms), {first.Matches:N0} match");
    }

    private static async Task<TenantId> FillAsync(ServiceProvider provider, int rows)
    {
        var organisation = new XeroTenant { XeroTenantId = Guid.NewGuid().ToString("D"), Name = "Bench" };
        await using var db = provider.GetRequiredService<IDbFactory>().AcrossTenants("the benchmark makes its organisation");
        await db.Database.MigrateAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL");
        var user = new User { Email = "a@b.example", NormalizedEmail = "A@B.EXAMPLE", UserName = "a@b.example", NormalizedUserName = "A@B.EXAMPLE", PasswordHash = "!", Role = Roles.Admin };
        db.Add(organisation);
        db.Add(user);
        var rules = Rules(1_000);
        rules.ForEach(rule => (rule.TenantId, rule.UserId) = (organisation.Id, user.Id));
        db.AddRange(rules);
        await db.SaveChangesAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var chunk in Subjects(rows, 1_000).Chunk(20_000))
        {
            await LedgerTables.Transactions.WriteAsync(db, [.. chunk.Select(subject => Row(organisation.Id, subject))], default);
        }

        await transaction.CommitAsync();
        await db.RefreshStatisticsAsync(default);
        return new TenantId(organisation.Id);
    }

    private static Transaction Row(Guid tenant, RuleSubject subject) => new()
    {
        TenantId = tenant,
        XeroId = Guid.NewGuid(),
        Type = TransactionTypes.Spend,
        Status = "AUTHORISED",
        CurrencyCode = "NZD",
        Direction = subject.Direction,
        Date = subject.Date,
        Amount = subject.Amount,
        BaseAmount = -subject.Amount,
        AbsoluteAmount = subject.Amount,
        Description = subject.Description,
        ContactName = subject.ContactName,
        Reference = subject.Reference,
        SearchText = $"{subject.Description}\n{subject.ContactName}\n{subject.Reference}".ToLowerInvariant(),
        CreatedAt = DateTime.UnixEpoch,
        UpdatedAt = DateTime.UnixEpoch,
    };

    private static string Shop(int i) => $"SHOP{(i * 7919) % 1_000_003:000000}";
}
