namespace XeroCfo.Domain.Users.Sessions;

/// <summary>Where a person is signed in. It is removed when it ends.</summary>
public sealed class UserSession
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Guid UserId { get; set; }

    /// <summary>One of <see cref="SessionKinds"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>SHA-256 of the bearer token, lower-case hex; null in a browser.</summary>
    public string? TokenHash { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>UTC, written at most once a minute.</summary>
    public DateTime LastSeenAt { get; set; }

    /// <summary>UTC; however busy, it ends then.</summary>
    public DateTime ExpiresAt { get; set; }

    public string? IpAddress { get; set; }

    public string? UserAgent { get; set; }
}

/// <summary>What a session is held by.</summary>
public static class SessionKinds
{
    public const string Browser = "browser";

    /// <summary>A bearer token of the API.</summary>
    public const string Token = "token";
}
