using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Audit;

namespace XeroCfo.Data.Audit;

/// <summary>
/// Where the trail ends, noted with a mark that needs the audit key: in the database in the transaction of the seals, and after it in a file
/// of the data directory and in the log. A note that the trail no longer agrees with is evidence, and is never written over.
/// </summary>
internal sealed class AuditAnchorNote(AuditKey key, TimeProvider clock, ILogger<AuditAnchorNote> log, DataFolder? folder = null)
{
    private const string Name = "audit.anchor";
    private static readonly TimeSpan LogEvery = TimeSpan.FromMinutes(10);
    private long? _logged;
    private bool _complained;

    /// <summary>Notes in the database that the trail, which ended at <paramref name="before"/>, ends at <paramref name="now"/>.</summary>
    public async Task KeepAsync(XeroCfoDb db, AuditAnchor? before, AuditAnchor now, CancellationToken ct)
    {
        var kept = await db.Settings.FirstOrDefaultAsync(setting => setting.Name == Name, ct);
        if ((kept is null ? null : Read(kept.Value)) != before)
        {
            Complain("the database");
        }
        else if (kept is null)
        {
            db.Settings.Add(new Setting { Name = Name, Value = TextOf(now) });
        }
        else
        {
            kept.Value = TextOf(now);
        }
    }

    /// <summary>Notes it outside of the database. A disk that is full is no reason to stop sealing.</summary>
    public async Task ExportAsync(XeroCfoDb db, AuditAnchor now, CancellationToken ct)
    {
        if (_logged is not { } at || clock.GetElapsedTime(at) >= LogEvery)
        {
            _logged = clock.GetTimestamp();
            log.LogInformation("The audit trail is sealed up to {Anchor}", TextOf(now));
        }

        try
        {
            if (folder?.ReadAuditAnchor() is { } text
                && (Read(text) is not { } noted || !await db.AuditSeals.AnyAsync(seal => seal.Seq == noted.Seq && seal.AuditLogId == noted.AuditLogId && seal.Hash == noted.Hash, ct)))
            {
                Complain("the data directory");
                return;
            }

            folder?.WriteAuditAnchor(TextOf(now));
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

        if (Read(text) is { } noted)
        {
            verification.Anchor(noted, where);
        }
        else
        {
            verification.Say($"{char.ToUpperInvariant(where[0])}{where[1..]} of where the trail ends was changed: its mark is wrong.");
        }
    }

    private string TextOf(AuditAnchor anchor) => $"{anchor.Text} {key.MarkOf(anchor.Text)}".TrimEnd();

    // Null when the mark is not ours.
    private AuditAnchor? Read(string text)
    {
        if (!key.IsReady)
        {
            return AuditAnchor.Read(text);
        }

        var at = text.LastIndexOf(' ');
        return at > 0 && key.IsOurs(text[..at], text[(at + 1)..]) ? AuditAnchor.Read(text[..at]) : null;
    }

    private void Complain(string where)
    {
        if (!_complained)
        {
            _complained = true;
            log.LogError("The audit trail no longer agrees with what {Where} knows of its end. \"audit verify\" says how.", where);
        }
    }
}
