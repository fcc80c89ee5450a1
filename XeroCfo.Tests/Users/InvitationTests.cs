using XeroCfo.Data.Encryption;
using XeroCfo.Data.Users;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.Mail;
using XeroCfo.Domain.Users.People;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Users;

/// <summary>How an invited person gets the link: by mail where there is mail, else by whoever invites.</summary>
public sealed class InvitationTests : IAsyncLifetime
{
    private static readonly Uri Site = new("https://books.example/cfo/");
    private readonly FakeMailer _mailer = new();
    private TestDatabase _database = null!;
    private PeopleService _people = null!;
    private UserService _users = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        var ring = new KeyRing();
        ring.Use(MasterKey.NewText(), []);
        var envelope = new Envelope(ring);
        var codes = new PasswordCodes(envelope, _database.Clock);
        _users = new UserService(new UserRepository(_database.Factory, _database.Clock), new BCryptHasher(new PasswordHashOptions { WorkFactor = 4 }), codes);
        _people = new PeopleService(new PeopleRepository(_database.Factory, envelope, _database.Clock), _users, codes, _mailer);
    }

    public Task DisposeAsync() => _database.DisposeAsync().AsTask();

    [Fact]
    public async Task With_mail_the_link_goes_to_the_person_alone()
    {
        var invited = (await InviteAsync("eve@acme.test")).Link!;

        var mail = Assert.Single(_mailer.Sent);
        Assert.Equal((null, true, _database.Clock.Now.UtcDateTime.AddHours(24)), (invited.Url, invited.Mailed, invited.ExpiresAt));
        Assert.Equal("eve@acme.test", mail.To);
        Assert.Contains("https://books.example/cfo/account/password?code=", mail.Text, StringComparison.Ordinal);
        Assert.True((await _users.ChoosePasswordAsync(CodeIn(mail.Text), "a brand new passphrase", Origin.Console, default)).Succeeded);
    }

    [Fact]
    public async Task Without_mail_or_when_it_fails_whoever_invites_gets_the_link()
    {
        _mailer.Refuses = true;
        Assert.NotNull((await InviteAsync("tom@acme.test")).Link!.Url);

        _mailer.IsSet = false;
        var link = (await InviteAsync("zoe@acme.test")).Link!;

        Assert.False(link.Mailed);
        Assert.Empty(_mailer.Sent);
        Assert.StartsWith("https://books.example/cfo/account/password?code=", link.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_good_for_a_day_and_until_the_next_one()
    {
        _mailer.IsSet = false;
        var invited = await InviteAsync("eve@acme.test");
        var next = (await _people.ResetPasswordAsync(Caller.Command, invited.Person.User.Id, Site, default)).Value;

        Assert.Equal("password-code-invalid", (await _users.ChoosePasswordAsync(CodeIn(invited.Link!.Url!), "a brand new passphrase", Origin.Console, default)).Problem?.Code);
        _database.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal("password-code-invalid", (await _users.ChoosePasswordAsync(CodeIn(next.Link!.Url!), "a brand new passphrase", Origin.Console, default)).Problem?.Code);
        _database.Clock.Advance(TimeSpan.FromSeconds(-1));
        Assert.Equal("password-too-common", (await _users.ChoosePasswordAsync(CodeIn(next.Link!.Url!), "password1234", Origin.Console, default)).Problem?.Code);
        Assert.True((await _users.ChoosePasswordAsync(CodeIn(next.Link!.Url!), "a brand new passphrase", Origin.Console, default)).Succeeded);
    }

    [Fact]
    public async Task Of_many_who_use_a_link_at_once_one_gets_through()
    {
        _mailer.IsSet = false;
        var code = CodeIn((await InviteAsync("eve@acme.test")).Link!.Url!);

        var tries = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => _users.ChoosePasswordAsync(code, $"a brand new passphrase {i}", Origin.Console, default)));

        Assert.Single(tries, chosen => chosen.Succeeded);
    }

    private async Task<PersonWithLink> InviteAsync(string email) =>
        (await _people.InviteAsync(Caller.Command, new NewUser(email, Roles.Standard, TenantGrants.None), Site, default)).Value;

    private static string CodeIn(string text) => text.Split("code=")[1].Split('\n', '\r')[0];

    private sealed class FakeMailer : IMailer
    {
        public List<MailMessage> Sent { get; } = [];

        public bool IsSet { get; set; } = true;

        public bool Refuses { get; set; }

        public Task<Result<Done>> SendAsync(MailMessage mail, CancellationToken ct)
        {
            if (Refuses)
            {
                return Task.FromResult(Result<Done>.Refused(MailProblems.NotSent));
            }

            Sent.Add(mail);
            return Task.FromResult(Result<Done>.Of(Done.Value));
        }
    }
}
