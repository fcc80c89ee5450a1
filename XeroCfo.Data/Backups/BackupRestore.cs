using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Backups.Format;
using XeroCfo.Data.Backups.Postgres;
using XeroCfo.Data.Backups.Sqlite;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Backups;

/// <summary>
/// Puts a backup in the place of what is there. The file is read through to its end before anything is touched; then SQLite gets a file that was
/// built and proved beside it, and PostgreSQL everything in one transaction.
/// </summary>
internal sealed class BackupRestore(IDbFactory databases, DatabaseOptions database, DatabaseLifecycle lifecycle, KeyCheck key, KeyRing keys, DataFolder folder, TimeProvider clock)
{
    private const string Reason = "a restore replaces every organisation";

    /// <summary>What may hold rows in a database that nobody has used.</summary>
    private static readonly string[] OfTheInstallation = ["Settings", "DataProtectionKeys"];

    public async Task<Result<BackupFacts>> RunAsync(Caller caller, string file, bool force, CancellationToken ct)
    {
        if (!key.Find())
        {
            return BackupProblems.NoKey;
        }

        var (head, totals) = await Task.Run(() => ReadThrough(file, ct), ct);
        var facts = new BackupFacts(head.CreatedAt, head.ProductVersion, totals.Rows, new FileInfo(file).Length);
        return await lifecycle.AloneAsync<Result<BackupFacts>>(async () =>
        {
            if (!force && await HoldsDataAsync(ct))
            {
                return BackupProblems.NotEmpty;
            }

            await Task.Run(() => database.IsSqlite ? IntoSqliteAsync(caller, file, facts, ct) : IntoPostgresAsync(caller, file, facts, ct), ct);
            await RestoreNote.SettleAsync(databases, folder, ct);
            return facts;
        }, ct);
    }

    private (BackupHead Head, BackupTotals Totals) ReadThrough(string file, CancellationToken ct)
    {
        using var backup = BackupOpening.Open(file, keys);
        return (backup.Head, BackupLoad.ReadThrough(backup, ct));
    }

    private async Task<bool> HoldsDataAsync(CancellationToken ct)
    {
        if (!await lifecycle.HasTablesAsync(ct))
        {
            return false;
        }

        await using var db = databases.AcrossTenants(Reason);
        await db.Database.OpenConnectionAsync(ct);
        var there = await TablesAsync(db, ct);
        foreach (var table in BackupShapes.Tables.Where(table => there.Contains(table.Name) && !OfTheInstallation.Contains(table.Name)))
        {
            await using var command = RawSql.Command(db, $"SELECT count(*) FROM (SELECT 1 FROM {table.Quoted} LIMIT 1) AS any_row");
            if (Convert.ToInt64(await command.ExecuteScalarAsync(ct), System.Globalization.CultureInfo.InvariantCulture) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The tables that are there: an earlier version of the product has fewer.</summary>
    private static async Task<HashSet<string>> TablesAsync(XeroCfoDb db, CancellationToken ct)
    {
        await using var command = RawSql.Command(db, db is SqliteDb ? "SELECT name FROM sqlite_master WHERE type = 'table'" : "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()");
        await using var reader = await command.ExecuteReaderAsync(ct);
        HashSet<string> names = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private async Task IntoSqliteAsync(Caller caller, string file, BackupFacts facts, CancellationToken ct)
    {
        await using var build = SqliteBuild.In(folder, options => key.FactoryOf(options, clock));
        using (var backup = BackupOpening.Open(file, keys))
        {
            await build.FillAsync(backup, BackupOpening.StepOf(backup.Head, build.Databases), forProof: false, ct);
        }

        await using (var db = build.Databases.Create())
        {
            await db.Database.MigrateAsync(ct);
        }

        await using (var work = await UnitOfWork.BeginAcrossAsync(build.Databases, caller, Reason, ct))
        {
            await CommitAsync(work, file, facts, ct);
        }

        await SqliteInspection.PrepareAsync(databases, database, ct);
        await build.ReplaceAsync(databases, ct);
    }

    private async Task IntoPostgresAsync(Caller caller, string file, BackupFacts facts, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(databases, caller, Reason, ct);
        using var backup = BackupOpening.Open(file, keys);
        var (shape, rows) = (new PostgresShape(work.Db), new PostgresRows(work.Db));
        var step = BackupOpening.StepOf(backup.Head, databases);
        await shape.DropAsync(await TablesAsync(work.Db, ct), ct);
        await shape.MigrateAsync(null, step, ct);
        await BackupLoad.RunAsync(backup, rows, ct);
        await BackupLoad.CheckAsync(backup, [rows], ct);
        await shape.MigrateAsync(step, null, ct);
        await CommitAsync(work, file, facts, ct);
        await work.Db.RefreshStatisticsAsync(ct);
    }

    // The backup that was under way in the snapshot is not taken up again: it might write over this very file.
    private async Task CommitAsync(UnitOfWork work, string file, BackupFacts facts, CancellationToken ct)
    {
        await work.Db.BackupRuns.Where(run => run.Status == BackupStatus.Queued || run.Status == BackupStatus.Running).ExecuteDeleteAsync(ct);
        await BackupNames.ForgetAllAsync(work.Db, ct);
        await key.TakeAuditKeyAsync(work.Db, ct);
        work.Audit("backup.restored", new { file = Path.GetFileName(file), facts.Rows, facts.CreatedAt, facts.ProductVersion });
        RestoreNote.Write(folder, work.Db.AuditLogs.Local.Single().Id, clock.UtcNow());
        if ((await work.CommitAsync(ct)).Problem is { } refused)
        {
            throw new BackupFaultException(refused);
        }
    }
}
