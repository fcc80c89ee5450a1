using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Ledger.Accounts;

/// <summary>An account; <c>accountId</c> is Xero's. A tag that no person confirmed is a suggestion.</summary>
internal sealed record AccountAnswer(
    Guid AccountId, string? Code, string Name, string Type, string Class, string? SystemAccount, string Status, string? Tag, bool TagConfirmed)
    : IExample<AccountAnswer>
{
    public static AccountAnswer Example => new(Examples.Account, "200", "Sales", "REVENUE", "REVENUE", null, "ACTIVE", "REVENUE", true);

    public static AccountAnswer Of(Domain.Ledger.Account account) => new(
        account.AccountId,
        account.Code,
        account.Name,
        account.Type,
        account.Class,
        account.SystemAccount,
        account.Status,
        account.Tag,
        account.Tag is not null && account.TagConfirmedBy is not null);
}

internal static class AccountsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var accounts = api.MapGroup("/tenants/{tenant}/accounts").WithTags("Ledger");
        accounts.MapGet("", ListAsync)
            .WithName("ListAccounts").WithSummary("The chart of accounts, archived ones too, by code and name.")
            .Needs(Permissions.LedgerRead).TakesPage();
        accounts.MapGet("/count", CountAsync)
            .WithName("CountAccounts").WithSummary("How many accounts there are.")
            .Needs(Permissions.LedgerRead);
    }

    private static async Task<ApiAnswer<PageAnswer<AccountAnswer>>> ListAsync(HttpContext http, LedgerService ledger, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (limit, cursor) = (query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var all = await ledger.AccountsAsync(http.Caller(), http.Tenant(), ct);
        if (all.Problem is { } refused)
        {
            return refused;
        }

        var page = ApiCursor.Cut(all.Value, KeyOf, cursor, limit);
        return page.Problem is { } badCursor
            ? badCursor
            : new PageAnswer<AccountAnswer>([.. page.Value.Items.Select(AccountAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, LedgerService ledger, CancellationToken ct)
    {
        var all = await ledger.AccountsAsync(http.Caller(), http.Tenant(), ct);
        return all.Problem is { } refused ? refused : CountAnswer.Of(CappedCount.Of(all.Value.Count));
    }

    // By code, those without one last, then by name.
    private static string KeyOf(Domain.Ledger.Account account) => $"{(account.Code is null ? 1 : 0)}{account.Code}\u0001{account.Name}\u0001{account.AccountId}";
}
