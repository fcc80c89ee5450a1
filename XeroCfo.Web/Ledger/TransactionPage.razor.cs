using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger;

/// <summary>One document with its lines, what settled it, and what it did to the books.</summary>
public sealed partial class TransactionPage(TransactionService transactions) : TenantPage
{
    private TransactionDetail? _detail;

    [Parameter]
    public Guid Id { get; set; }

    private string Title => _detail is null
        ? "Transaction"
        : $"{LedgerWords.Type(_detail.Transaction.Type)} {_detail.Transaction.Number}".TrimEnd();

    private bool IsForeign => _detail!.Transaction.CurrencyCode != Organisation!.BaseCurrency;

    private string? SafeXeroUrl => WebLink.OrNull(_detail?.XeroUrl);

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var found = await transactions.GetAsync(Caller, Tenant, Id, ct);
        _detail = found.Succeeded ? found.Value : null;
        return found.Problem;
    }
}
