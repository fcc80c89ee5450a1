using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Audit;

namespace XeroCfo.Data.Audit;

/// <summary>
/// Where the trail ends, noted with a mark that needs the audit key: in the database in the transaction of the seals, and after it in a file
/// of the data directory and in the log. Whoever cuts the trail off would have to turn back all of them.
/// </summary>
internal sealed class AuditAnchorNote(AuditKey key, ILogger<AuditAnchorNote> log, DataFolder? folder = null)
{
    private const string Name = "audit.anchor";

    /// <summary>Notes it in the database; the text as it is to be exported.</summary>
    public async Task<string> KeepAsync(XeroCfoDb db, AuditAnchor anchor, CancellationToken ct)
    {
        var text = $"{anchor.Text} {key.MarkOf(anchor.Text)}".TrimEnd();
        if (await db.Settings.FirstOrDefaultAsync(setting => setting.Name == Name, ct) is { } kept)
        {
            kept.Value = text;
        }
        else
        {
            db.Settings.Add(new Setting { Name = Name, Value = text });
        }

        return text;
    }

    /// <summary>Notes it outside of the database. A disk that is full is no reason to stop sealing.</summary>
    public void Export(string text)
    {
        log.LogInformation("The audit trail is sealed up to {Anchor}", text);
        try
        {
            folder?.WriteAuditAnchor(text);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(fault, "The end of the audit trail could not be noted in the data directory.");
        }
    }

    /// <summary>Gives both notes to a verification.</summary>
    public async Task GiveAsync(XeroCfoDb db, AuditVerification verification, bool hasSeals, CancellationToken ct)
    {
        var kept = await db.Settings.AsNoTracking().Where(setting => setting.Name == Name).Select(setting => setting.Value).FirstOrDefaultAsync(ct);
        if (kept is null && hasSeals)
        {
            verification.Say("The note of where the trail ends is gone from the database, so that nobody can tell whether its end was cut off.");
        }

        Give(verification, kept, "the note in the database");
        Give(verification, folder?.ReadAuditAnchor(), "the note in the data directory");
    }

    private void Give(AuditVerification verification, string? text, string where)
    {
        if (text is null)
        {
            return;
        }

        var mark = text.LastIndexOf(' ') is > 0 and var at && key.IsReady ? text[(at + 1)..] : "";
        var anchor = key.IsReady ? text[..Math.Max(0, text.Length - mark.Length - 1)] : text;
        if (AuditAnchor.Read(anchor) is { } read && key.IsOurs(anchor, mark))
        {
            verification.Anchor(read, where);
        }
        else
        {
            verification.Say($"{char.ToUpperInvariant(where[0])}{where[1..]} of where the trail ends was changed: its mark is wrong.");
        }
    }
}
