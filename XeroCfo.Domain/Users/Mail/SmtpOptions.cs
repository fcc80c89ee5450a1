using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Users.Mail;

/// <summary>The mail server; everything works without one.</summary>
public sealed class SmtpOptions : ISettings
{
    public const string Section = "Smtp";

    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    public string? User { get; set; }

    public string? Password { get; set; }

    public string? From { get; set; }

    public IEnumerable<string> Faults()
    {
        if (Host is not null && !EmailAddress.IsValid(From))
        {
            yield return "Smtp:Host is set, but Smtp:From is no e-mail address. Set it to the sender's.";
        }

        if (Port is < 1 or > 65535)
        {
            yield return $"Smtp:Port is {Port}. Set it to a number from 1 to 65535.";
        }
    }
}
