using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Rules;

namespace XeroCfo.Tests.Rules;

/// <summary>What history suggests: enough evidence or nothing.</summary>
public sealed class SuggestionTests
{
    private static readonly DateOnly Anchor = new(2026, 11, 20);

    [BothDatabases]
    public async Task The_demo_suggests_eight_rules_with_their_evidence_and_not_the_two_that_are_in_doubt(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfDemoAsync(Anchor, new FixedClock(new DateTimeOffset(2026, 11, 20, 3, 0, 0, TimeSpan.Zero)), kind);
        await using (var db = books.Open())
        {
            DemoCategories.Add(db, books.Tenant.Value);
            await db.SaveChangesAsync();
        }

        await books.SyncWellAsync();
        var book = (await books.Get<SuggestionService>().LookAsync(Caller.Command, books.Tenant, default)).Value;

        Assert.Equal(
            ["BRIGHTDESK.EXAMPLE", "FUELCO", "HARDWARE", "INKWELL OFFICE PETONE", "METRO", "PARKWELL", "SKYLINE", "STACKHOUSE"],
            book.Rules.Select(rule => rule.Pattern).Order(StringComparer.Ordinal));
        var fuel = book.Rules.Single(rule => rule.Pattern == "FUELCO");
        Assert.Equal(("Vehicles", "449", 60, 58, 9), (fuel.Category, fuel.AccountCode, fuel.Support, fuel.Agreeing, fuel.Waiting));
        var courier = book.Rules.Single(rule => rule.Pattern == "METRO");
        Assert.Equal(("Courier", "425", 41, 41, 8), (courier.Category, courier.AccountCode, courier.Support, courier.Agreeing, courier.Waiting));
        Assert.All(book.Rules, rule => Assert.True(rule.Agreement >= 0.95m && rule.Support >= 5));

        // 9 + 8 + 6 + 2 + 5 of those that wait; not the corner's, the market place's, and what was never seen.
        Assert.Equal(30, book.Transactions.Count);
        Assert.DoesNotContain(book.Transactions, one => one.Words.Contains("CORNER", StringComparison.Ordinal) || one.Words.Contains("MKTPLACE", StringComparison.Ordinal));
        Assert.True(book.HoldOut.Tested > 300 && book.HoldOut.Accuracy > 0.9m, $"{book.HoldOut}");
        await using var untouched = books.Open();
        Assert.Equal(46, await untouched.Transactions.CountAsync(row => row.Category == null && row.BankAccountId != null && row.Type == "SPEND"));

        var sure = await books.Get<SuggestionService>().AcceptAsync(Caller.Command, books.Tenant, null, 0.97m, default);

        Assert.Equal((21, 0), (sure.Value.Changed, sure.Value.Skipped));
        await using var after = books.Open();
        Assert.Equal(21, await after.Transactions.CountAsync(row => row.CategorySource == CategorySources.Suggestion && row.LockedByPerson));
        var undone = await books.Get<CategorisingService>().UndoAsync(Caller.Command, books.Tenant, sure.Value.UndoId, default);
        Assert.Equal(new Undone(21, 0), undone.Value);
    }

    [Fact]
    public void Fewer_than_five_or_too_little_agreement_suggest_nothing()
    {
        Assert.Null(new PastChoices(Past(4, 0)).Suggest(Waiting));
        Assert.Null(new PastChoices(Past(7, 2)).Suggest(Waiting));
        Assert.Equal(("Fuel", 5, 4), new PastChoices(Past(4, 1)).Suggest(Waiting) is { } one ? (one.Category, one.Support, one.Agreeing) : default);
        Assert.Empty(Find(Past(4, 0)));
        Assert.Empty(Find(Past(18, 1)));
        Assert.Equal(("FUELCO", 20, 19, 1), Find(Past(19, 1)) is [var rule] ? (rule.Pattern, rule.Support, rule.Agreeing, rule.Waiting) : default);
    }

    [Fact]
    public void What_a_rule_does_already_is_not_suggested_again() =>
        Assert.Empty(new RuleFinder(Past(20, 0), [Waiting], RuleMatcher.Of([new CategoryRule { Pattern = "fuel", Category = "Fuel" }])).Find());

    [Fact]
    public void A_word_that_others_use_too_is_not_enough()
    {
        var others = Enumerable.Range(0, 10).Select(i => Document("FUELCO SHOP " + i, "Food")).ToList();

        Assert.Equal(["FUELCO SHOP", "PETONE"], Find([.. others, .. Past(10, 0, "FUELCO 14 PETONE")]).Select(rule => rule.Pattern).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_newest_fifth_tells_how_good_suggestions_are()
    {
        List<PastDocument> history = [.. Enumerable.Range(0, 50).Select(i => Document("FUELCO", i < 45 ? "Fuel" : "Food", i))];

        Assert.Equal(new HoldOut(10, 10, 5), PastChoices.Try(history));
        Assert.Equal(0.5m, PastChoices.Try(history).Accuracy);
    }

    [Fact]
    public void A_page_goes_on_where_the_last_one_ended_although_what_it_ended_with_is_gone_and_others_came()
    {
        RuleSuggestion Rule(string pattern, int support) => new(pattern, "Fuel", null, support, support, 0, []);
        TransactionSuggestion One(byte id) => new(new Guid(id, 0, 0, new byte[8]), "Fuel", 9, 9, "FUELCO");
        SuggestionBook Book(RuleSuggestion[] rules, TransactionSuggestion[] ones) => new(rules, ones, new HoldOut(0, 0, 0));

        var first = SuggestionsApi.Page(Book([Rule("SKY", 90), Rule("METRO", 7)], [One(5), One(3)]), null, 1)!.Value;
        var second = SuggestionsApi.Page(Book([Rule("SKY", 5), Rule("BARN", 99)], [One(5), One(3)]), first.Next, 2)!.Value;
        var third = SuggestionsApi.Page(Book([], [One(4), One(5)]), second.Next, 2)!.Value;

        Assert.Equal(["METRO"], first.Items.Select(item => item.Pattern));
        Assert.Equal(["SKY", One(3).TransactionId.ToString()], second.Items.Select(item => item.Kind == "rule" ? item.Pattern : item.Sample[0].ToString()));
        Assert.Equal([One(4).TransactionId, One(5).TransactionId], third.Items.Select(item => item.Sample[0]));
        Assert.Null(third.Next);
        Assert.Null(SuggestionsApi.Page(Book([], []), "!", 2));
        Assert.Null(SuggestionsApi.Page(Book([], []), "abcd", 2));
    }

    [Theory]
    [InlineData("SQ *THE CORNER", @"SQ \*THE CORNER")]
    [InlineData("FUELCO 1423 PETONE", "FUELCO")]
    [InlineData("4471 POS LYALL ST WEST", "POS LYALL ST")]
    [InlineData("0900 11", "Fuelco Limited")]
    public void A_pattern_is_proposed_from_the_words_that_do_not_change(string text, string pattern)
    {
        var row = Storage.SampleRows.Transaction(Guid.NewGuid());
        (row.Reference, row.ContactName) = (text, "Fuelco Limited");

        Assert.Equal(pattern, ProposedPattern.Of(row));
    }

    private static PastDocument Waiting => Document("FUELCO 7 PETONE", null);

    private static IReadOnlyList<RuleSuggestion> Find(IReadOnlyList<PastDocument> history) => new RuleFinder(history, [Waiting], RuleMatcher.Of([])).Find();

    private static List<PastDocument> Past(int fuel, int other, string text = "FUELCO 1423 PETONE") =>
        [.. Enumerable.Range(0, fuel + other).Select(i => Document(text, i < fuel ? "Fuel" : "Food"))];

    private static PastDocument Document(string text, string? category, int day = 0) =>
        new(Guid.CreateVersion7(), Anchor.AddDays(day - 90), text, "Somebody", text, "out", true, category, null);
}
