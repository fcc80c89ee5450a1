using System.Text.Encodings.Web;

namespace XeroCfo.Web.Hosting;

/// <summary>A page of two sentences, for when the real pages cannot be shown. It needs neither script nor database.</summary>
internal static class PlainPage
{
    public static Task WriteAsync(HttpContext context, int status, string title, string text, string? link = null)
    {
        var encode = HtmlEncoder.Default;
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        var onward = link is null ? "" : $"<p><a href=\"{encode.Encode(link)}\">Back to XeroCfo</a></p>";
        return context.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{encode.Encode(title)} · XeroCfo</title><link rel="stylesheet" href="/account.css"></head>
            <body class="account"><main class="account-card"><p class="account-name">XeroCfo</p><h1>{encode.Encode(title)}</h1><p>{encode.Encode(text)}</p>{onward}</main></body></html>
            """);
    }
}
