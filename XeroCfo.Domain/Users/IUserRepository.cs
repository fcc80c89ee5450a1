using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Users;

/// <summary>A person and the organisations granted to them.</summary>
public sealed record UserRights(User User, IReadOnlySet<Guid> Tenants);

/// <summary>Which organisations a new person gets. The demo company comes on top for admins.</summary>
/// <param name="All">Every one, later ones too.</param>
/// <param name="Ids">These, when not all.</param>
public sealed record TenantGrants(bool All, IReadOnlySet<Guid> Ids)
{
    public static readonly TenantGrants None = new(false, new HashSet<Guid>());

    public static readonly TenantGrants Every = new(true, new HashSet<Guid>());

    public static TenantGrants Of(params IEnumerable<Guid> ids) => new(false, ids.ToHashSet());
}

/// <summary>People in the database. Each write is one transaction with its audit entry.</summary>
public interface IUserRepository
{
    Task<User?> FindAsync(Guid userId, CancellationToken ct);

    /// <summary>By address, in whatever case.</summary>
    Task<User?> FindByEmailAsync(string email, CancellationToken ct);

    /// <summary>The person with their grants; null for an unknown or disabled one.</summary>
    Task<UserRights?> RightsAsync(Guid userId, CancellationToken ct);

    /// <summary>The security stamp as it is now; null for an unknown or disabled person.</summary>
    Task<string?> StampAsync(Guid userId, CancellationToken ct);

    /// <summary>True once somebody can administrate.</summary>
    Task<bool> AnyAdminAsync(CancellationToken ct);

    /// <summary>Adds the first admin with all organisations there are, unless another was quicker.</summary>
    Task<Result<Done>> AddFirstAdminAsync(Caller caller, User user, CancellationToken ct);

    /// <summary>
    /// Adds a person; refuses an address that is taken and organisations that do not exist. The same request again, by its
    /// idempotency key, gives the person of the first.
    /// </summary>
    Task<Result<User>> AddAsync(Caller caller, User user, TenantGrants grants, CancellationToken ct);

    /// <summary>
    /// Changes a person, rotates the security stamp and ends their sessions: open pages, circuits and tokens. The same request again, by
    /// its idempotency key, changes nothing more.
    /// </summary>
    Task<Result<Done>> ChangeAsync(Caller caller, Guid userId, string action, Action<User> change, CancellationToken ct);

    /// <summary>Keeps the hash of a right password at today's cost; nothing else changes.</summary>
    Task RehashAsync(Guid userId, string oldHash, string newHash, CancellationToken ct);

    /// <summary>Changes what people are called; sessions go on.</summary>
    Task<Result<Done>> RenameAsync(Caller caller, Guid userId, string? firstName, string? lastName, CancellationToken ct);

    /// <summary>Counts a failure and locks the account once there are too many; <paramref name="userId"/> is null for an unknown address.</summary>
    Task FailedAsync(Caller caller, Guid? userId, string reason, CancellationToken ct);

    /// <summary>Notes a sign-in and forgets earlier failures. False when the account was locked in the meantime.</summary>
    /// <param name="caller">The person, as far as known.</param>
    /// <param name="userId">Who signed in.</param>
    /// <param name="newHash">The password's hash at today's cost; null: the stored one is up to date.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<bool> SucceededAsync(Caller caller, Guid userId, string? newHash, CancellationToken ct);
}
