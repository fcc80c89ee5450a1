using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Reports.View;

/// <summary>A kept report, unchanged, with what moved in its days since it was made.</summary>
public sealed partial class SavedReportPage(ReportService reports, TimeProvider clock) : TenantPage
{
    private Report? _report;
    private ReportView? _view;
    private ReportDocument? _kept;
    private ReportDocument? _now;
    private IReadOnlyList<ReportChange> _changes = [];
    private Problem? _problem;
    private bool _cents;
    private bool _deleting;

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery]
    public string? Cell { get; set; }

    [SupplyParameterFromQuery]
    public string? With { get; set; }

    [SupplyParameterFromQuery]
    public Guid? Account { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    // The days as they were then: what was left to the report is not left to today.
    private ReportParameters Now => _view!.Document.Parameters with { Basis = null };

    private string MovedAnchor => "/" + Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0] + "#moved";

    private string SavedWords
    {
        get
        {
            var (document, today) = (_view!.Document, Organisation!.Today(clock));
            return $"Saved {DateWords.Moment(_report!.CreatedAt, Organisation.TimeZone, today)}{(document.DataAsOf is { } asOf ? $", as of {DateWords.Moment(asOf, Organisation.TimeZone, today)}" : "")} · {MovedFigures.Words(MovedFigures.Count(_changes))}";
        }
    }

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var found = await reports.GetAsync(Caller, Tenant, Id, ct);
        if (found.Problem is { } refused)
        {
            return refused;
        }

        if (_view is null || _report?.Id != Id)
        {
            (_report, _now) = (found.Value, null);
            _kept = ReportJson.ReadDocument(_report.Data);
            _view = new ReportView(_kept, new ReportLook());
        }

        var changes = await reports.ChangesAsync(Caller, Tenant, Id, ct);
        _changes = changes.Succeeded ? changes.Value : [];
        if (Cell is not null && _now is null)
        {
            var made = await reports.RunAsync(Caller, Tenant, _report.Type, Now, ct);
            (_now, _problem) = (made.Succeeded ? made.Value : null, made.Problem);
        }

        return null;
    }

    // The notes' numbers stand in the margin of their rows.
    private void Number(IReadOnlyList<RowNoteView> notes) => _view = new ReportView(_kept!.With(notes, figure => figure.Token), new ReportLook());

    private string PanelLink(string? cell, string? other, Guid? account, string? after) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { ["cell"] = cell, ["with"] = other, ["account"] = account, ["after"] = after });

    private async Task DeleteAsync()
    {
        _deleting = true;
        var deleted = await reports.DeleteAsync(Caller, Tenant, Id, ReadVersion.Of(_report!.UpdatedAt), Leaving);
        (_deleting, _problem) = (false, deleted.Problem);
        if (deleted.Succeeded)
        {
            Navigation.NavigateTo(PageLinks.Reports(Org));
        }
    }
}
