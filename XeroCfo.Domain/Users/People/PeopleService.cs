using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users.Mail;

namespace XeroCfo.Domain.Users.People;

/// <summary>The address through which a person chooses a password, once.</summary>
/// <param name="Url">Null when it went by mail: then only the person has it.</param>
/// <param name="Mailed">It is on its way to the person.</param>
/// <param name="ExpiresAt">UTC.</param>
public sealed record PasswordLink(string? Url, bool Mailed, DateTime ExpiresAt);

/// <summary>A person, and the link for them when they have to choose a password.</summary>
public sealed record PersonWithLink(Person Person, PasswordLink? Link);

/// <summary>Looking after people: who comes in, with which role, to which organisations, and who leaves.</summary>
public sealed class PeopleService(IPeople people, UserService users, IPasswordCodes codes, IMailer mailer)
{
    /// <summary>Everybody, by e-mail address, with those of their organisations that the caller may see.</summary>
    public async Task<Result<IReadOnlyList<Person>>> ListAsync(Caller caller, CancellationToken ct) =>
        caller.Lacks(Permissions.UsersRead) is { } refused
            ? refused
            : Result<IReadOnlyList<Person>>.Of([.. (await people.ListAsync(ct)).Select(person => AsSeenBy(caller, person))]);

    public async Task<Result<Person>> GetAsync(Caller caller, Guid id, CancellationToken ct) =>
        caller.Lacks(Permissions.UsersRead) is { } refused ? refused
        : await people.FindAsync(id, ct) is { } person ? AsSeenBy(caller, person)
        : UserProblems.Unknown;

    /// <summary>Adds a person without a password, and sends or gives the link with which they choose one.</summary>
    /// <param name="caller">Who invites.</param>
    /// <param name="person">Whom; organisations that the caller does not see are refused.</param>
    /// <param name="site">This installation's address, as the caller reached it.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<Result<PersonWithLink>> InviteAsync(Caller caller, NewUser person, Uri site, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.UsersWrite) is { } refused)
        {
            return refused;
        }

        if (Foreign(caller, person.Tenants) is { } foreign)
        {
            return foreign;
        }

        var added = await users.AddAsync(caller, person, ct);
        if (added.Problem is { } failed)
        {
            return failed;
        }

        var link = added.Value.PasswordCode is { } code ? await LinkAsync(caller, added.Value.User, code, site, isNew: true, added.Value.IsRepeat, ct) : null;
        return await WithLinkAsync(caller, added.Value.User.Id, link, ct);
    }

    /// <summary>Changes role, organisations or state, at once for every open page and token of the person.</summary>
    public async Task<Result<Person>> ChangeAsync(Caller caller, Guid id, PersonChange change, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.UsersWrite) ?? Fault(change)) is { } refused)
        {
            return refused;
        }

        if (await people.FindAsync(id, ct) is not { } before)
        {
            return UserProblems.Unknown;
        }

        if ((Foreign(caller, change.Tenants) ?? KeyReach.Changing(caller, before, change)) is { } beyond)
        {
            return beyond;
        }

        var changed = await people.ChangeAsync(caller, id, change, ct);
        return changed.Problem is { } failed ? failed
            : await people.FindAsync(id, ct) is { } person ? AsSeenBy(caller, person)
            : UserProblems.Unknown;
    }

    /// <summary>Keeps everything of theirs, but they no longer come in.</summary>
    public async Task<Result<Done>> DisableAsync(Caller caller, Guid id, CancellationToken ct)
    {
        var changed = await ChangeAsync(caller, id, new PersonChange(IsActive: false), ct);
        return changed.Problem is { } refused ? refused : Done.Value;
    }

    /// <summary>Ends password and sessions, and sends or gives the link with which the person chooses a new one.</summary>
    public async Task<Result<PersonWithLink>> ResetPasswordAsync(Caller caller, Guid id, Uri site, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.UsersWrite) is { } refused)
        {
            return refused;
        }

        if (await people.FindAsync(id, ct) is not { } person)
        {
            return UserProblems.Unknown;
        }

        if (KeyReach.Opening(caller, person) is { } beyond)
        {
            return beyond;
        }

        if (person.User.IsDisabled)
        {
            return UserProblems.IsDisabled;
        }

        var code = await users.ResetAsync(caller, id, ct);
        if (code.Problem is { } failed)
        {
            return failed;
        }

        if (await people.FindAsync(id, ct) is not { } after)
        {
            return UserProblems.Unknown;
        }

        var link = await LinkAsync(caller, after.User, code.Value, site, isNew: false, isRepeat: after.User.SecurityStamp == person.User.SecurityStamp, ct);
        return new PersonWithLink(AsSeenBy(caller, after), link);
    }

    /// <summary>Removes a person for good; what they made for an organisation goes to another admin.</summary>
    public async Task<Result<HandedOver>> EraseAsync(Caller caller, Guid id, Guid heir, CancellationToken ct) =>
        caller.Lacks(Permissions.UsersWrite) is { } refused ? refused : await people.EraseAsync(caller, id, heir, ct);

    // Which other organisations somebody may see is no business of an admin who may not see them.
    private static Person AsSeenBy(Caller caller, Person person) =>
        caller.SeesAllTenants ? person : person with { Tenants = person.Tenants.Where(caller.Tenants.Contains).ToHashSet() };

    private static Problem? Fault(PersonChange change) =>
        change.IsNothing ? UserProblems.NothingToChange
        : change.Role is { } role && !Roles.All.Contains(role) ? UserService.RoleUnknown
        : null;

    private static Problem? Foreign(Caller caller, TenantGrants? grants) =>
        grants is not null && grants.Ids.Any(id => !caller.Sees(new(id))) ? UserProblems.TenantNotGranted : null;

    private async Task<PasswordLink> LinkAsync(Caller caller, User user, string code, Uri site, bool isNew, bool isRepeat, CancellationToken ct)
    {
        var url = new Uri(site, $"{PasswordLetters.Path[1..]}?code={code}").AbsoluteUri;
        var expiresAt = user.UpdatedAt + codes.Validity;
        if (!mailer.IsSet)
        {
            return new PasswordLink(url, false, expiresAt);
        }

        // A mail that does not get through must not leave the person outside: then whoever asked passes the link on.
        var sent = isRepeat || (await mailer.SendAsync(PasswordLetters.Of(user.Email!, url, caller.Name, isNew), ct)).Succeeded;
        return new PasswordLink(sent ? null : url, sent, expiresAt);
    }

    private async Task<Result<PersonWithLink>> WithLinkAsync(Caller caller, Guid id, PasswordLink? link, CancellationToken ct) =>
        await people.FindAsync(id, ct) is { } person ? new PersonWithLink(AsSeenBy(caller, person), link) : UserProblems.Unknown;
}
