using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.Mail;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Reports.Schedules;

/// <summary>Reports that are made by themselves: what there is, when each runs next, what became of it.</summary>
public sealed partial class SchedulesCard(IJSRuntime browser, TimeProvider clock) : IDisposable
{
    private const int Shown = 25, RunsShown = 20;
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _leaving = new();
    private ElementReference _box;
    private bool _shown;
    private List<ScheduleView>? _views;
    private string? _next;
    private int _count;
    private Guid? _open;
    private IReadOnlyList<ScheduleRun> _runs = [];
    private ScheduleDraft? _draft;
    private ReportSchedule? _editing;
    private Problem? _problem;
    private Sending _sending = new();
    private string _said = "";
    private bool _busy;

    [Inject]
    private ScheduleService Schedules { get; set; } = default!;

    [Inject]
    private IMailer Mailer { get; set; } = default!;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Parameter, EditorRequired]
    public XeroTenant Organisation { get; set; } = default!;

    /// <summary>A report that is to be scheduled, by its kind's type; null: none.</summary>
    [Parameter]
    public string? Start { get; set; }

    /// <summary>What is asked of it.</summary>
    [Parameter]
    public ReportParameters StartParameters { get; set; } = new();

    private TenantId Tenant => new(Organisation.Id);

    private bool MayWrite => Caller.May(Permissions.ReportsWrite);

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        await ReadAsync(null);
        if (MayWrite && Start is { } type)
        {
            Edit(null);
            _draft = ScheduleDraft.Of(type, StartParameters);
        }

        _ = WatchAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_draft is null)
        {
            _shown = false;
        }
        else if (!_shown)
        {
            _shown = true;
            await using var module = await browser.InvokeAsync<IJSObjectReference>("import", $"./js/dialog.js?v={typeof(SchedulesCard).Module.ModuleVersionId.ToString("N")[..8]}");
            await module.InvokeVoidAsync("show", _box);
        }
    }

    // Only what is under way changes by itself.
    private Task WatchAsync() => clock.EveryAsync(Rhythm, () => InvokeAsync(async () =>
    {
        if (_draft is null && _views?.Any(view => view.LastRun is { } run && !ScheduleRunStatus.IsOver(run.Status)) == true)
        {
            await ReadAsync(null);
            StateHasChanged();
        }
    }), _leaving.Token);

    private async Task ReadAsync(string? cursor)
    {
        var page = await Schedules.ListAsync(Caller, Tenant, cursor, Shown, _leaving.Token);
        if (page.Problem is { } refused)
        {
            (_views, _problem) = (_views ?? [], refused);
            return;
        }

        (_views, _next) = ([.. cursor is null ? [] : _views ?? [], .. page.Value.Items], page.Value.Next);
        _count = await Schedules.CountAsync(Caller, Tenant, _leaving.Token) is { Succeeded: true, Value: var count } ? count.Count : 0;
        await ReadRunsAsync();
    }

    private async Task ReadRunsAsync() =>
        _runs = _open is { } id && await Schedules.RunsAsync(Caller, Tenant, id, null, RunsShown, _leaving.Token) is { Succeeded: true, Value: var runs } ? runs.Items : [];

    private Task MoreAsync() => ReadAsync(_next);

    private async Task OpenAsync(ReportSchedule schedule)
    {
        _open = _open == schedule.Id ? null : schedule.Id;
        await ReadRunsAsync();
    }

    private void Edit(ReportSchedule? schedule) => (_editing, _draft, _problem, _said, _sending) = (schedule, schedule is null ? new ScheduleDraft() : ScheduleDraft.Of(schedule), null, "", new());

    private void Close() => (_draft, _problem) = (null, null);

    private Task SaveAsync(ScheduleDraft draft) => _sending.OnceAsync(once => TryAsync(
        async () => _editing is { } known
            ? (await Schedules.UpdateAsync(Caller, Tenant, known.Id, ReadVersion.Of(known.UpdatedAt), draft.ToInput(), default)).Problem
            : (await Schedules.CreateAsync(Caller with { IdempotencyKey = once }, Tenant, draft.ToInput(), default)).Problem,
        "The schedule is saved."));

    private Task DeleteAsync() => DoAsync(async () => (await Schedules.DeleteAsync(Caller, Tenant, _editing!.Id, ReadVersion.Of(_editing.UpdatedAt), default)).Problem, "The schedule is deleted; its reports stay.");

    private Task RunAsync(ReportSchedule schedule) => DoAsync(async () => (await Schedules.RequestAsync(Caller, Tenant, schedule.Id, default)).Problem, $"{schedule.Name} runs; the report will stand below.");

    private async Task DoAsync(Func<Task<Problem?>> work, string said) => await TryAsync(work, said);

    // True when it is done.
    private async Task<bool> TryAsync(Func<Task<Problem?>> work, string said)
    {
        _busy = true;
        _problem = await work();
        _busy = false;
        if (_problem is null)
        {
            (_draft, _said) = (null, said);
            await ReadAsync(null);
            return true;
        }

        return false;
    }
}
