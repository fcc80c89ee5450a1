using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Reports;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Budgets;

/// <summary>A budget as a grid of accounts and months, a financial year at a time.</summary>
public sealed partial class BudgetPage(BudgetService budgets, TimeProvider clock) : TenantPage
{
    private readonly Dictionary<(Guid Account, Month Month), string> _wrong = [];
    private BudgetView? _view;
    private BudgetSheet? _sheet;
    private IReadOnlyList<Domain.Ledger.Account> _chart = [];
    private IReadOnlyList<TableMessage> _pasteWrong = [];
    private Problem? _problem;
    private string _name = "", _said = "";
    private bool _all, _working;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The calendar year that the shown financial year ends in.</summary>
    [SupplyParameterFromQuery]
    public int? Year { get; set; }

    private bool MayWrite => Caller.May(Permissions.BudgetsWrite);

    private bool MayChange => MayWrite && _view!.Budget.Source == BudgetSources.Own;

    private DateOnly Today => Organisation!.Today(clock);

    // The year asked for, else today's where it is planned, else the last that is.
    private int EndsIn
    {
        get
        {
            var (year, head) = (Organisation!.FinancialYear, _view!.Head);
            var now = year.EndOf(Today).Year;
            return Year is >= 1901 and <= 2199 ? Year.Value
                : head is { First: { } first, Last: { } last } ? Math.Clamp(now, year.EndOf(first).Year, year.EndOf(last).Year)
                : now + 1;
        }
    }

    private IEnumerable<int> Years
    {
        get
        {
            var (year, head) = (Organisation!.FinancialYear, _view!.Head);
            var now = year.EndOf(Today).Year;
            var first = Math.Min(Math.Min(now - 1, EndsIn), head.First is { } start ? year.EndOf(start).Year : now);
            var last = Math.Max(Math.Max(now + 3, EndsIn), head.Last is { } end ? year.EndOf(end).Year : now);
            return Enumerable.Range(first, Math.Min(last - first + 1, 40));
        }
    }

    private string Variance => PageLinks.Report(
        Org, ReportTypes.BudgetVariance, ReportKinds.Sensible(ReportTypes.BudgetVariance, Organisation!, Today) with { Compare = $"{ReportWords.BudgetPrefix}{Id:D}" });

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        // Another year of the same budget keeps what was typed.
        if (_view?.Budget.Id != Id || _view.Budget.TenantId != Org)
        {
            var found = await budgets.GetAsync(Caller, Tenant, Id, ct);
            var chart = found.Problem is { } refused ? refused : await budgets.AccountsAsync(Caller, Tenant, ct);
            if (chart.Problem is { } closed)
            {
                return closed;
            }

            _chart = chart.Value;
            Take(found.Value);
            return null;
        }

        _sheet!.Show(_chart, Months, _all);
        return null;
    }

    private IReadOnlyList<Month> Months => BudgetWords.Year(Organisation!.FinancialYear, EndsIn);

    private void Take(BudgetView view)
    {
        (_view, _name, _problem) = (view, view.Budget.Name, null);
        _sheet = new BudgetSheet(view, _chart, Months, _all);
        _wrong.Clear();
        _pasteWrong = [];
    }

    private void ShowAll(bool all)
    {
        _all = all;
        _sheet!.Show(_chart, Months, all);
    }

    private void Set((SheetRow Row, Month Month, string? Text) cell)
    {
        var key = (cell.Row.Account.AccountId, cell.Month);
        _wrong.Remove(key);
        if (_sheet!.Set(cell.Row, cell.Month, cell.Text) is { } wrong)
        {
            _wrong[key] = wrong;
        }
    }

    private void Fill((SheetRow Row, Month Month) cell)
    {
        _sheet!.FillRight(cell.Row, cell.Month);
        _said = $"{cell.Row.Account.Name}: the same to the end of the year";
    }

    private void Paste((int Row, int Column, string Text) block)
    {
        var (filled, wrong) = _sheet!.Paste(block.Row, block.Column, block.Text);
        (_pasteWrong, _said) = (wrong, wrong.Count > 0 ? "Nothing was pasted" : $"{filled} cells pasted");
    }

    private void Discard() => Take(_view!);

    private async Task SaveAsync()
    {
        if (_wrong.Count > 0)
        {
            _problem = Problem.Invalid("lines", "Correct the cells that are no amounts first.");
            return;
        }

        _working = true;
        var saved = await budgets.UpdateAsync(Caller, Tenant, Id, ReadVersion.Of(_view!.Budget.UpdatedAt), new BudgetInput(_name, _sheet!.Lines, _view.Budget.Tracking), Leaving);
        (_working, _problem) = (false, saved.Problem);
        if (saved.Succeeded)
        {
            Take(saved.Value);
            _said = "Saved";
        }
    }

    private async Task CopyAsync()
    {
        _working = true;
        var made = await budgets.CreateAsync(Caller, Tenant, BudgetsPage.CopyOf(_view!), Leaving);
        (_working, _problem) = (false, made.Problem);
        if (made.Succeeded)
        {
            Navigation.NavigateTo(PageLinks.Budget(Org, made.Value.Budget.Id, Year));
        }
    }
}
