using System.Text;
using Microsoft.AspNetCore.Mvc;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Audit;
using XeroCfo.Web.Hosting;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Rules;

/// <summary>All rules as a file that another organisation can import. It is the page's own: signed in by cookie, allowed by the service as the page is.</summary>
internal static class RuleFiles
{
    private const int PageSize = 1_000;

    public static string Address(Guid org, string format) => $"/{org:D}/rules/export.{format}";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/{org:guid}/rules/export.csv", GetCsvAsync).ExcludeFromDescription().NotesExport("rules");
        app.MapGet("/{org:guid}/rules/export.json", GetJsonAsync).ExcludeFromDescription().NotesExport("rules");
    }

    private static async Task<IResult> GetCsvAsync(Guid org, HttpContext http, [FromServices] CallerService callers, [FromServices] RuleService rules, CancellationToken ct)
    {
        var all = await ReadAsync(org, http, callers, rules, ct);
        return all.Problem is { } refused ? Refusal(refused)
            : Results.File(Encoding.UTF8.GetBytes(CsvWriter.ByteOrderMark + CsvWriter.Line(RuleFileFormat.Columns) + string.Concat(all.Value.Select(rule => CsvWriter.Line(RuleFileFormat.ToLine(rule))))), CsvWriter.ContentType, "rules.csv");
    }

    private static async Task<IResult> GetJsonAsync(Guid org, HttpContext http, [FromServices] CallerService callers, [FromServices] RuleService rules, CancellationToken ct)
    {
        var all = await ReadAsync(org, http, callers, rules, ct);
        return all.Problem is { } refused ? Refusal(refused) : Results.File(Encoding.UTF8.GetBytes(RuleFileFormat.ToJson(all.Value)), "application/json; charset=utf-8", "rules.json");
    }

    private static async Task<Result<List<CategoryRule>>> ReadAsync(Guid org, HttpContext http, CallerService callers, RuleService rules, CancellationToken ct)
    {
        var person = await callers.ForUserAsync(SessionCheck.PersonOf(http.User) ?? Guid.Empty, new Origin(), ct);
        if (person.Problem is { } unknown)
        {
            return unknown;
        }

        var all = new List<CategoryRule>();
        string? cursor = null;
        do
        {
            var page = await rules.ListAsync(person.Value, new TenantId(org), cursor, PageSize, ct);
            if (page.Problem is { } refused)
            {
                return refused;
            }

            all.AddRange(page.Value.Items.Select(view => view.Rule));
            cursor = page.Value.Next;
        }
        while (cursor is not null);
        return all;
    }

    private static IResult Refusal(Problem problem) => Results.StatusCode(problem.Kind == ProblemKind.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound);
}
