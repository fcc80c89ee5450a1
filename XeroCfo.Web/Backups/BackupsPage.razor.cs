using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Backups;

/// <summary>Every backup, how it went, and when the next ones are made.</summary>
public sealed partial class BackupsPage(ICircuitCaller circuit, BackupService backups, TimeProvider clock) : IDisposable
{
    private const string EveryDay = "daily";
    private const string WhenAsked = "asked";
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _leaving = new();
    private Caller? _caller;
    private BackupOverview? _overview;
    private Problem? _refusal;
    private Problem? _problem;
    private DateTime _now;
    private bool _working;
    private bool _saved;
    private string _made = EveryDay;
    private int _hour;
    private int _keep;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        if (_overview is { Schedule: var schedule })
        {
            (_made, _hour, _keep) = (schedule.Daily ? EveryDay : WhenAsked, schedule.HourUtc, schedule.Keep);
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = clock.EveryAsync(Rhythm, () => InvokeAsync(LookAsync), _leaving.Token);
        }
    }

    private async Task LoadAsync()
    {
        _caller = await circuit.GetAsync();
        var found = await backups.OverviewAsync(_caller, _leaving.Token);
        (_overview, _refusal, _now) = (found.Succeeded ? found.Value : null, found.Problem, clock.UtcNow());
    }

    private async Task LookAsync()
    {
        if (_overview?.Open is null || _working)
        {
            return;
        }

        await LoadAsync();
        StateHasChanged();
    }

    private async Task MakeAsync()
    {
        _working = true;
        _problem = (await backups.RequestAsync(_caller!, _leaving.Token)).Problem;
        await LoadAsync();
        _working = false;
    }

    private async Task PlanAsync()
    {
        _working = true;
        _problem = (await backups.PlanAsync(_caller!, _made == EveryDay, _hour, _keep, _leaving.Token)).Problem;
        _saved = _problem is null;
        await LoadAsync();
        _working = false;
    }
}
