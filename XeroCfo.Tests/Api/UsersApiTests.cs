using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Api;

/// <summary>People over the API: who comes in, as what, and who leaves.</summary>
public sealed class UsersApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Password = "correct horse battery";
    private static int _people;

    [Fact]
    public async Task An_invitation_gives_the_link_once_and_the_person_is_in_the_list()
    {
        var email = NewEmail();
        var answer = await InviteAsync(new { email, role = "Executive", tenants = new[] { ApiHost.Acme.Id } });
        var made = await answer.JsonAsync();
        var link = made.GetProperty("passwordLink");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal((email, "Executive", true, false), (made.GetProperty("email").GetString(), made.GetProperty("role").GetString(), made.GetProperty("isActive").GetBoolean(), made.GetProperty("hasPassword").GetBoolean()));
        Assert.Contains("/account/password?code=", link.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.False(link.GetProperty("mailed").GetBoolean());
        var read = await (await Admin.GetAsync(answer.Headers.Location)).JsonAsync();
        Assert.Equal(JsonValueKind.Null, read.GetProperty("passwordLink").ValueKind);
        Assert.Equal([ApiHost.Acme.Id.ToString()], read.GetProperty("tenants").EnumerateArray().Select(id => id.GetString()));

        var code = Uri.UnescapeDataString(link.GetProperty("url").GetString()!.Split("code=")[1]);
        Assert.True((await Get<UserService>().ChoosePasswordAsync(code, Password, Origin.Console, default)).Succeeded);
        Assert.Equal("password-code-invalid", (await Get<UserService>().ChoosePasswordAsync(code, Password, Origin.Console, default)).Problem!.Code);
        Assert.Equal(1, await AuditsAsync("user.added", email));
    }

    [Fact]
    public async Task The_same_invitation_again_by_its_key_gives_the_same_person()
    {
        var body = new { email = NewEmail(), role = "Standard", tenants = "all" };
        var key = Guid.NewGuid().ToString();

        var first = await (await SendAsync("POST", "/api/v1/users", body, key)).JsonAsync();
        var again = await SendAsync("POST", "/api/v1/users", body, key);

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(first.GetProperty("id").GetString(), (await again.JsonAsync()).GetProperty("id").GetString());
        await (await SendAsync("POST", "/api/v1/users", body)).ProblemAsync(409, "email-taken");
        await (await SendAsync("POST", "/api/v1/users", body with { role = "Admin" }, key)).ProblemAsync(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task All_organisations_are_those_that_the_admin_sees_and_never_another()
    {
        var made = await (await InviteAsync(new { email = NewEmail(), role = "Standard", tenants = "all" })).JsonAsync();

        Assert.Equal(new[] { ApiHost.Acme.Id, ApiHost.Beta.Id }.Order().Select(id => id.ToString()), made.GetProperty("tenants").EnumerateArray().Select(id => id.GetString()));
        Assert.False(made.GetProperty("allTenants").GetBoolean());
        await (await InviteAsync(new { email = NewEmail(), role = "Standard", tenants = new[] { ApiHost.Foreign.Id } })).ProblemAsync(422, "tenant-not-granted");
        await (await InviteAsync(new { email = NewEmail(), role = "Standard", tenants = new[] { Guid.NewGuid() } })).ProblemAsync(422, "tenant-not-granted");
    }

    [Theory]
    [InlineData("""{"role":"Standard","tenants":[]}""", "email")]
    [InlineData("""{"email":"x@example.com","tenants":[]}""", "role")]
    [InlineData("""{"email":"x@example.com","role":"Standard"}""", "tenants")]
    [InlineData("""{"email":"no address","role":"Standard","tenants":[]}""", "email")]
    [InlineData("""{"email":"x@example.com","role":"Owner","tenants":[]}""", "role")]
    [InlineData("""{"email":"x@example.com","role":"Standard","tenants":"some"}""", "tenants")]
    [InlineData("""{"email":"x@example.com","role":"Standard","tenants":["x"]}""", "tenants")]
    [InlineData("""{"email":"x@example.com","role":"Standard","tenants":[],"passwordHash":"x"}""", "passwordHash")]
    public async Task A_wrong_invitation_is_refused_by_name(string body, string member)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var problem = await (await Admin.PostAsync(new Uri("/api/v1/users", UriKind.Relative), content)).ProblemAsync(400);

        Assert.Equal([member], problem.GetProperty("errors").Names());
    }

    [Fact]
    public async Task Role_organisations_and_state_change_each_by_itself_and_are_audited()
    {
        var (id, email) = await PersonAsync(Roles.Standard);
        var path = $"/api/v1/users/{id}";

        var role = await (await SendAsync("PATCH", path, new { role = "ReadOnly" })).JsonAsync();
        var tenants = await (await SendAsync("PATCH", path, new { tenants = new[] { ApiHost.Beta.Id } })).JsonAsync();
        var off = await (await SendAsync("PATCH", path, new { isActive = false })).JsonAsync();
        var on = await (await SendAsync("PATCH", path, new { isActive = true })).JsonAsync();

        Assert.Equal("ReadOnly", role.GetProperty("role").GetString());
        Assert.Equal([ApiHost.Beta.Id.ToString()], tenants.GetProperty("tenants").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal((false, true, "ReadOnly"), (off.GetProperty("isActive").GetBoolean(), on.GetProperty("isActive").GetBoolean(), on.GetProperty("role").GetString()));
        Assert.Equal((2, 1, 1), (await AuditsAsync("user.changed", email), await AuditsAsync("user.disabled", email), await AuditsAsync("user.enabled", email)));
        await (await SendAsync("PATCH", path, new { })).ProblemAsync(400, "nothing-to-change");
        await (await SendAsync("PATCH", path, new { tenants = new[] { ApiHost.Foreign.Id } })).ProblemAsync(422, "tenant-not-granted");
        await (await SendAsync("PATCH", $"/api/v1/users/{Guid.NewGuid()}", new { role = "ReadOnly" })).ProblemAsync(404, "user-not-found");
    }

    [Fact]
    public async Task Grants_of_organisations_that_the_admin_does_not_see_stay_and_are_not_told()
    {
        var (id, _) = await PersonAsync(Roles.Standard, ApiHost.Acme.Id, ApiHost.Foreign.Id);

        var read = await (await Admin.GetAsync(new Uri($"/api/v1/users/{id}", UriKind.Relative))).JsonAsync();
        await SendAsync("PATCH", $"/api/v1/users/{id}", new { tenants = new[] { ApiHost.Beta.Id } });

        Assert.Equal([ApiHost.Acme.Id.ToString()], read.GetProperty("tenants").EnumerateArray().Select(one => one.GetString()));
        var rights = await Get<IUserRepository>().RightsAsync(id, default);
        Assert.Equal(new[] { ApiHost.Beta.Id, ApiHost.Foreign.Id }.Order(), rights!.Tenants.Order());
    }

    [Fact]
    public async Task Deleting_disables_and_a_reset_gives_a_link_but_not_to_who_is_disabled()
    {
        var (id, email) = await PersonAsync(Roles.Standard);

        var reset = await (await SendAsync("POST", $"/api/v1/users/{id}/reset-password", null)).JsonAsync();
        Assert.NotNull(reset.GetProperty("passwordLink").GetProperty("url").GetString());
        Assert.False(reset.GetProperty("hasPassword").GetBoolean());
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync("DELETE", $"/api/v1/users/{id}", null)).StatusCode);

        Assert.True((await Get<IUserRepository>().FindAsync(id, default))!.IsDisabled);
        await (await SendAsync("POST", $"/api/v1/users/{id}/reset-password", null)).ProblemAsync(409, "user-disabled");
        Assert.Equal((1, 1), (await AuditsAsync("user.password_reset", email), await AuditsAsync("user.disabled", email)));
    }

    [Fact]
    public async Task The_list_pages_by_address_and_its_count_agrees()
    {
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await PersonAsync(Roles.Standard);
        }

        var (seen, next) = (new List<string>(), (string?)"/api/v1/users?limit=3");
        while (next is not null)
        {
            var page = await (await Admin.GetAsync(new Uri(next, UriKind.Relative))).JsonAsync();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(person => person.GetProperty("email").GetString()!));
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(seen.Order(StringComparer.OrdinalIgnoreCase), seen);
        Assert.Equal(seen.Count, seen.Distinct().Count());
        var count = await (await Admin.GetAsync(new Uri("/api/v1/users/count", UriKind.Relative))).JsonAsync();
        Assert.Equal(seen.Count, count.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task What_one_asks_about_a_person_twice_by_the_same_key_happens_once()
    {
        foreach (var verb in new[] { "reset-password", "end-sessions", "remove-second-factor" })
        {
            var (id, _) = await PersonAsync(Roles.Standard);
            var (path, key) = ($"/api/v1/users/{id}/{verb}", Guid.NewGuid().ToString());

            var first = await SendAsync("POST", path, null, key);
            var stamp = await Get<IUserRepository>().StampAsync(id, default);
            var again = await SendAsync("POST", path, null, key);

            Assert.Equal(first.StatusCode, again.StatusCode);
            Assert.Equal(stamp, await Get<IUserRepository>().StampAsync(id, default));
        }
    }

    private HttpClient Admin => host.As(Roles.Admin);

    private T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    private static string NewEmail() => $"person{Interlocked.Increment(ref _people)}@example.com";

    private Task<HttpResponseMessage> InviteAsync(object body) => SendAsync("POST", "/api/v1/users", body);

    private Task<HttpResponseMessage> SendAsync(string method, string path, object? body, string? key = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return Admin.SendAsync(request);
    }

    private async Task<(Guid Id, string Email)> PersonAsync(string role, params Guid[] tenants)
    {
        var email = NewEmail();
        var added = await Get<UserService>().AddAsync(Caller.Command, new NewUser(email, role, TenantGrants.Of(tenants.Length == 0 ? [ApiHost.Acme.Id] : tenants), Password), default);
        return (added.Value.User.Id, email);
    }

    private async Task<int> AuditsAsync(string action, string email)
    {
        await using var db = host.Db.Create();
        return (await db.AuditLogs.Where(entry => entry.Action == action).Select(entry => entry.Details).ToListAsync()).Count(details => details!.Contains(email, StringComparison.Ordinal));
    }
}
