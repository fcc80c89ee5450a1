using Microsoft.AspNetCore.Mvc;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Audit;
using XeroCfo.Web.Hosting;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Receivables;

/// <summary>A customer's statement from its page: signed in by cookie, allowed by the service as the page is.</summary>
internal static class StatementPages
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/{org:guid}/receivables/{contact:guid}/statement.pdf", StatementAsync).ExcludeFromDescription().NotesExport("statement");

    private static async Task<IResult> StatementAsync(
        Guid org, Guid contact, HttpContext http, [FromServices] CallerService callers, [FromServices] TenantService tenants, [FromServices] ReceivablesService receivables, CancellationToken ct)
    {
        var person = await callers.ForUserAsync(SessionCheck.PersonOf(http.User) ?? Guid.Empty, new Origin(), ct);
        var organisation = person.Succeeded ? await tenants.GetAsync(person.Value, new TenantId(org), ct) : person.Problem!;
        var made = organisation.Problem is { } unknown ? unknown : await receivables.StatementAsync(person.Value, new TenantId(org), contact, ct);
        return made.Problem is { } refused
            ? Results.StatusCode(refused.Kind == ProblemKind.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound)
            : Results.File(StatementPdf.Write(made.Value), ApiPdf.ContentType, StatementPdf.NameOf(made.Value));
    }
}
