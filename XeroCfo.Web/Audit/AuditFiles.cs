using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Audit;

/// <summary>The trail as a file, exactly what is filtered. It is the page's own: signed in by cookie, allowed by the service as the page is, and itself an entry of the trail.</summary>
internal static class AuditFiles
{
    private const int PageSize = 1_000, MostInWorkbook = 100_000;

    private static readonly (string Head, double Width)[] Columns =
        [("Time (UTC)", 20), ("Action", 26), ("Who", 28), ("Organisation", 28), ("Address", 16), ("Program", 24), ("Details", 80), ("Number", 10), ("Id", 38)];

    public static string Address(string format, AuditQuery query) => $"/audit/export.{format}{query.ToText()}";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/audit/export.csv", GetCsvAsync).ExcludeFromDescription().NotesExport("audit");
        app.MapGet("/audit/export.xlsx", GetWorkbookAsync).ExcludeFromDescription().NotesExport("audit");
    }

    private static async Task GetCsvAsync(HttpContext http, [FromServices] AuditReading reading, CancellationToken ct)
    {
        var opened = await reading.OpenAsync(http, ct);
        if (opened.Problem is { } refused)
        {
            await Refusal(refused).ExecuteAsync(http);
            return;
        }

        http.Response.ContentType = CsvWriter.ContentType;
        http.Response.Headers.ContentDisposition = "attachment; filename=audit-trail.csv";
        await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync(CsvWriter.Line(Columns.Select(column => (object?)column.Head)).AsMemory(), ct);
        await foreach (var line in opened.Value.WithCancellation(ct))
        {
            await writer.WriteAsync(CsvWriter.Line(line).AsMemory(), ct);
        }
    }

    private static async Task<IResult> GetWorkbookAsync(HttpContext http, [FromServices] AuditReading reading, CancellationToken ct)
    {
        var opened = await reading.OpenAsync(http, ct);
        if (opened.Problem is { } refused)
        {
            return Refusal(refused);
        }

        var rows = new List<IReadOnlyList<Cell>> { Columns.Select(column => new Cell(column.Head, CellLook.Head)).ToArray() };
        await foreach (var line in opened.Value.WithCancellation(ct))
        {
            if (rows.Count > MostInWorkbook)
            {
                return Results.Text($"A workbook holds at most {MostInWorkbook} entries. Narrow the list, or take the CSV file.", statusCode: StatusCodes.Status422UnprocessableEntity);
            }

            rows.Add([.. line.Select(value => new Cell(value))]);
        }

        var file = new MemoryStream();
        XlsxWriter.Write(file, [new Sheet("Audit trail", [.. Columns.Select(column => column.Width)], rows, 1, 1)]);
        file.Position = 0;
        return Results.File(file, XlsxWriter.ContentType, "audit-trail.xlsx");
    }

    private static IResult Refusal(Problem problem) => Results.StatusCode(problem.Kind == ProblemKind.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound);

    /// <summary>Reads the filtered trail page by page, in the words of a line.</summary>
    internal sealed class AuditReading(CallerService callers, AuditService audit, TenantService tenants)
    {
        public async Task<Result<IAsyncEnumerable<object?[]>>> OpenAsync(HttpContext http, CancellationToken ct)
        {
            var person = await callers.ForUserAsync(SessionCheck.PersonOf(http.User) ?? Guid.Empty, PageOrigin.Of(http), ct);
            if (person.Problem is { } unknown)
            {
                return unknown;
            }

            var query = AuditQuery.Of(http.Request.QueryString.Value ?? "");
            var first = await audit.ListAsync(person.Value, query.Filter, null, PageSize, ct);
            if (first.Problem is { } refused)
            {
                return refused;
            }

            var mine = await tenants.ListAsync(person.Value, ct);
            var names = mine.Succeeded ? mine.Value.ToDictionary(organisation => organisation.Id, organisation => organisation.Name) : [];
            return Result<IAsyncEnumerable<object?[]>>.Of(LinesAsync(person.Value, query, first.Value, names, ct));
        }

        private async IAsyncEnumerable<object?[]> LinesAsync(
            Caller caller, AuditQuery query, Page<AuditEntry> first, Dictionary<Guid, string> names, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            for (var page = first; ;)
            {
                foreach (var entry in page.Items)
                {
                    yield return Line(entry, names);
                }

                if (page.Next is null)
                {
                    yield break;
                }

                var next = await audit.ListAsync(caller, query.Filter, page.Next, PageSize, ct);
                page = next.Value;
            }
        }

        private static object?[] Line(AuditEntry entry, Dictionary<Guid, string> names) =>
        [
            entry.Log.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), entry.Log.Action, AuditWords.WhoOf(entry.Log.Details),
            entry.Log.TenantId is { } tenant ? names.GetValueOrDefault(tenant, tenant.ToString("D")) : null, entry.Log.IpAddress, entry.Log.UserAgent, entry.Log.Details,
            entry.Seq?.ToString(CultureInfo.InvariantCulture), entry.Log.Id.ToString("D"),
        ];
    }
}
