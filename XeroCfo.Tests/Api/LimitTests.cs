using System.Net;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Api;

public sealed class LimitTests : IAsyncLifetime
{
    private static readonly Uri Me = new("/api/v1/me", UriKind.Relative);
    private readonly ApiHost _host = new();

    public Task InitializeAsync()
    {
        _host.Settings["RateLimit:PerKeyPerMinute"] = "5";
        _host.Settings["RateLimit:PerAddressPerMinute"] = "3";
        return _host.InitializeAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_key_that_asks_too_often_waits_and_others_do_not()
    {
        for (var request = 0; request < 5; request++)
        {
            Assert.Equal(HttpStatusCode.OK, (await _host.As(Roles.Admin).GetAsync(Me)).StatusCode);
        }

        await (await _host.As(Roles.Admin).GetAsync(Me)).ProblemAsync(429, "too-many-requests");
        Assert.Equal(HttpStatusCode.OK, (await _host.As(Roles.Standard).GetAsync(Me)).StatusCode);
    }

    [Fact]
    public async Task What_costs_much_has_a_count_of_its_own_beside_the_keys()
    {
        var costly = new Uri($"/api/v1/tenants/{ApiHost.Acme.Id}/syncs", UriKind.Relative);
        for (var request = 0; request < 2; request++)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await _host.As(Roles.Accountant).PostAsync(costly, null)).StatusCode);
        }

        await (await _host.As(Roles.Accountant).PostAsync(costly, null)).ProblemAsync(429, "too-many-requests");
        Assert.Equal(HttpStatusCode.OK, (await _host.As(Roles.Accountant).GetAsync(Me)).StatusCode);
    }

    [Fact]
    public async Task A_key_that_is_turned_away_counts_against_its_address()
    {
        var revoked = await _host.KeyAsync(Roles.Executive);
        await _host.Keys.RevokeAsync(Caller.Command, revoked.Key.Id, default);
        for (var request = 0; request < 3; request++)
        {
            await (await _host.With(revoked.Secret).GetAsync(Me)).ProblemAsync(401, "api-key-revoked");
        }

        await (await _host.With(revoked.Secret).GetAsync(Me)).ProblemAsync(429, "too-many-requests");
    }

    [Fact]
    public async Task An_address_without_a_good_key_is_held_back_and_a_good_key_from_it_is_not()
    {
        for (var request = 0; request < 3; request++)
        {
            await (await _host.With("xcfo_nonsense").GetAsync(Me)).ProblemAsync(401);
        }

        await (await _host.Anonymous().GetAsync(Me)).ProblemAsync(429, "too-many-requests");
        Assert.Equal(HttpStatusCode.OK, (await _host.As(Roles.Admin).GetAsync(Me)).StatusCode);
    }
}
