using XeroCfo.Domain.Users.Mail;

namespace XeroCfo.Web.Account;

/// <summary>
/// The pages that open without signing in, and nothing else of the pages does; a test compares this list with the running
/// application. Static files and health are the other anonymous endpoints.
/// </summary>
internal static class AccountRoutes
{
    public const string SignIn = "/account/login";
    public const string SignOut = "/account/logout";
    public const string Password = PasswordLetters.Path;
    public const string SecondFactor = "/account/second-factor";
    public const string SecondFactorSetUp = "/account/second-factor/set-up";
    public const string Passkey = "/account/passkey";
    public const string Profile = "/account/profile";
    public const string ProfilePassword = "/account/profile/password";
    public const string ProfileSecondFactor = "/account/profile/second-factor";
    public const string ProfilePasskeys = "/account/profile/passkeys";
    public const string Setup = "/setup";

    public static readonly IReadOnlyList<string> Anonymous = [SignIn, SignOut, Password, SecondFactor, SecondFactorSetUp, Passkey, Setup];

    /// <summary>True where somebody might type a password or code.</summary>
    public static bool TakesSecrets(PathString path) =>
        path.StartsWithSegments("/account", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments(Setup, StringComparison.OrdinalIgnoreCase);
}
