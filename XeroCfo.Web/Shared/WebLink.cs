namespace XeroCfo.Web.Shared;

/// <summary>Links that come from data.</summary>
public static class WebLink
{
    /// <summary>The address when it is http or https, else null: nothing else becomes a link.</summary>
    public static string? OrNull(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? address : null;
}
