using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using XeroCfo.Data;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Account;

namespace XeroCfo.Web.Hosting;

/// <summary>Who is who: Identity over our people, the session cookie, and "signed in" as the rule for everything not named.</summary>
internal static class SignInSetup
{
    private static readonly string[] Programs = ["/api", "/openapi", "/metrics", "/health", "/_blazor"];

    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<User>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                identity.Lockout.MaxFailedAccessAttempts = LockOut.Failures;
                identity.Lockout.DefaultLockoutTimeSpan = LockOut.Duration;
            })
            .AddEntityFrameworkStores<XeroCfoDb>()
            .AddClaimsPrincipalFactory<PersonClaims>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<SessionLimits>(ConfigureCookie);
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme).Configure(ConfigurePending);
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = HostCookies.Form;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.Cookie.SameSite = SameSiteMode.Lax;
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddSingleton<SetupCode>();
        services.AddSingleton<FirstAdmin>();
        services.AddSingleton<SessionCheck>();
        services.AddScoped<Session>();
        services.AddScoped<SignInSteps>();
        services.AddScoped<PasskeyCeremony>();
        services.AddSingleton<FormSecrets>();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
        });
    }

    private static void ConfigureCookie(CookieAuthenticationOptions cookie, SessionLimits session)
    {
        cookie.Cookie.Name = HostCookies.Session;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.Path = "/";
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = session.IdleTimeout;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = AccountRoutes.SignIn;
        cookie.LogoutPath = AccountRoutes.SignOut;
        cookie.AccessDeniedPath = "/";
        cookie.ReturnUrlParameter = "ReturnUrl";
        cookie.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = context => context.HttpContext.RequestServices.GetRequiredService<SessionCheck>().ValidateAsync(context),
            OnRedirectToLogin = context => Redirect(context, StatusCodes.Status401Unauthorized),
            OnRedirectToAccessDenied = context => Redirect(context, StatusCodes.Status403Forbidden),
        };
    }

    /// <summary>Who has shown a password and not yet the second factor; it opens no page but the one that asks for that.</summary>
    private static void ConfigurePending(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = HostCookies.Pending;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.Path = "/";
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromMinutes(10);
        cookie.SlidingExpiration = false;
    }

    /// <summary>Browsers are led to the sign-in page; programs get a status.</summary>
    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (Array.Exists(Programs, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    /// <summary>A person's one role rides along as a claim.</summary>
    private sealed class PersonClaims(UserManager<User> people, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<User>(people, options)
    {
        protected override async Task<ClaimsIdentity> GenerateClaimsAsync(User user)
        {
            var identity = await base.GenerateClaimsAsync(user);
            identity.AddClaim(new Claim(ClaimTypes.Role, user.Role));
            return identity;
        }
    }
}
