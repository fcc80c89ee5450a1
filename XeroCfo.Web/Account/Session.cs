using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting;

namespace XeroCfo.Web.Account;

/// <summary>Begins and ends the browser's session.</summary>
internal sealed class Session(SignInManager<User> identity, SessionCheck check, UserService users)
{
    /// <summary>Gives the browser a new session; whatever it brought along is replaced.</summary>
    public Task BeginAsync(User user, bool remember) => identity.SignInAsync(user, check.Begin(remember));

    /// <summary>Ends the person's sessions on the server, here and on their other devices, and forgets the cookie.</summary>
    public async Task EndAsync(HttpContext context)
    {
        if (SessionCheck.PersonOf(context.User) is { } userId)
        {
            var origin = OriginOf(context);
            var caller = new Caller
            {
                Kind = CallerKind.Person,
                UserId = userId,
                Name = context.User.Identity?.Name ?? "",
                Address = origin.Address,
                UserAgent = origin.UserAgent,
                RequestId = origin.RequestId,
            };
            await users.SignOutAsync(caller, context.RequestAborted);
        }

        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>From where a request comes, for the audit trail.</summary>
    public static Origin OriginOf(HttpContext context) =>
        new(context.Connection.RemoteIpAddress?.ToString(), context.Request.Headers.UserAgent.ToString(), context.TraceIdentifier);
}
