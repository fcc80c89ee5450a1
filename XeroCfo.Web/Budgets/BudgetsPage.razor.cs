using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Reports;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Budgets;

/// <summary>The organisation's budgets: Xero's to look at, own ones to make, import, copy and delete.</summary>
public sealed partial class BudgetsPage(BudgetService budgets, ITrackingReader tracking, TimeProvider clock) : TenantPage
{
    private IReadOnlyList<BudgetHead> _heads = [];
    private IReadOnlyList<TrackingCategory> _categories = [];
    private BudgetHead? _chosen;
    private Problem? _problem;
    private Side _side;
    private string _said = "";
    private bool _working;

    private enum Side
    {
        None,
        New,
        Import,
        Delete,
    }

    private bool MayWrite => Caller.May(Permissions.BudgetsWrite);

    private DateOnly Today => Organisation!.Today(clock);

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var heads = await budgets.HeadsAsync(Caller, Tenant, ct);
        if (heads.Problem is { } refused)
        {
            return refused;
        }

        (_heads, _categories) = (heads.Value, await tracking.CategoriesAsync(Tenant, ct));
        return null;
    }

    private void Open(Side side) => (_side, _problem, _chosen) = (side, null, null);

    private void Close() => _side = Side.None;

    private void Made(BudgetView view) => Navigation.NavigateTo(PageLinks.Budget(Org, view.Budget.Id));

    private async Task CopyAsync(BudgetHead head)
    {
        _working = true;
        var found = await budgets.GetAsync(Caller, Tenant, head.Budget.Id, Leaving);
        var made = found.Problem is { } gone ? gone : await budgets.CreateAsync(Caller, Tenant, CopyOf(found.Value), Leaving);
        (_working, _problem) = (false, made.Problem);
        if (made.Succeeded)
        {
            Made(made.Value);
        }
    }

    private async Task DeleteAsync()
    {
        _working = true;
        var deleted = await budgets.DeleteAsync(Caller, Tenant, _chosen!.Budget.Id, ReadVersion.Of(_chosen.Budget.UpdatedAt), Leaving);
        (_working, _problem) = (false, deleted.Problem);
        if (deleted.Succeeded)
        {
            _said = $"{_chosen.Budget.Name} is deleted";
            Close();
            await ReloadAsync();
        }
    }

    internal static BudgetInput CopyOf(BudgetView view) => new(
        TextRules.Limit($"Copy of {view.Budget.Name}", Budget.NameLimit), [.. view.Lines.Select(line => new BudgetLineInput(line.AccountId, Month.Of(line.Month), line.Amount))], view.Budget.Tracking);

    private string PartOf(Budget budget) => budget.Tracking.Count == 0 ? "the whole organisation" : string.Join(", ", budget.Tracking.Select(pick =>
        _categories.SelectMany(category => category.Options.Select(option => (option.OptionId, Words: $"{category.Name}: {option.Name}"))).Where(option => option.OptionId == pick.OptionId).Select(option => option.Words).FirstOrDefault() ?? "a tracking option"));

    private string VarianceOf(BudgetHead head) => PageLinks.Report(
        Org, ReportTypes.BudgetVariance, ReportKinds.Sensible(ReportTypes.BudgetVariance, Organisation!, Today) with { Compare = $"{ReportWords.BudgetPrefix}{head.Budget.Id:D}" });
}
