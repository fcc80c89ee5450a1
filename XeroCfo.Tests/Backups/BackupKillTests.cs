using Microsoft.EntityFrameworkCore;
using XeroCfo.Data;
using XeroCfo.Domain.Backups;
using XeroCfo.Tests.Hosting;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Backups;

/// <summary>A process that is killed in the middle of a backup or of a restore: nothing half done counts, and the next one works.</summary>
public sealed class BackupKillTests : IDisposable
{
    /// <summary>What the operating system says of a process that was killed.</summary>
    private const int Killed = 128 + 9;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);
    private readonly string _folder = Directory.CreateTempSubdirectory("xerocfo-killed").FullName;

    private string Backup => Path.Combine(_folder, "books.backup");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LongFact]
    public async Task A_verb_that_is_killed_leaves_the_backup_and_the_database_as_they_were()
    {
        await using var server = new RunningServer(("Admin__Email", TwoNodes.Admin), ("Admin__Password", TwoNodes.Password), ("Demo__Enabled", "true"));
        await server.StartAsync();
        await server.SyncedAsync();
        await server.KillAsync();
        await DoneAsync(server, $"backup \"{Backup}\"");
        var (good, full) = (await File.ReadAllBytesAsync(Backup), await StateAsync(server));

        // Once while it writes, once while it proves what it wrote.
        await KilledAsync(server, $"backup \"{Backup}\"", () => Task.FromResult(Parts(_folder).Any(part => part.Length > 0)));
        await KilledAsync(server, $"backup \"{Backup}\"", () => Task.FromResult(Builds(server).Length > 0));
        Assert.Equal(good, await File.ReadAllBytesAsync(Backup));
        Assert.NotEmpty(Parts(_folder));
        await DoneAsync(server, $"backup \"{Backup}\"");
        Assert.Empty(Parts(_folder));
        Assert.Empty(Builds(server));

        await EmptyAsync(server);
        var empty = await StateAsync(server);
        await KilledAsync(server, $"restore \"{Backup}\" --force", () => Task.FromResult(Builds(server).Any(build => build.Length > 1_000_000)));
        Assert.Equal(empty, await StateAsync(server));

        // In the moment in which the new content goes into the old file it is the one or the other, never both.
        var log = new FileInfo(Path.Combine(server.DataFolder, "xerocfo.db-wal"));
        await KilledAsync(server, $"restore \"{Backup}\" --force", () => Task.FromResult(Builds(server).Length > 0 && Length(log) > 500_000));
        Assert.Contains(await StateAsync(server), new[] { empty, full });
        await DoneAsync(server, $"restore \"{Backup}\" --force");
        Assert.Equal(full, await StateAsync(server));
        Assert.Empty(Builds(server));
        await server.StartAsync();
        Assert.True((await server.Client().GetAsync("/health/ready")).IsSuccessStatusCode);
    }

    [LongFact]
    public async Task A_server_that_is_killed_in_its_backup_makes_it_after_its_next_start()
    {
        await using var server = new RunningServer(("Admin__Email", TwoNodes.Admin), ("Admin__Password", TwoNodes.Password), ("Demo__Enabled", "true"));
        await server.StartAsync();
        await server.SyncedAsync();
        var asked = await AskAsync(server);
        await ShownAsync(() => Parts(ShelfOf(server)).Length > 0);
        await server.KillAsync();
        Assert.Empty(Directory.GetFiles(ShelfOf(server), "*.backup"));
        Assert.NotEmpty(Parts(ShelfOf(server)));

        await server.StartAsync();

        await MadeAsync(server, asked, server);
        await MadeAsync(server, await AskAsync(server), server);
    }

    [LongFact]
    public async Task A_verb_that_is_killed_while_it_gives_the_backup_its_name_leaves_entry_and_file_together()
    {
        await using var server = new RunningServer(("Admin__Email", TwoNodes.Admin), ("Admin__Password", TwoNodes.Password), ("Demo__Enabled", "true"));
        await server.StartAsync();
        await server.SyncedAsync();
        await server.KillAsync();
        for (var round = 0; round < 6; round++)
        {
            var file = Path.Combine(_folder, $"round-{round}.backup");
            await using var db = server.Open();
            await EndedAsync(server, $"backup \"{file}\"", () => db.AuditLogs.AnyAsync(entry => entry.Action == "backup.made" && entry.Details!.Contains(Path.GetFileName(file))));
        }

        await server.StartAsync();
        await server.WaitAsync(async db => !await db.Settings.AnyAsync(setting => setting.Name.StartsWith("backup.unnamed.")));

        Assert.Equal(Enumerable.Range(0, 6).Select(round => $"round-{round}.backup"), Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await using var after = server.Open();
        Assert.Equal((6, 0), (await after.AuditLogs.CountAsync(entry => entry.Action == "backup.made"), await after.AuditLogs.CountAsync(entry => entry.Action == "backup.lost")));
    }

    [LongFact]
    public async Task A_restore_that_is_killed_as_its_content_has_come_leaves_a_trail_that_is_whole_or_that_the_next_start_makes_whole()
    {
        await using var server = new RunningServer(("Admin__Email", TwoNodes.Admin), ("Admin__Password", TwoNodes.Password), ("Demo__Enabled", "true"));
        await server.StartAsync();
        await server.SyncedAsync();
        await server.KillAsync();
        await DoneAsync(server, $"backup \"{Backup}\"");
        var log = new FileInfo(Path.Combine(server.DataFolder, "xerocfo.db-wal"));
        for (var round = 0; round < 4; round++)
        {
            // The note of the trail's end knows more than the backup does.
            await DoneAsync(server, "user reset --email " + TwoNodes.Admin);
            var grown = false;

            // The log is emptied by the last step but one, behind which the former note is set aside.
            await EndedAsync(server, $"restore \"{Backup}\" --force", () => Task.FromResult((grown |= Length(log) > 500_000) && Length(log) == 0));

            // Seals what the snapshot held without a seal; there is no server that would.
            await DoneAsync(server, "user reset --email " + TwoNodes.Admin);
            await DoneAsync(server, "audit verify");
        }
    }

    [PostgresLongFact]
    public async Task A_backup_goes_to_the_other_node_and_a_restore_that_is_killed_never_was()
    {
        await using var nodes = await TwoNodes.StartAsync();
        await nodes.One.SyncedAsync();
        var asked = await AskAsync(nodes.One);
        await ShownAsync(() => Parts(ShelfOf(nodes.One)).Length + Parts(ShelfOf(nodes.Other)).Length > 0);
        var (dead, alive) = Parts(ShelfOf(nodes.One)).Length > 0 ? (nodes.One, nodes.Other) : (nodes.Other, nodes.One);
        await dead.KillAsync();
        Assert.Empty(Directory.GetFiles(ShelfOf(dead), "*.backup"));
        await MadeAsync(alive, asked, alive);
        await alive.KillAsync();

        await DoneAsync(alive, $"backup \"{Backup}\"");
        var full = await StateAsync(alive);
        await EmptyAsync(alive);
        var empty = await StateAsync(alive);
        await using (var db = alive.Open())
        {
            await KilledAsync(alive, $"restore \"{Backup}\" --force", async () => (await BeingReplacedAsync(db)).Count > 0);
        }

        Assert.Equal(empty, await StateAsync(alive));
        await DoneAsync(alive, $"restore \"{Backup}\" --force");
        Assert.Equal(full, await StateAsync(alive));
        await dead.StartAsync();
        Assert.True((await dead.Client().GetAsync("/health/ready")).IsSuccessStatusCode);
        await MadeAsync(dead, await AskAsync(dead), dead);
    }

    private static async Task DoneAsync(RunningServer server, string verb)
    {
        var (exit, _, error) = await server.CommandAsync(verb);
        Assert.True((exit, error) == (0, ""), $"{verb}: {exit} {error}");
    }

    /// <summary>Begins a verb and kills it at the first moment at which something shows.</summary>
    private static async Task KilledAsync(RunningServer server, string verb, Func<Task<bool>> shown)
    {
        var (exit, error) = await EndedAsync(server, verb, shown);
        Assert.True(exit == Killed, $"{verb} was over before it could be killed: {exit} {error}");
    }

    /// <summary>The same, where it may have been over a moment before.</summary>
    private static async Task<(int Exit, string Error)> EndedAsync(RunningServer server, string verb, Func<Task<bool>> shown)
    {
        using var process = server.Begin(verb);
        using var limit = new CancellationTokenSource(Patience);
        while (!process.HasExited && !await shown())
        {
            await Task.Delay(1, limit.Token);
        }

        process.Kill();
        await process.WaitForExitAsync();
        return (process.ExitCode, await process.StandardError.ReadToEndAsync());
    }

    private static async Task ShownAsync(Func<bool> shown)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!shown())
        {
            await Task.Delay(1, limit.Token);
        }
    }

    private static async Task<Guid> AskAsync(RunningServer server)
    {
        var run = new BackupRun { Trigger = BackupTriggers.Manual, By = TwoNodes.Admin };
        await using var db = server.Open();
        db.Add(run);
        await db.SaveChangesAsync();
        return run.Id;
    }

    /// <summary>It is made, in one file of the folder of <paramref name="by"/>, and nobody holds it or left anything there.</summary>
    private static async Task MadeAsync(RunningServer server, Guid id, RunningServer by)
    {
        await server.WaitAsync(db => db.BackupRuns.AnyAsync(run => run.Id == id && run.FinishedAt != null));
        await using var db = server.Open();
        var run = await db.BackupRuns.SingleAsync(run => run.Id == id);
        Assert.True((run.Status, run.LeaseOwner, run.LeaseUntil) == (BackupStatus.Succeeded, null, null), run.ErrorMessage);
        Assert.Equal(run.Bytes, new FileInfo(Path.Combine(ShelfOf(by), run.FileName!)).Length);
        Assert.Empty(Parts(ShelfOf(by)));
        Assert.Empty(Builds(by));
    }

    private static async Task EmptyAsync(RunningServer server)
    {
        await using var db = server.Open();
        await db.Transactions.ExecuteDeleteAsync();
        await db.LedgerLines.ExecuteDeleteAsync();
    }

    private static async Task<(int Transactions, int Lines, int Documents, int Accounts)> StateAsync(RunningServer server)
    {
        await using var db = server.Open();
        return (await db.Transactions.CountAsync(), await db.LedgerLines.CountAsync(), await db.Documents.CountAsync(), await db.Accounts.CountAsync());
    }

    private static FileInfo[] Parts(string folder) => Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles("*.part") : [];

    private static FileInfo[] Builds(RunningServer server) => new DirectoryInfo(server.DataFolder).GetFiles("restore-*.db");

    private static string ShelfOf(RunningServer server) => Path.Combine(server.DataFolder, "backups");

    private static long Length(FileInfo file)
    {
        file.Refresh();
        return file.Exists ? file.Length : 0;
    }

    /// <summary>One row when the tables are just being taken away and made anew.</summary>
    private static Task<List<int>> BeingReplacedAsync(XeroCfoDb db) => db.Database.SqlQueryRaw<int>(
        """
        SELECT 1 AS "Value" FROM pg_locks AS held JOIN pg_class AS what ON what.oid = held.relation JOIN pg_database AS here ON here.oid = held.database
        WHERE here.datname = current_database() AND what.relname = 'Transactions' AND held.mode = 'AccessExclusiveLock' AND held.granted
        """).ToListAsync();
}
