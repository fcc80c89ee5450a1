using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.ApiKeys;

/// <summary>Refusals about keys.</summary>
public static class ApiKeyProblems
{
    /// <summary>No such key. An owner who is gone or disabled answers alike.</summary>
    public static Problem Bad { get; } = new("invalid-api-key", "This API key is not valid.", ProblemKind.Unauthenticated);

    public static Problem Expired { get; } = new("api-key-expired", "This API key has expired. Make a new one.", ProblemKind.Unauthenticated);

    public static Problem Revoked { get; } = new("api-key-revoked", "This API key was revoked. Make a new one.", ProblemKind.Unauthenticated);

    /// <summary>The key that a newer one replaced, after its time.</summary>
    public static Problem Replaced { get; } = new("api-key-replaced", "This API key was replaced by a new one, and its time is over.", ProblemKind.Unauthenticated);

    /// <summary>A good key from an address that is not on its list.</summary>
    public static Problem Elsewhere { get; } = new("api-key-address", "This API key may not be used from this address.", ProblemKind.Unauthenticated);

    /// <summary>What is revoked stays so.</summary>
    public static Problem IsRevoked { get; } = new("api-key-is-revoked", "This API key was revoked. Make a new one.", ProblemKind.Conflict);

    public static Problem Unknown { get; } = Problem.NotFound("api-key-not-found", "There is no such API key, or it is not yours.");

    public static Problem OwnerUnknown { get; } = new("api-key-owner-unknown", "There is no such person, or the account is disabled.", ProblemKind.Refused, "owner");

    public static Problem TenantNotGranted { get; } =
        new("api-key-tenant-not-granted", "A key cannot reach an organisation that does not exist, or that its owner or maker may not see.", ProblemKind.Refused, "tenants");

    public static Problem TooMuch(string permission) =>
        new("api-key-exceeds-owner", $"A key cannot have the permission {permission}, because its owner or maker does not.", ProblemKind.Refused, "permissions");
}
