using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Audit;

/// <summary>Who did what, filtered by the address.</summary>
public sealed partial class AuditPage(ICircuitCaller circuit, AuditService audit, TenantService tenants, AuditNotes notes, NavigationManager navigation) : IDisposable
{
    private const int PageSize = 50;
    private readonly CancellationTokenSource _leaving = new();
    private Caller? _caller;
    private AuditQuery _query = AuditQuery.All;
    private List<AuditEntry>? _entries;
    private IReadOnlyList<string> _actions = [];
    private IReadOnlyDictionary<Guid, string> _people = new Dictionary<Guid, string>();
    private IReadOnlyList<XeroTenant> _organisations = [];
    private CappedCount? _count;
    private string? _next;
    private Problem? _problem;
    private Guid? _open;
    private bool _working;

    public void Dispose()
    {
        navigation.LocationChanged -= OnMoved;
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        navigation.LocationChanged += OnMoved;
        return LoadAsync();
    }

    private static string? Text(ChangeEventArgs change) => change.Value as string is { Length: > 0 } text ? text : null;

    private static Guid? Id(ChangeEventArgs change) => Guid.TryParse(change.Value as string, out var id) ? id : null;

    private static string Time(DateTime utc) => utc.ToString("d MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    private string NameOf(Guid? tenant) => tenant is null ? "—" : _organisations.FirstOrDefault(organisation => organisation.Id == tenant)?.Name ?? "—";

    private void Go(AuditQuery query) => navigation.NavigateTo(PageLinks.Audit + query.ToText());

    private void OnMoved(object? sender, LocationChangedEventArgs moved) => _ = InvokeAsync(async () =>
    {
        if (!_leaving.IsCancellationRequested && new Uri(moved.Location).AbsolutePath == PageLinks.Audit)
        {
            await LoadAsync();
            StateHasChanged();
        }
    });

    private async Task LoadAsync()
    {
        _caller = await circuit.GetAsync();
        _query = AuditQuery.Of(new Uri(navigation.Uri).Query);
        var page = await audit.ListAsync(_caller, _query.Filter, null, PageSize, _leaving.Token);
        if (page.Problem is { } refused)
        {
            (_entries, _problem) = (null, refused);
            await notes.RefusedAsync(_caller, null, $"page {nameof(AuditPage)}", refused, _leaving.Token);
            return;
        }

        var (actions, people) = (await audit.ActionsAsync(_caller, _leaving.Token), await audit.PeopleAsync(_caller, _leaving.Token));
        var (count, mine) = (await audit.CountAsync(_caller, _query.Filter, _leaving.Token), await tenants.ListAsync(_caller, _leaving.Token));
        (_actions, _people) = (actions.Value, people.Value);
        (_count, _organisations) = (count.Value, mine.Succeeded ? mine.Value : []);
        (_entries, _next, _problem, _open) = ([.. page.Value.Items], page.Value.Next, null, null);
    }

    private async Task MoreAsync()
    {
        _working = true;
        var page = await audit.ListAsync(_caller!, _query.Filter, _next, PageSize, _leaving.Token);
        if (page.Succeeded)
        {
            _entries!.AddRange(page.Value.Items);
            _next = page.Value.Next;
        }

        (_problem, _working) = (page.Problem, false);
    }
}
