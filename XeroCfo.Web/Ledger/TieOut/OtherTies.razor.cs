using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Ties;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger.TieOut;

/// <summary>Control accounts, cash, banks and sales tax of the month. It fetches its own figures, so that the accounts above need not wait for them.</summary>
public sealed partial class OtherTies(ControlTieService controls, BookTieService books) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private (Guid Tenant, Month Month, int Version) _shown;
    private IReadOnlyList<ControlTie> _controls = [];
    private BookTies? _ties;
    private Problem? _problem;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Parameter, EditorRequired]
    public XeroTenant Organisation { get; set; } = default!;

    [Parameter, EditorRequired]
    public Month Month { get; set; }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Organisation.Id, Month, Organisation.LedgerVersion);
        if (wanted != _shown)
        {
            _shown = wanted;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var (tenant, month) = (new TenantId(Organisation.Id), Month);
        var controlled = await controls.AtAsync(Caller, tenant, month.End, _leaving.Token);
        var found = await books.AtAsync(Caller, tenant, month, _leaving.Token);
        if (month == Month)
        {
            _problem = controlled.Problem ?? found.Problem;
            (_controls, _ties) = _problem is null ? (controlled.Value, found.Value) : ([], null);
        }
    }

    private string ControlWords(ControlTie tie) => string.Join("; ", new[]
    {
        $"{(tie.Count == 1 ? "1 open document" : $"{tie.Count} open documents")}, {(tie.Difference == 0 ? "exactly the balance" : $"apart {Text(tie.Difference)}")}",
        tie.Revaluation == 0 ? null : $"revaluation in Xero {Text(tie.Revaluation)}",
    }.OfType<string>()) + ".";

    private string CashWords(CashTie cash) => string.Join("; ", new[]
    {
        $"Documents: in {Text(cash.Documents.In)}, out {Text(cash.Documents.Out)}",
        cash.Difference == 0 ? null : $"the ledger has {Text(cash.Difference)} beside them",
        cash.BetweenOwn == 0 ? null : $"rates between own accounts {Text(cash.BetweenOwn)}",
        cash.XeroOnly == 0 ? null : $"only in Xero {Text(cash.XeroOnly)}",
    }.OfType<string>()) + (cash.Xero is { } moved ? $". Xero's bank accounts moved by {Text(moved)}." : ". Xero was not read at both ends of the month.");

    private string Text(decimal amount) => MoneyFormat.Of(Organisation.CountryCode).Text(amount);
}
