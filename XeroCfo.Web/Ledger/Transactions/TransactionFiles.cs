using Microsoft.AspNetCore.Mvc;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Audit;
using XeroCfo.Web.Hosting;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>
/// The list as a file, exactly what is filtered. It is the page's own: signed in by cookie, allowed by the services as the page is. Rows go out page by page, so that a
/// large list needs no more memory than a small one; a workbook is built first and therefore has a limit.
/// </summary>
internal static class TransactionFiles
{
    public const int MostInWorkbook = 100_000;

    public static string Address(Guid org, string format, TransactionQuery query) =>
        $"/{org:D}/transactions/export.{format}{(query.ToText() is { Length: > 0 } text ? "?" + text : "")}";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/{org:guid}/transactions/export.csv", GetCsvAsync).ExcludeFromDescription().NotesExport("transactions");
        app.MapGet("/{org:guid}/transactions/export.xlsx", GetWorkbookAsync).ExcludeFromDescription().NotesExport("transactions");
    }

    private static async Task GetCsvAsync(Guid org, HttpContext http, [FromServices] CallerService callers, [FromServices] TransactionExport export, CancellationToken ct)
    {
        var opened = await OpenAsync(org, http, callers, export, ct);
        if (opened.Problem is { } refused)
        {
            await Refusal(refused).ExecuteAsync(http);
            return;
        }

        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename={opened.Value.FileName("csv")}";
        await TransactionCsv.WriteAsync(http.Response.Body, opened.Value, ct);
    }

    private static async Task<IResult> GetWorkbookAsync(Guid org, HttpContext http, [FromServices] CallerService callers, [FromServices] TransactionExport export, CancellationToken ct)
    {
        var opened = await OpenAsync(org, http, callers, export, ct);
        if (opened.Problem is { } refused)
        {
            return Refusal(refused);
        }

        var rows = new List<Transaction>();
        await foreach (var row in opened.Value.Rows.WithCancellation(ct))
        {
            rows.Add(row);
            if (rows.Count > MostInWorkbook)
            {
                return Results.Text($"A workbook holds at most {MostInWorkbook} transactions. Narrow the list, or take the CSV file.", statusCode: StatusCodes.Status422UnprocessableEntity);
            }
        }

        var file = new MemoryStream();
        XlsxWriter.Write(file, [TransactionWorkbook.Of(opened.Value, rows)]);
        file.Position = 0;
        return Results.File(file, XlsxWriter.ContentType, opened.Value.FileName("xlsx"));
    }

    private static async Task<Result<ExportedList>> OpenAsync(Guid org, HttpContext http, CallerService callers, TransactionExport export, CancellationToken ct)
    {
        var person = await callers.ForUserAsync(SessionCheck.PersonOf(http.User) ?? Guid.Empty, new Origin(), ct);
        var opened = person.Succeeded ? await export.OpenAsync(person.Value, new TenantId(org), TransactionQuery.Of(http.Request.QueryString.Value ?? ""), ct) : person.Problem!;
        return opened.Problem is null or { Kind: ProblemKind.Invalid } && (DayProblem(http, "from") ?? DayProblem(http, "to")) is { } wrong ? wrong : opened;
    }

    // Of two days the page reads none, and a list says so in other words.
    private static Problem? DayProblem(HttpContext http, string name) => FileDay.Read(name, http.Request.Query[name]).Problem;

    private static IResult Refusal(Problem problem) => problem.Kind switch
    {
        ProblemKind.Invalid => Results.Text(problem.Message, statusCode: StatusCodes.Status400BadRequest),
        ProblemKind.Forbidden => Results.StatusCode(StatusCodes.Status403Forbidden),
        _ => Results.StatusCode(StatusCodes.Status404NotFound),
    };
}
