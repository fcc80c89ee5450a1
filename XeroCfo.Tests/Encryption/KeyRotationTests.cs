using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Storage;
using XeroCfo.Data.Users;
using XeroCfo.Data.Webhooks;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.SecondFactors;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Encryption;

/// <summary>A new key for everything that is sealed.</summary>
public sealed class KeyRotationTests
{
    private static readonly string Old = MasterKey.NewText();
    private static readonly string New = MasterKey.NewText();

    [BothDatabases]
    public async Task After_a_rotation_the_old_key_opens_nothing_and_the_new_one_everything(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var row = await SealedAsync(database, new Envelope(Ring(Old)));

        var rotated = await new KeyRotation(database.Factory, new Envelope(Ring(New, Old))).RotateAsync(default);

        Assert.Equal(5, rotated.Value);
        await using var db = database.Open();
        var (after, now) = (new Envelope(Ring(New)), db.XeroTokens.AsNoTracking().Single());
        Assert.Equal("access", after.Open(now.AccessToken, new SealedFor("xero.access-token", row.TenantId, row.UserId)));
        Assert.Equal("refresh", after.Open(now.RefreshToken, new SealedFor("xero.refresh-token", row.TenantId, row.UserId)));
        var webhook = db.Webhooks.AsNoTracking().Single();
        Assert.Equal(("whsec_new", "whsec_old"), (after.Open(webhook.Secret, WebhookSeals.SecretOf(webhook)), after.Open(webhook.PreviousSecret!, WebhookSeals.SecretOf(webhook))));
        Assert.Throws<SealBrokenException>(() => new Envelope(Ring(Old)).Open(now.AccessToken, new SealedFor("xero.access-token", row.TenantId, row.UserId)));
        Assert.Equal("app secret", after.Open(db.Authenticators.Single().Secret, SecondFactorBook.SealOf(row.UserId)));
        Assert.Equal("probe", after.Open(db.Settings.Single(setting => setting.Name == KeyCheck.Probe).Value, KeyCheck.Use));
        var xml = System.Xml.Linq.XElement.Parse(db.DataProtectionKeys.Single().Xml!);
        Assert.Equal("<key />", after.Open(xml.Descendants("sealedKey").Single().Value, MasterKeyXmlEncryptor.Use));
        Assert.Equal(1, await db.AuditLogs.CountAsync(entry => entry.Action == "encryption.rotated"));
        Assert.Equal(0, (await new KeyRotation(database.Factory, after).RotateAsync(default)).Value);
    }

    [BothDatabases]
    public async Task A_key_that_is_missing_is_named_and_that_value_stays_as_it_was(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var row = await SealedAsync(database, new Envelope(Ring(Old)));

        var refused = await new KeyRotation(database.Factory, new Envelope(Ring(New))).RotateAsync(default);

        Assert.Equal("encryption-key-missing", refused.Problem!.Code);
        Assert.Contains("Encryption:PreviousKeys", refused.Problem.Message, StringComparison.Ordinal);
        await using var db = database.Open();
        Assert.Equal(row.AccessToken, db.XeroTokens.AsNoTracking().Single().AccessToken);
    }

    private static async Task<XeroToken> SealedAsync(TestDatabase database, Envelope envelope)
    {
        var user = new User { Email = "ana@acme.test", UserName = "ana@acme.test", NormalizedEmail = "ANA@ACME.TEST", NormalizedUserName = "ANA@ACME.TEST", PasswordHash = "none", Role = Roles.Admin, SecurityStamp = "s" };
        var tenant = new XeroTenant { XeroTenantId = Guid.NewGuid().ToString("D"), Name = "Acme" };
        var row = new XeroToken
        {
            UserId = user.Id,
            TenantId = tenant.Id,
            ExpiresAt = database.Clock.Now.UtcDateTime,
            AccessToken = envelope.Seal("access", new SealedFor("xero.access-token", tenant.Id, user.Id)),
            RefreshToken = envelope.Seal("refresh", new SealedFor("xero.refresh-token", tenant.Id, user.Id)),
        };
        var webhook = new Webhook { UserId = user.Id, TenantId = tenant.Id, Event = "*", Url = "https://hooks.acme.test", Secret = "" };
        (webhook.Secret, webhook.PreviousSecret) = (envelope.Seal("whsec_new", WebhookSeals.SecretOf(webhook)), envelope.Seal("whsec_old", WebhookSeals.SecretOf(webhook)));
        await database.AddAsync(
            user, tenant, row, webhook,
            new Authenticator { UserId = user.Id, Secret = envelope.Seal("app secret", SecondFactorBook.SealOf(user.Id)) },
            new Setting { Name = KeyCheck.Probe, Value = envelope.Seal("probe", KeyCheck.Use) },
            new DataProtectionKey { FriendlyName = "key", Xml = $"<key><sealedKey>{envelope.Seal("<key />", MasterKeyXmlEncryptor.Use)}</sealedKey></key>" });
        return row;
    }

    private static KeyRing Ring(string current, params string[] previous)
    {
        var ring = new KeyRing();
        ring.Use(current, previous);
        return ring;
    }
}
