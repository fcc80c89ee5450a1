using System.Net;
using System.Net.Sockets;
using System.Text;
using MailKit.Security;
using Microsoft.Extensions.Logging.Abstractions;
using XeroCfo.Data.Users;
using XeroCfo.Domain.Users.Mail;

namespace XeroCfo.Tests.Users;

public sealed class SmtpMailerTests
{
    private static readonly MailMessage Mail = PasswordLetters.Of("eve@acme.test", "https://books.example/account/password?code=v1.x", "ada@acme.test", isNew: true);

    [Fact]
    public async Task A_mail_reaches_the_server_with_its_words_and_files()
    {
        using var server = new LoopbackSmtp();

        var sent = await Mailer(server.Port).SendAsync(Mail with { Files = [new MailFile("Board.csv", "text/csv", "a,b\n"u8.ToArray())] }, default);

        Assert.True(sent.Succeeded);
        var text = await server.ReceivedAsync();
        Assert.Contains("MAIL FROM:<books@acme.test>", text, StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<eve@acme.test>", text, StringComparison.Ordinal);
        Assert.Contains("Subject: You are invited to XeroCfo", text, StringComparison.Ordinal);
        Assert.Contains("https://books.example/account/password?code=3Dv1.x", text.Replace("=\r\n", "", StringComparison.Ordinal).Replace("code=v1.x", "code=3Dv1.x", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Board.csv", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_refuses_or_is_not_there_is_a_problem_and_no_crash()
    {
        using var refusing = new LoopbackSmtp(recipient: "550 no such person");
        var nowhere = new LoopbackSmtp();
        nowhere.Dispose();

        Assert.Equal("mail-not-sent", (await Mailer(refusing.Port).SendAsync(Mail, default)).Problem?.Code);
        Assert.Equal("mail-not-sent", (await Mailer(nowhere.Port).SendAsync(Mail, default)).Problem?.Code);
    }

    [Theory]
    [InlineData("mail.example.com", 587, "ada", SecureSocketOptions.StartTls)]
    [InlineData("mail.example.com", 25, "ada", SecureSocketOptions.StartTls)]
    [InlineData("mail.example.com", 465, "ada", SecureSocketOptions.SslOnConnect)]
    [InlineData("mail.example.com", 465, null, SecureSocketOptions.SslOnConnect)]
    [InlineData("relay.internal", 25, null, SecureSocketOptions.StartTlsWhenAvailable)]
    [InlineData("127.0.0.1", 1025, "ada", SecureSocketOptions.StartTlsWhenAvailable)]
    [InlineData("localhost", 1025, "ada", SecureSocketOptions.StartTlsWhenAvailable)]
    public void A_password_goes_to_another_machine_over_TLS_only(string host, int port, string? user, SecureSocketOptions security) =>
        Assert.Equal(security, SmtpMailer.SecurityOf(new SmtpOptions { Host = host, Port = port, User = user }));

    [Fact]
    public async Task Without_a_server_nothing_is_sent()
    {
        var mailer = new SmtpMailer(new SmtpOptions(), NullLogger<SmtpMailer>.Instance);

        Assert.False(mailer.IsSet);
        Assert.Equal("mail-not-set", (await mailer.SendAsync(Mail, default)).Problem?.Code);
    }

    private static SmtpMailer Mailer(int port) => new(new SmtpOptions { Host = "127.0.0.1", Port = port, From = "books@acme.test" }, NullLogger<SmtpMailer>.Instance);

    /// <summary>Takes one mail, as a server of the simplest kind.</summary>
    private sealed class LoopbackSmtp : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task<string> _talk;
        private readonly string _recipient;

        public LoopbackSmtp(string recipient = "250 ok")
        {
            _recipient = recipient;
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _talk = TalkAsync();
        }

        public int Port { get; }

        public async Task<string> ReceivedAsync() => await _talk.WaitAsync(TimeSpan.FromSeconds(30));

        public void Dispose() => _listener.Stop();

        private async Task<string> TalkAsync()
        {
            var heard = new StringBuilder();
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
                await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { AutoFlush = true, NewLine = "\r\n" };
                await writer.WriteLineAsync("220 loopback");
                var inData = false;
                while (await reader.ReadLineAsync() is { } line)
                {
                    heard.Append(line).Append("\r\n");
                    if (inData && line != ".")
                    {
                        continue;
                    }

                    inData = line == "DATA";
                    await writer.WriteLineAsync(inData ? "354 go on" : line.StartsWith("RCPT", StringComparison.Ordinal) ? _recipient : line == "QUIT" ? "221 bye" : "250 ok");
                }
            }
            catch (Exception end) when (end is IOException or SocketException or ObjectDisposedException)
            {
                // The other side has gone.
            }

            return heard.ToString();
        }
    }
}
