using Microsoft.AspNetCore.Http.Extensions;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>A page of a list.</summary>
internal sealed record PageAnswer<T>(IReadOnlyList<T> Items, string? Next) : IExample<PageAnswer<T>>
    where T : IExample<T>
{
    public static PageAnswer<T> Example => new([T.Example], null);
}

/// <summary>A page of a list with figures, which says whether they are on the move.</summary>
internal sealed record FiguresPageAnswer<T>(IReadOnlyList<T> Items, string? Next, bool SyncInProgress) : IExample<FiguresPageAnswer<T>>
    where T : IExample<T>
{
    public static FiguresPageAnswer<T> Example => new([T.Example], null, false);
}

/// <summary>How many rows, counted up to a cap.</summary>
internal sealed record CountAnswer(int Count, bool Capped) : IExample<CountAnswer>
{
    public static CountAnswer Example => new(412, false);

    public static CountAnswer Of(CappedCount count) => new(count.Count, count.Capped);
}

internal static class ApiPaging
{
    /// <summary>The address of the page after <paramref name="place"/>: this one's path and query with another cursor.</summary>
    public static string? Next(HttpRequest request, string? place)
    {
        if (place is null)
        {
            return null;
        }

        var query = new QueryBuilder(request.Query
            .Where(pair => !pair.Key.Equals("cursor", StringComparison.OrdinalIgnoreCase))
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? "")))
        {
            { "cursor", ApiCursor.Of(request, place) },
        };
        return request.PathBase + request.Path + query.ToQueryString();
    }
}
