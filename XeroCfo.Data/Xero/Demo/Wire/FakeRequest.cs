namespace XeroCfo.Data.Xero.Demo;

/// <summary>A call as the fake Xero sees it, whatever transport brought it. Query and header names compare without case.</summary>
public sealed record FakeRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Query,
    IReadOnlyDictionary<string, string> Headers,
    string Body = "")
{
    /// <summary>How many calls came before this one.</summary>
    public int Number { get; init; }

    /// <summary>The last part of an API path without ids: "Invoices", "Reports/TrialBalance", "connections".</summary>
    public string Endpoint
    {
        get
        {
            var path = Path.StartsWith(FakeXero.ApiRoot, StringComparison.OrdinalIgnoreCase) ? Path[FakeXero.ApiRoot.Length..] : Path.Trim('/');
            var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            return parts.Length > 1 && parts[0].Equals("Reports", StringComparison.OrdinalIgnoreCase) ? $"{parts[0]}/{parts[1]}" : parts.FirstOrDefault() ?? "";
        }
    }

    public string? Asked(string name) => Query.GetValueOrDefault(name);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Reads path and query of a URI; the query stays case-insensitive.</summary>
    public static FakeRequest From(string method, string path, string query, IReadOnlyDictionary<string, string> headers, string body)
    {
        var asked = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (pair, "") : (pair[..equals], pair[(equals + 1)..]);
            asked[Decode(name)] = Decode(value);
        }

        return new FakeRequest(method, Uri.UnescapeDataString(path), asked, headers, body);
    }

    internal static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
