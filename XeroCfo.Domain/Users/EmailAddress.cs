using System.Net.Mail;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Users;

/// <summary>What we take for an e-mail address.</summary>
public static class EmailAddress
{
    /// <summary>The column's width.</summary>
    public const int MaximumLength = 255;

    /// <summary>True for <c>name@host</c> without blanks, control characters or a display name.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: > 2 and <= MaximumLength }
        && !text.Any(sign => char.IsControl(sign) || char.IsWhiteSpace(sign))
        && TextRules.Askable(text) == text
        && MailAddress.TryCreate(text, out var parsed)
        && parsed.Address == text;

    /// <summary>The form that is unique without regard to case; Identity's own.</summary>
    public static string Normalize(string email) => email.Trim().ToUpperInvariant();
}
