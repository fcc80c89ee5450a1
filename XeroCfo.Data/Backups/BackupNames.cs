using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Backups;

/// <summary>
/// Keeps the audit trail and the folder of a backup together. The entry of a backup is committed with a note of which part file is to get which
/// name; a process that dies in between leaves both, and the next one that looks gives the name. So no entry is without its file, and no file
/// without its entry.
/// </summary>
internal sealed class BackupNames(IDbFactory databases, TimeProvider clock)
{
    private const string Prefix = "backup.unnamed.";
    private const string Reason = "a backup holds every organisation";

    /// <summary>After so long a note of another machine, which finds no file here, is one of a machine that never comes back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>Notes, in the transaction of the entry, what is still to be done.</summary>
    public void Note(UnitOfWork work, string part, string file, long bytes) =>
        work.Db.Settings.Add(new Setting { Name = NameOf(part), Value = JsonSerializer.Serialize(new Unnamed(part, file, bytes, Environment.MachineName, clock.UtcNow())) });

    /// <summary>It has its name. Where that cannot be noted, the next look sees it.</summary>
    public async Task NamedAsync(string part)
    {
        try
        {
            await ForgetAsync(part);
        }
        catch (Exception fault) when (fault is System.Data.Common.DbException or InvalidOperationException)
        {
            // The backup is made all the same.
        }
    }

    /// <summary>True when the audit trail knows of it: then it is a whole backup that only lacks its name.</summary>
    public async Task<bool> IsEnteredAsync(string part)
    {
        await using var db = databases.Create();
        var name = NameOf(part);
        return await db.Settings.AnyAsync(setting => setting.Name == name);
    }

    /// <summary>Gives every backup its name whose process died before it could; what cannot be found is told in the audit trail.</summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        await using var db = databases.Create();
        foreach (var text in await Notes(db).Select(setting => setting.Value).ToListAsync(ct))
        {
            var unnamed = JsonSerializer.Deserialize<Unnamed>(text)!;
            if (HasName(unnamed))
            {
                await ForgetAsync(unnamed.Part);
            }
            else if (!File.Exists(unnamed.Part) && (unnamed.Node == Environment.MachineName || unnamed.At < clock.UtcNow() - Patience))
            {
                await LostAsync(unnamed, ct);
            }
        }
    }

    /// <summary>A database that was restored knows nothing of files that wait for their name.</summary>
    public static Task ForgetAllAsync(XeroCfoDb db, CancellationToken ct) => Notes(db).ExecuteDeleteAsync(ct);

    private static IQueryable<Setting> Notes(XeroCfoDb db) => db.Settings.Where(setting => setting.Name.StartsWith(Prefix));

    private static string NameOf(string part) => Prefix + PartFile.IdOf(part);

    private static bool HasName(Unnamed unnamed)
    {
        if (File.Exists(unnamed.Part))
        {
            return PartFile.TryName(unnamed.Part, unnamed.File);
        }

        var file = new FileInfo(unnamed.File);
        return file.Exists && file.Length == unnamed.Bytes;
    }

    private async Task ForgetAsync(string part)
    {
        await using var db = databases.Create();
        var name = NameOf(part);
        await db.Settings.Where(setting => setting.Name == name).ExecuteDeleteAsync();
    }

    private async Task LostAsync(Unnamed unnamed, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(databases, Caller.Worker, Reason, ct);
        var name = NameOf(unnamed.Part);
        if (await work.Db.Settings.Where(setting => setting.Name == name).ExecuteDeleteAsync(ct) == 1)
        {
            work.Audit("backup.lost", new { file = Path.GetFileName(unnamed.File), unnamed.Bytes, madeAt = unnamed.At });
            await work.CommitAsync(ct);
        }
    }

    /// <summary>A backup that was proved and entered.</summary>
    /// <param name="Part">Where it lies until it has its name.</param>
    /// <param name="File">Where it will lie.</param>
    /// <param name="Bytes">Its size.</param>
    /// <param name="Node">The machine.</param>
    /// <param name="At">UTC of the entry.</param>
    private sealed record Unnamed(string Part, string File, long Bytes, string Node, DateTime At);
}
