using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.Sessions;
using XeroCfo.Web.Hosting;

namespace XeroCfo.Web.Account;

/// <summary>Begins and ends the browser's session.</summary>
internal sealed class Session(SignInManager<User> identity, SessionCheck check, SessionService sessions, CallerService callers)
{
    /// <summary>Gives the browser a new session; whatever it brought along is replaced.</summary>
    public async Task BeginAsync(HttpContext context, User user, bool remember)
    {
        var session = await sessions.BeginAsync(user.Id, SessionKinds.Browser, check.LongestLife, OriginOf(context), context.RequestAborted);
        await identity.SignInWithClaimsAsync(user, check.Begin(remember), [new Claim(SessionCheck.SessionId, session.Id.ToString("D"))]);
    }

    /// <summary>Goes on in this browser after a change of the account that ended all sessions.</summary>
    public Task GoOnAsync(HttpContext context, User user) => BeginAsync(context, user, remember: false);

    /// <summary>Ends this session on the server and forgets the cookie.</summary>
    public async Task EndAsync(HttpContext context)
    {
        var caller = await CallerOfAsync(context);
        if (caller.Succeeded && caller.Value.SessionId is { } session)
        {
            await sessions.EndAsync(caller.Value, session, context.RequestAborted);
        }

        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>Who is signed in here, with the rights of this moment.</summary>
    public Task<Result<Caller>> CallerOfAsync(HttpContext context) =>
        callers.ForUserAsync(SessionCheck.PersonOf(context.User) ?? Guid.Empty, OriginOf(context), context.RequestAborted, SessionCheck.SessionOf(context.User));

    /// <summary>From where a request comes, for the audit trail.</summary>
    public static Origin OriginOf(HttpContext context) =>
        new(context.Connection.RemoteIpAddress?.ToString(), context.Request.Headers.UserAgent.ToString(), context.TraceIdentifier);
}
