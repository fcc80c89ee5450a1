using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace XeroCfo.Web.Hosting;

/// <summary>A page of two sentences, for when the real pages cannot be shown. It needs neither script nor database.</summary>
internal static class PlainPage
{
    public static Task WriteAsync(HttpContext context, int status, string title, string text, string? link = null)
    {
        var encode = HtmlEncoder.Default;
        var onward = link is null ? "" : $"<p><a href=\"{encode.Encode(link)}\">Back to XeroCfo</a></p>";
        return WriteAsync(context, status, title, new HtmlString($"<p>{encode.Encode(text)}</p>{onward}"), wide: false);
    }

    /// <summary>The same with more to say; <paramref name="body"/> is encoded already.</summary>
    public static Task WriteAsync(HttpContext context, int status, string title, HtmlString body, bool wide)
    {
        var head = HtmlEncoder.Default.Encode(title);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{head} · XeroCfo</title><link rel="stylesheet" href="/account.css"></head>
            <body class="account"><main class="account-card{(wide ? " wide" : "")}"><p class="account-name">XeroCfo</p><h1>{head}</h1>{body.Value}</main></body></html>
            """);
    }
}
