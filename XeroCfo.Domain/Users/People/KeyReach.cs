using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Users.People;

/// <summary>
/// What a key may do to people. Who holds a key learns the link of whoever it invites, and so would be whoever that is: a key gives nobody
/// more than it has itself, and opens no account that may do more. An admin's account it opens never, whatever it may: with the way in it would be that
/// admin, and outlive itself; so it changes no admin's role either, which would make them somebody whose account it may open. People are bound by their own rights alone. Pure.
/// </summary>
internal static class KeyReach
{
    /// <summary>Why a key may not give that role; null when nothing stands in the way.</summary>
    public static Problem? Giving(Caller caller, string role) => Lacking(caller, role) is { } permission ? UserProblems.RoleBeyondKey(role, permission) : null;

    /// <summary>Why a key may not make that of a person.</summary>
    public static Problem? Changing(Caller caller, Person person, PersonChange change) =>
        IsAdminToKey(caller, person) && change.Role is { } other && other != person.User.Role ? UserProblems.PersonBeyondKey
        : change.Role is { } role && Giving(caller, role) is { } beyond ? beyond
        : change.IsActive == true ? Opening(caller, person)
        : null;

    /// <summary>Why a key may not open the way into that account.</summary>
    public static Problem? Opening(Caller caller, Person person) =>
        IsAdminToKey(caller, person) || (caller.Kind == CallerKind.ApiKey && (Lacking(caller, person.User.Role) is not null || person.Tenants.Any(tenant => !caller.Sees(new(tenant)))))
            ? UserProblems.PersonBeyondKey
            : null;

    private static bool IsAdminToKey(Caller caller, Person person) => caller.Kind == CallerKind.ApiKey && Permissions.Of(person.User.Role).Contains(Permissions.UsersWrite);

    private static string? Lacking(Caller caller, string role) =>
        caller.Kind == CallerKind.ApiKey ? Permissions.Of(role).FirstOrDefault(permission => !caller.May(permission)) : null;
}
