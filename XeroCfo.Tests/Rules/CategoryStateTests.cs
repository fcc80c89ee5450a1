using XeroCfo.Domain.Rules;

namespace XeroCfo.Tests.Rules;

/// <summary>What a document has after a person's wish.</summary>
public sealed class CategoryStateTests
{
    private static readonly CategoryState Nothing = new(null, CategorySources.None, null, null, "429");
    private static readonly CategoryState Mapped = new("General", CategorySources.Xero, null, null, "429");
    private static readonly CategoryState ByRule = new("Fuel", CategorySources.Rule, Guid.NewGuid(), "449", "449");
    private static readonly CategoryState ByPerson = new("Fuel", CategorySources.Manual, null, "449", "449");

    [Fact]
    public void A_category_of_a_person_keeps_rules_away()
    {
        Assert.All([Nothing, Mapped, ByRule, ByPerson], before =>
        {
            var after = before.After(new CategoryWish(Wish.Of("Travel"), default), "General", "429");

            Assert.Equal(("Travel", CategorySources.Manual, null, true), (after.Category, after.Source, after.RuleId, after.LockedByPerson));
            Assert.Equal((before.OwnAccountCode, before.AccountCode), (after.OwnAccountCode, after.AccountCode));
        });
    }

    [Fact]
    public void Null_gives_a_document_back_to_what_its_accounts_say()
    {
        var wish = new CategoryWish(Wish.Of(null), default);

        Assert.Equal(Mapped with { OwnAccountCode = "449", AccountCode = "449" }, ByPerson.After(wish, "General", "429"));
        Assert.Equal(new CategoryState(null, CategorySources.None, null, "449", "449"), ByRule.After(wish, null, "429"));
    }

    [Fact]
    public void An_account_code_alone_is_a_persons_word_too_and_null_brings_the_lines_code_back()
    {
        var given = Mapped.After(new CategoryWish(default, Wish.Of("449")), "General", "429");
        var taken = given.After(new CategoryWish(default, Wish.Of(null)), "General", "429");

        Assert.Equal(new CategoryState("General", CategorySources.Manual, null, "449", "449"), given);
        Assert.Equal(new CategoryState("General", CategorySources.Manual, null, null, "429"), taken);
        Assert.Equal(Nothing, Nothing.After(new CategoryWish(default, Wish.Of("449")), null, "429").After(new CategoryWish(default, Wish.Of(null)), null, "429"));
        Assert.Equal(ByRule with { OwnAccountCode = null, AccountCode = "429" }, ByRule.After(new CategoryWish(default, Wish.Of(null)), "General", "429"));
    }

    [Fact]
    public void Accounts_say_a_category_when_all_lines_agree_and_none_waits_in_suspense()
    {
        var (fuel, van, post, suspense, unmapped) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var mapping = new CategoryMapping(new Dictionary<Guid, string> { [fuel] = "Vehicles", [van] = "Vehicles", [post] = "Courier", [suspense] = "General" }, new HashSet<Guid> { suspense });

        Assert.Equal("Vehicles", mapping.Of([fuel, van, fuel]));
        Assert.Null(mapping.Of([fuel, post]));
        Assert.Null(mapping.Of([fuel, unmapped]));
        Assert.Null(mapping.Of([suspense]));
        Assert.Null(mapping.Of([fuel, null]));
        Assert.Null(mapping.Of([]));
    }
}
