using System.Security.Cryptography;
using System.Text;

namespace XeroCfo.Domain.Users.SecondFactors;

/// <summary>Codes for the day when the phone is gone: shown once, kept as hashes, each good once.</summary>
public static class RecoveryCodes
{
    public const int Count = 10;
    private const string Letters = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
    private const int Length = 16;

    /// <summary>New ones, in groups of four: 78 bits each, so that a fast hash keeps them.</summary>
    public static IReadOnlyList<string> New() =>
        [.. Enumerable.Range(0, Count).Select(_ => string.Join('-', RandomNumberGenerator.GetString(Letters, Length).Chunk(4).Select(group => new string(group))))];

    /// <summary>True when the text has the shape of one, with or without its dashes.</summary>
    public static bool LooksLikeOne(string text) => Bare(text) is { Length: Length } bare && bare.All(letter => Letters.Contains(letter, StringComparison.Ordinal));

    /// <summary>What is kept of one.</summary>
    public static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Bare(code))));

    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}

/// <summary>One that is still good.</summary>
public sealed class RecoveryCode
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Guid UserId { get; set; }

    public required string CodeHash { get; set; }
}

/// <summary>A person's authenticator app.</summary>
public sealed class Authenticator
{
    public Guid UserId { get; set; }

    /// <summary>Sealed.</summary>
    public required string Secret { get; set; }

    /// <summary>The step of the last code that was used: none is good twice.</summary>
    public long LastStep { get; set; }

    public DateTime CreatedAt { get; set; }
}
