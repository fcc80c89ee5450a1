using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>
/// Cursors of the API: the place in a list, marked with the list, its filters and its order. With another organisation, filter or sort the
/// place means nothing, and rows would be left out without a word.
/// </summary>
internal static class ApiCursor
{
    private const int MarkLength = 10;

    /// <summary>The cursor of <paramref name="place"/> in the list that <paramref name="request"/> asked for.</summary>
    public static string Of(HttpRequest request, string place) => MarkOf(request) + place;

    /// <summary>The place; null when the cursor is not one of this list.</summary>
    public static string? PlaceIn(HttpRequest request, string cursor) =>
        cursor.Length > MarkLength && cursor.StartsWith(MarkOf(request), StringComparison.Ordinal) ? cursor[MarkLength..] : null;

    /// <summary>A page of a list that is small enough to be read whole, in the order of <paramref name="keyOf"/>, which no two rows share.</summary>
    public static Result<Page<T>> Cut<T>(IReadOnlyList<T> all, Func<T, string> keyOf, string? place, int limit)
    {
        var after = place is null ? null : TextIn(place);
        if (place is not null && after is null)
        {
            return ListProblems.BadCursor;
        }

        var rows = all.Select(row => (Key: keyOf(row), Row: row))
            .Where(row => string.CompareOrdinal(row.Key, after) > 0)
            .OrderBy(row => row.Key, StringComparer.Ordinal)
            .Take(limit + 1)
            .ToList();
        var page = rows.Take(limit).ToList();
        return new Page<T>([.. page.Select(row => row.Row)], rows.Count > limit ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(page[^1].Key)) : null);
    }

    private static string? TextIn(string place) => Base64Url.IsValid(place) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(place)) : null;

    // How many rows a page has may change from one page to the next.
    private static string MarkOf(HttpRequest request)
    {
        var filters = request.Query
            .Where(pair => pair.Key is not "cursor" and not "limit" && !string.IsNullOrEmpty(pair.Value))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"\n{pair.Key}={pair.Value}");
        var list = (request.Path.Value ?? "").TrimEnd('/').ToLowerInvariant() + string.Concat(filters);
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(list)))[..MarkLength];
    }
}
