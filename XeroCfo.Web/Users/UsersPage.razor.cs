using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.People;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Users;

/// <summary>Who may come in, as what, and to which organisations. The person who is looked at stands in the address.</summary>
public sealed partial class UsersPage(ICircuitCaller circuit, PeopleService people, TenantService tenants, NavigationManager navigation, TimeProvider clock) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private Caller? _caller;
    private IReadOnlyList<Person>? _people;
    private IReadOnlyList<XeroTenant> _organisations = [];
    private PasswordLink? _link;
    private Problem? _problem;
    private string? _said;
    private bool _inviting;

    /// <summary>The person who is looked at.</summary>
    [SupplyParameterFromQuery(Name = "id")]
    private Guid? Who { get; set; }

    private bool MayWrite => _caller?.May(Permissions.UsersWrite) == true;

    private bool IsPanelOpen => _inviting || Chosen is not null;

    private Person? Chosen => _people?.FirstOrDefault(person => person.User.Id == Who);

    private bool MayGiveLater => _people?.FirstOrDefault(person => person.User.Id == _caller?.UserId)?.User.SeesAllTenants == true;

    private DateTimeOffset Now => clock.GetUtcNow();

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private static string CountWords(IReadOnlyList<Person> all)
    {
        var waiting = all.Count(person => !person.User.IsDisabled && !person.User.HasPassword);
        var disabled = all.Count(person => person.User.IsDisabled);
        string?[] parts =
        [
            all.Count == 1 ? "1 person" : $"{MoneyFormat.Neutral.Count(all.Count)} people",
            waiting > 0 ? $"{MoneyFormat.Neutral.Count(waiting)} yet to choose a password" : null,
            disabled > 0 ? $"{MoneyFormat.Neutral.Count(disabled)} disabled" : null,
        ];
        return string.Join(" · ", parts.OfType<string>());
    }

    private async Task LoadAsync()
    {
        _caller = await circuit.GetAsync();
        var found = await people.ListAsync(_caller, _leaving.Token);
        var seen = await tenants.ListAsync(_caller, _leaving.Token);
        (_people, _problem) = (found.Succeeded ? found.Value : null, found.Problem);
        _organisations = seen.Succeeded ? seen.Value : [];
    }

    private string OrganisationWords(Person person) => person.User.SeesAllTenants ? "All, later ones too"
        : person.Tenants.Count == 0 ? "None"
        : string.Join(", ", _organisations.Where(organisation => person.Tenants.Contains(organisation.Id)).Select(organisation => organisation.Name));

    private void Open(Person person) => Look(person.User.Id == Who ? null : person.User.Id);

    private void OpenInvitation()
    {
        Look(null);
        _inviting = true;
    }

    private void Close() => Look(null);

    private void Look(Guid? id)
    {
        (_inviting, _link, Who) = (false, null, id);
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("id", id), replace: true);
    }

    private async Task InvitedAsync(PersonWithLink invited)
    {
        await LoadAsync();
        Look(invited.Person.User.Id);
        (_link, _said) = (invited.Link, $"{invited.Person.User.Email} is invited.");
    }

    private async Task ChangedAsync(string said)
    {
        // Whoever changed themselves has other rights now, or none.
        circuit.Forget();
        await LoadAsync();
        _said = said;
    }
}
