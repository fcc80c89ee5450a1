using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Reports;

internal static class ReportsApi
{
    private static readonly ApiParameter<string> Type = ApiParameters.Word("type", "Only reports of this kind.", ReportTypes.All);

    public static void Map(RouteGroupBuilder api)
    {
        var reports = api.MapGroup("/tenants/{tenant}/reports").WithTags("Reports");
        reports.MapPost("/run", RunAsync)
            .WithName("RunReport").WithSummary("Makes a report with its proofs; it is not kept.")
            .Needs(Permissions.ReportsRead).TakesBody<ReportRunRequest>().MayRefuse(422).Costly();
        reports.MapPost("/compare-with-xero", CompareAsync)
            .WithName("CompareReportWithXero").WithSummary("Reads Xero's own profit and loss or balance sheet, one call of the day's, and compares it account by account.")
            .Needs(Permissions.SyncWrite).TakesBody<ReportRunRequest>().MayRefuse(422, 503).Costly();
        reports.MapGet("", ListAsync)
            .WithName("ListReports").WithSummary("Kept reports without their documents, the newest first.")
            .Needs(Permissions.ReportsRead).Takes(Type).TakesPage();
        reports.MapGet("/count", CountAsync)
            .WithName("CountReports").WithSummary("How many reports are kept, counted up to 10 001.")
            .Needs(Permissions.ReportsRead).Takes(Type);
        reports.MapPost("", CreateAsync)
            .WithName("CreateReport").WithSummary("Makes a report and keeps it as it is, for ever.")
            .Needs(Permissions.ReportsWrite).TakesBody<ReportSaveRequest>().TakesIdempotencyKey().GivesVersion().MayRefuse(422).Costly();
        reports.MapGet("/{id}", GetAsync)
            .WithName("GetReport").WithSummary("A kept report as it was made.")
            .Needs(Permissions.ReportsRead).GivesVersion();
        reports.MapGet("/{id}/changes", ChangesAsync)
            .WithName("ListReportChanges").WithSummary("What moved in a kept report's days since it was made, by account and document.")
            .Needs(Permissions.ReportsRead);
        reports.MapDelete("/{id}", DeleteAsync)
            .WithName("DeleteReport").WithSummary("Deletes a kept report.")
            .Needs(Permissions.ReportsWrite).TakesVersion();
    }

    private static async Task<ApiAnswer<ReportDocumentAnswer>> RunAsync(HttpContext http, ReportService reports, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new ReportRunRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var made = await reports.RunAsync(http.Caller(), http.Tenant(), body.Type, (body.Parameters ?? new ReportParametersRequest()).ToParameters(), ct);
        return made.Problem is { } refused ? AtMember(refused) : new ReportDocumentAnswer(made.Value);
    }

    private static async Task<ApiAnswer<XeroComparisonAnswer>> CompareAsync(HttpContext http, XeroComparisonService comparisons, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new ReportRunRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var compared = await comparisons.CompareAsync(http.Caller(), http.Tenant(), body.Type, (body.Parameters ?? new ReportParametersRequest()).ToParameters(), ct);
        return compared.Problem is { } refused ? AtMember(refused) : XeroComparisonAnswer.Of(compared.Value);
    }

    private static async Task<ApiAnswer<PageAnswer<ReportHeadAnswer>>> ListAsync(HttpContext http, ReportService reports, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (type, limit, cursor) = (query.Read(Type), query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var page = await reports.ListAsync(http.Caller(), http.Tenant(), type, cursor, limit, ct);
        return page.Problem is { } refused ? refused : new PageAnswer<ReportHeadAnswer>([.. page.Value.Items.Select(ReportHeadAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, ReportService reports, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var type = query.Read(Type);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var count = await reports.CountAsync(http.Caller(), http.Tenant(), type, ct);
        return count.Problem is { } refused ? refused : CountAnswer.Of(count.Value);
    }

    private static async Task<ApiCreated<ReportAnswer>> CreateAsync(HttpContext http, ReportService reports, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new ReportSaveRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var made = await reports.SaveAsync(http.Caller(), http.Tenant(), body.Type, body.Name, (body.Parameters ?? new ReportParametersRequest()).ToParameters(), ct);
        return made.Problem is { } refused
            ? AtMember(refused)
            : ApiCreated<ReportAnswer>.At($"{http.Request.PathBase}{ApiRoutes.Root}/tenants/{http.Tenant()}/reports/{made.Value.Id:D}", ReportAnswer.Of(made.Value), VersionOf(made.Value));
    }

    private static async Task<ApiAnswer<ReportAnswer>> GetAsync(HttpContext http, ReportService reports, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return ReportProblems.Unknown;
        }

        var found = await reports.GetAsync(http.Caller(), http.Tenant(), id, ct);
        return found.Problem is { } refused ? refused : ApiAnswer<ReportAnswer>.WithVersion(ReportAnswer.Of(found.Value), VersionOf(found.Value));
    }

    private static async Task<ApiAnswer<ReportChangesAnswer>> ChangesAsync(HttpContext http, ReportService reports, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return ReportProblems.Unknown;
        }

        var changes = await reports.ChangesAsync(http.Caller(), http.Tenant(), id, ct);
        return changes.Problem is { } refused ? refused : ReportChangesAnswer.Of(changes.Value);
    }

    private static async Task<ApiDone> DeleteAsync(HttpContext http, ReportService reports, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return ReportProblems.Unknown;
        }

        return await reports.DeleteAsync(http.Caller(), http.Tenant(), id, TakesVersion.Of(http.Request), ct);
    }

    // A parameter's place in the body.
    private static Problem AtMember(Problem problem) =>
        problem.Field is { } field and not ("type" or "name") ? problem with { Field = $"parameters.{field}" } : problem;

    private static string VersionOf(Report report) => ReadVersion.Of(report.UpdatedAt).Value!;
}
