using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.ApiKeys;

public sealed class ApiKeyStateTests
{
    private static readonly DateTime Now = new(2026, 11, 20, 9, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(null, false, false, "active")]
    [InlineData(15, false, false, "active")]
    [InlineData(14, false, false, "expiring")]
    [InlineData(0, false, false, "expired")]
    [InlineData(15, false, true, "owner_disabled")]
    [InlineData(-1, false, true, "expired")]
    [InlineData(15, true, true, "revoked")]
    public void A_key_says_how_it_stands(int? daysLeft, bool revoked, bool ownerDisabled, string state)
    {
        var owned = Key(Roles.Admin, [Permissions.SyncRead], Now.AddDays(-1), ownerDisabled);
        (owned.Key.ExpiresAt, owned.Key.RevokedAt) = (daysLeft is { } days ? Now.AddDays(days) : null, revoked ? Now : null);

        Assert.Equal(state, ApiKeyStates.Of(owned, Now));
        Assert.Contains(state, ApiKeyStates.All);
    }

    [Fact]
    public void A_permission_that_lies_idle_for_90_days_or_that_the_owner_lost_is_pointed_out()
    {
        var owned = Key(Roles.ReadOnly, [Permissions.SyncRead, Permissions.LedgerRead, Permissions.KpisRead, Permissions.RulesWrite], Now.AddDays(-200)) with
        {
            Uses = new Dictionary<string, DateTime> { [Permissions.SyncRead] = Now.AddDays(-89), [Permissions.LedgerRead] = Now.AddDays(-90) },
        };

        var hints = ApiKeyHints.Of(owned, Now);

        Assert.Equal([Permissions.LedgerRead, Permissions.KpisRead], hints.Unused);
        Assert.Equal([Permissions.RulesWrite], hints.Lost);
    }

    [Fact]
    public void A_young_key_has_had_no_time_to_use_what_it_has()
    {
        Assert.Empty(ApiKeyHints.Of(Key(Roles.Admin, [Permissions.SyncRead], Now.AddDays(-89)), Now).Unused);
        Assert.Single(ApiKeyHints.Of(Key(Roles.Admin, [Permissions.SyncRead], Now.AddDays(-90)), Now).Unused);
    }

    private static OwnedApiKey Key(string role, List<string> permissions, DateTime made, bool ownerDisabled = false) => new(
        new ApiKey { Name = "n8n", KeyHash = "hash", Prefix = "xcfo_kAbcdef", Permissions = permissions, CreatedAt = made },
        new ApiKeyOwner(Guid.NewGuid(), "ada@example.com", role, "stamp", ownerDisabled, new HashSet<Guid>()),
        null);
}
