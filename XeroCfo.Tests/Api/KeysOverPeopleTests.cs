using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.People;

namespace XeroCfo.Tests.Api;

/// <summary>What a key that looks after people can make of them: nobody who may do more than the key, whoever owns it.</summary>
public sealed class KeysOverPeopleTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string[] Narrow = [Permissions.UsersRead, Permissions.UsersWrite];
    private static int _people;

    public static TheoryData<string, string[], bool> Keys => new()
    {
        { Roles.Admin, [.. Permissions.All], true },
        { Roles.Admin, Narrow, false },
        { Roles.Admin, [.. Permissions.All.Where(permission => permission != Permissions.SystemWrite)], false },
        { Roles.Standard, Narrow, false },
        { Roles.Standard, [.. Permissions.Of(Roles.Standard), .. Narrow], true },
        { Roles.Executive, Narrow, false },
        { Roles.Executive, [.. Permissions.Of(Roles.Executive), .. Narrow], true },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_key_gives_a_role_only_with_all_that_the_role_may(string role, string[] permissions, bool given)
    {
        var key = await KeyAsync(permissions);
        var other = await PersonAsync(role == Roles.ReadOnly ? Roles.Executive : Roles.ReadOnly);

        var invited = await key.PostAsJsonAsync("/api/v1/users", new { email = NewEmail(), role, tenants = Array.Empty<Guid>() });
        var changed = await key.PatchAsJsonAsync($"/api/v1/users/{other}", new { role });

        if (given)
        {
            Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (invited.StatusCode, changed.StatusCode));
        }
        else
        {
            await invited.ProblemAsync(422, "role-exceeds-key");
            await changed.ProblemAsync(422, "role-exceeds-key");
            Assert.Equal(Roles.ReadOnly, (await host.Services.GetRequiredService<IUserRepository>().FindAsync(other, default))!.Role);
        }
    }

    [Fact]
    public async Task A_key_opens_no_account_that_may_do_or_see_more_than_itself()
    {
        var (admin, abroad, reader) = (await PersonAsync(Roles.Admin), await PersonAsync(Roles.ReadOnly, ApiHost.Beta.Id), await PersonAsync(Roles.ReadOnly));
        var key = await KeyAsync([.. Permissions.Of(Roles.ReadOnly), .. Narrow], ApiHost.Acme.Id);
        foreach (var person in new[] { admin, abroad })
        {
            var stamp = await StampAsync(person);
            foreach (var what in new[] { "reset-password", "remove-second-factor" })
            {
                await (await key.PostAsync(new Uri($"/api/v1/users/{person}/{what}", UriKind.Relative), null)).ProblemAsync(403, "person-exceeds-key");
            }

            Assert.Equal(stamp, await StampAsync(person));
            await host.Services.GetRequiredService<PeopleService>().DisableAsync(Caller.Command, person, default);
            await (await key.PatchAsJsonAsync($"/api/v1/users/{person}", new { isActive = true })).ProblemAsync(403, "person-exceeds-key");
        }

        Assert.Equal(HttpStatusCode.OK, (await key.PostAsync(new Uri($"/api/v1/users/{reader}/reset-password", UriKind.Relative), null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await key.PostAsync(new Uri($"/api/v1/users/{reader}/remove-second-factor", UriKind.Relative), null)).StatusCode);
    }

    [Fact]
    public async Task A_key_that_may_do_everything_still_opens_no_admins_account_and_makes_none_its_own_by_a_lower_role()
    {
        var (admin, key) = (await PersonAsync(Roles.Admin), await KeyAsync([.. Permissions.All]));
        var (stamp, _) = (await StampAsync(admin), await PersonAsync(Roles.Admin));

        foreach (var what in new[] { "reset-password", "remove-second-factor" })
        {
            var refused = await (await key.PostAsync(new Uri($"/api/v1/users/{admin}/{what}", UriKind.Relative), null)).ProblemAsync(403, "person-exceeds-key");
            Assert.Contains("admin", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        await (await key.PatchAsJsonAsync($"/api/v1/users/{admin}", new { role = Roles.ReadOnly })).ProblemAsync(403, "person-exceeds-key");
        Assert.Equal(stamp, await StampAsync(admin));

        // What opens nothing stays the key's: to send away, and to give organisations.
        Assert.Equal(HttpStatusCode.OK, (await key.PatchAsJsonAsync($"/api/v1/users/{admin}", new { role = Roles.Admin, tenants = new[] { ApiHost.Beta.Id } })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await key.DeleteAsync(new Uri($"/api/v1/users/{admin}", UriKind.Relative))).StatusCode);
        await (await key.PatchAsJsonAsync($"/api/v1/users/{admin}", new { isActive = true })).ProblemAsync(403, "person-exceeds-key");
    }

    [Fact]
    public async Task A_key_whose_owner_is_no_admin_any_more_looks_after_nobody()
    {
        var key = await KeyAsync([.. Permissions.All]);
        await host.ChangePersonAsync(Roles.Admin, person => person.Role = Roles.Accountant);
        try
        {
            await (await key.PostAsJsonAsync("/api/v1/users", new { email = NewEmail(), role = Roles.Admin, tenants = Array.Empty<Guid>() })).ProblemAsync(403, "permission-missing");
        }
        finally
        {
            await host.ChangePersonAsync(Roles.Admin, person => person.Role = Roles.Admin);
        }
    }

    private static string NewEmail() => $"over{Interlocked.Increment(ref _people)}@example.com";

    private async Task<HttpClient> KeyAsync(string[] permissions, params Guid[] tenants) =>
        host.With((await host.KeyAsync(Roles.Admin, permissions, tenants.Length == 0 ? null : tenants)).Secret);

    private async Task<Guid> PersonAsync(string role, params Guid[] tenants) =>
        (await host.Services.GetRequiredService<UserService>().AddAsync(
            Caller.Command, new NewUser(NewEmail(), role, TenantGrants.Of(tenants.Length == 0 ? [ApiHost.Acme.Id] : tenants), "correct horse battery"), default)).Value.User.Id;

    private Task<string?> StampAsync(Guid person) => host.Services.GetRequiredService<IUserRepository>().StampAsync(person, default);
}
