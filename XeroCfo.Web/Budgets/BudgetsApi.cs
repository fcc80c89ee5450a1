using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Budgets;

internal static class BudgetsApi
{
    private static readonly ApiParameter<string> Source = ApiParameters.Word("source", "Only Xero's, or only own ones.", BudgetSources.All);

    public static void Map(RouteGroupBuilder api)
    {
        var budgets = api.MapGroup("/tenants/{tenant}/budgets").WithTags("Budgets");
        budgets.MapGet("", ListAsync)
            .WithName("ListBudgets").WithSummary("The organisation's budgets with their lines, in the order in which they came. A page may end early: it holds at most 20 000 lines.")
            .Needs(Permissions.BudgetsRead).TakesPage().Takes(Source);
        budgets.MapGet("/count", CountAsync)
            .WithName("CountBudgets").WithSummary("How many budgets, counted up to 10 001.")
            .Needs(Permissions.BudgetsRead).Takes(Source);
        budgets.MapPost("", CreateAsync)
            .WithName("CreateBudget").WithSummary("Makes an own budget.")
            .Needs(Permissions.BudgetsWrite).TakesBody<BudgetRequest>().TakesIdempotencyKey().GivesVersion().MayRefuse(422);
        budgets.MapGet("/{id}", GetAsync)
            .WithName("GetBudget").WithSummary("One budget with its lines.")
            .Needs(Permissions.BudgetsRead).GivesVersion();
        budgets.MapPut("/{id}", UpdateAsync)
            .WithName("UpdateBudget").WithSummary("Replaces an own budget's name, tracking and all its lines; one of Xero's is refused with 409.")
            .Needs(Permissions.BudgetsWrite).TakesBody<BudgetRequest>().TakesVersion().GivesVersion().MayRefuse(409, 422);
        budgets.MapDelete("/{id}", DeleteAsync)
            .WithName("DeleteBudget").WithSummary("Deletes an own budget; one of Xero's is refused with 409. Kept reports keep its figures.")
            .Needs(Permissions.BudgetsWrite).TakesVersion().MayRefuse(409);
        BudgetFilesApi.Map(budgets);
    }

    private static async Task<ApiAnswer<PageAnswer<BudgetAnswer>>> ListAsync(HttpContext http, BudgetService budgets, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (limit, cursor, source) = (query.Limit, query.Cursor, query.Read(Source));
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var page = await budgets.ListAsync(http.Caller(), http.Tenant(), source, cursor, limit, ct);
        return page.Problem is { } refused ? refused : new PageAnswer<BudgetAnswer>([.. page.Value.Items.Select(BudgetAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, BudgetService budgets, CancellationToken ct)
    {
        var count = await budgets.CountAsync(http.Caller(), http.Tenant(), new ApiQuery(http.Request).Read(Source), ct);
        return count.Problem is { } refused ? refused : CountAnswer.Of(count.Value);
    }

    private static async Task<ApiAnswer<BudgetAnswer>> GetAsync(HttpContext http, BudgetService budgets, CancellationToken ct) =>
        http.Id("id") is { } id ? Answer(await budgets.GetAsync(http.Caller(), http.Tenant(), id, ct)) : BudgetProblems.Unknown;

    private static async Task<ApiCreated<BudgetAnswer>> CreateAsync(HttpContext http, BudgetService budgets, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new BudgetRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var input = body.ToInput();
        if (input.Problem is { } unreadable)
        {
            return unreadable;
        }

        var made = await budgets.CreateAsync(http.Caller(), http.Tenant(), input.Value, ct);
        return made.Problem is { } refused
            ? refused
            : Created(http, made.Value);
    }

    /// <summary>201 with where the new budget is.</summary>
    public static ApiCreated<BudgetAnswer> Created(HttpContext http, BudgetView made) =>
        ApiCreated<BudgetAnswer>.At($"{http.Request.PathBase}{ApiRoutes.Root}/tenants/{http.Tenant()}/budgets/{made.Budget.Id:D}", BudgetAnswer.Of(made), VersionOf(made));

    private static async Task<ApiAnswer<BudgetAnswer>> UpdateAsync(HttpContext http, BudgetService budgets, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new BudgetRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var input = body.ToInput();
        return input.Problem is { } unreadable ? unreadable
            : http.Id("id") is { } id ? Answer(await budgets.UpdateAsync(http.Caller(), http.Tenant(), id, TakesVersion.Of(http.Request), input.Value, ct))
            : BudgetProblems.Unknown;
    }

    private static async Task<ApiDone> DeleteAsync(HttpContext http, BudgetService budgets, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return BudgetProblems.Unknown;
        }

        return await budgets.DeleteAsync(http.Caller(), http.Tenant(), id, TakesVersion.Of(http.Request), ct);
    }

    private static ApiAnswer<BudgetAnswer> Answer(Result<BudgetView> found) =>
        found.Problem is { } refused ? refused : ApiAnswer<BudgetAnswer>.WithVersion(BudgetAnswer.Of(found.Value), VersionOf(found.Value));

    private static string VersionOf(BudgetView view) => ReadVersion.Of(view.Budget.UpdatedAt).Value!;
}
