using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Tenants;

internal sealed record YearEndAnswer(int Day, int Month);

internal sealed record ConnectionAnswer(string Status, string? Detail);

internal sealed record TenantAnswer(
    Guid Id,
    string XeroTenantId,
    string Name,
    string Type,
    string BaseCurrency,
    YearEndAnswer FinancialYearEnd,
    DateOnly? BooksStart,
    ConnectionAnswer Connection,
    DateTime? DataAsOf,
    int LedgerVersion) : IExample<TenantAnswer>
{
    public static TenantAnswer Example => new(
        Examples.Tenant, "3f2b8c1d-6f0a-4b7e-9a55-0c1d2e3f4a5b", "Tui & Ash Coffee Roasters Limited", "Organization", "NZD", new YearEndAnswer(31, 3), new DateOnly(2024, 4, 1),
        new ConnectionAnswer("connected", null), Examples.Instant, 412);

    public static TenantAnswer Of(XeroTenant tenant) => new(
        tenant.Id,
        tenant.XeroTenantId,
        tenant.Name,
        tenant.Type,
        tenant.BaseCurrency,
        new YearEndAnswer(tenant.FinancialYearEndDay, tenant.FinancialYearEndMonth),
        tenant.BooksStart,
        new ConnectionAnswer(tenant.Connection, tenant.ConnectionDetail),
        tenant.DataAsOf,
        tenant.LedgerVersion);
}

internal static class TenantsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/tenants", ListAsync)
            .WithName("ListTenants").WithTags("Organisations").WithSummary("The organisations that the key reaches, by name.")
            .Needs(Permissions.TenantsRead).TakesPage();
        api.MapGet("/tenants/count", CountAsync)
            .WithName("CountTenants").WithTags("Organisations").WithSummary("How many organisations the key reaches.")
            .Needs(Permissions.TenantsRead);
        api.MapGet("/tenants/{tenant}", GetAsync)
            .WithName("GetTenant").WithTags("Organisations").WithSummary("One organisation: its books, its connection and how fresh its data is.")
            .Needs(Permissions.TenantsRead);
    }

    private static async Task<ApiAnswer<PageAnswer<TenantAnswer>>> ListAsync(HttpContext http, TenantService tenants, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (limit, cursor) = (query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var all = await tenants.ListAsync(http.Caller(), ct);
        if (all.Problem is { } refused)
        {
            return refused;
        }

        var page = ApiCursor.Cut(all.Value, tenant => $"{tenant.Name.ToUpperInvariant()}\u0001{tenant.Id}", cursor, limit);
        return page.Problem is { } badCursor
            ? badCursor
            : new PageAnswer<TenantAnswer>([.. page.Value.Items.Select(TenantAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, TenantService tenants, CancellationToken ct)
    {
        var all = await tenants.ListAsync(http.Caller(), ct);
        return all.Problem is { } refused ? refused : CountAnswer.Of(CappedCount.Of(all.Value.Count));
    }

    private static async Task<ApiAnswer<TenantAnswer>> GetAsync(HttpContext http, TenantService tenants, CancellationToken ct)
    {
        var tenant = await tenants.GetAsync(http.Caller(), http.Tenant(), ct);
        return tenant.Problem is { } refused ? refused : TenantAnswer.Of(tenant.Value);
    }
}
