using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;

namespace XeroCfo.Data.Rules;

/// <summary>What the person who comes second is told: who changed a document since they read it, and to what.</summary>
internal sealed class LastChange(XeroCfoDb db, DateTime now)
{
    /// <summary>How the audit trail names that a change was taken back.</summary>
    private const string TakenBack = "transactions.category_undone";

    /// <summary>How many entries are looked through: an organisation's undos run one after the other, so the one looked for is among the first.</summary>
    private const int MostUndos = 100;

    /// <summary>
    /// A sentence, or null when all that is known is that it was changed. A person's change counts when its result stands there and it is younger than what was
    /// read: the row's own time tells neither, since a large change reaches its rows late and a sync touches them later.
    /// </summary>
    public async Task<string?> TellAsync(Transaction row, ReadVersion version, CancellationToken ct)
    {
        var read = ReadAt(version);
        var changes = (await db.CategoryUndoRows.AsNoTracking().Where(change => change.TransactionId == row.Id)
                .Join(db.CategoryUndos, change => change.UndoId, undo => undo.Id, (change, undo) => new { Row = change, Undo = undo }).ToListAsync(ct))
            .OrderByDescending(change => change.Row.Id).ToList();
        var said = changes.Find(change => change.Undo.UndoneAt is null && Stands(row, change.Row.NewCategory, change.Row.NewCategorySource, change.Row.NewOwnAccountCode));
        var undone = changes.Where(change => change.Undo.UndoneAt is not null && Stands(row, change.Row.Category, change.Row.CategorySource, change.Row.OwnAccountCode))
            .MaxBy(change => change.Undo.UndoneAt);
        if (undone is { Undo.UndoneAt: { } undoneAt } && undoneAt > read && (said is null || undone.Row.Id > said.Row.Id || undoneAt > said.Undo.CreatedAt))
        {
            return $"{await UndoerAsync(undone.Undo, ct) ?? "Somebody"} took a change back {Ago(undoneAt)}.";
        }

        // Within one tick of a coarse clock the change came after what was read: see the version that it gave the row.
        return said is { Undo: var undo } && undo.CreatedAt >= read ? $"{undo.By} set {What(said.Row)} {Ago(undo.CreatedAt)}."
            : await WasSyncedAsync(row.UpdatedAt, ct) ? "A sync changed it since you read it."
            : null;
    }

    /// <summary>The document has what a change left there.</summary>
    public static bool Stands(Transaction row, string? category, string source, string? ownCode) =>
        row.Category == category && row.CategorySource == source && row.OwnAccountCode == ownCode;

    // The instant that the caller's version stands for; with none that we gave, all that is known is news to them.
    private static DateTime ReadAt(ReadVersion version) => (version.Value ?? "").Split(',', StringSplitOptions.TrimEntries)
        .Select(tag => long.TryParse(tag.Trim('"'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var micros)
            && micros is > 0 and < long.MaxValue / TimeSpan.TicksPerMicrosecond && micros * TimeSpan.TicksPerMicrosecond <= DateTime.MaxValue.Ticks
            ? new DateTime(micros * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc) : DateTime.MinValue).Max();

    private static string What(CategoryUndoRow change) =>
        change.NewOwnAccountCode is { } code && code != change.OwnAccountCode && (change.NewCategory is null || change.NewCategory == change.Category) ? "account " + code : change.NewCategory ?? "no category";

    private string Ago(DateTime at) => (now - at) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } age => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes} min ago"),
        { TotalHours: < 48 } age => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours} h ago"),
        var age => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalDays} days ago"),
    };

    // A change knows who made it; who took it back is in the audit trail alone.
    private async Task<string?> UndoerAsync(CategoryUndo undo, CancellationToken ct)
    {
        var entries = await db.AuditLogs.AsNoTracking().Where(entry => entry.TenantId == undo.TenantId && entry.Action == TakenBack && entry.CreatedAt >= undo.UndoneAt)
            .OrderBy(entry => entry.CreatedAt).ThenBy(entry => entry.Id).Select(entry => entry.Details).Take(MostUndos).ToListAsync(ct);
        foreach (var details in entries.OfType<string>())
        {
            using var entry = JsonDocument.Parse(details);
            if (entry.RootElement.TryGetProperty("undoId", out var id) && id.TryGetGuid(out var known) && known == undo.Id)
            {
                return entry.RootElement.GetProperty("caller").GetProperty("name").GetString();
            }
        }

        return null;
    }

    private Task<bool> WasSyncedAsync(DateTime at, CancellationToken ct) => db.SyncRuns.AnyAsync(run => run.StartedAt <= at && (run.FinishedAt == null || run.FinishedAt >= at), ct);
}
