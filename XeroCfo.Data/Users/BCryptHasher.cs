using Microsoft.AspNetCore.Identity;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using Hash = BCrypt.Net.BCrypt;

namespace XeroCfo.Data.Users;

/// <summary>How dear a password is to check.</summary>
public sealed class PasswordHashOptions : ISettings
{
    public const string Section = "Passwords";

    /// <summary>bcrypt's cost: each step doubles the time. Hashes of another cost are renewed at the next sign-in.</summary>
    public int WorkFactor { get; set; } = 12;

    public IEnumerable<string> Faults()
    {
        if (WorkFactor is < 4 or > 18)
        {
            yield return $"Passwords:WorkFactor is {WorkFactor}. Set it to a number from 4 to 18; 12 is the default, and less than 10 is for tests.";
        }
    }
}

/// <summary>
/// bcrypt over SHA-384, because plain bcrypt ignores everything past 72 bytes. What is no hash is compared with one that nothing
/// fits, so that it takes as long.
/// </summary>
internal sealed class BCryptHasher(PasswordHashOptions options) : IPasswordHasher<User>
{
    private readonly Lazy<string> _nobodys = new(() => Hash.EnhancedHashPassword(Guid.NewGuid().ToString("N"), options.WorkFactor));

    public string HashPassword(User user, string password) => Hash.EnhancedHashPassword(password, options.WorkFactor);

    public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
    {
        var usable = hashedPassword.StartsWith("$2", StringComparison.Ordinal);
        if (!Hash.EnhancedVerify(providedPassword, usable ? hashedPassword : _nobodys.Value) || !usable)
        {
            MakeUpTime(usable ? CostOf(hashedPassword) : options.WorkFactor);
            return PasswordVerificationResult.Failed;
        }

        return CostOf(hashedPassword) == options.WorkFactor ? PasswordVerificationResult.Success : PasswordVerificationResult.SuccessRehashNeeded;
    }

    /// <summary>
    /// After a check against a cheaper, older hash: spends what is missing to today's cost, or the time would tell that the account
    /// exists. 2ⁿ + (2ⁿ + 2ⁿ⁺¹ + … + 2ʷ⁻¹) = 2ʷ.
    /// </summary>
    private void MakeUpTime(int cost)
    {
        for (var missing = Math.Max(cost, 4); missing < options.WorkFactor; missing++)
        {
            Hash.EnhancedHashPassword("", missing);
        }
    }

    /// <summary>The second field of <c>$2b$12$…</c>.</summary>
    private static int CostOf(string hash) => int.TryParse(hash.Split('$')[2], out var cost) ? cost : 0;
}
