using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Audit;

/// <summary>The address gives a file away, and each one goes into the audit trail before its first byte leaves.</summary>
/// <param name="What">What it holds.</param>
internal sealed record ExportNoted(string What) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.OnStarting(() => http.Response.StatusCode == StatusCodes.Status200OK ? NoteAsync(http) : Task.CompletedTask);
        return next(context);
    }

    private async Task NoteAsync(HttpContext http)
    {
        var caller = http.TryCaller();
        if (caller is null)
        {
            var person = await http.RequestServices.GetRequiredService<CallerService>().ForUserAsync(SessionCheck.PersonOf(http.User) ?? Guid.Empty, PageOrigin.Of(http), http.RequestAborted);
            caller = person.Value;
        }

        var tenant = (http.Id("tenant") ?? http.Id("org")) is { } organisation ? new TenantId(organisation) : (TenantId?)null;
        await http.RequestServices.GetRequiredService<AuditNotes>()
            .ExportedAsync(caller, tenant, What, FormatOf(http.Response.ContentType), new { path = http.Request.Path.Value, query = http.Request.QueryString.Value }, http.RequestAborted);
    }

    private static string FormatOf(string? contentType) => contentType?.Split(';')[0] switch
    {
        "text/csv" => "csv",
        "application/pdf" => "pdf",
        "application/json" => "json",
        Shared.Files.XlsxWriter.ContentType => "xlsx",
        _ => "file",
    };
}

internal static class ExportNotedRoutes
{
    public static RouteHandlerBuilder NotesExport(this RouteHandlerBuilder endpoint, string what)
    {
        var noted = new ExportNoted(what);
        return endpoint.WithMetadata(noted).AddEndpointFilter(noted);
    }
}
