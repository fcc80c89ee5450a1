using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Users;

/// <summary>People in words.</summary>
internal static class PersonWords
{
    /// <summary>What they are called; the e-mail address when nobody said.</summary>
    public static string NameOf(User user) => $"{user.FirstName} {user.LastName}".Trim() is { Length: > 0 } name ? name : user.Email ?? "";

    public static string StateOf(User user, DateTimeOffset now) =>
        user.IsDisabled ? "Disabled"
        : !user.HasPassword ? user.LastLoginAt is null ? "Invited" : "Password reset"
        : user.LockoutEnd > now ? "Locked"
        : "Active";

    public static Tone ToneOf(User user, DateTimeOffset now) => StateOf(user, now) switch
    {
        "Active" => Tone.Good,
        "Locked" => Tone.Warn,
        "Disabled" => Tone.Neutral,
        _ => Tone.Info,
    };

    /// <summary>What a role is for.</summary>
    public static string Of(string role) => role switch
    {
        Roles.Admin => "Everything, people and settings too",
        Roles.Accountant => "Keeps and closes the books, payroll too",
        Roles.Standard => "Categorises, runs rules and reports",
        Roles.ReadOnly => "Reads everything but payroll",
        Roles.Executive => "Reads figures, never documents",
        _ => "",
    };
}
