using System.Buffers.Text;
using System.Text;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Rules;

/// <summary>The words of a suggestion's kind.</summary>
internal static class SuggestionKinds
{
    public const string Rule = "rule";
    public const string Transaction = "transaction";

    public static readonly IReadOnlyList<string> All = [Rule, Transaction];
}

/// <summary>
/// What history suggests: a rule by its <c>pattern</c>, or a category for the transaction that is its <c>sample</c>, whose <c>pattern</c> is what documents like it have
/// in common. <c>support</c> documents are like it, and the share <c>agreement</c> of them has the category.
/// </summary>
internal sealed record SuggestionAnswer(
    [property: Words(typeof(SuggestionKinds))] string Kind, string Pattern, string Category, string? AccountCode, int Support, int Agreeing, decimal Agreement, int Waiting, IReadOnlyList<Guid> Sample)
{
    public static SuggestionAnswer Of(RuleSuggestion rule) => new(
        SuggestionKinds.Rule, rule.Pattern, rule.Category, rule.AccountCode, rule.Support, rule.Agreeing, decimal.Round(rule.Agreement, 4), rule.Waiting, rule.Sample);

    public static SuggestionAnswer Of(TransactionSuggestion one) => new(
        SuggestionKinds.Transaction, one.Words, one.Category, null, one.Support, one.Agreeing, decimal.Round(one.Agreement, 4), 1, [one.TransactionId]);

    /// <summary>Its place in the list, which no new document changes: rules by their pattern, then documents by their id.</summary>
    internal string Key => Kind == SuggestionKinds.Rule ? "r" + Pattern : $"t{Sample[0]:D}";
}

/// <summary>Learnt from the older four fifths of history and tried on the newest: of <c>suggested</c> categories <c>right</c> were what people chose.</summary>
internal sealed record HoldOutAnswer(int Tested, int Suggested, int Right, decimal? Accuracy);

internal sealed record SuggestionsAnswer(IReadOnlyList<SuggestionAnswer> Items, string? Next, HoldOutAnswer HoldOut) : IExample<SuggestionsAnswer>
{
    public static SuggestionsAnswer Example => new(
        [new SuggestionAnswer(SuggestionKinds.Rule, "FUELCO", "Fuel", "449", 60, 58, 0.9667m, 9, [Examples.Thing])], null, new HoldOutAnswer(480, 412, 405, 0.983m));
}

internal static class SuggestionsApi
{
    public static void Map(RouteGroupBuilder rules)
    {
        rules.MapGet("/suggestions", ListAsync)
            .WithName("ListSuggestions").WithSummary("Rules and categories that history suggests, with their evidence. Nothing of it is applied.")
            .Needs(Permissions.RulesRead).TakesPage();
        rules.MapGet("/suggestions/count", CountAsync)
            .WithName("CountSuggestions").WithSummary("How many suggestions, counted up to 10 001.")
            .Needs(Permissions.RulesRead);
    }

    private static async Task<ApiAnswer<SuggestionsAnswer>> ListAsync(HttpContext http, SuggestionService suggestions, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (limit, cursor) = (query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var book = await suggestions.LookAsync(http.Caller(), http.Tenant(), ct);
        if (book.Problem is { } refused)
        {
            return refused;
        }

        if (Page(book.Value, cursor, limit) is not var (items, next))
        {
            return ListProblems.BadCursor;
        }

        var holdOut = book.Value.HoldOut;
        return new SuggestionsAnswer(items, ApiPaging.Next(http.Request, next), new HoldOutAnswer(holdOut.Tested, holdOut.Suggested, holdOut.Right, holdOut.Accuracy));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, SuggestionService suggestions, CancellationToken ct)
    {
        var book = await suggestions.LookAsync(http.Caller(), http.Tenant(), ct);
        return book.Problem is { } refused ? refused : CountAnswer.Of(CappedCount.Of(Items(book.Value).Count));
    }

    /// <summary>The suggestions behind the cursor's place; null where it is none of ours.</summary>
    internal static (List<SuggestionAnswer> Items, string? Next)? Page(SuggestionBook book, string? cursor, int limit)
    {
        if (Place(cursor) is not { } after)
        {
            return null;
        }

        var rest = Items(book).FindAll(item => string.CompareOrdinal(item.Key, after) > 0);
        var items = rest[..Math.Min(limit, rest.Count)];
        return (items, items.Count < rest.Count ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(items[^1].Key)) : null);
    }

    private static List<SuggestionAnswer> Items(SuggestionBook book) =>
        [.. book.Rules.Select(SuggestionAnswer.Of).Concat(book.Transactions.Select(SuggestionAnswer.Of)).OrderBy(item => item.Key, StringComparer.Ordinal)];

    // The key that the last page ended with; what had it need not be there any more. Null: it is none of ours.
    private static string? Place(string? cursor)
    {
        if (cursor is null)
        {
            return "";
        }

        return Base64Url.IsValid(cursor) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) is ['r' or 't', _, ..] key ? key : null;
    }
}
