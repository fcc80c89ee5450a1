namespace XeroCfo.Domain.Users;

/// <summary>When guessing at one account stops.</summary>
public static class LockOut
{
    /// <summary>Wrong passwords in a row.</summary>
    public const int Failures = 5;

    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(15);
}
