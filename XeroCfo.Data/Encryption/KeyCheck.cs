using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Audit;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Encryption;

/// <summary>
/// Finds the master key and proves it with a value that this installation sealed at its first start. It runs before anything reads or
/// writes secrets: a node with a wrong key would otherwise quietly begin a second set of them.
/// </summary>
public sealed class KeyCheck(IDbFactory databases, DatabaseOptions database, EncryptionOptions options, DataFolder folder, AuditKey audit, KeyRing keys, Envelope envelope)
{
    internal const string Probe = "encryption.probe";
    private const string Sentence = "This installation's secrets are sealed with this key.";
    internal static readonly SealedFor Use = new("start-up probe");

    /// <summary>Finds the key and tries it on what is stored; changes nothing.</summary>
    /// <param name="hasTables">False for a database without any tables yet.</param>
    /// <exception cref="RefusedException">There is no key, or it is not the one that sealed this database.</exception>
    public async Task CheckAsync(bool hasTables, CancellationToken ct)
    {
        var probe = hasTables ? await ReadProbeAsync(ct) : null;
        var given = options.Key ?? folder.ReadKey();
        if (given is null)
        {
            if (!database.IsSqlite)
            {
                throw new RefusedException("Encryption:Key is not set. PostgreSQL needs it from the first start on: make one with \"openssl rand -hex 32\" and keep a copy of it apart from the backups.");
            }

            if (probe is not null || (hasTables && await HoldsSecretsAsync(ct)))
            {
                throw new RefusedException($"This database holds encrypted values, but there is no Encryption:Key and no file {folder.KeyFile}. Put the key back; without it those values cannot be read.");
            }

            return;
        }

        keys.Use(given, options.PreviousKeys);
        if (probe is not null)
        {
            Try(probe);

            // A verb that leaves the database's shape alone writes into the trail too, and what it writes carries the mark.
            await using var db = databases.Create();
            await TakeAuditKeyAsync(db, ct);
        }
    }

    /// <summary>Finds the key without looking at what is stored; false when there is none.</summary>
    internal bool Find()
    {
        if (!keys.IsReady && (options.Key ?? folder.ReadKey()) is { } given)
        {
            keys.Use(given, options.PreviousKeys);
        }

        return keys.IsReady;
    }

    /// <summary>Makes the key of an empty SQLite installation if none was found, and leaves the probe. The tables must be there.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        if (!keys.IsReady)
        {
            keys.Use(folder.MakeKey(), []);
        }

        await using var db = databases.Create();
        if (!await db.Settings.AnyAsync(setting => setting.Name == Probe, ct))
        {
            db.Settings.Add(new Setting { Name = Probe, Value = envelope.Seal(Sentence, Use) });
            await db.SaveChangesAsync(ct);
        }

        await KeepAuditKeyAsync(db, ct);
    }

    /// <summary>What marks entries of the audit trail from now on: the key of this database, which may have come in another's place; nothing where it has none yet.</summary>
    internal async Task TakeAuditKeyAsync(XeroCfoDb db, CancellationToken ct) =>
        audit.Use(await ReadAsync(db, AuditKey.Name, ct) is { } kept ? envelope.Open(kept, AuditKey.SealedFor) : null);

    /// <summary>A factory for a database that is being built, whose entries are marked as this installation's are.</summary>
    internal IDbFactory FactoryOf(DatabaseOptions other, TimeProvider clock) => new DbFactory(other, clock, audit);

    // The trail's key is its own, so that a new master key does not make every mark unreadable: only its seal is renewed.
    private async Task KeepAuditKeyAsync(XeroCfoDb db, CancellationToken ct)
    {
        if (await ReadAsync(db, AuditKey.Name, ct) is null)
        {
            db.Settings.Add(new Setting { Name = AuditKey.Name, Value = envelope.Seal(AuditKey.NewText(), AuditKey.SealedFor) });
            await db.SaveChangesAsync(ct);
        }

        await TakeAuditKeyAsync(db, ct);
    }

    private static Task<string?> ReadAsync(XeroCfoDb db, string name, CancellationToken ct) =>
        db.Settings.Where(setting => setting.Name == name).Select(setting => (string?)setting.Value).FirstOrDefaultAsync(ct);

    private async Task<string?> ReadProbeAsync(CancellationToken ct)
    {
        await using var db = databases.Create();
        return await ReadAsync(db, Probe, ct);
    }

    private async Task<bool> HoldsSecretsAsync(CancellationToken ct)
    {
        await using var db = databases.AcrossTenants("start-up: is anything encrypted in this database?");
        return await db.DataProtectionKeys.AnyAsync(ct) || await db.XeroTokens.AnyAsync(ct) || await db.Webhooks.AnyAsync(ct);
    }

    private void Try(string probe)
    {
        try
        {
            envelope.Open(probe, Use);
        }
        catch (SealBrokenException)
        {
            var source = options.Key is null ? $"The key in {folder.KeyFile}" : "Encryption:Key";
            throw new RefusedException($"{source} is not the key that sealed this database (that was key {Envelope.KeyIdOf(probe) ?? "unknown"}, this is key {keys.Current.Id}). Put the right key back, or list it under Encryption:PreviousKeys.");
        }
    }
}
