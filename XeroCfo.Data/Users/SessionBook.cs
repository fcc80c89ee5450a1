using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Tenants;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.Sessions;

namespace XeroCfo.Data.Users;

internal sealed class SessionBook(IDbFactory databases, TimeProvider clock, ILogger<SessionBook> log) : ISessionBook
{
    private static readonly TimeSpan SeenInterval = TimeSpan.FromMinutes(1);

    // A long write of a sync may hold SQLite's lock; no request waits for it only to note a time.
    private static readonly TimeSpan SeenPatience = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<Guid, DateTime> _noted = [];

    public async Task BeginAsync(UserSession session, CancellationToken ct)
    {
        var now = clock.UtcNow();
        await using var db = databases.Create();
        db.UserSessions.RemoveRange(await db.UserSessions.Where(old => old.UserId == session.UserId && old.ExpiresAt <= now).ToListAsync(ct));
        db.UserSessions.Add(session);
        await db.SaveChangesAsync(ct);
    }

    public async Task<bool> IsOpenAsync(Guid sessionId, Guid userId, string stamp, CancellationToken ct)
    {
        var now = clock.UtcNow();
        await using var db = databases.Create();
        return await db.UserSessions.AnyAsync(
            session => session.Id == sessionId && session.UserId == userId && session.ExpiresAt > now
                && db.Users.Any(user => user.Id == userId && user.SecurityStamp == stamp && !user.IsDisabled),
            ct);
    }

    public async Task<SessionRights?> FindByTokenAsync(string hash, CancellationToken ct)
    {
        var now = clock.UtcNow();
        await using var db = databases.AcrossTenants("a token's person decides which organisations a request may see");
        var found = await db.UserSessions.AsNoTracking().Where(session => session.TokenHash == hash && session.ExpiresAt > now)
            .Join(db.Users.AsNoTracking().Where(user => !user.IsDisabled), session => session.UserId, user => user.Id, (session, user) => new { Session = session, User = user })
            .SingleOrDefaultAsync(ct);
        return found is null ? null : new SessionRights(found.Session, new UserRights(found.User, await Grants.OfAsync(db, found.User.Id, ct)));
    }

    public async Task<IReadOnlyList<UserSession>> ListAsync(Guid userId, CancellationToken ct)
    {
        var now = clock.UtcNow();
        await using var db = databases.Create();
        return await db.UserSessions.AsNoTracking().Where(session => session.UserId == userId && session.ExpiresAt > now)
            .OrderByDescending(session => session.LastSeenAt).ThenBy(session => session.Id).ToListAsync(ct);
    }

    public async Task<Result<Done>> EndAsync(Caller caller, Guid userId, Guid sessionId, CancellationToken ct)
    {
        await using var work = await UserRepository.BeginAsync(databases, caller, ct);
        if (await work.Db.UserSessions.FirstOrDefaultAsync(session => session.Id == sessionId && session.UserId == userId, ct) is not { } open)
        {
            return Done.Value;
        }

        work.Db.UserSessions.Remove(open);
        work.Audit("session.ended", new { userId, session = new { open.Id, open.Kind, open.CreatedAt, open.IpAddress } });
        return await work.CommitAsync(ct);
    }

    public async Task<Result<Done>> EndAllAsync(Caller caller, Guid userId, Guid? but, CancellationToken ct)
    {
        await using var work = await UserRepository.BeginAsync(databases, caller, ct);
        if (await work.Db.Users.FirstOrDefaultAsync(user => user.Id == userId, ct) is not { } user)
        {
            return UserProblems.Unknown;
        }

        var idempotency = Idempotency.Of(caller, null, "POST users/end-sessions", $"{userId:D}");
        var earlier = await UserRepository.EarlierAsync(work, idempotency, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        if (earlier.Value is not null)
        {
            return Done.Value;
        }

        if (but is { } kept)
        {
            work.Db.UserSessions.RemoveRange(await work.Db.UserSessions.Where(session => session.UserId == userId && session.Id != kept).ToListAsync(ct));
        }
        else
        {
            await work.Db.EndSessionsAsync(user, ct);
        }

        idempotency?.Remember(work.Db, userId);
        work.Audit("user.sessions_ended", new { user = new { user.Id, user.Email }, kept = but });
        return await work.CommitAsync(ct);
    }

    public async Task SeenAsync(Guid sessionId, CancellationToken ct)
    {
        var now = clock.UtcNow();
        if (_noted.TryGetValue(sessionId, out var last) && last > now - SeenInterval)
        {
            return;
        }

        _noted[sessionId] = now;
        try
        {
            await NoteAsync(sessionId, now).WaitAsync(SeenPatience, ct);
        }
        catch (TimeoutException)
        {
            // It goes on behind the request.
        }
    }

    private async Task NoteAsync(Guid sessionId, DateTime now)
    {
        try
        {
            var due = now - SeenInterval;
            await using var db = databases.Create();
            await db.UserSessions.Where(session => session.Id == sessionId && session.LastSeenAt <= due)
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, now), CancellationToken.None);
            foreach (var old in _noted.Where(noted => noted.Value < now - TimeSpan.FromHours(1)))
            {
                _noted.TryRemove(old);
            }
        }
        catch (DbException exception)
        {
            log.LogWarning(exception, "The use of session {SessionId} could not be noted.", sessionId);
        }
    }
}

/// <summary>Ending sessions as part of whatever causes it.</summary>
internal static class SessionRows
{
    /// <summary>
    /// A new stamp and no session: every cookie, circuit and token of theirs is refused once this is saved. The rows are removed by
    /// tracking, because the commit first asks whether the caller's own session still stands.
    /// </summary>
    public static async Task EndSessionsAsync(this XeroCfoDb db, User user, CancellationToken ct)
    {
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        db.UserSessions.RemoveRange(await db.UserSessions.Where(session => session.UserId == user.Id).ToListAsync(ct));
    }
}
