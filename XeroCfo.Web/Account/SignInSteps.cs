using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Account;

/// <summary>Somebody between password and second factor, and where they wanted to go.</summary>
internal sealed record WaitingPerson(PendingSignIn Pending, bool Remember, string ReturnTo);

/// <summary>The way from a right password to a session: straight, by a second factor, or by setting one up.</summary>
internal sealed class SignInSteps(Session session, SignInService signIn)
{
    private const string Stamp = "stamp", Remember = "remember", ReturnTo = "return-to";

    /// <summary>Begins the session or notes who waits; gives the address to go to.</summary>
    public async Task<string> GoOnAsync(HttpContext context, PasswordAccepted accepted, bool remember, string returnTo)
    {
        if (accepted.Need == SecondFactorNeed.None)
        {
            await session.BeginAsync(context, accepted.User, remember);
            return returnTo;
        }

        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, accepted.Pending.UserId.ToString("D")), new Claim(Stamp, accepted.Pending.Stamp),
                new Claim(Remember, remember.ToString(CultureInfo.InvariantCulture)), new Claim(ReturnTo, returnTo),
            ],
            IdentityConstants.TwoFactorUserIdScheme);
        await context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(identity));
        return accepted.Need == SecondFactorNeed.Code ? AccountRoutes.SecondFactor : AccountRoutes.SecondFactorSetUp;
    }

    /// <summary>The same after a password was chosen by link or at set-up: a second factor outlives the password.</summary>
    public async Task<string> AfterPasswordAsync(HttpContext context, User user, string returnTo)
    {
        var need = await signIn.NeedOfAsync(user, context.RequestAborted);
        if (need == SecondFactorNeed.None)
        {
            await signIn.AfterSetUpAsync(user.Id, Session.OriginOf(context), context.RequestAborted);
        }

        return await GoOnAsync(context, new PasswordAccepted(user, need), remember: false, returnTo);
    }

    /// <summary>Who waits here; null when nobody does, or no longer.</summary>
    public static async Task<WaitingPerson?> WaitingAsync(HttpContext context)
    {
        var principal = (await context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal;
        return Guid.TryParse(principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? new WaitingPerson(new PendingSignIn(id, principal!.FindFirstValue(Stamp) ?? ""), principal!.FindFirstValue(Remember) == bool.TrueString, LocalPath.Of(principal!.FindFirstValue(ReturnTo)))
            : null;
    }

    /// <summary>Begins the session of somebody who has shown everything.</summary>
    public async Task BeginAsync(HttpContext context, User user, bool remember)
    {
        await context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await session.BeginAsync(context, user, remember);
    }
}
