using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Audit;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Users;
using XeroCfo.Data.Webhooks;
using XeroCfo.Data.Xero.Consents;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Encryption;

/// <summary>
/// Seals everything in the database with the current key. Another process may renew tokens meanwhile: what is no longer as it was read is
/// left alone and looked at again. Killed on its way it is simply run again.
/// </summary>
public sealed class KeyRotation(IDbFactory databases, Envelope envelope)
{
    private const int Rounds = 5;
    private const string Reason = "every secret is sealed anew";

    /// <summary>How many values were sealed anew; refused when one cannot be opened with any key here.</summary>
    public async Task<Result<int>> RotateAsync(CancellationToken ct)
    {
        var all = 0;
        try
        {
            for (var round = 1; round <= Rounds; round++)
            {
                var sealedNow = await TokensAsync(ct) + await WebhooksAsync(ct) + await SettingsAsync(ct) + await CookieKeysAsync(ct) + await AuthenticatorsAsync(ct);
                all += sealedNow;
                if (sealedNow == 0)
                {
                    break;
                }
            }
        }
        catch (SealBrokenException fault)
        {
            return new Problem("encryption-key-missing", $"A value cannot be opened: {fault.Message} Nothing of it was changed. Name the key that sealed it under Encryption:PreviousKeys.", ProblemKind.Refused);
        }

        if (all > 0)
        {
            await using var work = await UnitOfWork.BeginAcrossAsync(databases, Caller.Command, Reason, ct);
            work.Audit("encryption.rotated", new { values = all });
            await work.CommitAsync(ct);
        }

        return all;
    }

    private async Task<int> TokensAsync(CancellationToken ct)
    {
        await using var db = databases.AcrossTenants(Reason);
        var count = 0;
        foreach (var row in await db.XeroTokens.AsNoTracking().ToListAsync(ct))
        {
            var access = Anew(row.AccessToken, TokenSeals.AccessOf(row));
            var refresh = Anew(row.RefreshToken, TokenSeals.RefreshOf(row));
            if (access is null && refresh is null)
            {
                continue;
            }

            count += await db.XeroTokens.Where(now => now.Id == row.Id && now.AccessToken == row.AccessToken && now.RefreshToken == row.RefreshToken)
                .ExecuteUpdateAsync(set => set.SetProperty(now => now.AccessToken, access ?? row.AccessToken).SetProperty(now => now.RefreshToken, refresh ?? row.RefreshToken), ct);
        }

        return count;
    }

    private async Task<int> WebhooksAsync(CancellationToken ct)
    {
        await using var db = databases.AcrossTenants(Reason);
        var count = 0;
        foreach (var row in await db.Webhooks.AsNoTracking().ToListAsync(ct))
        {
            var (secret, previous) = (Anew(row.Secret, WebhookSeals.SecretOf(row)), Anew(row.PreviousSecret ?? "", WebhookSeals.SecretOf(row)));
            if (secret is null && previous is null)
            {
                continue;
            }

            count += await db.Webhooks.Where(now => now.Id == row.Id && now.Secret == row.Secret && now.PreviousSecret == row.PreviousSecret)
                .ExecuteUpdateAsync(set => set.SetProperty(now => now.Secret, secret ?? row.Secret).SetProperty(now => now.PreviousSecret, previous ?? row.PreviousSecret), ct);
        }

        return count;
    }

    private async Task<int> SettingsAsync(CancellationToken ct)
    {
        await using var db = databases.Create();
        foreach (var (name, use) in new[] { (KeyCheck.Probe, KeyCheck.Use), (AuditKey.Name, AuditKey.SealedFor) })
        {
            if (await db.Settings.FirstOrDefaultAsync(setting => setting.Name == name, ct) is { } setting && Anew(setting.Value, use) is { } text)
            {
                setting.Value = text;
            }
        }

        return await db.SaveChangesAsync(ct);
    }

    private async Task<int> AuthenticatorsAsync(CancellationToken ct)
    {
        await using var db = databases.Create();
        var count = 0;
        foreach (var app in await db.Authenticators.AsNoTracking().ToListAsync(ct))
        {
            if (Anew(app.Secret, SecondFactorBook.SealOf(app.UserId)) is { } text)
            {
                count += await db.Authenticators.Where(now => now.UserId == app.UserId && now.Secret == app.Secret)
                    .ExecuteUpdateAsync(set => set.SetProperty(now => now.Secret, text), ct);
            }
        }

        return count;
    }

    private async Task<int> CookieKeysAsync(CancellationToken ct)
    {
        await using var db = databases.Create();
        foreach (var key in await db.DataProtectionKeys.ToListAsync(ct))
        {
            var xml = XElement.Parse(key.Xml ?? "<none />");
            foreach (var element in xml.Descendants("sealedKey"))
            {
                if (Anew(element.Value, MasterKeyXmlEncryptor.Use) is { } text)
                {
                    element.Value = text;
                }
            }

            var after = xml.ToString(SaveOptions.DisableFormatting);
            key.Xml = after == XElement.Parse(key.Xml ?? "<none />").ToString(SaveOptions.DisableFormatting) ? key.Xml : after;
        }

        return await db.SaveChangesAsync(ct);
    }

    /// <summary>The value under the current key; null when it is so already.</summary>
    private string? Anew(string text, SealedFor use) => text.Length > 0 && envelope.IsOutdated(text) ? envelope.Seal(envelope.Open(text, use), use) : null;
}
