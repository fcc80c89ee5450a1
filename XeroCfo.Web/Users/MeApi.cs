using XeroCfo.Domain.ApiKeys;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Users;

internal sealed record OwnerAnswer(string Email, string Role);

/// <summary>Who a key is. <c>Tenants</c> are the organisations that it reaches at this moment.</summary>
internal sealed record MeAnswer(
    string Kind, string Name, IReadOnlyList<string> Permissions, IReadOnlyList<Guid> Tenants, DateTime? ExpiresAt, OwnerAnswer Owner) : IExample<MeAnswer>
{
    public static MeAnswer Example => new(
        "key", "n8n", ["ledger:read", "tenants:read", "transactions:read"], [Examples.Tenant], new DateTime(2027, 1, 30, 8, 0, 0, DateTimeKind.Utc), new OwnerAnswer("ada@example.com", "Accountant"));
}

internal static class MeApi
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/me", GetAsync)
        .WithName("GetMe").WithTags("Me").WithSummary("Who the key is and what it may do; a test of credentials.").NeedsOnlyAKey();

    private static async Task<ApiAnswer<MeAnswer>> GetAsync(HttpContext http, ApiKeyService keys, CancellationToken ct)
    {
        var caller = http.Caller();
        var own = await keys.OwnAsync(caller, ct);
        return own.Problem is { } refused
            ? refused
            : new MeAnswer(
                "key",
                caller.Name,
                [.. caller.Permissions.Order(StringComparer.Ordinal)],
                [.. caller.Tenants.Order()],
                own.Value.Key.ExpiresAt,
                new OwnerAnswer(own.Value.Owner.Email, own.Value.Owner.Role));
    }
}
