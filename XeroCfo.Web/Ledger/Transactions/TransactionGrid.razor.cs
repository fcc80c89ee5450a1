using System.Globalization;
using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Suggestions;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>The rows of a page: a grid on wide screens, a list of two lines on a phone.</summary>
public sealed partial class TransactionGrid
{
    private ElementReference _box;

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

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Keys is not null)
        {
            await (firstRender ? Keys.AttachAsync(_box) : Keys.SettleAsync().AsTask());
        }

        if (firstRender)
        {
            await OnAttached.InvokeAsync();
        }
    }

    /// <summary>What a row is called.</summary>
    public static string Title(Transaction row) => row.PayrollHidden ? "Hidden: payroll" : row.Description is { Length: > 0 } text ? text : row.Number ?? row.Reference ?? LedgerWords.Type(row.Type);

    private static string Whole(Transaction row) => string.Join(" · ", new[] { row.ContactName, Title(row), row.Reference, row.Number }.OfType<string>().Distinct());

    private string RowClass(GridRow row) => string.Join(' ', new[] { Selection.Has(row.Id) ? "selected" : null, row.Id == Open ? "open" : null, row.Save == SaveState.Failed ? "failed" : null }.OfType<string>());

    private string AccountWords(GridRow row) => row.State.AccountCode is { } code ? $"{code} {Names.Account(code)}".TrimEnd()
        : row.Transaction.Type is TransactionTypes.Payment or TransactionTypes.Transfer ? "–"
        : "Split";

    private TransactionSuggestion? SuggestionOf(GridRow row) => row is { Waits: true, Save: not SaveState.Overtaken } ? Suggested?.GetValueOrDefault(row.Id) : null;

    private string ColourOf(GridRow row) => (row.State.Category ?? SuggestionOf(row)?.Category) is { } category ? Names.Colour(category) : "";

    private string How(GridRow row) => row.State.Source switch
    {
        CategorySources.None when SuggestionOf(row) is { } one => $"Suggested {one.Agreement.ToString("P0", CultureInfo.InvariantCulture)}",
        CategorySources.Xero => "Xero",
        CategorySources.Rule => $"Rule “{row.State.Category}”",
        CategorySources.Suggestion => "Suggested",
        CategorySources.Manual when row.By is null || row.UserId == UserId => "You",
        CategorySources.Manual => row.By.Split('@')[0],
        _ => "–",
    };

    private string? Sorted(string column) => (Query.Sort ?? "-date") is var sort && sort == column ? "ascending" : sort == "-" + column ? "descending" : null;

    private string? Arrow(string column) => Sorted(column) switch { "ascending" => "▲", "descending" => "▼", _ => null };
}
