using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Receivables;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Receivables;

/// <summary>Who owes, those first that need somebody: a promise was missed, something was to be done, much is overdue.</summary>
public sealed partial class ReceivablesPage(ReceivablesService receivables) : TenantPage
{
    private const int PageSize = 50;

    private static readonly (string, string)[] Keys = [("/", "Search"), ("[ ]", "Page before, page after")];

    private Domain.Receivables.ReceivablesPage? _found;

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    [SupplyParameterFromQuery]
    public string? Before { get; set; }

    private bool IsFiltered => !string.IsNullOrWhiteSpace(Search) || !string.IsNullOrEmpty(Show);

    private decimal Missed => _found!.Book.Customers.Sum(row => row.MissedAmount);

    private decimal Disputed => _found!.Book.Customers.Sum(row => row.Disputed);

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var show = Enum.TryParse<ReceivablesShow>(Show, true, out var known) && Enum.IsDefined(known) ? known : ReceivablesShow.All;
        var place = Before is { } before ? PagePlace.Before(before) : PagePlace.After(After);
        var found = await receivables.ListAsync(Caller, Tenant, new ReceivablesFilter(show, Search), place, PageSize, ct);
        _found = found.Succeeded ? found.Value : null;
        return found.Problem;
    }

    private void Go(string? search, string? show) => ShowAs(Address(search, show, null, null));

    private void Turn(string? after, string? before) => ShowAs(Address(Search, Show, after, before));

    private static Dictionary<string, object?> Address(string? search, string? show, string? after, string? before) => new(StringComparer.Ordinal)
    {
        ["search"] = string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
        ["show"] = string.IsNullOrEmpty(show) ? null : show,
        ["after"] = after,
        ["before"] = before,
    };

    private string Count(int count) => count == 1 ? "1 customer" : $"{MoneyFormat.Of(Organisation!.CountryCode).Count(count)} customers";

    private string Customers(int count) => count == 0 ? "nobody" : Count(count);
}
