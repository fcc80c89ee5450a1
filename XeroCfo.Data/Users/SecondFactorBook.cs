using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.SecondFactors;

namespace XeroCfo.Data.Users;

internal sealed class SecondFactorBook(IDbFactory databases, Envelope envelope, TimeProvider clock) : ISecondFactors
{
    private const string RequiredFor = "secondfactor.roles";

    /// <summary>What the secret of somebody's app is sealed for.</summary>
    internal static SealedFor SealOf(Guid userId) => new("authenticator", null, userId);

    public async Task<SecondFactorState> StateAsync(Guid userId, CancellationToken ct)
    {
        await using var db = databases.Create();
        return new SecondFactorState(
            await db.Authenticators.AnyAsync(app => app.UserId == userId, ct),
            await db.RecoveryCodes.CountAsync(code => code.UserId == userId, ct),
            await db.UserPasskeys.CountAsync(passkey => passkey.UserId == userId, ct));
    }

    public async Task<OpenAuthenticator?> AuthenticatorAsync(Guid userId, CancellationToken ct)
    {
        await using var db = databases.Create();
        return await db.Authenticators.AsNoTracking().FirstOrDefaultAsync(app => app.UserId == userId, ct) is { } app
            ? new OpenAuthenticator(envelope.Open(app.Secret, SealOf(userId)), app.LastStep)
            : null;
    }

    public Task<Result<Done>> EnrolAsync(Caller caller, Guid userId, string secret, long step, IReadOnlyList<string> recoveryHashes, CancellationToken ct) =>
        ChangeAsync(caller, userId, "user.authenticator_added", endsSessions: true, async (db, user) =>
        {
            await ClearAsync(db, userId, ct);
            await db.SaveChangesAsync(ct);
            db.Authenticators.Add(new Authenticator { UserId = userId, Secret = envelope.Seal(secret, SealOf(userId)), LastStep = step, CreatedAt = clock.UtcNow() });
            db.RecoveryCodes.AddRange(recoveryHashes.Select(hash => new RecoveryCode { UserId = userId, CodeHash = hash }));
            user.TwoFactorEnabled = true;
        }, ct);

    public Task<Result<Done>> RenewRecoveryCodesAsync(Caller caller, Guid userId, IReadOnlyList<string> hashes, CancellationToken ct) =>
        ChangeAsync(caller, userId, "user.recovery_codes_renewed", endsSessions: false, async (db, _) =>
        {
            db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.Where(code => code.UserId == userId).ToListAsync(ct));
            db.RecoveryCodes.AddRange(hashes.Select(hash => new RecoveryCode { UserId = userId, CodeHash = hash }));
        }, ct);

    public Task<Result<Done>> RemoveAllAsync(Caller caller, Guid userId, CancellationToken ct) =>
        ChangeAsync(caller, userId, "user.second_factors_removed", endsSessions: true, async (db, user) =>
        {
            await ClearAsync(db, userId, ct);
            db.UserPasskeys.RemoveRange(await db.UserPasskeys.Where(passkey => passkey.UserId == userId).ToListAsync(ct));
            user.TwoFactorEnabled = false;
        }, ct);

    public async Task<bool> UseStepAsync(Guid userId, long step, CancellationToken ct)
    {
        await using var db = databases.Create();
        return await db.Authenticators.Where(app => app.UserId == userId && app.LastStep < step)
            .ExecuteUpdateAsync(set => set.SetProperty(app => app.LastStep, step), ct) == 1;
    }

    public async Task<bool> UseRecoveryCodeAsync(Guid userId, string hash, CancellationToken ct)
    {
        await using var db = databases.Create();
        return await db.RecoveryCodes.Where(code => code.UserId == userId && code.CodeHash == hash).ExecuteDeleteAsync(ct) == 1;
    }

    public async Task<IReadOnlyList<UserPasskeyInfo>> PasskeysAsync(Guid userId, CancellationToken ct)
    {
        await using var db = databases.Create();
        var rows = await db.UserPasskeys.AsNoTracking().Where(passkey => passkey.UserId == userId).ToListAsync(ct);
        return [.. rows.Select(InfoOf).OrderBy(passkey => passkey.CreatedAt)];
    }

    public Task<Result<Done>> AddPasskeyAsync(Caller caller, Guid userId, UserPasskeyInfo passkey, CancellationToken ct) =>
        ChangeAsync(caller, userId, "user.passkey_added", endsSessions: true, (db, _) =>
        {
            db.UserPasskeys.Add(new IdentityUserPasskey<Guid> { UserId = userId, CredentialId = passkey.CredentialId, Data = DataOf(passkey) });
            return Task.CompletedTask;
        }, ct);

    public Task<Result<Done>> RemovePasskeyAsync(Caller caller, Guid userId, byte[] credentialId, CancellationToken ct) =>
        ChangeAsync(caller, userId, "user.passkey_removed", endsSessions: true, async (db, _) =>
            db.UserPasskeys.RemoveRange(await db.UserPasskeys.Where(passkey => passkey.UserId == userId && passkey.CredentialId == credentialId).ToListAsync(ct)), ct);

    public async Task NotePasskeyAsync(UserPasskeyInfo passkey, CancellationToken ct)
    {
        await using var db = databases.Create();
        if (await db.UserPasskeys.FirstOrDefaultAsync(row => row.CredentialId == passkey.CredentialId, ct) is { } row)
        {
            (row.Data.SignCount, row.Data.IsBackedUp, row.Data.IsUserVerified) = (passkey.SignCount, passkey.IsBackedUp, passkey.IsUserVerified);
            await db.SaveChangesAsync(ct);
        }
    }

    public async Task<IReadOnlySet<string>> RequiredRolesAsync(CancellationToken ct)
    {
        await using var db = databases.Create();
        return Read((await db.Settings.AsNoTracking().FirstOrDefaultAsync(setting => setting.Name == RequiredFor, ct))?.Value);
    }

    public async Task<Result<Done>> RequireAsync(Caller caller, IReadOnlySet<string> roles, CancellationToken ct)
    {
        await using var work = await UserRepository.BeginAsync(databases, caller, ct);
        var db = work.Db;
        var setting = await db.Settings.FirstOrDefaultAsync(one => one.Name == RequiredFor, ct);
        var before = Read(setting?.Value);
        if (before.SetEquals(roles))
        {
            return Done.Value;
        }

        if (setting is null)
        {
            db.Settings.Add(setting = new Setting { Name = RequiredFor, Value = "" });
        }

        setting.Value = string.Join(',', roles.Order(StringComparer.Ordinal));
        var fresh = roles.Except(before).ToList();
        var without = await db.Users.Where(user => fresh.Contains(user.Role) && !user.TwoFactorEnabled && !db.UserPasskeys.Any(passkey => passkey.UserId == user.Id)).ToListAsync(ct);
        foreach (var user in without)
        {
            await db.EndSessionsAsync(user, ct);
        }

        work.Audit("secondfactor.required", new { before, after = roles, sessionsEnded = without.Count });
        return await work.CommitAsync(ct);
    }

    private async Task<Result<Done>> ChangeAsync(Caller caller, Guid userId, string action, bool endsSessions, Func<XeroCfoDb, User, Task> change, CancellationToken ct)
    {
        await using var work = await UserRepository.BeginAsync(databases, caller, ct);
        if (await work.Db.Users.FirstOrDefaultAsync(user => user.Id == userId, ct) is not { } user)
        {
            return UserProblems.Unknown;
        }

        var idempotency = Idempotency.Of(caller, null, action, userId.ToString("D"));
        var earlier = await UserRepository.EarlierAsync(work, idempotency, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        if (earlier.Value is not null)
        {
            return Done.Value;
        }

        await change(work.Db, user);
        if (endsSessions)
        {
            await work.Db.EndSessionsAsync(user, ct);
        }

        idempotency?.Remember(work.Db, userId);
        work.Audit(action, new { user = new { user.Id, user.Email } });
        return await work.CommitAsync(ct);
    }

    private static async Task ClearAsync(XeroCfoDb db, Guid userId, CancellationToken ct)
    {
        db.Authenticators.RemoveRange(await db.Authenticators.Where(app => app.UserId == userId).ToListAsync(ct));
        db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.Where(code => code.UserId == userId).ToListAsync(ct));
    }

    private static HashSet<string> Read(string? value) => [.. (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)];

    private static UserPasskeyInfo InfoOf(IdentityUserPasskey<Guid> row) => new(
        row.CredentialId, row.Data.PublicKey, row.Data.CreatedAt, row.Data.SignCount, row.Data.Transports, row.Data.IsUserVerified,
        row.Data.IsBackupEligible, row.Data.IsBackedUp, row.Data.AttestationObject, row.Data.ClientDataJson)
    {
        Name = row.Data.Name,
    };

    private static IdentityPasskeyData DataOf(UserPasskeyInfo passkey) => new()
    {
        PublicKey = passkey.PublicKey,
        Name = passkey.Name,
        CreatedAt = passkey.CreatedAt,
        SignCount = passkey.SignCount,
        Transports = passkey.Transports,
        IsUserVerified = passkey.IsUserVerified,
        IsBackupEligible = passkey.IsBackupEligible,
        IsBackedUp = passkey.IsBackedUp,
        AttestationObject = passkey.AttestationObject,
        ClientDataJson = passkey.ClientDataJson,
    };
}
