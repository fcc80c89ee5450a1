using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger.Contacts;

/// <summary>Customers and suppliers with what is open both ways.</summary>
public sealed partial class ContactsPage(ContactService contacts) : TenantPage
{
    public const int PageSize = 50;

    private static readonly (string, string)[] Keys = [("/", "Search"), ("[ ]", "Page before, page after")];

    private ContactsQuery _query = new();
    private ContactPage? _found;

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    [SupplyParameterFromQuery]
    public string? Before { get; set; }

    [SupplyParameterFromQuery]
    public bool? Last { get; set; }

    private bool TotalsOnly => !Caller.May(Permissions.LedgerRead);

    private decimal Overdue => _found!.Book.Contacts.Sum(contact => contact.Overdue);

    private int Late => _found!.Book.Contacts.Count(contact => contact.Overdue != 0);

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        _query = new ContactsQuery { Search = Search, Show = Show, Sort = Sort, After = After, Before = Before, Last = Last == true };
        var found = await contacts.ListAsync(Caller, Tenant, _query.Filter, _query.Place, PageSize, ct);
        _found = found.Succeeded ? found.Value : null;
        return found.Problem;
    }

    private string Count(int count) => count == 1 ? "1 contact" : $"{MoneyFormat.Of(Organisation!.CountryCode).Count(count)} contacts";

    private void Go(ContactsQuery query) => ShowAs(query.ToAddress());
}
