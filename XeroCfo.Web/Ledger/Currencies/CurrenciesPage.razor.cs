using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger.Currencies;

/// <summary>Open documents and bank accounts in other currencies, with the rates they stand at.</summary>
public sealed partial class CurrenciesPage(CurrencyService currencies) : TenantPage
{
    private CurrencyPosition? _position;

    [SupplyParameterFromQuery]
    public DateOnly? Date { get; set; }

    private DateOnly LastMonthEnd => Month.Of(_position!.Date).Previous.End;

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var found = await currencies.AtAsync(Caller, Tenant, Date, ct);
        _position = found.Succeeded ? found.Value : null;
        return found.Problem;
    }

    private void Go(DateOnly? day) => ShowAs(new Dictionary<string, object?> { ["date"] = DateWords.Iso(day) });
}
