using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Ledger.Transactions;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Rules;

/// <summary>The rules in the order in which they win, what history suggests, and what runs did.</summary>
public sealed partial class RulesPage(RuleService rules, RuleHealthService health, RuleRunService runs, TransactionNaming naming, TransactionService transactions) : TenantPage
{
    private const int PageSize = 500;
    private static readonly (string Key, string Words)[] Keys = [("n", "new rule"), ("↑ ↓", "on a rule's handle: earlier, later"), ("Esc", "closes the form")];
    private readonly HashSet<Guid> _selected = [];
    private List<RuleView> _rules = [];
    private TransactionNames _names = TransactionNames.None;
    private IReadOnlyDictionary<Guid, RuleWarning> _warnings = new Dictionary<Guid, RuleWarning>();
    private RuleRuns? _runs;
    private RuleView? _chosen;
    private RuleInput? _start;
    private Problem? _problem, _formProblem;
    private Sending _sending = new();
    private Side _side;
    private Guid? _made;
    private string? _view;
    private string _said = "";
    private bool _saving;

    private enum Side
    {
        None,
        Form,
        Import,
    }

    /// <summary>A name in the address; it is enough to hear of every change of it.</summary>
    [SupplyParameterFromQuery]
    public string? View { get; set; }

    /// <summary>The transaction that a new rule is to be made from.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private static (string? View, string Words)[] Tabs => [(null, "Rules"), ("suggested", "Suggested"), ("runs", "Runs")];

    private bool MayWrite => Caller.May(Permissions.RulesWrite);

    private DateOnly Today => Organisation!.Today(Clock);

    private string CountWords => _rules.Count == 1 ? "1 rule" : $"{MoneyFormat.Of(Organisation?.CountryCode).Count(_rules.Count)} rules";

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var named = await naming.ReadAsync(Caller, Tenant, ct);
        if ((named.Problem ?? await ReadAsync(ct)) is { } refused)
        {
            return refused;
        }

        (_names, _view) = (named.Value, Tabs.FirstOrDefault(tab => tab.View == View).View);
        _selected.RemoveWhere(id => !_rules.Exists(view => view.Rule.Id == id));
        if (MayWrite && Guid.TryParse(From, out var row) && _made != row && await transactions.GetAsync(Caller, Tenant, row, ct) is { Succeeded: true, Value.Transaction: var source })
        {
            _made = row;
            New(new RuleInput(ProposedPattern.Of(source), source.Category, source.OwnAccountCode));
        }

        _ = LookAsync(ct);
        return null;
    }

    private async Task<Problem?> ReadAsync(CancellationToken ct)
    {
        var all = new List<RuleView>();
        string? cursor = null;
        do
        {
            var page = await rules.ListAsync(Caller, Tenant, cursor, PageSize, ct);
            if (page.Problem is { } refused)
            {
                return refused;
            }

            all.AddRange(page.Value.Items);
            cursor = page.Value.Next;
        }
        while (cursor is not null);
        _rules = all;
        return null;
    }

    // What is odd takes a look at many documents: the list does not wait for it.
    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            var odd = await health.LookAsync(Caller, Tenant, _rules, ct);
            await InvokeAsync(() =>
            {
                _warnings = odd.Succeeded ? odd.Value : _warnings;
                StateHasChanged();
            });
        }
        catch (OperationCanceledException)
        {
            // A newer load, or the person has left.
        }
    }

    private static RuleInput InputOf(RuleView view) => new(view.Rule.Pattern, view.Rule.Category, view.Rule.AccountCode, view.Rule.Priority, view.Rule.IsActive, view.Rule.Conditions);

    private void New(RuleInput start) => (_side, _chosen, _start, _problem, _formProblem, _sending) = (Side.Form, null, start, null, null, new());

    private void Edit(RuleView view) => (_side, _chosen, _start, _problem, _formProblem, _sending) = (Side.Form, view, InputOf(view), null, null, new());

    private void Open(Side side) => (_side, _chosen) = (_side == side ? Side.None : side, null);

    private void Close() => (_side, _chosen, _start) = (Side.None, null, null);

    private Task SaveAsync((RuleInput Input, bool Run) wanted) => _sending.OnceAsync(async once =>
    {
        _saving = true;
        var saved = _chosen is { Rule: var old }
            ? await rules.UpdateAsync(Caller, Tenant, old.Id, ReadVersion.Of(old.UpdatedAt), wanted.Input, Leaving)
            : await rules.CreateAsync(Caller with { IdempotencyKey = once }, Tenant, wanted.Input, Leaving);
        _formProblem = saved.Problem;
        if (saved.Succeeded)
        {
            _said = $"Rule {saved.Value.Rule.Pattern} saved";
            Close();
            if (wanted.Run)
            {
                _problem = (await runs.RequestAsync(Caller, Tenant, new RunRequest(null, null, RunScopes.Uncategorized), Leaving)).Problem;
                _saving = false;
                Navigation.NavigateTo(PageLinks.Rules(Org) + "?view=runs");
                return true;
            }
        }

        await AfterAsync(_problem);
        return saved.Succeeded;
    });

    private Task ToggleAsync(RuleView view) => ChangeAsync(view, InputOf(view) with { IsActive = !view.Rule.IsActive });

    private async Task ChangeAsync(RuleView view, RuleInput input)
    {
        var saved = await rules.UpdateAsync(Caller, Tenant, view.Rule.Id, ReadVersion.Of(view.Rule.UpdatedAt), input, Leaving);
        _said = saved.Succeeded ? $"Rule {view.Rule.Pattern} turned {(input.IsActive ? "on" : "off")}" : "";
        await AfterAsync(saved.Problem);
    }

    private async Task DeleteAsync(RuleView view)
    {
        var deleted = await rules.DeleteAsync(Caller, Tenant, view.Rule.Id, ReadVersion.Of(view.Rule.UpdatedAt), Leaving);
        _said = $"Rule {view.Rule.Pattern} deleted";
        await AfterAsync(deleted.Problem);
    }

    private async Task ChangeManyAsync(RuleBulkChange change)
    {
        if (change is { IsActive: null, Delete: false, Category: null or "" })
        {
            return;
        }

        _saving = true;
        var changed = await rules.ChangeManyAsync(Caller, Tenant, [.. _selected], change, Leaving);
        _said = changed.Succeeded ? $"{changed.Value} rules changed" : "";
        await AfterAsync(changed.Problem);
    }

    // Shown at once; what is kept is the whole order, so that nobody's rule lands where neither of two people put it.
    private async Task MoveAsync((Guid Rule, int To) move)
    {
        var from = _rules.FindIndex(view => view.Rule.Id == move.Rule);
        var to = Math.Clamp(move.To, 0, _rules.Count - 1);
        if (from < 0 || from == to)
        {
            return;
        }

        var moved = _rules[from];
        _rules.RemoveAt(from);
        _rules.Insert(to, moved);
        _said = $"{moved.Rule.Pattern} is number {to + 1} of {_rules.Count}";
        await AfterAsync((await rules.ReorderAsync(Caller, Tenant, [.. _rules.Select(view => view.Rule.Id)], Leaving)).Problem);
    }

    private async Task ImportedAsync(RulesImported done)
    {
        _said = $"{done.Created} rules imported, {done.Unchanged} were there already";
        Close();
        await AfterAsync(null);
    }

    private async Task AfterAsync(Problem? problem)
    {
        (_saving, _problem) = (false, problem);
        await ReloadAsync();
    }
}
