using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Reports.Layouts;

/// <summary>The editor of a layout: its rows, what is to be looked at, and how it was before.</summary>
public sealed partial class LayoutPage(LayoutService layouts, ILedgerReader ledger, TimeProvider clock) : TenantPage
{
    private LayoutDraft _draft = new();
    private ReportLayoutView? _view;
    private IReadOnlyList<Domain.Ledger.Account> _chart = [];
    private IReadOnlyList<LayoutWarning> _warnings = [];
    private IReadOnlyList<LayoutVersionHead> _versions = [];
    private Problem? _problem;
    private Sending _sending = new();
    private int? _shownVersion;
    private string _said = "";
    private bool _working;

    /// <summary>Null: a new layout.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    private bool MayWrite => Caller.May(Permissions.LayoutsWrite);

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        if (Id is null && Caller.Lacks(Permissions.LayoutsWrite, Tenant) is { } refused)
        {
            return refused;
        }

        _chart = await ledger.AccountsAsync(Tenant, ct);
        if (Id is not { } id)
        {
            (_view, _versions, _sending) = (null, [], new());
            Begin(LayoutDraft.ProfitAndLoss());
            return null;
        }

        var found = await layouts.GetAsync(Caller, Tenant, id, ct);
        if (found.Problem is { } unknown)
        {
            return unknown;
        }

        await TakeAsync(found.Value, ct);
        return null;
    }

    private async Task TakeAsync(ReportLayoutView view, CancellationToken ct)
    {
        (_view, _shownVersion, _problem) = (view, null, null);
        _versions = await layouts.VersionsAsync(Caller, Tenant, view.Layout.Id, ct) is { Succeeded: true, Value: var versions } ? versions : [];
        Begin(LayoutDraft.From(view.Layout.Name, view.Layout.Rows));
    }

    private void Begin(LayoutDraft draft)
    {
        draft.Name = draft.Name.Length > 0 ? draft.Name : _draft.Name;
        _draft = draft;
        Changed();
    }

    private void Changed() => _warnings = new LayoutAccounts([.. _draft.Rows.Select(row => row.ToRow())], _chart).Warnings();

    private void Add(string kind)
    {
        _draft.Add(kind);
        _said = $"A {kind} is added at the end";
        Changed();
    }

    private void Move(RowDraft row, int by)
    {
        _draft.Move(row, by);
        _said = $"{row.Label} is row {_draft.Rows.IndexOf(row) + 1} now";
    }

    private void Delete(RowDraft row)
    {
        _draft.Rows.Remove(row);
        _said = $"{row.Label} is taken out";
        Changed();
    }

    private async Task ShowAsync(LayoutVersionHead head)
    {
        var version = await layouts.VersionAsync(Caller, Tenant, _view!.Layout.Id, head.Version, Leaving);
        if (version.Succeeded)
        {
            Begin(LayoutDraft.From(version.Value.Name, version.Value.Rows));
            _shownVersion = head.Version == _view.Layout.Version ? null : head.Version;
        }

        _problem = version.Problem;
    }

    private Task SaveAsync() => _view is { Layout: var old } ? ChangeAsync(old) : _sending.OnceAsync(MakeAsync);

    private async Task<bool> MakeAsync(string once)
    {
        _working = true;
        var made = await layouts.CreateAsync(Caller with { IdempotencyKey = once }, Tenant, _draft.Input, Leaving);
        (_working, _problem) = (false, made.Problem);
        if (made.Succeeded)
        {
            Navigation.NavigateTo(PageLinks.Layout(Org, made.Value.Layout.Id));
        }

        return made.Succeeded;
    }

    private async Task ChangeAsync(ReportLayout old)
    {
        _working = true;
        var saved = await layouts.UpdateAsync(Caller, Tenant, old.Id, ReadVersion.Of(old.UpdatedAt), _draft.Input, Leaving);
        (_working, _problem) = (false, saved.Problem);
        if (saved.Succeeded)
        {
            await TakeAsync(saved.Value, Leaving);
            _said = "Saved";
        }
    }

    private string ReportOf(ReportLayoutView view) =>
        PageLinks.Report(Org, ReportTypes.Custom, ReportKinds.Sensible(ReportTypes.Custom, Organisation!, Organisation!.Today(clock)) with { LayoutId = view.Layout.Id });

    // Which row a refusal is about.
    private static int? RowOf(Problem? problem) =>
        problem?.Field is { } field && RowField().Match(field) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^rows\[([0-9]{1,4})\]", RegexOptions.CultureInvariant)]
    private static partial Regex RowField();
}
