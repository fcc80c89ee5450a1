using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Rules;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>What history suggests for the rows, and rules made from them.</summary>
public sealed partial class TransactionsPage
{
    /// <summary>From here on suggestions of a selection are accepted together.</summary>
    private const decimal Sure = 0.95m;

    private Dictionary<Guid, TransactionSuggestion>? _suggested;
    private Guid? _suggestedOf, _ruleFrom;
    private bool _making;
    private RuleKept? _kept;

    private bool MayMakeRules => Caller.May(Permissions.RulesWrite);

    private IReadOnlyList<Choice> ChoicesOf(Picking picking)
    {
        var all = picking.Codes ? _names.AccountChoices : _names.CategoryChoices;
        return !picking.Codes && picking.Row is { } row && _suggested?.GetValueOrDefault(row.Id) is { Category: var first } ? [.. all.Where(choice => choice.Value == first), .. all.Where(choice => choice.Value != first)] : all;
    }

    // History is read anew after changes of many rows only: one row more or less makes no other suggestion.
    private async Task SuggestAsync(CancellationToken ct)
    {
        if (!Caller.May(Permissions.RulesRead))
        {
            return;
        }

        var found = await Suggestions.CategoriesAsync(Caller, Tenant, ct);
        await ShowAsync(() => (_suggested, _suggestedOf) = (found.Succeeded ? new(found.Value) : [], Org), ct);
    }

    private void Decided(GridRow row)
    {
        if (!row.Waits)
        {
            _suggested?.Remove(row.Id);
        }
    }

    private async Task AcceptRowAsync(GridRow row, TransactionSuggestion suggestion)
    {
        var selection = new TransactionSelection([row.Id], null);
        await _desk.SaveAsync(
            row, new CategoryWish(Wish.Of(suggestion.Category), default), StateHasChanged,
            async () => await Suggestions.AcceptAsync(Caller, Tenant, selection, 0m, default) switch
            {
                { Succeeded: true, Value.Changed: 0 } => new Problem("suggestion-gone", "It is not suggested any more.", ProblemKind.Conflict),
                var accepted => accepted,
            });
        Decided(row);
        StateHasChanged();
    }

    private async Task AcceptSelectedAsync()
    {
        var selection = _selection.Everything ? new TransactionSelection(null, _query.Filter) : new TransactionSelection([.. _selection.Ids], null);
        if (await DoManyAsync(async () => await _desk.ShowAsync(await Suggestions.AcceptAsync(Caller, Tenant, selection, Sure, Leaving), "accepted", Leaving)))
        {
            ClearSelection();
            StateHasChanged();
        }
    }

    private void MakeRule(Guid? from)
    {
        (_ruleFrom, _making, _kept) = (from, true, null);
        StateHasChanged();
    }

    private void CloseRule()
    {
        _making = false;
        StateHasChanged();
    }

    private void KeepRule(RuleKept kept)
    {
        (_kept, _offer) = (kept, null);
        CloseRule();
    }
}
