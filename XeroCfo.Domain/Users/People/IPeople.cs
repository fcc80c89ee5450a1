using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Users.People;

/// <summary>A person as those see them who look after people.</summary>
/// <param name="User">Who.</param>
/// <param name="Tenants">The organisations granted, spelt out.</param>
/// <param name="Sessions">How many are open, in browsers and by token.</param>
/// <param name="Passkeys">How many they have.</param>
public sealed record Person(User User, IReadOnlySet<Guid> Tenants, int Sessions, int Passkeys)
{
    /// <summary>True with an authenticator app or a passkey.</summary>
    public bool HasSecondFactor => User.TwoFactorEnabled || Passkeys > 0;
}

/// <summary>What is to become of a person; what is null stays as it is.</summary>
public sealed record PersonChange(string? Role = null, TenantGrants? Tenants = null, bool? IsActive = null)
{
    public bool IsNothing => this is { Role: null, Tenants: null, IsActive: null };
}

/// <summary>What an erased person left, by kind.</summary>
public sealed record HandedOver(int Rules, int Reports, int ApiKeys, int Webhooks, int XeroTokens, int Budgets, int Layouts, int Schedules);

/// <summary>People for those who look after them. Each write is one transaction with its audit entry, and rotates the stamp.</summary>
public interface IPeople
{
    /// <summary>By e-mail address.</summary>
    Task<IReadOnlyList<Person>> ListAsync(CancellationToken ct);

    Task<Person?> FindAsync(Guid id, CancellationToken ct);

    /// <summary>
    /// Changes role, organisations or state. Grants of organisations that the caller does not see stay as they are; the last admin
    /// stays one.
    /// </summary>
    Task<Result<Done>> ChangeAsync(Caller caller, Guid id, PersonChange change, CancellationToken ct);

    /// <summary>
    /// Removes a person for good. What they made for an organisation goes to <paramref name="heir"/> first, in the same transaction;
    /// their keys never gain by it. The same request again, by its idempotency key, finds nothing more to hand over.
    /// </summary>
    Task<Result<HandedOver>> EraseAsync(Caller caller, Guid id, Guid heir, CancellationToken ct);
}
