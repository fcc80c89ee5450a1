using System.Globalization;
using Microsoft.OpenApi;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Reports.Layouts;

/// <summary>Layouts of custom reports.</summary>
internal static class LayoutsApi
{
    private static readonly ApiParameter<int?> Version = new(
        "version", "As it was in this version; without it as it is.", "a whole number from 1 on", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" },
        (string text, out int? value) =>
        {
            var read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1;
            value = number;
            return read;
        });

    public static void Map(RouteGroupBuilder api)
    {
        var layouts = api.MapGroup("/tenants/{tenant}/report-layouts").WithTags("Report layouts");
        layouts.MapGet("", ListAsync)
            .WithName("ListLayouts").WithSummary("The organisation's layouts of custom reports, in the order in which they were made.")
            .Needs(Permissions.ReportsRead).TakesPage();
        layouts.MapGet("/count", CountAsync)
            .WithName("CountLayouts").WithSummary("How many layouts, counted up to 10 001.")
            .Needs(Permissions.ReportsRead);
        layouts.MapPost("", CreateAsync)
            .WithName("CreateLayout").WithSummary("Makes a layout; a report of type CUSTOM takes its id as layoutId.")
            .Needs(Permissions.LayoutsWrite).TakesBody<LayoutRequest>().TakesIdempotencyKey().GivesVersion().MayRefuse(409, 422);
        layouts.MapGet("/{id}", GetAsync)
            .WithName("GetLayout").WithSummary("One layout, as it is or as it was in a version.")
            .Needs(Permissions.ReportsRead).Takes(Version).GivesVersion();
        layouts.MapGet("/{id}/versions", VersionsAsync)
            .WithName("ListLayoutVersions").WithSummary("Who changed a layout and when, the newest version first.")
            .Needs(Permissions.ReportsRead);
        layouts.MapPut("/{id}", UpdateAsync)
            .WithName("UpdateLayout").WithSummary("Makes another version of a layout; kept reports stay as they are.")
            .Needs(Permissions.LayoutsWrite).TakesBody<LayoutRequest>().TakesVersion().GivesVersion().MayRefuse(409, 422);
        layouts.MapDelete("/{id}", DeleteAsync)
            .WithName("DeleteLayout").WithSummary("Deletes a layout with its versions; kept reports stay as they are.")
            .Needs(Permissions.LayoutsWrite).TakesVersion();
    }

    private static async Task<ApiAnswer<PageAnswer<LayoutAnswer>>> ListAsync(HttpContext http, LayoutService layouts, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (limit, cursor) = (query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var page = await layouts.ListAsync(http.Caller(), http.Tenant(), cursor, limit, ct);
        return page.Problem is { } refused ? refused : new PageAnswer<LayoutAnswer>([.. page.Value.Items.Select(LayoutAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, LayoutService layouts, CancellationToken ct)
    {
        var count = await layouts.CountAsync(http.Caller(), http.Tenant(), ct);
        return count.Problem is { } refused ? refused : CountAnswer.Of(count.Value);
    }

    private static async Task<ApiAnswer<LayoutAnswer>> GetAsync(HttpContext http, LayoutService layouts, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return LayoutProblems.Unknown;
        }

        var found = await layouts.GetAsync(http.Caller(), http.Tenant(), id, ct);
        if (found.Problem is not null || new ApiQuery(http.Request).Read(Version) is not { } number)
        {
            return Answer(found);
        }

        var version = await layouts.VersionAsync(http.Caller(), http.Tenant(), id, number, ct);
        return version.Problem is { } refused ? refused : ApiAnswer<LayoutAnswer>.WithVersion(LayoutAnswer.Of(found.Value, version.Value), VersionOf(found.Value));
    }

    private static async Task<ApiAnswer<LayoutVersionsAnswer>> VersionsAsync(HttpContext http, LayoutService layouts, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return LayoutProblems.Unknown;
        }

        var versions = await layouts.VersionsAsync(http.Caller(), http.Tenant(), id, ct);
        return versions.Problem is { } refused
            ? refused
            : new LayoutVersionsAnswer([.. versions.Value.Select(version => new LayoutVersionAnswer(version.Version, version.Name, version.Author, version.CreatedAt))]);
    }

    private static async Task<ApiCreated<LayoutAnswer>> CreateAsync(HttpContext http, LayoutService layouts, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new LayoutRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var input = body.ToInput();
        if (input.Problem is { } unreadable)
        {
            return unreadable;
        }

        var made = await layouts.CreateAsync(http.Caller(), http.Tenant(), input.Value, ct);
        return made.Problem is { } refused
            ? refused
            : ApiCreated<LayoutAnswer>.At($"{http.Request.PathBase}{ApiRoutes.Root}/tenants/{http.Tenant()}/report-layouts/{made.Value.Layout.Id:D}", LayoutAnswer.Of(made.Value), VersionOf(made.Value));
    }

    private static async Task<ApiAnswer<LayoutAnswer>> UpdateAsync(HttpContext http, LayoutService layouts, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new LayoutRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var input = body.ToInput();
        return input.Problem is { } unreadable ? unreadable
            : http.Id("id") is { } id ? Answer(await layouts.UpdateAsync(http.Caller(), http.Tenant(), id, TakesVersion.Of(http.Request), input.Value, ct))
            : LayoutProblems.Unknown;
    }

    private static async Task<ApiDone> DeleteAsync(HttpContext http, LayoutService layouts, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return LayoutProblems.Unknown;
        }

        return await layouts.DeleteAsync(http.Caller(), http.Tenant(), id, TakesVersion.Of(http.Request), ct);
    }

    private static ApiAnswer<LayoutAnswer> Answer(Result<ReportLayoutView> found) =>
        found.Problem is { } refused ? refused : ApiAnswer<LayoutAnswer>.WithVersion(LayoutAnswer.Of(found.Value), VersionOf(found.Value));

    private static string VersionOf(ReportLayoutView view) => ReadVersion.Of(view.Layout.UpdatedAt).Value!;
}
