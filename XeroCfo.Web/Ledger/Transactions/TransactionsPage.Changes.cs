using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>What a person does on the page: picking, many at once, taking back.</summary>
public sealed partial class TransactionsPage
{
    private static readonly TimeSpan ToastTime = TimeSpan.FromSeconds(10);
    private readonly GridSelection _selection = new();
    private Picker? _picker;
    private Picking? _picking;
    private ManyChange? _asked;
    private LastChange? _toast;
    private Transaction? _offer;
    private int _undone;
    private Problem? _failed;
    private Guid? _current;
    private bool _place, _focusFirst, _pane, _history, _comfortable, _hinted, _saving;

    private string SelectedWords => _selection.Everything ? MatchingWords : Numbers.Count(_selection.Ids.Count);

    private decimal SelectedSum => _selection.Everything ? _totals?.Net ?? 0 : _desk.Rows.Where(row => _selection.Has(row.Id)).Sum(row => row.Transaction.BaseAmount);

    private async Task<bool> OpenPickerAsync(GridRow? row, bool codes, string text)
    {
        var alike = row is null || codes ? null : SimilarTransactions.Waiting(row.Transaction);
        (_picking, _place) = (new Picking(row, codes, text) { AlikeFilter = alike }, true);
        StateHasChanged();
        if (alike is not null && _picking is { } opened)
        {
            _ = CountAlikeAsync(opened, row!);
        }

        await Task.CompletedTask;
        return true;
    }

    private async Task CountAlikeAsync(Picking opened, GridRow row)
    {
        var totals = await _figures.TotalsAsync(Caller, Tenant, opened.AlikeFilter!, Leaving);
        if (totals.Succeeded && _picking?.Key == opened.Key)
        {
            // The row itself is one of them while it waits; what is offered are the others.
            var own = row.Waits ? row.Transaction.BaseAmount : 0;
            var others = totals.Value.Count with { Count = totals.Value.Count.Count - (row.Waits ? 1 : 0) };
            _picking = _picking with { Alike = new TransactionTotals(others, totals.Value.In - Math.Max(own, 0), totals.Value.Out + Math.Min(own, 0)) };
            StateHasChanged();
        }
    }

    private async Task ClosePickerAsync()
    {
        var row = _picking?.Row;
        _picking = null;
        StateHasChanged();
        await (row is null ? _keys.FocusOnAsync(".selection button") : _keys.FocusRowAsync(row.Id));
    }

    private async Task TakeAsync(Picked picked)
    {
        if (_picking is not { } picking)
        {
            return;
        }

        _picking = null;
        var wish = picking.Wish(picked);
        _names = wish.Category.Value is { } category ? _names.Used(category) : _names;
        if (picking.Row is not { } row)
        {
            await AskAsync(wish);
            return;
        }

        if (picked.By == PickedBy.ShiftEnter && picking.AlikeFilter is { } alike)
        {
            await TakeAlikeAsync(row, wish, alike);
            return;
        }

        var saving = KeepAsync(row, wish, picked.By == PickedBy.CtrlEnter);
        await MoveOnAsync(row, picked.By);
        await saving;
    }

    private async Task KeepAsync(GridRow row, CategoryWish wish, bool isNew = false)
    {
        try
        {
            await _desk.SaveAsync(row, wish, StateHasChanged);
            Decided(row);
            if (wish.Category.Value is not null && await Suggestions.OffersRuleAsync(Caller, Tenant, row.Transaction.ContactId, row.State.Category, Leaving))
            {
                _offer = row.Transaction;
            }

            if (isNew)
            {
                _namesOf = null;
                await NameAsync(Leaving);
            }
        }
        finally
        {
            StateHasChanged();
        }
    }

    // The row first when nothing else would catch it; then all like it that wait, as one change.
    private async Task TakeAlikeAsync(GridRow row, CategoryWish wish, TransactionFilter alike)
    {
        if (!row.Waits)
        {
            await KeepAsync(row, wish);
        }

        await SaveManyAsync(new TransactionSelection(null, alike), wish, false);
        await MoveOnAsync(row, PickedBy.ShiftEnter);
    }

    private Task ReplaceAsync(GridRow row) => row.Draft is { } draft ? KeepAsync(row, draft) : Task.CompletedTask;

    private async Task AskAsync(CategoryWish wish)
    {
        var count = _selection.Everything ? _totals?.Count ?? new CappedCount(0, false) : new CappedCount(_selection.Ids.Count, false);
        var byPerson = _selection.Everything
            ? await _figures.TotalsAsync(Caller, Tenant, _query.Filter with { LockedByPerson = true }, Leaving) is { Succeeded: true, Value.Count.Count: var locked } ? locked : 0
            : _desk.Rows.Count(row => _selection.Has(row.Id) && row.State.LockedByPerson);
        if (count is { Count: 1 } && byPerson == 0)
        {
            _asked = new ManyChange(wish, 1, false, SelectedSum, 0);
            await ChangeManyAsync(false);
            return;
        }

        _asked = new ManyChange(wish, count.Count, count.Capped, SelectedSum, byPerson);
        StateHasChanged();
        await _keys.FocusOnAsync("#confirm-many");
    }

    private async Task ChangeManyAsync(bool includeManual)
    {
        var selection = _selection.Everything ? new TransactionSelection(null, _query.Filter) : new TransactionSelection([.. _selection.Ids], null);
        if (_asked is { } asked && await SaveManyAsync(selection, asked.Wish, includeManual))
        {
            var first = _desk.Rows.FirstOrDefault(row => _selection.Has(row.Id));
            ClearSelection();
            await (first is null ? ValueTask.CompletedTask : _keys.FocusRowAsync(first.Id));
        }
    }

    private Task<bool> SaveManyAsync(TransactionSelection selection, CategoryWish wish, bool includeManual) =>
        DoManyAsync(() => _desk.SaveManyAsync(selection, wish, includeManual, Leaving));

    private async Task<bool> DoManyAsync(Func<Task<Result<LastChange>>> work)
    {
        _saving = true;
        StateHasChanged();
        var saved = await work();
        _saving = false;
        if (saved.Problem is { } problem)
        {
            _toast = null;
            _failed = problem;
            StateHasChanged();
            return false;
        }

        _failed = null;
        _ = ToastAsync(saved.Value);
        await CountTabsAsync(Leaving);
        await SuggestAsync(Leaving);
        return true;
    }

    private async Task ToastAsync(LastChange change)
    {
        _toast = change;
        StateHasChanged();
        await Task.Delay(ToastTime, _clock, Leaving).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        if (!Leaving.IsCancellationRequested && _toast == change)
        {
            await InvokeAsync(() =>
            {
                _toast = null;
                StateHasChanged();
            });
        }
    }

    private async Task AcceptedAsync(Categorised accepted)
    {
        _ = ToastAsync(new LastChange($"{accepted.Changed} accepted", accepted.UndoId));
        await CountTabsAsync(Leaving);
        await SuggestAsync(Leaving);
    }

    private async Task UndoAcceptedAsync(Guid undoId)
    {
        _failed = await UndoAsync(undoId);
        _undone++;
    }

    private Task UndoLastAsync() => _desk.Last is { } last ? UndoAsync(last.UndoId) : Task.CompletedTask;

    private async Task<Problem?> UndoAsync(Guid undoId)
    {
        _toast = null;
        var problem = await _desk.UndoAsync(undoId, Leaving);
        await CountTabsAsync(Leaving);
        await SuggestAsync(Leaving);
        StateHasChanged();
        return problem;
    }

    private async Task RefreshListAsync()
    {
        _focusFirst = true;
        if (_query.Place != PagePlace.First)
        {
            Show(_query.FromStart());
            return;
        }

        await ReloadAsync();
    }

    private async Task ReadDensityAsync() => _comfortable = await _keys.IsComfortableAsync();

    private async Task ChangeDensityAsync()
    {
        _comfortable = !_comfortable;
        await _keys.SetComfortableAsync(_comfortable);
    }

    private void ClearSelection()
    {
        _selection.Clear();
        _asked = null;
    }

    private static string PickerTitle(Picking picking) =>
        $"{(picking.Codes ? "Account code" : "Category")} of {(picking.Row is { } row ? TransactionGrid.Title(row.Transaction) : "the selected transactions")}";
}
