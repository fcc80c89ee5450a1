using System.ComponentModel.DataAnnotations;
using System.Net.Mime;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Audit;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Reports.Exports;

/// <summary>Which report, and as what.</summary>
internal sealed record ReportExportRequest(
    [property: Required, AllowedValues(ReportTypes.ProfitAndLoss, ReportTypes.BalanceSheet, ReportTypes.CashFlow, ReportTypes.AgedReceivables, ReportTypes.AgedPayables, ReportTypes.BudgetVariance, ReportTypes.KpiDashboard, ReportTypes.Custom)] string? Type = null,
    ReportParametersRequest? Parameters = null,
    [property: Required, AllowedValues(ReportFile.Pdf, ReportFile.Xlsx, ReportFile.Csv, ReportFile.Json)] string? Format = null) : IExample<ReportExportRequest>
{
    public static ReportExportRequest Example => new(
        ReportTypes.ProfitAndLoss, new ReportParametersRequest(From: new DateOnly(2026, 4, 1), To: new DateOnly(2026, 10, 31), Interval: ReportWords.Month), ReportFile.Xlsx);
}

/// <summary>Either 200 with a file, or a refusal.</summary>
internal sealed class ApiReportFile : IResult, IEndpointMetadataProvider
{
    private readonly ReportFile? _file;
    private readonly ApiProblem? _refusal;

    private ApiReportFile(ReportFile? file, ApiProblem? refusal) => (_file, _refusal) = (file, refusal);

    public static implicit operator ApiReportFile(ReportFile file) => new(file, null);

    public static implicit operator ApiReportFile(ApiProblem refusal) => new(null, refusal);

    public static implicit operator ApiReportFile(Problem refusal) => new(null, ApiProblem.From(refusal));

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(byte[]), [.. ReportFile.ContentTypes.Select(type => new ContentType(type).MediaType)]));

    public Task ExecuteAsync(HttpContext httpContext) =>
        _refusal is not null ? _refusal.ExecuteAsync(httpContext) : Results.File(_file!.Bytes, _file.ContentType, _file.Name).ExecuteAsync(httpContext);
}

/// <summary>Reports as files, for programs.</summary>
internal static class ReportExportApi
{
    private static readonly ApiParameter<string> Format = ApiParameters.Word("format", "The file's format; without it a PDF.", ReportFile.Formats);

    public static void Map(RouteGroupBuilder api)
    {
        var reports = api.MapGroup("/tenants/{tenant}/reports").WithTags("Reports");
        reports.MapPost("/export", NewAsync)
            .WithName("ExportNewReport").WithSummary("Makes a report as a file; it is not kept.")
            .Needs(Permissions.ReportsRead).TakesBody<ReportExportRequest>().GivesFile<ReportDocumentAnswer>().MayRefuse(422).Costly().NotesExport("report");
        reports.MapGet("/{id}/export", KeptAsync)
            .WithName("ExportReport").WithSummary("A kept report as a file, as it was made.")
            .Needs(Permissions.ReportsRead).Takes(Format).GivesFile<ReportDocumentAnswer>().Costly().NotesExport("report");
    }

    private static async Task<ApiReportFile> NewAsync(HttpContext http, ReportFiles files, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new ReportExportRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var made = await files.OfNewAsync(http.Caller(), http.Tenant(), body.Type, (body.Parameters ?? new ReportParametersRequest()).ToParameters(), body.Format!, new ExportOptions(), ct);
        return made.Problem is { } refused ? AtMember(refused) : made.Value;
    }

    private static async Task<ApiReportFile> KeptAsync(HttpContext http, ReportFiles files, CancellationToken ct)
    {
        var format = new ApiQuery(http.Request).Read(Format) ?? ReportFile.Pdf;
        if (http.Id("id") is not { } id)
        {
            return ReportProblems.Unknown;
        }

        var made = await files.OfKeptAsync(http.Caller(), http.Tenant(), id, format, new ExportOptions(), ct);
        return made.Problem is { } refused ? refused : made.Value;
    }

    // A parameter's place in the body.
    private static Problem AtMember(Problem problem) =>
        problem.Field is { } field and not ("type" or "format") ? problem with { Field = $"parameters.{field}" } : problem;
}
