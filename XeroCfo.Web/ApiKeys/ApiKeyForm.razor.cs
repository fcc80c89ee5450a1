using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.ApiKeys;

/// <summary>What somebody wants of a new key. It decides nothing.</summary>
public sealed partial class ApiKeyForm(TimeProvider clock)
{
    private readonly HashSet<string> _chosen = [];
    private readonly HashSet<Guid> _tenants = [];
    private IReadOnlyList<PermissionArea> _areas = [];
    private string _name = "";
    private string _addresses = "";
    private string _password = "";
    private int _days = (int)ApiKeyService.UsualLife.TotalDays;
    private bool _all = true;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Parameter, EditorRequired]
    public IReadOnlyList<XeroTenant> Organisations { get; set; } = [];

    [Parameter]
    public bool Working { get; set; }

    [Parameter]
    public Problem? Problem { get; set; }

    [Parameter]
    public EventCallback<(ApiKeyWish Wish, string Password)> OnMake { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    protected override void OnInitialized() => _areas = ApiKeyWords.ByArea(Permissions.All.Where(Caller.May));

    private void Choose(Func<string, bool> which)
    {
        _chosen.Clear();
        _chosen.UnionWith(_areas.SelectMany(area => area.Permissions).Select(permission => permission.Permission).Where(which));
    }

    private void Toggle(string permission, ChangeEventArgs change) => _ = change.Value is true ? _chosen.Add(permission) : _chosen.Remove(permission);

    private void Toggle(Guid tenant, ChangeEventArgs change) => _ = change.Value is true ? _tenants.Add(tenant) : _tenants.Remove(tenant);

    private async Task MakeAsync()
    {
        var addresses = _addresses.Split([',', ' ', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var wish = new ApiKeyWish(
            Caller.UserId ?? Guid.Empty, _name, [.. _chosen], _all ? null : [.. _tenants], _days == 0 ? null : clock.UtcNow().AddDays(_days), addresses.Length == 0 ? null : addresses);
        var password = _password;
        _password = "";
        await OnMake.InvokeAsync((wish, password));
    }
}
