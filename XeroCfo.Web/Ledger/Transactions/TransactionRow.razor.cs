using System.Globalization;
using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Rules;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>A row of the grid.</summary>
public sealed partial class TransactionRow
{
    private RowLook? _drawn;
    private bool _changed;

    [Parameter, EditorRequired]
    public TransactionGrid Grid { get; set; } = default!;

    [Parameter, EditorRequired]
    public RowLook Look { get; set; } = default!;

    protected override void OnParametersSet()
    {
        _changed = Look != _drawn;
        _drawn = Look;
    }

    protected override bool ShouldRender()
    {
        var changed = _changed;
        _changed = false;
        return changed;
    }

    private string? RowClass =>
        string.Join(' ', new[] { Look.Selected ? "selected" : null, Look.Open ? "open" : null, Look.Save == SaveState.Failed ? "failed" : null }.OfType<string>()) is { Length: > 0 } names ? names : null;

    private string AccountWords => Look.State.AccountCode is { } code ? $"{code} {Look.Names.Account(code)}".TrimEnd()
        : Look.Row.Transaction.Type is TransactionTypes.Payment or TransactionTypes.Transfer ? "–"
        : "Split";

    private string How => Look.State.Source switch
    {
        CategorySources.None when Look.Suggestion is { } one => $"Suggested {one.Agreement.ToString("P0", CultureInfo.InvariantCulture)}",
        CategorySources.Xero => "Xero",
        CategorySources.Rule => $"Rule “{Look.State.Category}”",
        CategorySources.Suggestion => "Suggested",
        CategorySources.Manual when Look.By is null || Look.UserId == Grid.UserId => "You",
        CategorySources.Manual => Look.By.Split('@')[0],
        _ => "–",
    };

    private static string Whole(Transaction row) => string.Join(" · ", new[] { row.ContactName, TransactionGrid.Title(row), row.Reference, row.Number }.OfType<string>().Distinct());
}
