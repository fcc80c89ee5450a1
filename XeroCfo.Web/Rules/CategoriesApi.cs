using System.ComponentModel.DataAnnotations;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Rules;

/// <summary>A category, and Xero's accounts whose documents have it.</summary>
internal sealed record CategoryAnswer(Guid Id, string Name, string Colour, string? DefaultAccountCode, IReadOnlyList<Guid> AccountIds, DateTime CreatedAt, DateTime UpdatedAt)
    : IExample<CategoryAnswer>
{
    public static CategoryAnswer Example => new(Examples.Thing, "Coffee sales", "#0B6B62", "200", [Examples.Account], Examples.Instant, Examples.Instant);

    public static CategoryAnswer Of(CategoryView view) => new(
        view.Category.Id, view.Category.Name, view.Category.Colour, view.Category.DefaultAccountCode, view.AccountIds, view.Category.CreatedAt, view.Category.UpdatedAt);
}

/// <summary>A category as it is to be: what is left out of a change is taken away, but for the colour.</summary>
internal sealed record CategoryRequest(
    [property: Required, StringLength(Category.NameLimit, MinimumLength = 1)] string? Name = null,
    [property: RegularExpression("^#[0-9A-Fa-f]{6}$")] string? Colour = null,
    [property: StringLength(CategoryService.CodeLimit, MinimumLength = 1)] string? DefaultAccountCode = null,
    [property: MaxLength(CategoryService.MostAccounts)] IReadOnlyList<Guid>? AccountIds = null) : IExample<CategoryRequest>
{
    public static CategoryRequest Example => new("Coffee sales", "#0B6B62", "200", [Examples.Account]);

    public CategoryInput ToInput() => new(Name, Colour, DefaultAccountCode, AccountIds ?? []);
}

internal static class CategoriesApi
{
    private static readonly ApiParameter<Guid?> MergeInto = ApiParameters.Id("mergeInto", "The category that its documents, rules and accounts go to.");

    public static void Map(RouteGroupBuilder api)
    {
        var categories = api.MapGroup("/tenants/{tenant}/categories").WithTags("Rules");
        categories.MapGet("", ListAsync)
            .WithName("ListCategories").WithSummary("The organisation's categories with the accounts mapped to them.")
            .Needs(Permissions.RulesRead).TakesPage();
        categories.MapGet("/count", CountAsync)
            .WithName("CountCategories").WithSummary("How many categories, counted up to 10 001.")
            .Needs(Permissions.RulesRead);
        categories.MapPost("", CreateAsync)
            .WithName("CreateCategory").WithSummary("Makes a category; documents on its accounts have it at once.")
            .Needs(Permissions.RulesWrite).TakesBody<CategoryRequest>().TakesIdempotencyKey().GivesVersion().MayRefuse(409, 422);
        categories.MapGet("/{id}", GetAsync)
            .WithName("GetCategory").WithSummary("One category.")
            .Needs(Permissions.RulesRead).GivesVersion();
        categories.MapPut("/{id}", UpdateAsync)
            .WithName("UpdateCategory").WithSummary("Changes a category; documents and rules carry a new name.")
            .Needs(Permissions.RulesWrite).TakesBody<CategoryRequest>().TakesVersion().GivesVersion().MayRefuse(409, 422);
        categories.MapDelete("/{id}", DeleteAsync)
            .WithName("DeleteCategory").WithSummary("Deletes a category, or merges it into another one.")
            .Needs(Permissions.RulesWrite).Takes(MergeInto).TakesVersion().MayRefuse(409);
    }

    private static async Task<ApiAnswer<PageAnswer<CategoryAnswer>>> ListAsync(HttpContext http, CategoryService categories, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (limit, cursor) = (query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var page = await categories.ListAsync(http.Caller(), http.Tenant(), cursor, limit, ct);
        return page.Problem is { } refused ? refused : new PageAnswer<CategoryAnswer>([.. page.Value.Items.Select(CategoryAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, CategoryService categories, CancellationToken ct)
    {
        var count = await categories.CountAsync(http.Caller(), http.Tenant(), ct);
        return count.Problem is { } refused ? refused : CountAnswer.Of(count.Value);
    }

    private static async Task<ApiAnswer<CategoryAnswer>> GetAsync(HttpContext http, CategoryService categories, CancellationToken ct) =>
        http.Id("id") is { } id ? Answer(await categories.GetAsync(http.Caller(), http.Tenant(), id, ct)) : CategoryProblems.Unknown;

    private static async Task<ApiCreated<CategoryAnswer>> CreateAsync(HttpContext http, CategoryService categories, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new CategoryRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var made = await categories.CreateAsync(http.Caller(), http.Tenant(), body.ToInput(), ct);
        return made.Problem is { } refused
            ? refused
            : ApiCreated<CategoryAnswer>.At($"{http.Request.PathBase}{ApiRoutes.Root}/tenants/{http.Tenant()}/categories/{made.Value.Category.Id:D}", CategoryAnswer.Of(made.Value), VersionOf(made.Value));
    }

    private static async Task<ApiAnswer<CategoryAnswer>> UpdateAsync(HttpContext http, CategoryService categories, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new CategoryRequest());
        return wrong is not null ? wrong
            : http.Id("id") is { } id ? Answer(await categories.UpdateAsync(http.Caller(), http.Tenant(), id, TakesVersion.Of(http.Request), body.ToInput(), ct))
            : CategoryProblems.Unknown;
    }

    private static async Task<ApiDone> DeleteAsync(HttpContext http, CategoryService categories, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var target = query.Read(MergeInto);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        if (http.Id("id") is not { } id)
        {
            return CategoryProblems.Unknown;
        }

        return await categories.DeleteAsync(http.Caller(), http.Tenant(), id, TakesVersion.Of(http.Request), target, ct);
    }

    private static ApiAnswer<CategoryAnswer> Answer(Result<CategoryView> found) =>
        found.Problem is { } refused ? refused : ApiAnswer<CategoryAnswer>.WithVersion(CategoryAnswer.Of(found.Value), VersionOf(found.Value));

    private static string VersionOf(CategoryView view) => ReadVersion.Of(view.Category.UpdatedAt).Value!;
}
