using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Sync;

namespace XeroCfo.Web.Xero;

/// <summary>One organisation: how it stands with Xero, what runs, what is left of the day, and the way out.</summary>
public sealed partial class ConnectionCard(SyncService sync, XeroConnectionService connections, TenantService tenants, SyncOptions options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _leaving = new();
    private XeroTenant _organisation = default!;
    private SyncRunDetail? _latest;
    private CallsToday? _today;
    private DateTime? _nextLook;
    private IReadOnlyList<ConsentFacts>? _consents;
    private Holdings? _holdings;
    private Problem? _problem;
    private string? _ended;
    private bool _history;
    private bool _working;

    [Parameter, EditorRequired]
    public XeroTenant Organisation { get; set; } = default!;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    /// <summary>There are books of one's own: the demo may go.</summary>
    [Parameter]
    public bool SuggestRemoval { get; set; }

    /// <summary>It was hidden or disconnected.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private TenantId Tenant => new(Organisation.Id);

    private bool MayConnect => Caller.May(Permissions.ConnectionsWrite);

    private bool MaySync => Caller.May(Permissions.SyncWrite) && _organisation.Connection is ConnectionStatus.Connected or ConnectionStatus.Demo;

    private bool IsRunning => _latest?.Run is { WaitUntil: null } run && !SyncStatus.IsOver(run.Status);

    private bool NeedsPerson => _organisation.Connection is ConnectionStatus.NeedsReconnect or ConnectionStatus.Disconnected;

    private DateTime? NextSync => _organisation.Connection is not (ConnectionStatus.Connected or ConnectionStatus.Demo) || !_organisation.HasBooks || IsRunning ? null
        : _latest?.Run.WaitUntil ?? (_nextLook is { } look ? Later(look) : null);

    private (Tone Tone, string Words) Status => _organisation switch
    {
        _ when IsRunning => (Tone.Info, SyncWords.Percent(_latest!.Run) is { } percent ? $"Syncing {percent} %" : "Syncing"),
        { Connection: ConnectionStatus.Demo } => (Tone.Info, "Demo"),
        { Connection: ConnectionStatus.Connected } => (Tone.Good, "Connected"),
        { Connection: ConnectionStatus.NeedsReconnect } => (Tone.Warn, "Reconnect needed"),
        _ => (Tone.Neutral, "Disconnected"),
    };

    private TimeSpan Interval => options.Interval;

    private string? Age => _organisation.DataAsOf is { } asOf && clock.UtcNow() - asOf is { TotalSeconds: > 0 } age
        ? age.TotalHours < 48 ? age.TotalMinutes < 100 ? $"{(int)age.TotalMinutes} min ago" : $"{(int)Math.Round(age.TotalHours)} h ago" : $"{(int)age.TotalDays} days ago"
        : null;

    private string YearEnd => $"{_organisation.FinancialYearEndDay} {DateWords.MonthName(new DateOnly(2001, _organisation.FinancialYearEndMonth, 1))}";

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        _organisation = Organisation;
        _consents = (await connections.ConsentsAsync(Caller, Tenant, _leaving.Token)) is { Succeeded: true } consents ? consents.Value : null;
        _holdings = (await connections.HoldingsAsync(Caller, Tenant, _leaving.Token)) is { Succeeded: true } holdings ? holdings.Value : null;
        await LookAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = WatchAsync();
        }
    }

    private DateTime Later(DateTime instant) => instant > clock.UtcNow() ? instant : clock.UtcNow();

    private Task WatchAsync() => clock.EveryAsync(Rhythm, async () =>
    {
        await InvokeAsync(LookAsync);
        await InvokeAsync(StateHasChanged);
    }, _leaving.Token);

    private async Task LookAsync()
    {
        if (await tenants.GetAsync(Caller, Tenant, _leaving.Token) is { Succeeded: true } found)
        {
            _organisation = found.Value;
        }

        var before = _latest?.Run;
        _latest = await sync.LatestAsync(Caller, Tenant, _leaving.Token);
        if (before is not null && _latest is { } latest && before.Id == latest.Run.Id && before.Status != latest.Run.Status && SyncStatus.IsOver(latest.Run.Status))
        {
            _ended = $"The sync of {_organisation.Name} has ended: {SyncWords.Status(latest).Text}";
        }

        _nextLook = await sync.NextLookAsync(Caller, _organisation, Interval, _leaving.Token);
        _today = MayConnect ? await sync.CallsTodayAsync(Caller, Tenant, _leaving.Token) : null;
    }

    private Task SyncAsync(bool full) => WorkAsync(async () => (await sync.RequestAsync(Caller, Tenant, full, _leaving.Token)).Problem);

    private Task CancelAsync() => WorkAsync(async () => _latest is { } latest ? (await sync.CancelAsync(Caller, Tenant, latest.Run.Id, _leaving.Token)).Problem : null);

    private async Task HideAsync()
    {
        await WorkAsync(async () => (await tenants.HideAsync(Caller, Tenant, true, _leaving.Token)).Problem);
        await OnChanged.InvokeAsync();
    }

    private async Task WorkAsync(Func<Task<Problem?>> work)
    {
        _working = true;
        _problem = await work();
        await LookAsync();
        _working = false;
    }
}
