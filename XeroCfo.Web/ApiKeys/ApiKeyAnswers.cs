using System.ComponentModel.DataAnnotations;
using System.Globalization;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.ApiKeys;

/// <summary>Whose key it is.</summary>
internal sealed record ApiKeyOwnerAnswer(Guid Id, string Email, string Role);

/// <summary>Permissions that a key had better be without: not used for 90 days, or lost by its owner.</summary>
internal sealed record ApiKeyHintsAnswer(IReadOnlyList<string> Unused, IReadOnlyList<string> Lost);

/// <summary>
/// A key without the key itself. <c>tenants</c> null: all of the owner's, later ones too; <c>hiddenTenants</c> counts organisations of its
/// limits that you may not see. <c>addresses</c> null: from anywhere. <c>previousEndsAt</c>: until then a replaced key goes on working.
/// </summary>
internal record ApiKeyAnswer(
    Guid Id, string Name, string Prefix, ApiKeyOwnerAnswer Owner, IReadOnlyList<string> Permissions, IReadOnlyList<Guid>? Tenants, int HiddenTenants, IReadOnlyList<string>? Addresses,
    [property: Words(typeof(ApiKeyStates))] string State, DateTime? ExpiresAt, DateTime CreatedAt, string? CreatedBy, DateTime? LastUsedAt, string? LastUsedAddress, string? LastUsedRoute,
    DateTime? RotatedAt, DateTime? PreviousEndsAt, DateTime? RevokedAt, string? RevokedBy, ApiKeyHintsAnswer Hints) : IExample<ApiKeyAnswer>
{
    public static ApiKeyAnswer Example => new(
        Examples.Thing, "n8n", "xcfo_kF3b9Qz", new ApiKeyOwnerAnswer(Examples.Contact, "ada@example.com", "Accountant"), ["ledger:read", "tenants:read"], [Examples.Tenant], 0, ["203.0.113.0/24"],
        ApiKeyStates.Active, Examples.Instant.AddDays(90), Examples.Instant, "ada@example.com", Examples.Instant, "203.0.113.7", "GET /api/v1/tenants/{tenant}/ledger-lines", null, null, null, null, new ApiKeyHintsAnswer([], []));

    public static ApiKeyAnswer Of(OwnedApiKey owned, Caller caller, DateTime now) => new(
        owned.Key.Id, owned.Key.Name, owned.Key.Prefix, new ApiKeyOwnerAnswer(owned.Owner.Id, owned.Owner.Email, owned.Owner.Role), owned.Key.Permissions,
        owned.Limits is { } limits ? [.. limits.Where(tenant => caller.Sees(new TenantId(tenant))).Order()] : null, owned.Limits?.Count(tenant => !caller.Sees(new TenantId(tenant))) ?? 0,
        owned.Key.Addresses, ApiKeyStates.Of(owned, now), owned.Key.ExpiresAt, owned.Key.CreatedAt, owned.Key.CreatedBy, owned.Key.LastUsedAt, owned.Key.LastUsedAddress, owned.Key.LastUsedRoute,
        owned.Key.RotatedAt, owned.Key.PreviousEndsAt > now ? owned.Key.PreviousEndsAt : null, owned.Key.RevokedAt, owned.Key.RevokedBy, HintsOf(owned, now));

    private static ApiKeyHintsAnswer HintsOf(OwnedApiKey owned, DateTime now)
    {
        var hints = ApiKeyHints.Of(owned, now);
        return new ApiKeyHintsAnswer(hints.Unused, hints.Lost);
    }
}

/// <summary>
/// A key just made or put in the place of another. <c>key</c> is the key itself, in this answer only: it is stored nowhere, so the answer
/// to a request that is repeated with the same Idempotency-Key has null there.
/// </summary>
internal sealed record ShownApiKeyAnswer : ApiKeyAnswer, IExample<ShownApiKeyAnswer>
{
    private ShownApiKeyAnswer(ApiKeyAnswer shown, string? key)
        : base(shown) => Key = key;

    public string? Key { get; }

    public static new ShownApiKeyAnswer Example => new(ApiKeyAnswer.Example, "xcfo_kF3b9QzYw2mN7pT4sV6xC8dG1hJ5lR0aE00iKqM");

    public static ShownApiKeyAnswer Of(ShownApiKey shown, Caller caller, DateTime now) => new(Of(shown.Owned, caller, now), shown.Secret);
}

/// <summary>
/// A key as it is to be. Without <c>tenants</c>: all of yours, later ones too. Without <c>addresses</c>: from anywhere. <c>expiresAt</c> is
/// an instant in UTC; without it 90 days, null is never.
/// </summary>
internal sealed record ApiKeyRequest(
    [property: Required, StringLength(255, MinimumLength = 1)] string? Name = null,
    [property: Required, MinLength(1)] IReadOnlyList<string>? Permissions = null,
    [property: MinLength(1)] IReadOnlyList<Guid>? Tenants = null,
    [property: MinLength(1), MaxLength(AddressList.Most)] IReadOnlyList<string>? Addresses = null) : IExample<ApiKeyRequest>
{
    public static ApiKeyRequest Example => new("n8n", ["ledger:read", "tenants:read"], [Examples.Tenant], ["203.0.113.0/24"]) { ExpiresAt = new Patched("2027-01-30T08:00:00Z", true) };

    public Patched ExpiresAt { get; init; }

    /// <summary>The same in the product's words, or what cannot be read.</summary>
    public Result<ApiKeyWish> ToWish(Guid owner, DateTime now)
    {
        if (Permissions?.Any(permission => permission is null) == true || Addresses?.Any(address => address is null) == true)
        {
            return Problem.Invalid(Permissions?.Any(permission => permission is null) == true ? "permissions" : "addresses", "A list holds texts only.");
        }

        var end = InstantText.Read(ExpiresAt, "expiresAt");
        return end.Problem is { } wrong ? wrong : new ApiKeyWish(owner, Name, Permissions, Tenants, ExpiresAt.IsGiven ? end.Value : now + ApiKeyService.UsualLife, Addresses);
    }
}

/// <summary>
/// How a key is replaced: the old one goes on working for <c>overlapHours</c> (24 when missing, 0: not at all), but never longer than it would
/// have. Without <c>expiresAt</c> the new one lives as long as the old one was made to; null is never.
/// </summary>
internal sealed record RotateApiKeyRequest([property: Range(0, 720)] int? OverlapHours = null) : IExample<RotateApiKeyRequest>
{
    public static RotateApiKeyRequest Example => new(24) { ExpiresAt = new Patched("2027-01-30T08:00:00Z", true) };

    public Patched ExpiresAt { get; init; }

    public Result<ApiKeyRotation> ToRotation()
    {
        var end = InstantText.Read(ExpiresAt, "expiresAt");
        return end.Problem is { } wrong ? wrong : new ApiKeyRotation(OverlapHours is { } hours ? TimeSpan.FromHours(hours) : null, end.Value, !ExpiresAt.IsGiven);
    }
}

/// <summary>Instants as members of a body: ISO 8601 with its offset.</summary>
internal static class InstantText
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>The instant in UTC; null where null or nothing is given.</summary>
    public static Result<DateTime?> Read(Patched given, string member) =>
        given.Text is null ? Result<DateTime?>.Of(null)
        : Read(given.Text) is { } instant ? Result<DateTime?>.Of(instant)
        : Problem.Invalid(member, $"{member} must be an instant such as 2027-01-30T08:00:00Z, or null.");

    /// <summary>The instant in UTC; null when the text is none.</summary>
    public static DateTime? Read(string text) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && instant.Year is >= 1900 and <= 9000 ? Instants.Cut(instant.UtcDateTime) : null;
}
