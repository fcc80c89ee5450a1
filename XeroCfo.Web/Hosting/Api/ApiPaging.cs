using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>A page of a list.</summary>
internal sealed record PageAnswer<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A page of a list with figures, which says whether they are on the move.</summary>
internal sealed record FiguresPageAnswer<T>(IReadOnlyList<T> Items, string? Next, bool SyncInProgress);

/// <summary>How many rows, counted up to a cap.</summary>
internal sealed record CountAnswer(int Count, bool Capped)
{
    public static CountAnswer Of(CappedCount count) => new(count.Count, count.Capped);
}

internal static class ApiPaging
{
    /// <summary>The address of the page that <paramref name="cursor"/> leads to: this one's path and query with another cursor.</summary>
    public static string? Next(HttpRequest request, string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        var query = new QueryBuilder(request.Query
            .Where(pair => !pair.Key.Equals("cursor", StringComparison.OrdinalIgnoreCase))
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? "")))
        {
            { "cursor", cursor },
        };
        return request.PathBase + request.Path + query.ToQueryString();
    }

    /// <summary>A page of a list that is small enough to be read whole; the cursor is the id of the last row shown.</summary>
    public static Result<Page<T>> Cut<T>(IReadOnlyList<T> all, Func<T, Guid> idOf, string? cursor, int limit)
    {
        var start = 0;
        if (cursor is not null)
        {
            var last = IdIn(cursor);
            while (start < all.Count && idOf(all[start]) != last)
            {
                start++;
            }

            if (start++ == all.Count)
            {
                return ListProblems.BadCursor;
            }
        }

        var items = all.Skip(start).Take(limit).ToList();
        return new Page<T>(items, start + items.Count < all.Count ? WebEncoders.Base64UrlEncode(idOf(items[^1]).ToByteArray()) : null);
    }

    private static Guid? IdIn(string cursor)
    {
        Span<byte> bytes = stackalloc byte[16];
        return System.Buffers.Text.Base64Url.IsValid(cursor, out var length) && length == 16
            && System.Buffers.Text.Base64Url.TryDecodeFromChars(cursor, bytes, out _)
            ? new Guid(bytes)
            : null;
    }
}
