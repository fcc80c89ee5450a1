using Microsoft.AspNetCore.Mvc;
using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting;

namespace XeroCfo.Web.Backups;

/// <summary>A backup to take away. It is the page's own: signed in by cookie, allowed by the service as the page is, noted in the audit trail.</summary>
internal static class BackupFiles
{
    public static string Address(Guid id) => $"/backups/{id:D}/file";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/backups/{id:guid}/file", GetAsync).ExcludeFromDescription();

    private static async Task<IResult> GetAsync(Guid id, HttpContext http, [FromServices] CallerService callers, [FromServices] BackupService backups, CancellationToken ct)
    {
        var origin = new Origin(http.Connection.RemoteIpAddress?.ToString(), http.Request.Headers.UserAgent);
        var person = await callers.ForUserAsync(SessionCheck.PersonOf(http.User) ?? Guid.Empty, origin, ct);
        var opened = person.Problem is { } unknown ? unknown : await backups.OpenAsync(person.Value, id, ct);
        return opened.Problem is { } refused
            ? Results.StatusCode(refused.Kind == ProblemKind.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound)
            : Results.File(opened.Value.Content, "application/octet-stream", opened.Value.FileName);
    }
}
