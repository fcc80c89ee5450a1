using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Drill;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Reports.View;

/// <summary>What makes a figure: accounts, then their lines, each level with its sum; or why two figures differ.</summary>
public sealed partial class DrillPanel(ReportDrillService drill)
{
    private const int PageSize = 50;

    private MakeUp? _makeUp;
    private MakeUpLines? _lines;
    private WhyDifferent? _why;
    private Problem? _problem;
    private DriverKind _kind;
    private (ReportDocument, string, string?, Guid?, string?)? _shown;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Parameter, EditorRequired]
    public XeroTenant Organisation { get; set; } = default!;

    [Parameter, EditorRequired]
    public ReportView View { get; set; } = default!;

    /// <summary>Of a kept report: what it is today, for what made a figure can only be told of today's books.</summary>
    [Parameter]
    public ReportDocument? Now { get; set; }

    [Parameter, EditorRequired]
    public string Cell { get; set; } = "";

    [Parameter]
    public string? Other { get; set; }

    [Parameter]
    public Guid? Account { get; set; }

    [Parameter]
    public string? After { get; set; }

    /// <summary>The address of a figure, of two, of an account's lines, of a page of them.</summary>
    [Parameter, EditorRequired]
    public Func<string?, string?, Guid?, string?, string> LinkTo { get; set; } = default!;

    private ReportDocument Document => Now ?? View.Document;

    private string Label => _why is not null ? "Why two figures differ" : $"What makes {_makeUp?.Row.Label ?? "the figure"}";

    private string PartsHead => ReportTypes.IsAged(Document.Type) ? _makeUp!.Row.Key == "total" ? "Contact" : "Document" : "Account";

    private string? BackTo => _lines is not null && _makeUp is { IsOneAccount: false } ? LinkTo(Cell, null, null, null) : null;

    // One account that does not open says why.
    private string? OneClosed => _makeUp is { IsOneAccount: true, Parts: [{ ClosedBecause: { } because, IsPayroll: true }] } ? because : null;

    private decimal? Moved => Now is null || _makeUp is null || KeptAmount() is not { } kept || kept == _makeUp.Amount ? null : kept;

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Document, Cell, Other, Account, After);
        if (_shown is { } shown && ReferenceEquals(shown.Item1, wanted.Document) && (shown.Item2, shown.Item3, shown.Item4, shown.Item5) == (Cell, Other, Account, After))
        {
            return;
        }

        _shown = wanted;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var tenant = new TenantId(Organisation.Id);
        (_problem, _lines, _why) = (null, null, null);
        if (Pair() is var (first, second))
        {
            var why = await drill.WhyAsync(Caller, tenant, Document, first, second, _kind, default);
            (_why, _problem) = (why.Succeeded ? why.Value : null, why.Problem);
            return;
        }

        var opened = await drill.OpenAsync(Caller, tenant, Document, Cell, default);
        (_makeUp, _problem) = (opened.Succeeded ? opened.Value : null, opened.Problem);
        var part = _makeUp is { IsOneAccount: true } one ? one.Parts[0] : Account is { } account ? _makeUp?.Parts.FirstOrDefault(candidate => candidate.AccountId == account) : null;
        if (part is { Lines: not null })
        {
            var lines = await drill.LinesAsync(Caller, tenant, part, After, PageSize, default);
            (_lines, _problem) = (lines.Succeeded ? lines.Value : null, lines.Problem);
        }
    }

    // A change is the difference of the two figures that it stands beside.
    private (string First, string Second)? Pair()
    {
        var row = Cell[..Math.Max(0, Cell.LastIndexOf('~'))];
        return Other is { } other ? (Cell, other) : Cell.EndsWith("~variance", StringComparison.Ordinal) ? ($"{row}~{View.MainKey}", $"{row}~{View.ComparedKey}") : null;
    }

    private Task ChangeKindAsync(DriverKind kind)
    {
        _kind = kind;
        return LoadAsync();
    }

    private string? HrefOf(MakeUpPart part) =>
        part.TransactionId is { } transaction ? PageLinks.Transaction(Organisation.Id, transaction)
        : part.RowKey is { } row ? LinkTo($"{row}~{_makeUp!.Column.Key}", null, null, null)
        : part is { Lines: not null, AccountId: { } account } ? LinkTo(Cell, null, account, null)
        : null;

    private string LedgerLink(MakeUpLines lines) => PageLinks.Ledger(Organisation.Id, lines.Part.AccountId!.Value, lines.From, lines.Part.Lines!.To);

    private string ClosedWords(string words) => ReportTypes.IsAged(Document.Type) && _makeUp!.Row.Key.StartsWith("contact:", StringComparison.Ordinal)
        ? $"Your role ({Caller.Role}) sees names and totals, and no documents. Ask an admin."
        : words;

    private decimal? KeptAmount()
    {
        var kept = View.Document;
        var (row, column) = (kept.Rows.FirstOrDefault(one => one.Key == _makeUp!.Row.Key), kept.Columns.Index().FirstOrDefault(one => one.Item.Key == _makeUp!.Column.Key));
        return row is null || column.Item is null || column.Index >= row.Values.Count ? null : row.Values[column.Index].Number;
    }
}
