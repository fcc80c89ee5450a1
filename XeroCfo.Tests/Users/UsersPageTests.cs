using Bunit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Users;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.Mail;
using XeroCfo.Domain.Users.People;
using XeroCfo.Domain.Users.SecondFactors;
using XeroCfo.Domain.Users.Sessions;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Users;

namespace XeroCfo.Tests.Users;

/// <summary>The page of people over a real database: what an admin reads on it and does there.</summary>
public sealed class UsersPageTests : PageTest, IAsyncLifetime
{
    private const string Hash = "$2a$04$hash";
    private TestDatabase _database = null!;

    async Task IAsyncLifetime.InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        var ring = new KeyRing();
        ring.Use(MasterKey.NewText(), []);
        var (envelope, clock) = (new Envelope(ring), _database.Clock);
        Services.AddSingleton<IUserRepository>(new UserRepository(_database.Factory, clock)).AddSingleton<IPeople>(new PeopleRepository(_database.Factory, envelope, clock));
        Services.AddSingleton<ISessionBook>(new SessionBook(_database.Factory, clock, NullLogger<SessionBook>.Instance)).AddSingleton<ISecondFactors>(new SecondFactorBook(_database.Factory, envelope, clock));
        Services.AddSingleton<IPasswordCodes>(new PasswordCodes(envelope, clock)).AddSingleton<IPasswordHasher<User>>(new BCryptHasher(new PasswordHashOptions { WorkFactor = 4 }));
        Services.AddSingleton<IMailer>(new SmtpMailer(new SmtpOptions(), NullLogger<SmtpMailer>.Instance));
        await _database.AddAsync(new XeroTenant { Id = Books.Company.Id, XeroTenantId = "x", Name = Books.Company.Name });
        Who.Caller = FakeCaller.Person(Roles.Admin, Books.Company);
        await AddAsync("ana@tui-and-ash.example", Roles.Admin, Hash, Who.Caller.UserId);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public void Somebody_without_the_right_is_refused_in_words_and_sees_nobody()
    {
        Who.Caller = FakeCaller.Person(Roles.Accountant, Books.Company);

        var page = Render<UsersPage>();

        page.WaitForAssertion(() => Assert.Contains("Your role (Accountant) does not see this page.", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("ana@", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Alone_one_is_told_what_to_do_next()
    {
        var page = Opened();

        Assert.Contains("You are alone here", page.Markup, StringComparison.Ordinal);
        Assert.Contains("1 person", page.Find(".sub").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_person_stands_with_role_organisations_last_sign_in_and_state_in_words()
    {
        await AddAsync("tom@tui-and-ash.example", Roles.Executive, User.NoPassword);
        var gone = await AddAsync("zoe@tui-and-ash.example", Roles.Standard, Hash);
        await Services.GetRequiredService<PeopleService>().DisableAsync(Caller.Command, gone, default);

        var page = Opened();

        Assert.Equal("3 people · 1 yet to choose a password · 1 disabled", page.Find(".sub").TextContent);
        Assert.Contains("Invited", page.Find("tr:contains('tom@')").TextContent, StringComparison.Ordinal);
        Assert.Contains("Disabled", page.Find("tr:contains('zoe@')").TextContent, StringComparison.Ordinal);
        Assert.Contains(Books.Company.Name, page.Find("tr:contains('zoe@')").TextContent, StringComparison.Ordinal);
        Assert.Contains("never", page.Find("tr:contains('zoe@')").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inviting_shows_the_link_once_and_a_wrong_address_says_so_at_the_form()
    {
        var page = Opened();
        await page.Find("button:contains('Invite a person')").ClickAsync();
        await page.Find("#invite-email").ChangeAsync("no address");
        await page.Find("aside form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("not an e-mail address", page.Find(".field-error").TextContent, StringComparison.Ordinal));

        await page.Find("#invite-email").ChangeAsync("eve@tui-and-ash.example");
        await page.Find("aside form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("/account/password?code=", page.Find("input.once").GetAttribute("value"), StringComparison.Ordinal));
        await page.Find("aside button:contains('Close')").ClickAsync();
        await page.Find("button.link:contains('eve@')").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("eve@", page.Find("aside h2").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("input.once"));
    }

    [Fact]
    public async Task The_last_admin_cannot_be_demoted_from_here_and_others_can_be_changed()
    {
        var tom = await AddAsync("tom@tui-and-ash.example", Roles.Standard, Hash);
        var page = Opened();
        await page.Find("button.link:contains('ana@')").ClickAsync();
        await page.Find("aside select").ChangeAsync(Roles.ReadOnly);
        await page.Find("aside form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("last admin", page.Find(".field-error").TextContent, StringComparison.Ordinal));

        await page.Find("button.link:contains('tom@')").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("tom@", page.Find("aside h2").TextContent, StringComparison.Ordinal));
        await page.Find("aside select").ChangeAsync(Roles.Accountant);
        await page.Find("aside form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Accountant", page.Find("tr:contains('tom@')").TextContent, StringComparison.Ordinal));
        await using var db = _database.Open();
        Assert.Equal(Roles.Accountant, (await db.Users.SingleAsync(user => user.Id == tom)).Role);
    }

    [Fact]
    public async Task Erasing_asks_for_an_heir_and_for_the_address()
    {
        await AddAsync("tom@tui-and-ash.example", Roles.Standard, Hash);
        var page = Opened();
        await page.Find("button.link:contains('tom@')").ClickAsync();
        page.WaitForAssertion(() => Assert.True(page.Find("button:contains('Erase for good')").HasAttribute("disabled")));

        await page.Find("aside details select").ChangeAsync(Who.Caller.UserId!.Value.ToString());
        await page.Find("aside details input").InputAsync("tom@tui-and-ash.example");
        await page.Find("aside details form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("tr:contains('tom@')")));
        Assert.Contains("is erased", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_which_roles_a_second_factor_is_needed_is_kept()
    {
        var page = Opened();
        await page.Find(".factor-roles label:contains('Executive') input").ChangeAsync(true);
        await page.Find(".factor-roles").SubmitAsync();

        page.WaitForAssertion(() => Assert.True(page.Find(".factor-roles button").HasAttribute("disabled")));
        Assert.Equal([Roles.Executive], await Services.GetRequiredService<ISecondFactors>().RequiredRolesAsync(default));
    }

    private IRenderedComponent<UsersPage> Opened()
    {
        var page = Render<UsersPage>();
        page.WaitForAssertion(() => Assert.Contains("ana@tui-and-ash.example", page.Find("tbody").TextContent, StringComparison.Ordinal));
        return page;
    }

    private async Task<Guid> AddAsync(string email, string role, string hash, Guid? id = null)
    {
        var user = SampleRows.User(email);
        (user.Id, user.Role, user.PasswordHash, user.SecurityStamp) = (id ?? user.Id, role, hash, "stamp");
        await _database.AddAsync(user, new UserTenant { UserId = user.Id, TenantId = Books.Company.Id });
        return user.Id;
    }
}
