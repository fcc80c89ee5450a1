using System.Globalization;
using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>The rows of a page: a grid on wide screens, a list of two lines on a phone.</summary>
public sealed partial class TransactionGrid
{
    private ElementReference _box;

    // Null until the script has told; and again when a window changes from one to the other, whose row with the focus must not go.
    private bool? _narrow;

    [Parameter, EditorRequired]
    public IReadOnlyList<GridRow> Rows { get; set; } = [];

    [Parameter, EditorRequired]
    public GridSelection Selection { get; set; } = new();

    /// <summary>What history suggests for rows that wait, by id.</summary>
    [Parameter]
    public IReadOnlyDictionary<Guid, TransactionSuggestion>? Suggested { get; set; }

    [Parameter, EditorRequired]
    public TransactionQuery Query { get; set; } = new();

    [Parameter, EditorRequired]
    public TransactionNames Names { get; set; } = TransactionNames.None;

    [Parameter, EditorRequired]
    public Guid Org { get; set; }

    [Parameter, EditorRequired]
    public string Currency { get; set; } = "";

    /// <summary>Xero's short code of the organisation, for links into it.</summary>
    [Parameter]
    public string? ShortCode { get; set; }

    /// <summary>The person who looks: what they set themselves says "You".</summary>
    [Parameter]
    public Guid? UserId { get; set; }

    [Parameter]
    public bool MayWrite { get; set; }

    /// <summary>The row that the pane shows.</summary>
    [Parameter]
    public Guid? Open { get; set; }

    /// <summary>Hears the keys; null where no script runs.</summary>
    [Parameter]
    public GridKeys? Keys { get; set; }

    /// <summary>Its script runs.</summary>
    [Parameter]
    public EventCallback OnAttached { get; set; }

    [Parameter]
    public EventCallback<string> OnSort { get; set; }

    [Parameter]
    public EventCallback<Guid> OnSelect { get; set; }

    [Parameter]
    public EventCallback OnSelectAll { get; set; }

    [Parameter]
    public EventCallback<Guid> OnContact { get; set; }

    [Parameter]
    public EventCallback<Guid> OnOpen { get; set; }

    [Parameter]
    public EventCallback<GridRow> OnPick { get; set; }

    [Parameter]
    public EventCallback<GridRow> OnKeep { get; set; }

    [Parameter]
    public EventCallback<GridRow> OnReplace { get; set; }

    [CascadingParameter]
    private MoneyFormat? Country { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Keys is not null)
        {
            await (firstRender ? AttachAsync(Keys) : Keys.SettleAsync().AsTask());
        }

        if (firstRender)
        {
            await OnAttached.InvokeAsync();
        }
    }

    private async Task AttachAsync(GridKeys keys)
    {
        await keys.AttachAsync(_box, () => InvokeAsync(() => Fit(null)));
        Fit(await keys.IsNarrowAsync());
    }

    private void Fit(bool? narrow)
    {
        _narrow = narrow;
        StateHasChanged();
    }

    /// <summary>What a row is called.</summary>
    public static string Title(Transaction row) => row.PayrollHidden ? "Hidden: payroll" : row.Description is { Length: > 0 } text ? text : row.Number ?? row.Reference ?? LedgerWords.Type(row.Type);

    private TransactionSuggestion? SuggestionOf(GridRow row) => row is { Waits: true, Save: not SaveState.Overtaken } ? Suggested?.GetValueOrDefault(row.Id) : null;

    private RowLook LookOf(GridRow row, bool first) => new(row, row.State, row.Save, row.Reason, row.Draft, row.By, row.UserId)
    {
        First = first,
        Selected = Selection.Has(row.Id),
        Open = row.Id == Open,
        Suggestion = SuggestionOf(row),
        Names = Names,
        Country = Country,
        MayWrite = MayWrite,
    };

    private string ColourOf(GridRow row) => (row.State.Category ?? SuggestionOf(row)?.Category) is { } category ? Names.Colour(category) : "";

    private static string? CategoryState(GridRow row, TransactionSuggestion? suggestion) =>
        row.Save switch { SaveState.Saving => "saving", SaveState.Failed => "bad", _ => suggestion is null ? null : "suggested" };

    private static string CategoryLabel(GridRow row, TransactionSuggestion? suggestion) =>
        $"Category: {row.State.Category ?? (suggestion is { } one ? $"{one.Category} {Evidence(one)}, suggested" : "none, choose")}";

    private static string Evidence(TransactionSuggestion one) => $"{one.Agreement.ToString("P0", CultureInfo.InvariantCulture)} · {one.Agreeing} of {one.Support}";

    private string? Sorted(string column) => (Query.Sort ?? "-date") is var sort && sort == column ? "ascending" : sort == "-" + column ? "descending" : null;

    private string? Arrow(string column) => Sorted(column) switch { "ascending" => "▲", "descending" => "▼", _ => null };
}
