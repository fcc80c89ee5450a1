using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>What a page does with the keys that its list hears. An answer of true means that the page lets the waiting keys go itself.</summary>
public interface IGridKeys
{
    Task<bool> KeyAsync(string key, Guid id, string text);

    Task ExtendAsync(Guid from, Guid to);

    Task<bool> PickerKeyAsync(string key, bool shift, bool ctrl, string text);

    Task FocusedAsync(Guid id);
}

/// <summary>The script of the list: hears keys in the browser and moves the focus there.</summary>
public sealed class GridKeys(IJSRuntime browser, IGridKeys page) : IAsyncDisposable
{
    private DotNetObjectReference<GridKeys>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _script;
    private Func<Task>? _resized;

    /// <summary>
    /// Begins to hear the keys of <paramref name="box"/>, and no longer those of a list that went. <paramref name="resized"/> hears when the
    /// window gets as narrow as a phone's, or wider again.
    /// </summary>
    public async Task AttachAsync(ElementReference box, Func<Task> resized)
    {
        _resized = resized;
        if (_script is not null)
        {
            await _script.InvokeVoidAsync("detach");
        }

        _self ??= DotNetObjectReference.Create(this);
        _module ??= await browser.InvokeAsync<IJSObjectReference>("import", $"./js/transactions.js?v={typeof(GridKeys).Assembly.GetName().Version}");
        _script = await _module.InvokeAsync<IJSObjectReference>("attach", box, _self);
    }

    /// <summary>Whether the window is as narrow as a phone's; null where no script can tell.</summary>
    public async Task<bool?> IsNarrowAsync() => _script is null ? null : await _script.InvokeAsync<bool?>("narrow");

    public ValueTask SettleAsync() => CallAsync("settle");

    /// <summary>Lays the picker beside a row and gives it the focus.</summary>
    public ValueTask PlaceAsync(Guid? row) => CallAsync("place", row?.ToString("D"));

    public ValueTask FocusRowAsync(Guid row) => CallAsync("focusRow", row.ToString("D"));

    public ValueTask FocusFirstAsync() => CallAsync("focusFirst");

    public ValueTask FocusOnAsync(string selector) => CallAsync("focusOn", selector);

    public async Task<bool> IsComfortableAsync() => _script is not null && await _script.InvokeAsync<string?>("density") == "comfortable";

    public ValueTask SetComfortableAsync(bool comfortable) => CallAsync("setDensity", comfortable ? "comfortable" : "compact");

    [JSInvokable]
    public Task<bool> KeyAsync(string key, string id, string text) => page.KeyAsync(key, Guid.Parse(id), text);

    [JSInvokable]
    public async Task<bool> ExtendAsync(string from, string to)
    {
        await page.ExtendAsync(Guid.Parse(from), Guid.Parse(to));
        return false;
    }

    [JSInvokable]
    public Task<bool> PickerKeyAsync(string key, bool shift, bool ctrl, string text) => page.PickerKeyAsync(key, shift, ctrl, text);

    [JSInvokable]
    public Task ResizedAsync() => _resized?.Invoke() ?? Task.CompletedTask;

    [JSInvokable]
    public Task FocusedAsync(string id) => page.FocusedAsync(Guid.Parse(id));

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_script is not null)
            {
                await _script.InvokeVoidAsync("detach");
                await _script.DisposeAsync();
            }

            await (_module?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone; so has its script.
        }

        _self?.Dispose();
    }

    private ValueTask CallAsync(string name, params object?[] values) => _script?.InvokeVoidAsync(name, values) ?? ValueTask.CompletedTask;
}
