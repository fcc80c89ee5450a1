using System.Text;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Backups;
using XeroCfo.Data.Backups.Format;
using XeroCfo.Data.Encryption;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Backups;

/// <summary>A file that is not whole, not ours, or not for this version changes nothing.</summary>
public sealed class RefusedBackupTests : IDisposable
{
    private readonly BackupPlace _place = new();

    public void Dispose() => _place.Dispose();

    [BothDatabases]
    public async Task Nothing_is_touched_unless_the_whole_file_is_what_was_written(TestDatabaseKind kind)
    {
        await using var source = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        await using var target = await TestDatabase.CreateAsync(kind);
        await SampleRows.AddAsync(source);
        await SampleRows.AddAsync(target);
        var archive = _place.Archive(target);
        Assert.True((await _place.Archive(source).WriteAsync(Caller.Command, _place.File(), default)).Succeeded);
        var (whole, before) = (await File.ReadAllBytesAsync(_place.File()), await BackupPlace.ContentAsync(target));

        foreach (var (name, bytes, code) in Broken(whole))
        {
            await File.WriteAllBytesAsync(_place.File("broken"), bytes);
            var refused = await archive.RestoreAsync(Caller.Command, _place.File("broken"), force: true, default);
            Assert.True(refused.Problem?.Code == code, $"{name}: {refused.Problem?.Code} instead of {code}");
        }

        Assert.Equal("backup-other-key", (await _place.Archive(target, new string('b', 64)).RestoreAsync(Caller.Command, _place.File(), force: true, default)).Problem?.Code);
        Assert.Equal("backup-missing", (await archive.RestoreAsync(Caller.Command, _place.File("nowhere"), force: true, default)).Problem?.Code);
        Assert.Equal("database-not-empty", (await archive.RestoreAsync(Caller.Command, _place.File(), force: false, default)).Problem?.Code);
        Assert.Equal(before, await BackupPlace.ContentAsync(target));
    }

    [BothDatabases]
    public async Task A_newer_versions_backup_is_refused_by_name(TestDatabaseKind kind)
    {
        await using var target = await TestDatabase.CreateAsync(kind);
        var ours = new BackupHead("0.1.0", "Sqlite", new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc), ["Initial"], BackupShapes.Tables);

        foreach (var (head, told) in new[] { (ours with { ProductVersion = "99.0.0" }, "99.0.0"), (ours with { Steps = ["Initial", "TimeTravel"] }, "TimeTravel") })
        {
            await WriteAsync(head);
            var refused = await _place.Archive(target).RestoreAsync(Caller.Command, _place.File(), force: true, default);
            Assert.Equal("backup-newer", refused.Problem?.Code);
            Assert.Contains(told, refused.Problem!.Message, StringComparison.Ordinal);
        }

        // A later format cannot even be opened.
        var bytes = await File.ReadAllBytesAsync(_place.File());
        bytes[Sealing.Magic.Length]++;
        await File.WriteAllBytesAsync(_place.File(), bytes);
        Assert.Equal("backup-newer", (await _place.Archive(target).RestoreAsync(Caller.Command, _place.File(), force: true, default)).Problem?.Code);
    }

    [BothDatabases]
    public async Task Force_replaces_everything_and_a_key_of_before_still_opens(TestDatabaseKind kind)
    {
        await using var source = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        await using var target = await TestDatabase.CreateAsync(kind);
        await SampleRows.AddAsync(source);
        await target.AddAsync(SampleRows.User("other@example.com"), SampleRows.Tenant("Other"), SampleRows.Audit());
        Assert.True((await _place.Archive(source).WriteAsync(Caller.Command, _place.File(), default)).Succeeded);

        var restored = await _place.Archive(target, new string('b', 64), BackupPlace.Key).RestoreAsync(Caller.Command, _place.File(), force: true, default);

        Assert.True(restored.Succeeded, restored.Problem?.Message);
        await using var db = target.Open();
        Assert.Equal(["ada@example.com"], await db.Users.Select(user => user.Email).ToListAsync());
        Assert.Equal(["Acme"], await db.XeroTenants.Select(tenant => tenant.Name).ToListAsync());
    }

    [BothDatabases]
    public async Task A_backup_of_an_earlier_shape_is_brought_up_to_date(TestDatabaseKind kind)
    {
        await using var source = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        await using var target = await TestDatabase.CreateAsync(kind);
        await SampleRows.AddAsync(source);
        await WriteEarlierAsync(source, "SavedViews");

        var restored = await _place.Archive(target).RestoreAsync(Caller.Command, _place.File(), force: false, default);

        Assert.True(restored.Succeeded, restored.Problem?.Message);
        await using var db = target.Open();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Equal("rule.created", (await db.AuditLogs.OrderBy(entry => entry.CreatedAt).FirstAsync()).Action);
    }

    [Fact]
    public async Task What_is_no_backup_is_not_written_over_and_a_failed_one_leaves_no_file()
    {
        await using var source = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        var archive = _place.Archive(source);
        await File.WriteAllTextAsync(_place.File("notes.txt"), "mine");
        await File.WriteAllTextAsync(_place.File("empty"), "");

        Assert.Equal("backup-in-the-way", (await archive.WriteAsync(Caller.Command, _place.File("notes.txt"), default)).Problem?.Code);
        Assert.Equal("backup-not-written", (await archive.WriteAsync(Caller.Command, _place.File("nowhere/books"), default)).Problem?.Code);
        Assert.True((await archive.WriteAsync(Caller.Command, _place.File("empty"), default)).Succeeded);
        Assert.True((await archive.WriteAsync(Caller.Command, _place.File("empty"), default)).Succeeded);
        Assert.Equal("mine", await File.ReadAllTextAsync(_place.File("notes.txt")));
        Assert.Equal(["empty", "notes.txt"], _place.Files);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(_place.File("empty")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.DoesNotContain("Settings", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(_place.File("empty"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_process_left_that_was_killed_is_cleared_away_and_what_a_living_one_holds_is_not()
    {
        await using var source = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        foreach (var name in new[] { "restore-dead.db", "restore-dead.db-wal", "restore-dead.db.lock", "restore-alive.db", "restore-alive.db.lock" })
        {
            await File.WriteAllTextAsync(_place.File(name), "left");
        }

        await using (new FileStream(_place.File("restore-alive.db.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.True((await _place.Archive(source).WriteAsync(Caller.Command, _place.File(), default)).Succeeded);
        }

        Assert.Equal(["books.backup", "restore-alive.db", "restore-alive.db.lock"], _place.Files);
    }

    private static IEnumerable<(string Name, byte[] Bytes, string Code)> Broken(byte[] whole)
    {
        yield return ("empty", [], "backup-unknown");
        yield return ("something else", Encoding.UTF8.GetBytes("SQLite format 3\0 and so on, for as long as it takes to fill a head"), "backup-unknown");
        yield return ("only its head", whole[..Sealing.HeadLength], "backup-damaged");
        yield return ("without its last byte", whole[..^1], "backup-damaged");
        yield return ("half of it", whole[..(whole.Length / 2)], "backup-damaged");
        yield return ("a byte more", [.. whole, 0], "backup-damaged");
        foreach (var at in new[] { 20, Sealing.HeadLength + 1, Sealing.HeadLength + 100, whole.Length / 2, whole.Length - 1 })
        {
            var changed = whole.ToArray();
            changed[at] ^= 1;
            yield return ($"a bit changed at {at}", changed, "backup-damaged");
        }
    }

    private async Task WriteAsync(BackupHead head)
    {
        var ring = new KeyRing();
        ring.Use(BackupPlace.Key, []);
        await using var stream = new FileStream(_place.File(), FileMode.Create);
        await using var writer = new BackupWriter(stream, ring.Current, head);
        await writer.CompleteAsync();
    }

    /// <summary>As that version would have: only the tables and columns that it had.</summary>
    private async Task WriteEarlierAsync(TestDatabase database, string step)
    {
        await using var db = database.Open();
        var names = db.Database.GetMigrations().Select(BackupShapes.StepName).TakeWhile(name => name != step).Append(step).ToList();
        await db.Database.MigrateAsync(db.Database.GetMigrations().Single(name => BackupShapes.StepName(name) == step));
        var there = await Catalog.ReadAsync(db);
        var tables = BackupShapes.Tables
            .Select(table => table with { Columns = [.. table.Columns.Where(column => there.Columns.Any(one => one.Table == table.Name && one.Name == column.Name))] })
            .Where(table => table.Columns.Count > 0).ToList();
        var ring = new KeyRing();
        ring.Use(BackupPlace.Key, []);
        await using var snapshot = await Snapshot.TakeAsync(database.Factory, default);
        Assert.Equal(names, snapshot.Steps);
        await using var stream = new FileStream(_place.File(), FileMode.Create);
        await using var writer = new BackupWriter(stream, ring.Current, new BackupHead("0.1.0", "Sqlite", database.Clock.GetUtcNow().UtcDateTime, names, tables));
        await snapshot.WriteAsync(writer, tables, default);
        await writer.CompleteAsync();
    }
}
