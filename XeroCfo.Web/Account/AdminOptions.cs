using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Account;

/// <summary>The first admin, made without a browser when there is none yet.</summary>
internal sealed class AdminOptions : ISettings
{
    public const string Section = "Admin";

    public string? Email { get; set; }

    public string? Password { get; set; }

    /// <summary>True when the first admin comes from the settings.</summary>
    public bool IsSet => Email is not null && Password is not null;

    public IEnumerable<string> Faults()
    {
        if (Email is null != Password is null)
        {
            yield return Email is null ? "Admin:Password is set but Admin:Email is not. Set both, or neither." : "Admin:Email is set but Admin:Password is not. Set both, or neither.";
        }

        if (Email is not null && !EmailAddress.IsValid(Email))
        {
            yield return $"Admin:Email is \"{Email}\". Set it to an e-mail address.";
        }

        if (Password is not null && PasswordPolicy.Fault(Password, Email ?? "") is { } fault)
        {
            yield return $"Admin:Password is refused. {fault.Message}";
        }
    }
}

/// <summary>How long a session lasts.</summary>
internal sealed class SessionLimits : ISettings
{
    public const string Section = "Session";

    /// <summary>A session ends after so long without a request.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(8);

    /// <summary>The same for those who ticked "Keep me signed in".</summary>
    public TimeSpan RememberedFor { get; set; } = TimeSpan.FromDays(14);

    /// <summary>However busy, after so long a person signs in anew.</summary>
    public TimeSpan AbsoluteTimeout { get; set; } = TimeSpan.FromDays(30);

    public IEnumerable<string> Faults()
    {
        foreach (var (name, time) in new[] { (nameof(IdleTimeout), IdleTimeout), (nameof(RememberedFor), RememberedFor), (nameof(AbsoluteTimeout), AbsoluteTimeout) })
        {
            if (time < TimeSpan.FromMinutes(1))
            {
                yield return $"Session:{name} is {time:c}. Set it to 00:01:00 or more.";
            }
        }
    }
}
