using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.ApiKeys;

/// <summary>One's own keys, or everybody's for admins: how each stands, new ones, replaced and revoked ones.</summary>
public sealed partial class ApiKeysPage(ICircuitCaller circuit, ApiKeyService keys, TenantService tenants, AuditNotes notes, TimeProvider clock) : IDisposable
{
    private const int PageSize = 100;
    private readonly CancellationTokenSource _leaving = new();
    private Caller? _caller;
    private List<OwnedApiKey>? _keys;
    private IReadOnlyList<XeroTenant> _organisations = [];
    private Dictionary<Guid, string> _names = [];
    private CappedCount? _count;
    private string? _next;
    private Problem? _problem;
    private OwnedApiKey? _chosen;
    private Guid? _open;
    private Doing _doing;
    private string _said = "";

    private enum Doing
    {
        Nothing,
        Make,
        Rotate,
        Revoke,
    }

    private bool IsAdmin => _caller?.May(Permissions.ApiKeysAdmin) == true;

    private DateTime Now => clock.UtcNow();

    private string CountWords => _count is not { } count ? "" : count.Count == 1 ? "1 key" : $"{count.Count}{(count.Capped ? " or more" : "")} keys";

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private string StateOf(OwnedApiKey owned) => ApiKeyStates.Of(owned, Now);

    private void Open(Doing doing, OwnedApiKey? chosen) => (_doing, _chosen) = (doing, chosen);

    private void Close() => _doing = Doing.Nothing;

    private void Unfold(OwnedApiKey owned) => _open = _open == owned.Key.Id ? null : owned.Key.Id;

    private async Task LoadAsync()
    {
        _caller = await circuit.GetAsync();
        var page = await keys.ListAsync(_caller, null, PageSize, _leaving.Token);
        if (page.Problem is { } refused)
        {
            (_keys, _problem) = (null, refused);
            await notes.RefusedAsync(_caller, null, $"page {nameof(ApiKeysPage)}", refused, _leaving.Token);
            return;
        }

        var mine = await tenants.ListAsync(_caller, _leaving.Token);
        _organisations = mine.Succeeded ? mine.Value : [];
        _names = _organisations.ToDictionary(organisation => organisation.Id, organisation => organisation.Name);
        var count = await keys.CountAsync(_caller, _leaving.Token);
        _count = count.Succeeded ? count.Value : null;
        (_keys, _next, _problem) = ([.. page.Value.Items], page.Value.Next, null);
    }

    private async Task MoreAsync()
    {
        var page = await keys.ListAsync(_caller!, _next, PageSize, _leaving.Token);
        if (page.Succeeded)
        {
            _keys!.AddRange(page.Value.Items);
            _next = page.Value.Next;
        }

        _problem = page.Problem;
    }

    private async Task ChangedAsync(string said)
    {
        _said = said;
        await LoadAsync();
    }
}
