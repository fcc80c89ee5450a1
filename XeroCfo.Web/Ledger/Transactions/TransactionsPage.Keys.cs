using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>What the keys of the list do, and where the focus goes.</summary>
public sealed partial class TransactionsPage : IGridKeys
{
    private static readonly TimeSpan StayTime = TimeSpan.FromMilliseconds(300);

    async Task<bool> IGridKeys.KeyAsync(string key, Guid id, string text)
    {
        if (key == "open" && MayWrite && _desk.Find(id) is { Waits: true } waiting && _suggested?.GetValueOrDefault(id) is { } suggestion)
        {
            _ = AcceptRowAsync(waiting, suggestion);
            await MoveOnAsync(waiting, PickedBy.Enter);
            return true;
        }
        else if (key == "open")
        {
            OpenRow(id);
        }
        else if (key == "rule" && MayMakeRules)
        {
            MakeRule(id);
        }
        else if (!MayWrite)
        {
            _hinted = true;
            _desk.Say($"Your role ({Caller.Role}) looks and does not change.");
        }
        else if (_desk.Find(id) is { } row)
        {
            switch (key)
            {
                case "select": _selection.Toggle(id); break;
                case "all": _selection.All(_desk.Rows); break;
                case "x": ClearSelection(); break;
                default: return await OpenPickerAsync(row, key == "a", text);
            }
        }

        StateHasChanged();
        return false;
    }

    Task IGridKeys.ExtendAsync(Guid from, Guid to)
    {
        if (MayWrite)
        {
            _selection.Extend(_desk.Rows, from, to);
            StateHasChanged();
        }

        return Task.CompletedTask;
    }

    async Task<bool> IGridKeys.PickerKeyAsync(string key, bool shift, bool ctrl, string text)
    {
        if (key == "Escape")
        {
            await ClosePickerAsync();
            return true;
        }

        if (_picker?.Press(key, shift, ctrl, text) is not { } picked)
        {
            return false;
        }

        await TakeAsync(picked);
        return true;
    }

    Task IGridKeys.FocusedAsync(Guid id)
    {
        if (_current != id)
        {
            _current = id;
            if (_pane)
            {
                StateHasChanged();
                _ = NoteStayAsync(id);
            }
        }

        return Task.CompletedTask;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_place && _picking is { } picking)
        {
            _place = false;
            await _keys.PlaceAsync(picking.Row?.Id);
        }

        if (_focusFirst && !Busy)
        {
            _focusFirst = false;
            await _keys.FocusFirstAsync();
        }
    }

    private void OpenRow(Guid id)
    {
        (_current, _pane) = (id, true);
        NotePane();
        StateHasChanged();
    }

    private void ShowPane(bool show)
    {
        (_pane, _current) = (show, _current ?? (_desk.Rows is [var top, ..] ? top.Id : null));
        NotePane();
    }

    private void NotePane() => NoteInAddress(new Dictionary<string, object?> { ["open"] = _pane ? _current : null });

    // A held key passes many rows: only where it stays is worth an address.
    private async Task NoteStayAsync(Guid id)
    {
        await Task.Delay(StayTime, _clock, Leaving).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        if (!Leaving.IsCancellationRequested)
        {
            await InvokeAsync(() =>
            {
                if (_pane && _current == id)
                {
                    NotePane();
                }
            });
        }
    }

    private async Task MoveOnAsync(GridRow row, PickedBy by)
    {
        var next = by is PickedBy.Enter or PickedBy.CtrlEnter or PickedBy.ShiftEnter ? _desk.NextWaiting(row.Id) : row;
        await (next is not null ? _keys.FocusRowAsync(next.Id) : _desk.Left > 0 ? _keys.FocusOnAsync("#refresh-list") : _keys.FocusRowAsync(row.Id));
    }
}
