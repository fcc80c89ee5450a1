using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Audit;
using XeroCfo.Web.Hosting;

namespace XeroCfo.Web.Reports.Exports;

/// <summary>The report pages' files: signed in by cookie, allowed by the service as the pages are. The address says what the page shows.</summary>
internal static class ReportExportPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/{org:guid}/reports/export/{format}", NewAsync).ExcludeFromDescription().NotesExport("report");
        app.MapGet("/{org:guid}/reports/{id:guid}/export/{format}", KeptAsync).ExcludeFromDescription().NotesExport("report");
    }

    private static async Task<IResult> NewAsync(Guid org, string format, HttpContext http, [FromServices] CallerService callers, [FromServices] TenantService tenants, [FromServices] ReportFiles files, CancellationToken ct)
    {
        var asked = ReportQuery.Read(http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value));
        return await AnswerAsync(org, http, callers, tenants, async caller => asked.Problem is { } wrong
            ? wrong
            : await files.OfNewAsync(caller, new TenantId(org), http.Request.Query["type"], asked.Value, format, Options(http.Request.Query), ct), ct);
    }

    private static Task<IResult> KeptAsync(Guid org, Guid id, string format, HttpContext http, [FromServices] CallerService callers, [FromServices] TenantService tenants, [FromServices] ReportFiles files, CancellationToken ct) =>
        AnswerAsync(org, http, callers, tenants, caller => files.OfKeptAsync(caller, new TenantId(org), id, format, Options(http.Request.Query), ct), ct);

    private static async Task<IResult> AnswerAsync(Guid org, HttpContext http, CallerService callers, TenantService tenants, Func<Caller, Task<Result<ReportFile>>> make, CancellationToken ct)
    {
        var person = await callers.ForUserAsync(SessionCheck.PersonOf(http.User) ?? Guid.Empty, new Origin(), ct);
        var organisation = person.Succeeded ? await tenants.GetAsync(person.Value, new TenantId(org), ct) : person.Problem!;
        var file = organisation.Problem is { } unknown ? unknown : await make(person.Value);
        return file.Problem is { } refused ? Refusal(refused) : Results.File(file.Value.Bytes, file.Value.ContentType, file.Value.Name);
    }

    private static ExportOptions Options(IQueryCollection query) => new(
        !IsOn(query, "whole"), IsOn(query, "codes"), query["fold"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries));

    private static bool IsOn(IQueryCollection query, string name) => bool.TryParse(query[name], out var on) && on;

    private static IResult Refusal(Problem problem) => problem.Kind switch
    {
        ProblemKind.Invalid or ProblemKind.Refused => Results.Text(problem.Message, statusCode: StatusCodes.Status400BadRequest),
        ProblemKind.Forbidden => Results.StatusCode(StatusCodes.Status403Forbidden),
        _ => Results.StatusCode(StatusCodes.Status404NotFound),
    };
}
