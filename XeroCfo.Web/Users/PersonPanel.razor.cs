using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.People;
using XeroCfo.Domain.Users.SecondFactors;
using XeroCfo.Domain.Users.Sessions;

namespace XeroCfo.Web.Users;

/// <summary>One person: what they are, and what an admin may do about it.</summary>
public sealed partial class PersonPanel(PeopleService people, SessionService sessions, SecondFactorService factors, NavigationManager navigation, TimeProvider clock)
{
    private string _role = "";
    private string _typed = "";
    private TenantGrants _tenants = TenantGrants.None;
    private Guid? _heir;
    private PasswordLink? _link;
    private Problem? _problem;
    private bool _working;

    [Parameter, EditorRequired]
    public Person Person { get; set; } = default!;

    /// <summary>Everybody, for who may take over.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Person> People { get; set; } = [];

    [Parameter, EditorRequired]
    public IReadOnlyList<XeroTenant> Organisations { get; set; } = [];

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    /// <summary>The one who looks sees later organisations too, and may let others.</summary>
    [Parameter]
    public bool MayGiveLater { get; set; }

    /// <summary>The link of an invitation just made.</summary>
    [Parameter]
    public PasswordLink? Link { get; set; }

    /// <summary>Something has changed; in words.</summary>
    [Parameter]
    public EventCallback<string> OnChanged { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    private bool MayWrite => Caller.May(Permissions.UsersWrite);

    private DateTimeOffset Now => clock.GetUtcNow();

    private PasswordLink? Shown => _link ?? Link;

    private bool IsChanged => _role != Person.User.Role || AreTenantsChanged;

    private bool AreTenantsChanged => _tenants.All != Person.User.SeesAllTenants || (!_tenants.All && !_tenants.Ids.SetEquals(Person.Tenants));

    private IReadOnlyList<Person> Heirs =>
        [.. People.Where(other => other.User is { Role: Roles.Admin, IsDisabled: false, HasPassword: true } && other.User.Id != Person.User.Id)];

    private string FactorWords => (Person.User.TwoFactorEnabled, Person.Passkeys) switch
    {
        (true, 0) => "Authenticator app",
        (true, _) => "Authenticator app, passkey",
        (false, > 0) => "Passkey",
        _ => "None",
    };

    protected override void OnInitialized() => Begin();

    private void Begin() => (_role, _tenants) = (Person.User.Role, new TenantGrants(Person.User.SeesAllTenants, Person.Tenants));

    private Task SaveAsync() => IsChanged
        ? DoAsync("Saved.", async () => (await people.ChangeAsync(
            Caller, Person.User.Id, new PersonChange(_role == Person.User.Role ? null : _role, AreTenantsChanged ? _tenants : null), default)).Problem)
        : Task.CompletedTask;

    private Task ToggleActiveAsync() => DoAsync(
        Person.User.IsDisabled ? "Let in again." : "Disabled.",
        async () => (await people.ChangeAsync(Caller, Person.User.Id, new PersonChange(IsActive: Person.User.IsDisabled), default)).Problem);

    private Task ResetAsync() => DoAsync("There is a new link.", async () =>
    {
        var reset = await people.ResetPasswordAsync(Caller, Person.User.Id, new Uri(navigation.BaseUri), default);
        _link = reset.Succeeded ? reset.Value.Link : null;
        return reset.Problem;
    });

    private Task EndSessionsAsync() => DoAsync("Signed out everywhere.", async () => (await sessions.EndAllAsync(Caller, Person.User.Id, default)).Problem);

    private Task RemoveFactorsAsync() => DoAsync("The second factor is gone.", async () => (await factors.RemoveOfAsync(Caller, Person.User.Id, default)).Problem);

    private async Task EraseAsync()
    {
        if (_heir is not { } heir || !_typed.Trim().Equals(Person.User.Email, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        await DoAsync($"{Person.User.Email} is erased.", async () => (await people.EraseAsync(Caller, Person.User.Id, heir, default)).Problem);
    }

    private async Task DoAsync(string said, Func<Task<Problem?>> work)
    {
        if (_working)
        {
            return;
        }

        _working = true;
        _problem = await work();
        _working = false;
        if (_problem is null)
        {
            await OnChanged.InvokeAsync(said);
            Begin();
        }
    }
}
