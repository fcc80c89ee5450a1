using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Backups;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Backups;

/// <summary>What a process leaves that dies between the audit trail and the folder: the next one brings the two together.</summary>
public sealed class BackupNamesTests : IDisposable
{
    private readonly BackupPlace _place = new();

    public void Dispose() => _place.Dispose();

    [BothDatabases]
    public async Task A_backup_that_is_entered_and_has_no_name_yet_gets_it(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var part = Leave(_place.File());
        await EnterAsync(database, part, _place.File());
        var halfWritten = Leave(_place.File("other.backup"));

        await _place.Archive(database).TidyAsync(Path.GetDirectoryName(part)!, default);

        Assert.Equal(["books.backup"], _place.Files);
        Assert.False(File.Exists(halfWritten));
        Assert.Equal(["backup.made"], await ActionsAsync(database));
        await ForgottenAsync(database);
    }

    [BothDatabases]
    public async Task The_next_backup_of_that_name_does_so_too(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await SampleRows.AddAsync(database);
        await EnterAsync(database, Leave(_place.File("elsewhere.backup")), _place.File("elsewhere.backup"));

        Assert.True((await _place.Archive(database).WriteAsync(Caller.Command, _place.File(), default)).Succeeded);

        Assert.Equal(["books.backup", "elsewhere.backup"], _place.Files);
        await ForgottenAsync(database);
    }

    [BothDatabases]
    public async Task One_that_has_its_name_already_is_only_forgotten(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var part = Leave(_place.File());
        await EnterAsync(database, part, _place.File());
        File.Move(part, _place.File());

        await _place.Archive(database).TidyAsync(Path.GetDirectoryName(part)!, default);

        Assert.Equal(["books.backup"], _place.Files);
        Assert.Equal(["backup.made"], await ActionsAsync(database));
        await ForgottenAsync(database);
    }

    [BothDatabases]
    public async Task One_that_cannot_be_found_is_told(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var part = Leave(_place.File());
        await EnterAsync(database, part, _place.File());
        File.Delete(part);
        await File.WriteAllTextAsync(_place.File(), "one of before");

        await _place.Archive(database).TidyAsync(Path.GetDirectoryName(part)!, default);
        await _place.Archive(database).TidyAsync(Path.GetDirectoryName(part)!, default);

        Assert.Equal(["backup.made", "backup.lost"], await ActionsAsync(database));
        await ForgottenAsync(database);
    }

    [BothDatabases]
    public async Task One_that_is_just_being_named_is_left_alone(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        using var alive = PartFile.For(_place.File());
        await EnterAsync(database, alive.Path, _place.File());

        await _place.Archive(database).TidyAsync(Path.GetDirectoryName(alive.Path)!, default);

        Assert.True(File.Exists(alive.Path));
        await using var db = database.Open();
        Assert.Equal(1, await db.Settings.CountAsync(setting => setting.Name.StartsWith("backup.unnamed.")));
    }

    [BothDatabases]
    public async Task A_restore_that_died_before_it_set_the_former_trails_end_aside_is_completed_by_the_next_start(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await _place.Start(database).EnsureUpToDateAsync(default);
        Assert.True((await _place.Archive(database).WriteAsync(Caller.Command, _place.File(), default)).Succeeded);
        var (anchor, note) = (_place.Folder.AuditAnchorFile, _place.File("restore-note"));
        await File.WriteAllTextAsync(anchor, "the end of before");

        // A restore that never was changes nothing.
        RestoreNote.Write(_place.Folder, Guid.NewGuid(), database.Clock.Now.UtcDateTime);
        await _place.Start(database).EnsureUpToDateAsync(default);
        Assert.Equal((true, false), (File.Exists(anchor), File.Exists(note)));

        Assert.True((await _place.Archive(database).RestoreAsync(Caller.Command, _place.File(), force: true, default)).Succeeded);
        Assert.Equal((false, false), (File.Exists(anchor), File.Exists(note)));
        await File.WriteAllTextAsync(anchor, "the end of before");
        RestoreNote.Write(_place.Folder, await RestoredAsync(database), database.Clock.Now.UtcDateTime);
        await _place.Start(database).EnsureUpToDateAsync(default);
        await _place.Start(database).EnsureUpToDateAsync(default);

        Assert.Equal((false, false), (File.Exists(anchor), File.Exists(note)));
        Assert.Contains(_place.Files, file => file.StartsWith("audit-anchor.", StringComparison.Ordinal));
        Assert.Equal(["backup.restored", "backup.restore_completed"], await ActionsAsync(database));
    }

    private static string Leave(string file)
    {
        var part = $"{file}.{Guid.NewGuid():N}.part";
        File.WriteAllText(part, "a whole one");
        return part;
    }

    /// <summary>What the transaction of a backup's entry holds.</summary>
    private static async Task EnterAsync(TestDatabase database, string part, string file)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(database.Factory, Caller.Command, "a test", default);
        work.Audit("backup.made");
        new BackupNames(database.Factory, database.Clock).Note(work, part, file, "a whole one".Length);
        await work.CommitAsync(default);
    }

    private static async Task<Guid> RestoredAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.AuditLogs.Where(entry => entry.Action == "backup.restored").Select(entry => entry.Id).SingleAsync();
    }

    private static async Task<List<string>> ActionsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.AuditLogs.OrderBy(entry => entry.CreatedAt).ThenBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync();
    }

    private static async Task ForgottenAsync(TestDatabase database)
    {
        await using var db = database.Open();
        Assert.False(await db.Settings.AnyAsync(setting => setting.Name.StartsWith("backup.unnamed.")));
    }
}
