using Microsoft.AspNetCore.Mvc;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Audit;
using XeroCfo.Web.Hosting;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Ledger.TieOut;

/// <summary>The tie-out page's file. It is the page's own: signed in by cookie, allowed by the service as the page is.</summary>
internal static class TieOutFile
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/{org:guid}/tie-out/export.xlsx", GetAsync).ExcludeFromDescription().NotesExport("tieout");

    private static async Task<IResult> GetAsync(
        Guid org, HttpContext http, [FromServices] CallerService callers, [FromServices] TenantService tenants, [FromServices] TieOutService tieOut, CancellationToken ct)
    {
        var person = await callers.ForUserAsync(SessionCheck.PersonOf(http.User) ?? Guid.Empty, new Origin(), ct);
        var organisation = person.Succeeded ? await tenants.GetAsync(person.Value, new TenantId(org), ct) : person.Problem!;
        var months = organisation.Succeeded ? await tieOut.AllAsync(person.Value, new TenantId(org), ct) : organisation.Problem!;
        if (months.Problem is { } refused)
        {
            return Results.StatusCode(refused.Kind == ProblemKind.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound);
        }

        var file = new MemoryStream();
        XlsxWriter.Write(file, months.Value.Select(month => TieOutWorkbook.Of(organisation.Value, month)));
        file.Position = 0;
        return Results.File(file, XlsxWriter.ContentType, TieOutWorkbook.FileName(organisation.Value, months.Value));
    }
}
