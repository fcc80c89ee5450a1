using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger.Judge;

/// <summary>The product's mapping and posting agree with the judge on any organisation whatever, to the cent, by account and day.</summary>
public sealed class ProductAndJudgeTests
{
    [Fact]
    public void The_product_and_the_judge_agree_on_thousands_of_organisations() => Agree(1_000_000, 2_000);

    [LongFact]
    public void The_product_and_the_judge_agree_on_very_many_organisations() => Agree(2_000_000, 50_000);

    private static void Agree(ulong from, int organisations) => Parallel.For(0, organisations, i =>
    {
        var (seed, events) = (from + (ulong)i, 10 + (i % 40));
        var random = new RandomOrganisation(seed, events);
        var differences = TwoBookkeepersTests.Differences(random.Books, new IndependentJudge(random.Books.Organisation).Amounts, new ProductOnWire(random.Books.Organisation).Amounts());
        Assert.True(differences.Count == 0, $"Seed {seed}, {events} events:\n{string.Join('\n', differences)}");
    });
}
