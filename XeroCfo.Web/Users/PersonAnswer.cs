using System.ComponentModel.DataAnnotations;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.People;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Users;

/// <summary>The way to a password, once. <c>Url</c> is null when it went by mail.</summary>
internal sealed record PasswordLinkAnswer(string? Url, bool Mailed, DateTime ExpiresAt)
{
    public static PasswordLinkAnswer Of(PasswordLink link) => new(link.Url, link.Mailed, link.ExpiresAt);
}

/// <summary>A person. <c>Tenants</c> are those of their organisations that the caller may see; <c>PasswordLink</c> stands only where one was made.</summary>
internal sealed record PersonAnswer(
    Guid Id,
    string Email,
    string? FirstName,
    string? LastName,
    [property: Words(typeof(Roles))] string Role,
    bool IsActive,
    IReadOnlyList<Guid> Tenants,
    bool AllTenants,
    bool HasPassword,
    bool HasSecondFactor,
    DateTime? LockedUntil,
    DateTime? LastLoginAt,
    int Sessions,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    PasswordLinkAnswer? PasswordLink) : IExample<PersonAnswer>
{
    public static PersonAnswer Example => new(
        Examples.Thing, "ada@example.com", "Ada", "Reyes", Roles.Accountant, true, [Examples.Tenant], false, true, true, null, Examples.Instant, 1, Examples.Instant, Examples.Instant, null);

    public static PersonAnswer Of(PersonWithLink person) => Of(person.Person, person.Link);

    public static PersonAnswer Of(Person person, PasswordLink? link = null)
    {
        var user = person.User;
        return new PersonAnswer(
            user.Id, user.Email!, user.FirstName, user.LastName, user.Role, !user.IsDisabled, [.. person.Tenants.Order()], user.SeesAllTenants, user.HasPassword,
            person.HasSecondFactor, user.LockoutEnd?.UtcDateTime, user.LastLoginAt, person.Sessions, user.CreatedAt, user.UpdatedAt, link is null ? null : PasswordLinkAnswer.Of(link));
    }
}

internal sealed record InviteRequest(
    [property: Required, StringLength(EmailAddress.MaximumLength, MinimumLength = 3)] string? Email = null,
    [property: Required, Words(typeof(Roles))] string? Role = null,
    [property: Required] TenantsChoice? Tenants = null) : IExample<InviteRequest>
{
    public static InviteRequest Example => new("ada@example.com", Roles.Accountant, new TenantsChoice(TenantGrants.Of(Examples.Tenant)));
}

/// <summary>What is to become of a person; what is left out stays as it is.</summary>
internal sealed record PersonRequest([property: Words(typeof(Roles))] string? Role = null, TenantsChoice? Tenants = null, bool? IsActive = null) : IExample<PersonRequest>
{
    public static PersonRequest Example => new(Roles.ReadOnly, new TenantsChoice(TenantGrants.Every), true);

    public PersonChange ToChange() => new(Role, Tenants?.Grants, IsActive);
}

internal sealed record EraseRequest([property: Required] Guid? HandOverTo = null) : IExample<EraseRequest>
{
    public static EraseRequest Example => new(Examples.Thing);
}
