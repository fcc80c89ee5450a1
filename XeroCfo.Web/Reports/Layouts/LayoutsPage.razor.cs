using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Reports.Layouts;

/// <summary>The organisation's layouts of custom reports.</summary>
public sealed partial class LayoutsPage(LayoutService layouts, TimeProvider clock) : TenantPage
{
    private const int PageSize = 200;

    private IReadOnlyList<ReportLayoutView> _layouts = [];
    private Problem? _problem;
    private Guid? _asking;

    private bool MayWrite => Caller.May(Permissions.LayoutsWrite);

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var page = await layouts.ListAsync(Caller, Tenant, null, PageSize, ct);
        if (page.Problem is { } refused)
        {
            return refused;
        }

        _layouts = [.. page.Value.Items.OrderBy(view => view.Layout.Name, StringComparer.OrdinalIgnoreCase)];
        return null;
    }

    private string ReportOf(ReportLayoutView view) =>
        PageLinks.Report(Org, ReportTypes.Custom, ReportKinds.Sensible(ReportTypes.Custom, Organisation!, Organisation!.Today(clock)) with { LayoutId = view.Layout.Id });

    private async Task DeleteAsync(ReportLayoutView view)
    {
        var deleted = await layouts.DeleteAsync(Caller, Tenant, view.Layout.Id, ReadVersion.Of(view.Layout.UpdatedAt), Leaving);
        (_problem, _asking) = (deleted.Problem, null);
        if (deleted.Succeeded)
        {
            await ReloadAsync();
        }
    }
}
