using CsCheck;
using XeroCfo.Domain.Ledger;

namespace XeroCfo.Tests.Ledger;

/// <summary>The search language as a table: what is typed, and what it lets through.</summary>
public sealed class TransactionSearchTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);
    private static readonly Account Visa = Named("094", "Business Visa", "BANK");
    private static readonly Account Savings = Named(null, "Savings", "BANK");
    private static readonly SearchTerms Terms = new([Named("449", "Vehicles", "EXPENSE"), Named("4490", "Vehicle leases", "EXPENSE"), Visa, Savings], ["Fuel", "Food and fuel", "Travel"], Today);

    public static TheoryData<string, TransactionFilter> Table => new()
    {
        { "", new() },
        { "fuelco", new() { Words = "fuelco" } },
        { "fuelco petone", new() { Words = "fuelco\npetone" } },
        { "\"house blend\" beans", new() { Words = "house blend\nbeans" } },
        { "\"house", new() { Words = "house" } },
        { ">100", new() { MinAmount = 100.01m } },
        { ">=100", new() { MinAmount = 100 } },
        { "<1,250.50", new() { MaxAmount = 1_250.49m } },
        { "<=20", new() { MaxAmount = 20 } },
        { "=42.10", new() { MinAmount = 42.10m, MaxAmount = 42.10m } },
        { "100..200", new() { MinAmount = 100, MaxAmount = 200 } },
        { "200..100", new() { Words = "200..100" } },
        { ">1,500", new() { MinAmount = 1_500.01m } },
        { "<=1,234,567.50", new() { MaxAmount = 1_234_567.50m } },
        { "1,000..2,500", new() { MinAmount = 1_000, MaxAmount = 2_500 } },
        { ">1,5", new() { Words = ">1,5" } },
        { ">1,50", new() { Words = ">1,50" } },
        { ">0,500", new() { Words = ">0,500" } },
        { ">1500,000", new() { Words = ">1500,000" } },
        { ">1,500,00", new() { Words = ">1,500,00" } },
        { ">1,500,", new() { Words = ">1,500," } },
        { "100..1,5", new() { Words = "100..1,5" } },
        { "amount:1,500.25", new() { MinAmount = 1_500.25m, MaxAmount = 1_500.25m } },
        { "amount:85", new() { MinAmount = 85, MaxAmount = 85 } },
        { "1423", new() { Words = "1423" } },
        { "oct", new() { From = new(2026, 10, 1), To = new(2026, 10, 31) } },
        { "October", new() { From = new(2026, 10, 1), To = new(2026, 10, 31) } },
        { "dec", new() { From = new(2025, 12, 1), To = new(2025, 12, 31) } },
        { "sept", new() { From = new(2026, 9, 1), To = new(2026, 9, 30) } },
        { "SEP", new() { From = new(2026, 9, 1), To = new(2026, 9, 30) } },
        { "september", new() { From = new(2026, 9, 1), To = new(2026, 9, 30) } },
        { "may", new() { From = new(2026, 5, 1), To = new(2026, 5, 31) } },
        { "marc", new() { Words = "marc" } },
        { "septe", new() { Words = "septe" } },
        { "janu", new() { Words = "janu" } },
        { "octobers", new() { Words = "octobers" } },
        { "de", new() { Words = "de" } },
        { "date:sept..oct", new() { From = new(2026, 9, 1), To = new(2026, 10, 31) } },
        { "\"oct\"", new() { Words = "oct" } },
        { "marketing", new() { Words = "marketing" } },
        { "date:2026-10", new() { From = new(2026, 10, 1), To = new(2026, 10, 31) } },
        { "date:2026-10-05", new() { From = new(2026, 10, 5), To = new(2026, 10, 5) } },
        { "date:2025", new() { From = new(2025, 1, 1), To = new(2025, 12, 31) } },
        { "date:feb", new() { From = new(2026, 2, 1), To = new(2026, 2, 28) } },
        { "date:2026-10-05..", new() { From = new(2026, 10, 5) } },
        { "date:..2026-09", new() { To = new(2026, 9, 30) } },
        { "date:aug..oct", new() { From = new(2026, 8, 1), To = new(2026, 10, 31) } },
        { "date:yesterday", new() { From = new(2026, 11, 19), To = new(2026, 11, 19) } },
        { "acc:449", new() { AccountCode = "449" } },
        { "ACC:4490", new() { AccountCode = "4490" } },
        { "acc:leas", new() { AccountCode = "4490" } },
        { "acc:\"vehicle leases\"", new() { AccountCode = "4490" } },
        { "from:visa", new() { BankAccountId = Visa.AccountId } },
        { "from:094", new() { BankAccountId = Visa.AccountId } },
        { "bank:sav", new() { BankAccountId = Savings.AccountId } },
        { "cat:none", new() { Category = "none" } },
        { "cat:fuel", new() { Category = "Fuel" } },
        { "cat:food", new() { Category = "Food and fuel" } },
        { "type:bill", new() { Type = TransactionTypes.Bill } },
        { "type:credit", new() { Type = TransactionTypes.CreditNote } },
        { "status:voided", new() { Status = "VOIDED" } },
        { "is:unreconciled", new() { Unreconciled = true } },
        { "is:reconciled", new() { IsReconciled = true } },
        { "is:draft", new() { Drafts = true } },
        { "is:out", new() { Direction = Directions.Out } },
        { "is:uncategorised", new() { ToCategorise = true } },
        { "acc:449 acc:4490", new() { AccountCode = "4490" } },
        {
            "fuelco >100 oct acc:449 cat:none from:visa is:unreconciled",
            new() { Words = "fuelco", MinAmount = 100.01m, From = new(2026, 10, 1), To = new(2026, 10, 31), AccountCode = "449", Category = "none", BankAccountId = Visa.AccountId, Unreconciled = true }
        },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void It_reads(string typed, TransactionFilter expected)
    {
        var search = TransactionSearch.Read(typed, new TransactionFilter(), Terms);

        Assert.Equal(expected, search.Filter);
        Assert.Empty(search.NotUnderstood);
    }

    [Theory]
    [InlineData("acc:999")]
    [InlineData("from:mastercard")]
    [InlineData("cat:unknown")]
    [InlineData("cat:")]
    [InlineData("type:cheque")]
    [InlineData("is:lost")]
    [InlineData("date:2026-13")]
    [InlineData("date:..")]
    [InlineData("date:marc")]
    [InlineData("amount:1,5")]
    [InlineData("amount:>1,5")]
    [InlineData("amount:much")]
    [InlineData("status:a1")]
    public void What_names_nothing_is_said_and_narrows_nothing(string typed)
    {
        var search = TransactionSearch.Read("beans " + typed, new TransactionFilter(), Terms);

        Assert.Equal(new TransactionFilter { Words = "beans" }, search.Filter);
        Assert.Equal([typed], search.NotUnderstood);
    }

    [Theory]
    [InlineData("fuelco petone")]
    [InlineData("\"house blend\" beans")]
    [InlineData("\"mar\" \"May\" \"october\"")]
    [InlineData("\">100\" \"100..200\" \"=5\"")]
    [InlineData("\"acc:449\" marketing 1423")]
    public void The_box_shows_the_words_as_they_can_be_typed_again(string typed) =>
        Assert.Equal(typed, TransactionSearch.Text(TransactionSearch.Read(typed, new TransactionFilter(), Terms).Filter.Words));

    [Fact]
    public void Whatever_words_a_list_has_its_address_says_them() => Gen.Select(Gen.String["marcoctjun>=<.,:19 "], Gen.OneOf(Gen.Const(""), Gen.Const("mar"), Gen.Const(">100"), Gen.Const("is:"), Gen.Const("100.."))).Sample(made =>
    {
        var words = TransactionSearch.Read($"\"{made.Item2}{made.Item1}\"", new TransactionFilter(), Terms).Filter.Words;

        Assert.Equal(words?.Trim(), TransactionSearch.Read(TransactionSearch.Text(words), new TransactionFilter(), Terms).Filter.Words?.Trim());
    });

    [Fact]
    public void A_search_narrows_what_was_filtered_already()
    {
        var search = TransactionSearch.Read("beans", new TransactionFilter { Type = TransactionTypes.Bill, MinAmount = 5 }, Terms);

        Assert.Equal(new TransactionFilter { Type = TransactionTypes.Bill, MinAmount = 5, Words = "beans" }, search.Filter);
    }

    private static Account Named(string? code, string name, string type) => new() { AccountId = Guid.NewGuid(), Code = code, Name = name, Type = type, Class = type == "BANK" ? "ASSET" : "EXPENSE" };
}
