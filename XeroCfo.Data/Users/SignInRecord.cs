using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Users;

/// <summary>
/// Counts failures and notes sign-ins, each in one transaction with its audit entry. The counting happens in the database, so that
/// guesses made at the same time are all counted.
/// </summary>
internal sealed class SignInRecord(UnitOfWork work, TimeProvider clock)
{
    public static async Task FailedAsync(IDbFactory databases, TimeProvider clock, Caller caller, Guid? userId, string reason, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(databases, caller, "sign-in", ct);
        work.Audit("signin.failed", new { reason });
        if (userId is { } known && reason is "password" or "two-factor")
        {
            await new SignInRecord(work, clock).CountAsync(known, ct);
        }

        await work.CommitAsync(ct);
    }

    public static async Task<bool> SucceededAsync(IDbFactory databases, TimeProvider clock, Caller caller, Guid userId, string? newHash, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(databases, caller, "sign-in", ct);
        var now = clock.UtcNow();
        await Row(work, userId).ExecuteUpdateAsync(set => set.SetProperty(user => user.AccessFailedCount, 0).SetProperty(user => user.LastLoginAt, now), ct);
        var user = await Row(work, userId).AsNoTracking().SingleAsync(ct);
        if (user.LockoutEnd > clock.GetUtcNow() || user.IsDisabled)
        {
            return false;
        }

        if (newHash is not null)
        {
            await Row(work, userId).ExecuteUpdateAsync(set => set.SetProperty(user => user.PasswordHash, newHash), ct);
        }

        work.Audit("signin.succeeded", new { rehashed = newHash is not null });
        return (await work.CommitAsync(ct)).Succeeded;
    }

    private static IQueryable<User> Row(UnitOfWork work, Guid userId) => work.Db.Users.Where(user => user.Id == userId);

    private async Task CountAsync(Guid userId, CancellationToken ct)
    {
        await Row(work, userId).ExecuteUpdateAsync(set => set.SetProperty(user => user.AccessFailedCount, user => user.AccessFailedCount + 1), ct);
        var failures = await Row(work, userId).Select(user => user.AccessFailedCount).SingleAsync(ct);
        if (failures < LockOut.Failures)
        {
            return;
        }

        DateTimeOffset? until = clock.GetUtcNow().Add(LockOut.Duration);
        await Row(work, userId).ExecuteUpdateAsync(set => set.SetProperty(user => user.AccessFailedCount, 0).SetProperty(user => user.LockoutEnd, until), ct);
        work.Audit("user.locked_out", new { failures, until });
    }
}
