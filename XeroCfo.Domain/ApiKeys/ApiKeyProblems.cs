using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.ApiKeys;

/// <summary>Refusals about keys.</summary>
public static class ApiKeyProblems
{
    /// <summary>No such key. An owner who is gone or disabled answers alike.</summary>
    public static Problem Bad { get; } = new("invalid-api-key", "This API key is not valid.", ProblemKind.Unauthenticated);

    public static Problem Expired { get; } = new("api-key-expired", "This API key has expired. Make a new one.", ProblemKind.Unauthenticated);

    public static Problem Revoked { get; } = new("api-key-revoked", "This API key was revoked. Make a new one.", ProblemKind.Unauthenticated);

    public static Problem Unknown { get; } = Problem.NotFound("api-key-not-found", "There is no such API key, or it is not yours.");

    public static Problem OwnerUnknown { get; } = new("api-key-owner-unknown", "There is no such person, or the account is disabled.", ProblemKind.Refused, "owner");

    public static Problem TenantNotGranted { get; } =
        new("api-key-tenant-not-granted", "A key cannot reach an organisation that its owner may not see.", ProblemKind.Refused, "tenants");

    public static Problem TooMuch(string permission) =>
        new("api-key-exceeds-owner", $"A key cannot have the permission {permission}, because its owner or maker does not.", ProblemKind.Refused, "permissions");
}
