using XeroCfo.Data.Xero.Demo;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger.Judge;

/// <summary>The judge, who reads the wire, and the fake books' journal, kept from events, must agree on any organisation whatever.</summary>
public sealed class TwoBookkeepersTests
{
    [Fact]
    public void The_judge_and_the_fake_books_agree_on_a_thousand_organisations() => Agree(1, 1_000);

    [LongFact]
    public void The_judge_and_the_fake_books_agree_on_very_many_organisations() => Agree(100_000, 20_000);

    internal static Dictionary<(Guid Account, DateOnly Day), decimal> AmountsOf(DemoJournal journal) => journal.Entries
        .SelectMany(entry => entry.Lines, (entry, line) => (entry.Date, line.Account, line.Amount))
        .GroupBy(line => (line.Account, line.Date)).Select(day => (day.Key, Sum: day.Sum(line => line.Amount)))
        .Where(day => day.Sum != 0m).ToDictionary(day => day.Key, day => day.Sum);

    /// <summary>Accounts and days on which two bookkeepers differ, in words.</summary>
    internal static List<string> Differences(
        FakeBooks books, Dictionary<(Guid Account, DateOnly Day), decimal> expected, Dictionary<(Guid Account, DateOnly Day), decimal> actual) =>
    [
        .. expected.Keys.Union(actual.Keys)
            .Where(key => expected.GetValueOrDefault(key) != actual.GetValueOrDefault(key))
            .Select(key => $"{NameOf(books, key.Account)} {key.Day:yyyy-MM-dd}: {expected.GetValueOrDefault(key)} is {actual.GetValueOrDefault(key)}")
            .Order(StringComparer.Ordinal),
    ];

    private static void Agree(ulong from, int organisations) => Parallel.For(0, organisations, i =>
    {
        var seed = from + (ulong)i;
        var random = new RandomOrganisation(seed, 10 + (i % 40));
        var differences = Differences(random.Books, AmountsOf(random.Books.Journal), new IndependentJudge(random.Books.Organisation).Amounts);
        Assert.True(differences.Count == 0, $"Seed {seed}, {10 + (i % 40)} events:\n{string.Join('\n', differences)}");
    });

    private static string NameOf(FakeBooks books, Guid account) => (string)books.Organisation.Find("Accounts", account)!["Name"]!;
}
