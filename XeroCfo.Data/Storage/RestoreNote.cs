using System.Globalization;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Storage;

/// <summary>
/// A restore brings an audit trail with an end of its own, and the note of the former one's end, a file, cannot change in the same transaction. So the
/// restore says before it what is to be done after it: once the database holds the restore's own entry, the former note is set aside, by the
/// restore itself or, where that was killed, by whoever opens the database next.
/// </summary>
internal static class RestoreNote
{
    /// <summary>Says that the entry of that id, once it is there, means a new trail.</summary>
    public static void Write(DataFolder folder, Guid entry, DateTime now) =>
        folder.WriteRestoreNote(string.Create(CultureInfo.InvariantCulture, $"{entry:D} {now.Ticks}"));

    /// <summary>Does what the note says, if there is one. True when a former end was set aside.</summary>
    public static async Task<bool> SettleAsync(IDbFactory databases, DataFolder folder, CancellationToken ct)
    {
        if (folder.ReadRestoreNote() is not { } text)
        {
            return false;
        }

        var aside = text.Split(' ') is [var id, var ticks]
            && Guid.TryParseExact(id, "D", out var entry) && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && await HasAsync(databases, entry, ct)
            && folder.SetAuditAnchorAside(new DateTime(at, DateTimeKind.Utc));
        folder.RemoveRestoreNote();
        return aside;
    }

    /// <summary>The same for a restore that was killed, told in the trail.</summary>
    public static async Task MendAsync(IDbFactory databases, DataFolder folder, CancellationToken ct)
    {
        if (await SettleAsync(databases, folder, ct))
        {
            await using var work = await UnitOfWork.BeginAcrossAsync(databases, Caller.Command, "the audit trail's end belongs to no organisation", ct);
            work.Audit("backup.restore_completed", new { what = "The restore before this was ended before it had set the note of the former audit trail's end aside." });
            await work.CommitAsync(ct);
        }
    }

    private static async Task<bool> HasAsync(IDbFactory databases, Guid entry, CancellationToken ct)
    {
        await using var db = databases.Create();
        return await db.AuditLogs.AnyAsync(log => log.Id == entry, ct);
    }
}
