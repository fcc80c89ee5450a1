using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Api;

/// <summary>How a key comes in, and how its owner's rights bound it from one request to the next.</summary>
public sealed class KeyTests : IAsyncLifetime
{
    private static readonly Uri Me = new("/api/v1/me", UriKind.Relative);
    private static readonly Uri Document = new("/openapi/v1.json", UriKind.Relative);
    private readonly ApiHost _host = new() { Configure = AddCookies };

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Me_tells_who_the_key_is()
    {
        var end = _host.Clock.Now.UtcDateTime.AddDays(90);
        var key = await _host.KeyAsync(Roles.Accountant, [Permissions.SyncRead, Permissions.LedgerRead], [ApiHost.Beta.Id], end);

        var me = await (await _host.With(key.Secret).GetAsync(Me)).JsonAsync();

        Assert.Equal(["kind", "name", "permissions", "tenants", "expiresAt", "owner"], me.Names());
        Assert.Equal("key", me.GetProperty("kind").GetString());
        Assert.Equal("Accountant key", me.GetProperty("name").GetString());
        Assert.Equal(["ledger:read", "sync:read"], me.GetProperty("permissions").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal([ApiHost.Beta.Id.ToString()], me.GetProperty("tenants").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal("2027-02-22T09:00:00Z", me.GetProperty("expiresAt").GetString());
        Assert.Equal("""{"email":"Accountant@example.com","role":"Accountant"}""", me.GetProperty("owner").GetRawText());
    }

    [Fact]
    public async Task A_key_comes_in_either_header_but_never_in_two_that_differ()
    {
        var key = (await _host.KeyAsync(Roles.Admin)).Secret;
        var inOwnHeader = _host.Anonymous();
        inOwnHeader.DefaultRequestHeaders.Add("X-Api-Key", key);
        var inBoth = _host.With(key);
        inBoth.DefaultRequestHeaders.Add("X-Api-Key", ApiKeyFormat.New());

        Assert.Equal(HttpStatusCode.OK, (await inOwnHeader.GetAsync(Me)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _host.With(key).GetAsync(Me)).StatusCode);
        await (await inBoth.GetAsync(Me)).ProblemAsync(401, "two-api-keys");
    }

    [Theory]
    [InlineData("api_key")]
    [InlineData("apiKey")]
    [InlineData("access_token")]
    [InlineData("X-Api-Key")]
    [InlineData("anything")]
    public async Task A_key_in_the_address_is_refused_even_beside_a_good_one(string name)
    {
        var key = (await _host.KeyAsync(Roles.Admin)).Secret;

        await (await _host.Anonymous().GetAsync(new Uri($"/api/v1/me?{name}={key}", UriKind.Relative))).ProblemAsync(401, "api-key-in-query");
        await (await _host.With(key).GetAsync(new Uri($"/api/v1/me?{name}={key}", UriKind.Relative))).ProblemAsync(401, "api-key-in-query");
    }

    [Fact]
    public async Task The_api_ignores_cookies_but_its_description_does_not()
    {
        var person = _host.Anonymous();
        person.DefaultRequestHeaders.Add("Cookie", "signed-in=1");

        await (await person.GetAsync(Me)).ProblemAsync(401, "authentication-required");
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync(Document)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _host.As(Roles.Executive).GetAsync(Document)).StatusCode);
        await (await _host.Anonymous().GetAsync(Document)).ProblemAsync(401, "authentication-required");
        await (await _host.With("xcfo_nonsense").GetAsync(Document)).ProblemAsync(401, "invalid-api-key");
    }

    [Fact]
    public async Task What_the_owner_loses_the_key_loses_at_once()
    {
        var client = _host.With((await _host.KeyAsync(Roles.Admin)).Secret);
        Assert.Contains("system:write", await client.GetStringAsync(Me), StringComparison.Ordinal);

        await _host.ChangePersonAsync(Roles.Admin, person => person.Role = Roles.ReadOnly);
        var asReader = await (await client.GetAsync(Me)).JsonAsync();
        Assert.Equal(Permissions.Of(Roles.ReadOnly).Order(), asReader.GetProperty("permissions").EnumerateArray().Select(word => word.GetString()));

        await _host.GrantAsync(Roles.Admin, ApiHost.Acme, false);
        await (await client.GetAsync(new Uri($"/api/v1/tenants/{ApiHost.Acme.Id}", UriKind.Relative))).ProblemAsync(404, "tenant-not-found");

        await _host.ChangePersonAsync(Roles.Admin, person => person.IsDisabled = true);
        await (await client.GetAsync(Me)).ProblemAsync(401, "invalid-api-key");
    }

    [Fact]
    public async Task A_key_for_all_organisations_has_later_ones_too()
    {
        var client = _host.With((await _host.KeyAsync(Roles.Admin)).Secret);
        var limited = _host.With((await _host.KeyAsync(Roles.Admin, tenants: [ApiHost.Beta.Id])).Secret);
        var foreign = new Uri($"/api/v1/tenants/{ApiHost.Foreign.Id}", UriKind.Relative);
        await (await client.GetAsync(foreign)).ProblemAsync(404);

        await _host.ChangePersonAsync(Roles.Admin, person => person.SeesAllTenants = true);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(foreign)).StatusCode);
        await (await limited.GetAsync(foreign)).ProblemAsync(404);
    }

    [Fact]
    public async Task The_last_use_is_noted_at_most_once_a_minute()
    {
        var key = await _host.KeyAsync(Roles.Admin);
        var first = _host.Clock.Now.UtcDateTime;

        await _host.With(key.Secret).GetAsync(Me);
        _host.Clock.Now += TimeSpan.FromSeconds(59);
        await _host.With(key.Secret).GetAsync(Me);
        Assert.Equal(first, await LastUseAsync(key.Key.Id));

        _host.Clock.Now += TimeSpan.FromSeconds(2);
        await _host.With(key.Secret).GetAsync(Me);
        Assert.Equal(first.AddSeconds(61), await LastUseAsync(key.Key.Id));
    }

    private async Task<DateTime?> LastUseAsync(Guid keyId)
    {
        await using var db = _host.Db.Create();
        return (await db.ApiKeys.SingleAsync(key => key.Id == keyId)).LastUsedAt;
    }

    private static void AddCookies(WebApplicationBuilder builder) => builder.Services
        .AddAuthentication(IdentityConstants.ApplicationScheme)
        .AddScheme<AuthenticationSchemeOptions, SignedIn>(IdentityConstants.ApplicationScheme, null);

    /// <summary>Stands for the frame's cookie.</summary>
    private sealed class SignedIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Request.Cookies.ContainsKey("signed-in")
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity("cookie")), Scheme.Name))
            : AuthenticateResult.NoResult());

        protected override Task HandleChallengeAsync(AuthenticationProperties properties)
        {
            Response.Redirect("/account/login");
            return Task.CompletedTask;
        }
    }
}
