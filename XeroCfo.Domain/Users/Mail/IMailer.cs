using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Users.Mail;

/// <summary>A file that goes with a mail.</summary>
public sealed record MailFile(string Name, string MediaType, ReadOnlyMemory<byte> Content);

/// <summary>A mail in plain text.</summary>
public sealed record MailMessage(string To, string Subject, string Text)
{
    public IReadOnlyList<MailFile> Files { get; init; } = [];
}

/// <summary>Sends mail through the installation's own server, when one is named.</summary>
public interface IMailer
{
    /// <summary>False when no mail server is named: everything works without.</summary>
    bool IsSet { get; }

    /// <summary>Hands the mail to the server; a problem when the server does not take it.</summary>
    Task<Result<Done>> SendAsync(MailMessage mail, CancellationToken ct);
}

/// <summary>Refusals about mail.</summary>
public static class MailProblems
{
    public static Problem NotSet { get; } = new("mail-not-set", "No mail server is named. Set Smtp:Host and Smtp:From.", ProblemKind.Refused);

    public static Problem NotSent { get; } = new("mail-not-sent", "The mail server did not take the mail. The log says why.", ProblemKind.Unavailable);
}
