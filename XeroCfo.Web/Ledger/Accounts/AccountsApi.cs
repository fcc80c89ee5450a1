using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Ledger.Accounts;

/// <summary>An account; <c>accountId</c> is Xero's. A tag that no person confirmed is a suggestion.</summary>
internal sealed record AccountAnswer(
    Guid AccountId, string? Code, string Name, string Type, string Class, string? SystemAccount, string Status, string? Tag, bool TagConfirmed)
{
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
    public static void Map(RouteGroupBuilder api) => api.MapGet("/tenants/{tenant}/accounts", ListAsync)
        .WithName("ListAccounts").WithTags("Ledger").WithSummary("The chart of accounts, archived ones too, by code and name.")
        .Needs(Permissions.LedgerRead).TakesPage();

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

        var page = ApiPaging.Cut(all.Value, account => account.AccountId, cursor, limit);
        return page.Problem is { } badCursor
            ? badCursor
            : new PageAnswer<AccountAnswer>([.. page.Value.Items.Select(AccountAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Next));
    }
}
