using Microsoft.AspNetCore.Identity;

namespace XeroCfo.Domain.Users;

/// <summary>A person who signs in. <see cref="IdentityUser{TKey}.UserName"/> is always the e-mail address.</summary>
public sealed class User : IdentityUser<Guid>
{
    /// <summary>Stands where a hash would while a person has yet to choose a password: none fits.</summary>
    public const string NoPassword = "!";

    public User() => Id = Guid.CreateVersion7();

    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    /// <summary>One of <see cref="Roles"/>.</summary>
    public string Role { get; set; } = Roles.Standard;

    /// <summary>UTC, set at each sign-in.</summary>
    public DateTime? LastLoginAt { get; set; }

    /// <summary>A disabled person keeps everything but cannot come in.</summary>
    public bool IsDisabled { get; set; }

    /// <summary>Sees every organisation, later ones too.</summary>
    public bool SeesAllTenants { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }

    /// <summary>False while an invitation or a reset waits to be taken up.</summary>
    public bool HasPassword => PasswordHash is { } hash && hash != NoPassword;
}

/// <summary>The five roles. A person has one.</summary>
public static class Roles
{
    public const string Admin = "Admin";
    public const string Standard = "Standard";
    public const string ReadOnly = "ReadOnly";
    public const string Accountant = "Accountant";
    public const string Executive = "Executive";

    public static readonly IReadOnlyList<string> All = [Admin, Standard, ReadOnly, Accountant, Executive];
}
