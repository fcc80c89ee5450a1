using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Users;

/// <summary>Through which door a caller came in.</summary>
public enum CallerKind
{
    Person,
    ApiKey,
    Worker,
    Command,
}

/// <summary>
/// Who asks for something, with what rights, from where. Built in four places only: circuit, API, worker, command.
/// Services check it; pages and endpoints do not decide.
/// </summary>
public sealed record Caller
{
    public required CallerKind Kind { get; init; }

    /// <summary>The person, or the key's owner; null for workers and commands.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The key, when one was used.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>The person's session, in a browser or by a token; a write is refused once it has ended.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Name for the audit trail: an e-mail address, a key's name, <c>worker</c>, <c>command</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The person's or key owner's role; null for workers and commands.</summary>
    public string? Role { get; init; }

    /// <summary>Identity's security stamp when the rights were read; compared again at each commit.</summary>
    public string? Stamp { get; init; }

    public IReadOnlySet<string> Permissions { get; init; } = new HashSet<string>();

    /// <summary>The organisations that the caller may see; ignored when <see cref="SeesAllTenants"/>.</summary>
    public IReadOnlySet<Guid> Tenants { get; init; } = new HashSet<Guid>();

    /// <summary>True for workers and commands only: the grants of a person are always spelt out in <see cref="Tenants"/>.</summary>
    public bool SeesAllTenants { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    public string? RequestId { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>The product itself, doing scheduled work.</summary>
    public static Caller Worker { get; } = new()
    {
        Kind = CallerKind.Worker,
        Name = "worker",
        Permissions = Users.Permissions.All.ToHashSet(),
        SeesAllTenants = true,
    };

    /// <summary>Somebody with a shell on the machine.</summary>
    public static Caller Command { get; } = Worker with { Kind = CallerKind.Command, Name = "command" };

    /// <summary>True when the caller may know that the organisation exists.</summary>
    public bool Sees(TenantId tenant) => SeesAllTenants || Tenants.Contains(tenant.Value);

    /// <summary>True when the caller holds the permission (for some organisation or for none).</summary>
    public bool May(string permission) => Permissions.Contains(permission);

    /// <summary>
    /// Why the caller may not: a foreign organisation is 404 before a missing permission is 403; null when nothing stands in the way.
    /// </summary>
    public Problem? Lacks(string permission, TenantId tenant) =>
        !Sees(tenant) ? TenantProblems.Unknown : Lacks(permission);

    /// <summary>Why the caller may not, for things that belong to no organisation.</summary>
    public Problem? Lacks(string permission) => May(permission)
        ? null
        : new Problem("permission-missing", $"This needs the permission {permission}.", ProblemKind.Forbidden);
}

/// <summary>Refusals about organisations.</summary>
public static class TenantProblems
{
    /// <summary>No such organisation, or one that the caller may not see: the same answer.</summary>
    public static Problem Unknown { get; } = Problem.NotFound("tenant-not-found", "There is no such organisation, or you may not see it.");
}
