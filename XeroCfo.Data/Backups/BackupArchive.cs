using System.Data.Common;
using XeroCfo.Data.Backups.Format;
using XeroCfo.Data.Backups.Sqlite;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Backups;

internal sealed class BackupArchive(IDbFactory databases, DatabaseOptions database, DataFolder folder, KeyRing keys, BackupRestore restore, TimeProvider clock) : IBackupArchive
{
    private readonly BackupNames _names = new(databases, clock);

    public async Task TidyAsync(string folder, CancellationToken ct)
    {
        await _names.SettleAsync(ct);
        await PartFile.ClearDeadAsync(folder, _names.IsEnteredAsync);
    }

    public async Task<Result<BackupFacts>> WriteAsync(Caller caller, string file, CancellationToken ct)
    {
        if (IsInTheWay(file))
        {
            return BackupProblems.InTheWay(file);
        }

        try
        {
            await _names.SettleAsync(ct);
            await PartFile.ClearDeadAsync(Path.GetDirectoryName(file)!, _names.IsEnteredAsync, Path.GetFileName(file));
            using var part = PartFile.For(file);
            var (head, totals) = await WriteProvedAsync(part.Path, ct);
            var facts = new BackupFacts(head.CreatedAt, head.ProductVersion, totals.Rows, new FileInfo(part.Path).Length);
            await using var work = await UnitOfWork.BeginAcrossAsync(databases, caller, "a backup holds every organisation", ct);
            work.Audit("backup.made", new { file = Path.GetFileName(file), facts.Rows, facts.Bytes, facts.CreatedAt });
            _names.Note(work, part.Path, file, facts.Bytes);
            if ((await work.CommitAsync(ct)).Problem is { } refused)
            {
                return refused;
            }

            File.Move(part.Path, file, overwrite: true);
            await _names.NamedAsync(part.Path);
            return facts;
        }
        catch (BackupFaultException fault)
        {
            return BackupProblems.NotVerified(fault.Problem.Message.TrimEnd('.'));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException)
        {
            return BackupProblems.NotWritten(OneLine(fault));
        }
    }

    public async Task<Result<BackupFacts>> RestoreAsync(Caller caller, string file, bool force, CancellationToken ct)
    {
        if (!File.Exists(file))
        {
            return BackupProblems.NoFile;
        }

        try
        {
            return await Refusals.ReadableAsync(database, () => restore.RunAsync(caller, file, force, ct));
        }
        catch (BackupFaultException fault)
        {
            return fault.Problem;
        }
    }

    /// <summary>What is written is restored beside everything else while the rest is still being written: a file that cannot be restored is no backup.</summary>
    private async Task<(BackupHead Head, BackupTotals Totals)> WriteProvedAsync(string part, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var writing = WritePartAsync(part, stop.Token);
        try
        {
            var restored = await ProveAsync(part, writing, stop.Token);
            var written = await writing;
            return restored.Tables.SequenceEqual(written.Totals.Tables) ? written : throw BackupFaultException.Damaged("it does not hold what was read");
        }
        finally
        {
            // Where one of the two failed, the other has nothing to do any more.
            await stop.CancelAsync();
            await writing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<(BackupHead Head, BackupTotals Totals)> WritePartAsync(string part, CancellationToken ct)
    {
        var now = clock.UtcNow();
        await using var snapshot = await Refusals.ReadableAsync(database, () => Snapshot.TakeAsync(databases, ct));
        var head = new BackupHead(BackupOpening.Product.ToString(3), database.Provider, now, snapshot.Steps, BackupShapes.Tables);
        await using var stream = new FileStream(part, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Write, BufferSize = 0 });
        await using var writer = new BackupWriter(stream, keys.Current, head);
        await Task.Run(() => snapshot.WriteAsync(writer, head.Tables, ct), ct);
        var totals = await writer.CompleteAsync();
        stream.Flush(flushToDisk: true);
        return (head, totals);
    }

    /// <exception cref="BackupFaultException">It cannot be restored. What keeps it from being written is thrown as it is.</exception>
    private async Task<BackupTotals> ProveAsync(string part, Task writing, CancellationToken ct)
    {
        await using var build = SqliteBuild.In(folder, options => new DbFactory(options, clock));
        using var backup = await Task.Run(() => BackupOpening.Open(GrowingFile.Open(part, writing), keys), ct);
        var step = BackupOpening.StepOf(backup.Head, build.Databases);
        await Task.Run(() => build.FillAsync(backup, step, forProof: true, ct), ct);
        return backup.Totals!;
    }

    private static bool IsInTheWay(string file)
    {
        if (!File.Exists(file))
        {
            return Directory.Exists(file);
        }

        using var there = File.OpenRead(file);
        var start = new byte[Sealing.Magic.Length];
        return there.Length > 0 && !(there.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.AsSpan().SequenceEqual(Sealing.Magic));
    }

    private static string OneLine(Exception fault) => fault.Message.ReplaceLineEndings(" ").TrimEnd('.');
}
