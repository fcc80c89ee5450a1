using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Shared;

/// <summary>
/// A page of one organisation. It knows who asks and for which organisation before <see cref="LoadAsync"/> runs, and loads
/// again when the address changes, because filters live there.
/// </summary>
public abstract class TenantPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource? _loading;
    private Task _load = Task.CompletedTask;
    private string? _loadedAddress;

    /// <summary>The organisation's id in the address.</summary>
    [Parameter]
    public Guid Org { get; set; }

    /// <summary>Who asks.</summary>
    public Caller Caller { get; private set; } = default!;

    /// <summary>The organisation; null until it is known that the caller may see it.</summary>
    public XeroTenant? Organisation { get; private set; }

    /// <summary>Why the page cannot be shown.</summary>
    public Problem? Refusal { get; private set; }

    /// <summary>True once there is something to show; it stays while newer figures load.</summary>
    public bool Loaded { get; private set; }

    /// <summary>True while figures are being fetched.</summary>
    public bool Busy { get; private set; }

    protected TenantId Tenant => new(Org);

    /// <summary>Cancelled when the person navigates away.</summary>
    protected CancellationToken Leaving => _leaving.Token;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ICircuitCaller Circuit { get; set; } = default!;

    [Inject]
    private TenantService Tenants { get; set; } = default!;

    [Inject]
    private AuditNotes Notes { get; set; } = default!;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Fetches what the page shows; the problem when it may not or cannot.</summary>
    protected abstract Task<Problem?> LoadAsync(CancellationToken ct);

    /// <summary>The figures again, as after a change or "Try again".</summary>
    public Task ReloadAsync()
    {
        // One at a time, so that an older answer can never overwrite a newer one.
        _loading?.Cancel();
        _loading = CancellationTokenSource.CreateLinkedTokenSource(Leaving);
        return _load = LoadAfterAsync(_load, _loading.Token);
    }

    protected sealed override Task OnParametersSetAsync()
    {
        if (_loadedAddress == Navigation.Uri)
        {
            return Task.CompletedTask;
        }

        _loadedAddress = Navigation.Uri;
        return ReloadAsync();
    }

    /// <summary>Puts filters into the address, which loads the page anew.</summary>
    protected void ShowAs(IReadOnlyDictionary<string, object?> query, bool replace = false) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query), replace: replace);

    /// <summary>Puts into the address what the page shows already, so that a link shows the same; nothing is loaded.</summary>
    protected void NoteInAddress(IReadOnlyDictionary<string, object?> query)
    {
        var address = Navigation.GetUriWithQueryParameters(query);
        if (address != Navigation.Uri)
        {
            _loadedAddress = address;
            Navigation.NavigateTo(address, replace: true);
        }
    }

    /// <summary>Does something at a rhythm until the person leaves, with the page's figures still.</summary>
    protected Task EveryAsync(TimeSpan rhythm, TimeProvider clock, Func<Task> look) => clock.EveryAsync(rhythm, () => InvokeAsync(look), Leaving);

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_leaving.IsCancellationRequested)
        {
            _leaving.Cancel();
            _loading?.Dispose();
            _leaving.Dispose();
        }
    }

    private async Task LoadAfterAsync(Task earlier, CancellationToken ct)
    {
        try
        {
            await earlier;
            ct.ThrowIfCancellationRequested();
            Busy = true;
            Refusal = await FindAndLoadAsync(ct);
            if (Refusal is { } refused && (refused.Kind == ProblemKind.Forbidden || refused == TenantProblems.Unknown))
            {
                await Notes.RefusedAsync(Caller, Org, $"page {GetType().Name}", refused, ct);
            }

            Loaded = Refusal is null;
            Busy = false;
            StateHasChanged();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // A newer load, or the person has left.
        }
    }

    private async Task<Problem?> FindAndLoadAsync(CancellationToken ct)
    {
        Caller = await Circuit.GetAsync();
        var found = await Tenants.GetAsync(Caller, Tenant, ct);
        if (found.Problem is { } unknown)
        {
            Organisation = null;
            return unknown;
        }

        if (Organisation?.Id != found.Value.Id)
        {
            Loaded = false;
        }

        Organisation = found.Value;
        return await LoadAsync(ct);
    }
}
