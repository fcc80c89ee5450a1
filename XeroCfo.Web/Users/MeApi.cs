using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Users;

internal sealed record OwnerAnswer(string Email, string Role);

/// <summary>Who a key or person is: <c>kind</c> is <c>key</c> or <c>person</c>. <c>Tenants</c> are the organisations that they reach at this moment.</summary>
internal sealed record MeAnswer(
    string Kind, string Name, IReadOnlyList<string> Permissions, IReadOnlyList<Guid> Tenants, DateTime? ExpiresAt, OwnerAnswer Owner) : IExample<MeAnswer>
{
    public static MeAnswer Example => new(
        "key", "n8n", ["ledger:read", "tenants:read", "transactions:read"], [Examples.Tenant], new DateTime(2027, 1, 30, 8, 0, 0, DateTimeKind.Utc), new OwnerAnswer("ada@example.com", "Accountant"));
}

internal static class MeApi
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/me", GetAsync)
        .WithName("GetMe").WithTags("Me").WithSummary("Who the key or person is and what they may do; a test of credentials.").NeedsOnlyAKey();

    private static async Task<ApiAnswer<MeAnswer>> GetAsync(HttpContext http, ApiKeyService keys, CancellationToken ct)
    {
        var caller = http.Caller();
        if (http.Features.Get<TokenHolder>() is { } token)
        {
            return Answer("person", caller, token.ExpiresAt, new OwnerAnswer(caller.Name, caller.Role!));
        }

        var own = await keys.OwnAsync(caller, ct);
        return own.Problem is { } refused
            ? refused
            : Answer("key", caller, own.Value.Key.ExpiresAt, new OwnerAnswer(own.Value.Owner.Email, own.Value.Owner.Role));
    }

    private static MeAnswer Answer(string kind, Caller caller, DateTime? expiresAt, OwnerAnswer owner) =>
        new(kind, caller.Name, [.. caller.Permissions.Order(StringComparer.Ordinal)], [.. caller.Tenants.Order()], expiresAt, owner);
}
