namespace XeroCfo.Domain.Users.Mail;

/// <summary>What a person is written when they are to choose a password.</summary>
public static class PasswordLetters
{
    /// <summary>The page where a password is chosen, below the installation's address.</summary>
    public const string Path = "/account/password";

    public static MailMessage Of(string to, string url, string by, bool isNew) => new(
        to,
        isNew ? "You are invited to XeroCfo" : "Choose a new password for XeroCfo",
        $"""
        {(isNew ? $"{by} has invited you to XeroCfo, where your organisation's figures from Xero are." : $"{by} has ended your password for XeroCfo, and your open sessions with it.")}

        Choose a password here. The link works once, for 24 hours:
        {url}

        {(isNew ? "If you expected no invitation, leave this mail alone: nothing happens." : "If you asked for nothing of the sort, tell your administrator.")}
        """);
}
