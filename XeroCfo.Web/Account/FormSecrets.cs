using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace XeroCfo.Web.Account;

/// <summary>
/// What a form carries from its showing to its sending and the browser's person must not change or read: sealed for one use and one
/// person, and good for a quarter of an hour.
/// </summary>
internal sealed class FormSecrets(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(15);

    public string Seal(string use, Guid? person, string text) => Of(use, person).Protect(text, Validity);

    /// <summary>Null when it is too old, or was made for something or somebody else.</summary>
    public string? Open(string use, Guid? person, string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : Of(use, person).Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector Of(string use, Guid? person) => protection.CreateProtector("XeroCfo.Forms", use, $"{person:D}").ToTimeLimitedDataProtector();
}
