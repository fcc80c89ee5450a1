using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;

namespace XeroCfo.Web.Budgets;

/// <summary>The cells of a budget; what is typed or pasted goes up to the page.</summary>
public sealed partial class BudgetGrid(IJSRuntime browser) : IAsyncDisposable
{
    private static readonly string Version = typeof(BudgetGrid).Module.ModuleVersionId.ToString("N")[..8];

    private ElementReference _box;
    private IJSObjectReference? _script;
    private DotNetObjectReference<BudgetGrid>? _self;

    [Parameter, EditorRequired]
    public BudgetSheet Sheet { get; set; } = default!;

    [Parameter]
    public bool Editable { get; set; }

    [Parameter, EditorRequired]
    public string Currency { get; set; } = "";

    /// <summary>Cells that hold no amount.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<(Guid Account, Month Month), string> Wrong { get; set; } = new Dictionary<(Guid, Month), string>();

    [Parameter]
    public EventCallback<(SheetRow Row, Month Month, string? Text)> OnSet { get; set; }

    [Parameter]
    public EventCallback<(SheetRow Row, Month Month)> OnFill { get; set; }

    [Parameter]
    public EventCallback<(int Row, int Column, string Text)> OnPaste { get; set; }

    private bool HasCents => Sheet.Rows.Any(row => Sheet.Months.Any(month => Sheet.At(row, month) is { } amount && decimal.Truncate(amount) != amount));

    /// <summary>Cells of a spreadsheet, at a cell.</summary>
    [JSInvokable]
    public Task PasteAsync(int row, int column, string text) => InvokeAsync(() => OnPaste.InvokeAsync((row, column, text)));

    /// <summary>The amount of a cell to the end of the year.</summary>
    [JSInvokable]
    public Task FillAsync(int row, int column) => row >= 0 && row < Sheet.Rows.Count && column >= 0 && column < Sheet.Months.Count
        ? InvokeAsync(() => OnFill.InvokeAsync((Sheet.Rows[row], Sheet.Months[column])))
        : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        if (_script is not null)
        {
            try
            {
                await _script.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser has gone.
            }
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && Editable)
        {
            _self = DotNetObjectReference.Create(this);
            _script = await browser.InvokeAsync<IJSObjectReference>("import", $"./js/budgets.js?v={Version}");
            await (_script?.InvokeVoidAsync("attach", _box, _self) ?? ValueTask.CompletedTask);
        }
    }

    private decimal Year(Func<Month, decimal> amount) => Sheet.Months.Sum(amount);

    private static string Text(decimal? amount) => amount?.ToString("#,##0.####;(#,##0.####)", CultureInfo.InvariantCulture) ?? "";

    private static string Heading(StatementSection section) => section.Heading.Replace("Less ", "", StringComparison.Ordinal).Replace("Plus ", "", StringComparison.Ordinal) is { Length: > 0 } words ? char.ToUpperInvariant(words[0]) + words[1..] : section.Heading;
}
