using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Reports.View;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Reports;

/// <summary>The reports' first page: the kinds, what this person opened lately, what is kept.</summary>
public sealed partial class ReportsPage(ReportService reports, IJSRuntime browser, TimeProvider clock) : TenantPage
{
    private const int PageSize = 25;

    private readonly Dictionary<Guid, int> _moved = [];
    private Page<ReportHead> _saved = new([], null);
    private CappedCount? _count;
    private IReadOnlyList<RecentReport> _recent = [];
    private Guid? _recentOf;

    /// <summary>A kind's place in addresses.</summary>
    [SupplyParameterFromQuery]
    public string? Type { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    /// <summary>A kind of report that is to be scheduled as the rest of the address asks for it.</summary>
    [SupplyParameterFromQuery]
    public string? Schedule { get; set; }

    private (string Type, ReportParameters Parameters)? Scheduled => Schedule is { } slug && ReportKinds.BySlug(slug) is { } kind
        && ReportQuery.Read(QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query)) is { Succeeded: true, Value: var asked } ? (kind.Type, asked) : null;

    private TimeProvider Clock => clock;

    private string? CountWords => _count is not { } count ? null : count.Capped ? $"more than {CappedCount.Cap - 1}" : MoneyFormat.Of(Organisation!.CountryCode).Count(count.Count);

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var type = Type is { } slug ? ReportKinds.BySlug(slug)?.Type : null;
        var page = await reports.ListAsync(Caller, Tenant, type, After, PageSize, ct);
        if (page.Problem is { } refused)
        {
            return refused;
        }

        _saved = page.Value;
        _count = await reports.CountAsync(Caller, Tenant, type, ct) is { Succeeded: true, Value: var count } ? count : null;
        _moved.Clear();
        foreach (var head in _saved.Items)
        {
            if (await reports.ChangesAsync(Caller, Tenant, head.Id, ct) is { Succeeded: true, Value: var changes })
            {
                _moved[head.Id] = MovedFigures.Count(changes);
            }
        }

        return null;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Loaded && _recentOf != Org)
        {
            _recentOf = Org;
            var script = await browser.InvokeAsync<IJSObjectReference>("import", $"./js/reports.js?v={typeof(ReportsPage).Module.ModuleVersionId.ToString("N")[..8]}");
            _recent = await (script?.InvokeAsync<RecentReport[]?>("recent", $"{Org:D}.{Caller.UserId:D}") ?? ValueTask.FromResult<RecentReport[]?>(null)) ?? [];
            StateHasChanged();
        }
    }

    private string Opens(ReportKind kind)
    {
        if (kind.Type == ReportTypes.Custom)
        {
            return "Opens with the layouts";
        }

        var days = ReportKinds.Sensible(kind.Type, Organisation!, Organisation!.Today(clock));
        return days is { From: { } from, To: { } to } ? $"Opens with {ReportPeriods.Words(new Days(from, to))}" : $"Opens at {DateWords.Of(days.Date ?? Organisation.Today(clock))}";
    }

    private static string DaysOf(ReportHead head) => head.Parameters switch
    {
        { From: { } from, To: { } to } => ReportPeriods.Words(new Days(from, to)),
        { Date: { } date } => $"at {DateWords.Of(date)}",
        { To: { } to } => $"to {DateWords.Of(to)}",
        _ => "as of its day",
    };

    private string MovedWords(Guid report) => !_moved.TryGetValue(report, out var count) ? "—" : MovedFigures.Words(count);
}
