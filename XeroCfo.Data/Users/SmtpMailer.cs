using System.Net;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using MimeKit;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users.Mail;

namespace XeroCfo.Data.Users;

/// <summary>
/// Mail by SMTP. A password goes over TLS only; a server without one may be spoken to in clear where it offers nothing better, as relays
/// of a private network do.
/// </summary>
internal sealed class SmtpMailer(SmtpOptions options, ILogger<SmtpMailer> log) : IMailer
{
    private const int TlsPort = 465;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public bool IsSet => options.Host is not null;

    public async Task<Result<Done>> SendAsync(MailMessage mail, CancellationToken ct)
    {
        if (options.Host is not { } host)
        {
            return MailProblems.NotSet;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var client = new SmtpClient();
            await client.ConnectAsync(host, options.Port, SecurityOf(options), limit.Token);
            if (options.User is { } user)
            {
                await client.AuthenticateAsync(user, options.Password ?? "", limit.Token);
            }

            await client.SendAsync(Compose(mail), limit.Token);
            await client.DisconnectAsync(quit: true, limit.Token);
            return Done.Value;
        }
        catch (Exception fault) when (fault is ProtocolException or CommandException or ServiceNotConnectedException or ServiceNotAuthenticatedException
            or AuthenticationException or SslHandshakeException or SocketException or IOException or NotSupportedException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            log.LogWarning(fault, "The mail server {Host}:{Port} did not take a mail.", host, options.Port);
            return MailProblems.NotSent;
        }
    }

    /// <summary>How the connection is protected; never less than TLS where a password goes to another machine.</summary>
    internal static SecureSocketOptions SecurityOf(SmtpOptions options) =>
        options.Port == TlsPort ? SecureSocketOptions.SslOnConnect
        : options.User is null || IsThisMachine(options.Host ?? "") ? SecureSocketOptions.StartTlsWhenAvailable
        : SecureSocketOptions.StartTls;

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private MimeMessage Compose(MailMessage mail)
    {
        var body = new BodyBuilder { TextBody = mail.Text };
        foreach (var file in mail.Files)
        {
            body.Attachments.Add(file.Name, file.Content.ToArray(), ContentType.Parse(file.MediaType));
        }

        var message = new MimeMessage { Subject = mail.Subject, Body = body.ToMessageBody() };
        message.From.Add(new MailboxAddress("XeroCfo", options.From!));
        message.To.Add(new MailboxAddress("", mail.To));
        return message;
    }
}
