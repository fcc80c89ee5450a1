using Microsoft.AspNetCore.Mvc;
using XeroCfo.Domain.Sync.Notices;

namespace XeroCfo.Web.Xero;

/// <summary>Where Xero tells of changes. The signature is the only credential; every answer has an empty body and no cookie.</summary>
internal static class XeroNoticeRoute
{
    public const string Path = "/xero/webhook";

    private const int Largest = 3 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost(Path, ReceiveAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();

    private static async Task ReceiveAsync(HttpContext http, [FromServices] NoticeService notices)
    {
        if (await BodyAsync(http.Request, http.RequestAborted) is not { } body)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var taken = await notices.ReceiveAsync(body, http.Request.Headers["x-xero-signature"].ToString(), http.RequestAborted);
        http.Response.StatusCode = taken ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
    }

    /// <summary>The bytes as they came; null when there are too many.</summary>
    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > Largest)
        {
            return null;
        }

        using var whole = new MemoryStream();
        var part = new byte[16 * 1024];
        for (var read = await request.Body.ReadAsync(part, ct); read > 0; read = await request.Body.ReadAsync(part, ct))
        {
            if (whole.Length + read > Largest)
            {
                return null;
            }

            whole.Write(part, 0, read);
        }

        return whole.ToArray();
    }
}
