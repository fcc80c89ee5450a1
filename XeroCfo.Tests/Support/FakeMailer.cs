using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users.Mail;

namespace XeroCfo.Tests.Support;

/// <summary>A mail server that keeps what it is given.</summary>
internal sealed class FakeMailer : IMailer
{
    public bool IsSet { get; set; } = true;

    public List<MailMessage> Sent { get; } = [];

    /// <summary>Takes nothing for this address.</summary>
    public string? Refuses { get; set; }

    public Task<Result<Done>> SendAsync(MailMessage mail, CancellationToken ct)
    {
        if (mail.To == Refuses)
        {
            return Task.FromResult<Result<Done>>(MailProblems.NotSent);
        }

        Sent.Add(mail);
        return Task.FromResult<Result<Done>>(Done.Value);
    }
}
