using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Users;

/// <summary>Refusals about people.</summary>
public static class UserProblems
{
    public static Problem Unknown { get; } = Problem.NotFound("user-not-found", "There is no such person.");

    public static Problem AddressTaken { get; } = new("email-taken", "There is already a person with this e-mail address.", ProblemKind.Conflict, "email");

    public static Problem AdminExists { get; } = new("admin-exists", "XeroCfo is already set up. Sign in instead.", ProblemKind.Conflict);

    public static Problem LastAdmin { get; } = new("last-admin", "This is the last admin who can sign in: make another one first.", ProblemKind.Refused);

    public static Problem NothingToChange { get; } = Problem.Invalid("role", "Say what to change: role, tenants or isActive.", "nothing-to-change");

    /// <summary>An organisation that does not exist, or that the caller may not see: the same answer.</summary>
    public static Problem TenantNotGranted { get; } =
        new("tenant-not-granted", "Only organisations that you may see can be given to somebody.", ProblemKind.Refused, "tenants");

    public static Problem HeirUnfit { get; } =
        new("heir-unfit", "What a person leaves goes to another admin, who can sign in.", ProblemKind.Refused, "handOverTo");

    public static Problem HeirSeesLess { get; } =
        new("heir-sees-less", "That admin may not see every organisation of this person. Give them the missing ones first.", ProblemKind.Refused, "handOverTo");

    public static Problem IsDisabled { get; } =
        new("user-disabled", "This person is disabled. Let them in again first.", ProblemKind.Conflict);

    /// <summary>The account is an admin's, or may do more than the key that would open it.</summary>
    public static Problem PersonBeyondKey { get; } =
        new("person-exceeds-key", "This person is an admin, or may do or see more than the API key that asks: a key opens no such account. Sign in and do it yourself.", ProblemKind.Forbidden);

    /// <summary>A key cannot give a role that may do more than itself.</summary>
    public static Problem RoleBeyondKey(string role, string permission) =>
        new("role-exceeds-key", $"An API key cannot make somebody {role} without the permission {permission} of its own.", ProblemKind.Refused, "role");
}
