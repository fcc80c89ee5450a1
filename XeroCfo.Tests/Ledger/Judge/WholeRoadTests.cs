using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger.Judge;

/// <summary>Random organisations of every kind of document on the whole road: fetched from the fake Xero, stored, posted and tied out.</summary>
public sealed class WholeRoadTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 20, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public Task What_is_stored_agrees_with_the_judge(ulong seed) => AgreeAsync(seed, TestDatabaseKind.Sqlite);

    [PostgresFact]
    public Task What_is_stored_on_PostgreSQL_agrees_with_the_judge() => AgreeAsync(5, TestDatabaseKind.Postgres);

    [LongFact]
    public async Task What_is_stored_of_many_organisations_agrees_with_the_judge()
    {
        for (var seed = 10UL; seed < 60; seed++)
        {
            await AgreeAsync(seed, TestDatabaseKind.Sqlite);
        }
    }

    // First everything at once, then what people did since, in an incremental sync.
    private static async Task AgreeAsync(ulong seed, TestDatabaseKind kind)
    {
        var clock = new FixedClock(Now);
        var random = new RandomOrganisation(seed, 60);
        await using var books = await SyncedBooks.OfAsync(random.Books, clock, kind);
        var first = await books.SyncWellAsync();
        Assert.Empty(await books.IssuesAsync(first));
        await AssertAgreesAsync(books, random, $"seed {seed}, first sync");

        clock.Advance(TimeSpan.FromMinutes(7));
        random.Happen(20, clock.Now);
        var second = await books.SyncWellAsync();
        Assert.Empty(await books.IssuesAsync(second));
        await AssertAgreesAsync(books, random, $"seed {seed}, second sync");
    }

    private static async Task AssertAgreesAsync(SyncedBooks books, RandomOrganisation random, string when)
    {
        await using var db = books.Open();
        var rows = await db.LedgerLines.AsNoTracking().Where(line => line.Source == LineSources.Document).Select(line => new { line.AccountId, line.Date, line.Amount }).ToListAsync();
        var stored = rows.GroupBy(row => (row.AccountId, row.Date)).Select(day => (day.Key, Sum: day.Sum(row => row.Amount))).Where(day => day.Sum != 0m).ToDictionary(day => day.Key, day => day.Sum);
        var differences = TwoBookkeepersTests.Differences(random.Books, new IndependentJudge(random.Books.Organisation).Amounts, stored);
        Assert.True(differences.Count == 0, $"{when}:\n{string.Join('\n', differences)}");
        for (var month = Month.Of(RandomOrganisation.Start); month.End < DateOnly.FromDateTime(Now.UtcDateTime); month = month.Next)
        {
            (await books.TrialBalanceAsync(month.End)).AssertGreen();
            var ties = (await books.Get<ControlTieService>().AtAsync(Caller.Command, books.Tenant, month.End, default)).Value;
            Assert.Equal(2, ties.Count);
            Assert.All(ties, tie => Assert.True(tie.Difference == 0, $"{when}: {tie.AccountName} at {month.End:yyyy-MM-dd} ledger {tie.Ledger}, open documents {tie.OpenDocuments}"));
        }
    }
}
