using CsCheck;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Pipeline;

/// <summary>
/// Whatever happens before, between and in the middle of runs, known to documents or to Xero alone: one quiet run later the books are those
/// of a first load on that day.
/// </summary>
public sealed class SequenceLawTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly (int Day, int Month)[] YearEnds = [(31, 3), (30, 6), (31, 12), (5, 4), (29, 2)];

    private static readonly Gen<Step[]> Steps =
        Gen.Select(RandomBooks.Events, Gen.Int[0, 40], Gen.Int[0, 40], (events, call, hours) => new Step(events, call, hours)).Array[1, 4];

    [Fact]
    public Task Any_sequence_of_runs_ends_in_the_books_of_a_first_load() => CheckAsync(TestDatabaseKind.Sqlite, 4);

    [PostgresFact]
    public Task Any_sequence_of_runs_ends_in_the_books_of_a_first_load_on_PostgreSQL() => CheckAsync(TestDatabaseKind.Postgres, 1);

    [LongFact]
    public Task Very_many_sequences_of_runs_end_in_the_books_of_a_first_load() => CheckAsync(TestDatabaseKind.Sqlite, 150);

    private static Task CheckAsync(TestDatabaseKind kind, int times) =>
        Gen.Select(Steps, Gen.Int[0, YearEnds.Length - 1]).SampleAsync(
            async sample => await ObeyAsync(kind, sample.Item1, YearEnds[sample.Item2]),
            iter: times,
            threads: 1,
            print: sample => string.Join("; ", sample.Item1.Select(step => $"{step.Hours} h, at call {step.Call}: {string.Join(", ", step.Events.Select(e => e.ToString()))}")) + " " + YearEnds[sample.Item2]);

    private static async Task ObeyAsync(TestDatabaseKind kind, Step[] steps, (int Day, int Month) yearEnd)
    {
        var clock = new FixedClock(Now);
        var random = new RandomBooks(yearEnd);
        await using var books = await SyncedBooks.OfAsync(random.Books, clock, kind);
        await books.SyncWellAsync();
        foreach (var step in steps)
        {
            clock.Advance(TimeSpan.FromHours(step.Hours) + TimeSpan.FromMinutes(7));
            var half = step.Events.Length / 2;
            random.Happen(step.Events[..half], clock.Now);
            var calls = 0;
            books.Xero.Faults = _ =>
            {
                if (calls++ == step.Call)
                {
                    random.Happen(step.Events[half..], clock.Now);
                }

                return null;
            };
            await books.SyncWellAsync();
            books.Xero.Faults = null;
            if (calls <= step.Call)
            {
                random.Happen(step.Events[half..], clock.Now);
            }

            await AssertNeverRedAsync(books);
        }

        await books.SyncWellAsync();

        await using var whole = await SyncedBooks.OfAsync(random.Books, new FixedClock(clock.Now), kind);
        await whole.SyncWellAsync(full: true);
        var (expected, found) = (await whole.ContentAsync(), await books.ContentAsync());
        Assert.True(expected.SequenceEqual(found), $"missing {string.Join(" | ", expected.Except(found).Take(5))}; too many {string.Join(" | ", found.Except(expected).Take(5))}");
        foreach (var day in await DaysAsync(books))
        {
            (await books.TrialBalanceAsync(day)).AssertGreen();
        }
    }

    private static async Task AssertNeverRedAsync(SyncedBooks books)
    {
        foreach (var day in await DaysAsync(books))
        {
            var balance = await books.TrialBalanceAsync(day);
            Assert.True(balance.TiesToXero != CheckStatus.Fail && balance.StandsOnDocuments != CheckStatus.Fail, $"{day:yyyy-MM-dd}: {string.Join(", ", balance.Unexplained())}");
        }
    }

    private static async Task<IEnumerable<DateOnly>> DaysAsync(SyncedBooks books)
    {
        var today = (await books.OrganisationAsync()).Today(books.Clock);
        return Month.Range(new Month(2024, 12), Month.Of(today).Previous).Select(month => month.End).Append(today);
    }

    private sealed record Step(BookEvent[] Events, int Call, int Hours);
}
