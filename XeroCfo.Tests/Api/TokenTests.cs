using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.People;
using XeroCfo.Domain.Users.SecondFactors;
using XeroCfo.Domain.Users.Sessions;

namespace XeroCfo.Tests.Api;

/// <summary>A person's own token: how one gets it, what it opens, and when it ends.</summary>
public sealed class TokenTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Password = "correct horse battery";
    private static readonly Uri Me = new("/api/v1/me", UriKind.Relative);
    private static int _people;

    [Fact]
    public async Task A_token_opens_the_api_with_the_persons_own_rights_for_an_hour()
    {
        var (id, email) = await PersonAsync(Roles.Accountant);

        var issued = await (await AskAsync(email, Password)).JsonAsync();
        var client = host.With(issued.GetProperty("token").GetString());
        var me = await (await client.GetAsync(Me)).JsonAsync();

        Assert.Equal(["token", "tokenType", "expiresAt"], issued.Names());
        Assert.Equal(host.Clock.Now.UtcDateTime.AddMinutes(60), issued.GetProperty("expiresAt").GetDateTime());
        Assert.Equal("person", me.GetProperty("kind").GetString());
        Assert.Equal(email, me.GetProperty("name").GetString());
        Assert.Equal(Permissions.Of(Roles.Accountant).Order(), me.GetProperty("permissions").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal([ApiHost.Acme.Id.ToString()], me.GetProperty("tenants").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(issued.GetProperty("expiresAt").GetString(), me.GetProperty("expiresAt").GetString());
        Assert.Equal($$"""{"email":"{{email}}","role":"Accountant"}""", me.GetProperty("owner").GetRawText());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri($"/api/v1/tenants/{ApiHost.Acme.Id}/accounts", UriKind.Relative))).StatusCode);
        await (await client.GetAsync(new Uri($"/api/v1/tenants/{ApiHost.Beta.Id}/accounts", UriKind.Relative))).ProblemAsync(404, "tenant-not-found");
        await (await client.GetAsync(new Uri("/api/v1/users", UriKind.Relative))).ProblemAsync(403, "permission-missing");
        Assert.NotNull((await host.Services.GetRequiredService<IUserRepository>().FindAsync(id, default))!.LastLoginAt);
    }

    [Fact]
    public async Task It_ends_after_an_hour_and_with_whatever_changes_the_account()
    {
        var (people, sessions) = (host.Services.GetRequiredService<PeopleService>(), host.Services.GetRequiredService<SessionService>());
        Func<Guid, Task>[] changes =
        [
            id => people.ChangeAsync(Caller.Command, id, new PersonChange(Role: Roles.ReadOnly), default),
            id => people.ChangeAsync(Caller.Command, id, new PersonChange(Tenants: TenantGrants.Of(ApiHost.Beta.Id)), default),
            id => people.DisableAsync(Caller.Command, id, default),
            id => people.ResetPasswordAsync(Caller.Command, id, new Uri("https://books.example/"), default),
            id => sessions.EndAllAsync(Caller.Command, id, default),
        ];

        foreach (var change in changes)
        {
            var (id, email) = await PersonAsync(Roles.Standard);
            var client = await WithTokenAsync(email);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Me)).StatusCode);

            await change(id);

            await (await client.GetAsync(Me)).ProblemAsync(401, "invalid-token");
        }

        var late = await WithTokenAsync((await PersonAsync(Roles.Standard)).Email);
        host.Clock.Now += TimeSpan.FromMinutes(61);
        await (await late.GetAsync(Me)).ProblemAsync(401, "invalid-token");
    }

    [Fact]
    public async Task Unknown_wrong_disabled_and_invited_people_get_the_same_refusal_and_five_tries_close_the_account()
    {
        var (_, email) = await PersonAsync(Roles.Standard);
        var (gone, goneEmail) = await PersonAsync(Roles.Standard);
        await host.Services.GetRequiredService<PeopleService>().DisableAsync(Caller.Command, gone, default);
        foreach (var (who, password) in new[] { ("nobody@example.com", Password), (goneEmail, Password), ("Standard@example.com", "!"), ("\u0000@x", "x"), ("no address", "x"), (email, new string('x', 1000)) })
        {
            await (await AskAsync(who, password)).ProblemAsync(401, "sign-in-failed");
        }

        for (var tries = 0; tries < LockOut.Failures; tries++)
        {
            await (await AskAsync(email, "wrong password")).ProblemAsync(401, "sign-in-failed");
        }

        await (await AskAsync(email, Password)).ProblemAsync(401, "sign-in-failed");
        host.Clock.Now += LockOut.Duration + TimeSpan.FromSeconds(1);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(email, Password)).StatusCode);
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_and_a_code_is_good_once()
    {
        var (id, email) = await PersonAsync(Roles.Standard);
        var (secret, recovery) = (Totp.NewSecret(), RecoveryCodes.New());
        await host.Services.GetRequiredService<ISecondFactors>().EnrolAsync(Caller.Command, id, secret, 0, [.. recovery.Select(RecoveryCodes.Hash)], default);
        var code = Totp.CodeAt(secret, host.Clock.Now);

        await (await AskAsync(email, Password)).ProblemAsync(401, "two-factor-required");
        await (await AskAsync(email, Password, "000000")).ProblemAsync(401, "two-factor-failed");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(email, Password, code)).StatusCode);
        await (await AskAsync(email, Password, code)).ProblemAsync(401, "two-factor-failed");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(email, Password, recovery[3])).StatusCode);
        await (await AskAsync(email, Password, recovery[3])).ProblemAsync(401, "two-factor-failed");
        await (await AskAsync(email, "wrong password", code)).ProblemAsync(401, "sign-in-failed");
    }

    [Fact]
    public async Task Guessing_codes_with_the_right_password_closes_the_account_too()
    {
        var (id, email) = await PersonAsync(Roles.Standard);
        var secret = Totp.NewSecret();
        await host.Services.GetRequiredService<ISecondFactors>().EnrolAsync(Caller.Command, id, secret, 0, [], default);

        for (var tries = 0; tries < LockOut.Failures; tries++)
        {
            await (await AskAsync(email, Password, "123 45x")).ProblemAsync(401, "two-factor-failed");
        }

        await (await AskAsync(email, Password, Totp.CodeAt(secret, host.Clock.Now))).ProblemAsync(401, "sign-in-failed");
    }

    [Theory]
    [InlineData("""{"password":"x"}""", "email")]
    [InlineData("""{"email":"a@b.example"}""", "password")]
    [InlineData("""{"email":"a@b.example","password":"x","role":"Admin"}""", "role")]
    [InlineData("""{"email":1,"password":"x"}""", "email")]
    public async Task A_wrong_body_is_refused_by_name(string body, string member)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var problem = await (await host.Anonymous().PostAsync(new Uri("/api/v1/auth/token", UriKind.Relative), content)).ProblemAsync(400);

        Assert.Equal([member], problem.GetProperty("errors").Names());
    }

    [Fact]
    public async Task A_token_in_the_address_is_refused_and_one_made_up_is_unknown()
    {
        var token = ApiKeyFormat.New(ApiKeyFormat.PersonToken);

        await (await host.With(token).GetAsync(Me)).ProblemAsync(401, "invalid-token");
        await (await host.Anonymous().GetAsync(new Uri($"/api/v1/me?x={token}", UriKind.Relative))).ProblemAsync(401, "api-key-in-query");
    }

    private async Task<HttpClient> WithTokenAsync(string email) => host.With((await (await AskAsync(email, Password)).JsonAsync()).GetProperty("token").GetString());

    private Task<HttpResponseMessage> AskAsync(string email, string password, string? code = null) =>
        host.Anonymous().PostAsJsonAsync("/api/v1/auth/token", code is null ? (object)new { email, password } : new { email, password, twoFactorCode = code });

    private async Task<(Guid Id, string Email)> PersonAsync(string role)
    {
        var email = $"token{Interlocked.Increment(ref _people)}@example.com";
        var added = await host.Services.GetRequiredService<UserService>().AddAsync(Caller.Command, new NewUser(email, role, TenantGrants.Of(ApiHost.Acme.Id), Password), default);
        return (added.Value.User.Id, email);
    }
}
