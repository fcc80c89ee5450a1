using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Pipeline;

/// <summary>A process that dies in the middle of a sync: another one goes on, and the books are as if nothing had happened.</summary>
public sealed class KillTests
{
    private static readonly Dictionary<string, string> Endpoints = new()
    {
        ["Invoice"] = "Invoices",
        ["Payment"] = "Payments",
        ["BankTransaction"] = "BankTransactions",
        ["BankTransfer"] = "BankTransfers",
        ["ManualJournal"] = "ManualJournals",
    };

    [Fact]
    public Task A_first_load_cut_at_any_write_ends_in_the_same_books() => CutAtWritesAsync(TestDatabaseKind.Sqlite, SyncTriggers.First, 20);

    [PostgresFact]
    public Task A_first_load_cut_at_any_write_ends_in_the_same_books_on_PostgreSQL() => CutAtWritesAsync(TestDatabaseKind.Postgres, SyncTriggers.First, 3);

    [Fact]
    public Task A_later_sync_cut_at_any_write_ends_in_the_same_books() => CutAtWritesAsync(TestDatabaseKind.Sqlite, SyncTriggers.Manual, 20);

    [PostgresFact]
    public Task A_later_sync_cut_at_any_write_ends_in_the_same_books_on_PostgreSQL() => CutAtWritesAsync(TestDatabaseKind.Postgres, SyncTriggers.Manual, 3);

    [Fact]
    public Task A_nightly_check_cut_at_any_write_ends_in_the_same_books() => CutAtWritesAsync(TestDatabaseKind.Sqlite, SyncTriggers.Check, 20);

    [PostgresFact]
    public Task A_nightly_check_cut_at_any_write_ends_in_the_same_books_on_PostgreSQL() => CutAtWritesAsync(TestDatabaseKind.Postgres, SyncTriggers.Check, 3);

    [Fact]
    public Task A_weekly_sweep_cut_at_any_write_ends_in_the_same_books() => CutAtWritesAsync(TestDatabaseKind.Sqlite, SyncTriggers.Sweep, 10);

    [BothDatabases]
    public async Task A_sync_cut_during_a_call_to_Xero_ends_in_the_same_books(TestDatabaseKind kind)
    {
        var expected = await UninterruptedAsync(SyncTriggers.First);
        var calls = expected.Calls;
        var times = kind == TestDatabaseKind.Sqlite ? 8 : 2;
        for (var i = 0; i < times; i++)
        {
            var at = calls * i / times;
            var small = new SmallBooks();
            await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
            var count = 0;
            books.Xero.Faults = _ => count++ == at ? throw new KilledException() : null;
            await Assert.ThrowsAsync<KilledException>(() => books.SyncAsync());
            await AssertCursorsAsync(books, small.Books);

            var run = await books.TakeUpAsync();

            Assert.Equal(SyncStatus.Succeeded, run.Status);
            Assert.Equal(expected.Content, await books.ContentAsync());
        }
    }

    [BothDatabases]
    public async Task Nobody_takes_a_run_whose_process_is_alive(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        books.Xero.Faults = _ => throw new KilledException();
        await Assert.ThrowsAsync<KilledException>(() => books.SyncAsync());
        books.Xero.Faults = null;
        await using var other = books.AnotherProcess();
        var runner = (SyncRunner)other.GetService(typeof(SyncRunner))!;

        Assert.Null(await runner.RunNextAsync(books.Tenant, default));
        books.Clock.Advance(TimeSpan.FromSeconds(9));

        Assert.Equal(SyncStatus.Succeeded, (await runner.RunNextAsync(books.Tenant, default))!.Status);
    }

    private static async Task CutAtWritesAsync(TestDatabaseKind kind, string which, int times)
    {
        var expected = await UninterruptedAsync(which);
        var random = DemoRandom.For(5, "kill", kind + "/" + which);

        // Always the last three writes, between which the books are half posted; else anywhere.
        for (var i = 0; i < times; i++)
        {
            var at = i < 3 ? expected.Writes - i : random.Between(1, expected.Writes);
            var kill = new KillSwitch { After = random.Below(2) == 0 };
            var small = new SmallBooks();
            await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind, configure: kill.Guard);
            await PrepareAsync(books, small, which);
            kill.At = kill.Count + at;
            await Assert.ThrowsAsync<KilledException>(() => RunAsync(books, which));
            if (which is not (SyncTriggers.Check or SyncTriggers.Sweep))
            {
                await AssertCursorsAsync(books, small.Books);
            }

            var run = await books.TakeUpAsync();

            Assert.True(run.Status == SyncStatus.Succeeded, $"cut at {at} of {expected.Writes}: {run.ErrorCode} {run.ErrorMessage}");
            AssertSame(expected.Content, await books.ContentAsync(), $"cut {(kill.After ? "after" : "before")} {at} of {expected.Writes}");
            Assert.Equal(expected.Moved, Moved(run));
            var organisation = await books.OrganisationAsync();
            Assert.False(organisation.SyncInProgress);
            Assert.Equal(which == SyncTriggers.First ? 1 : 2, organisation.LedgerVersion);
        }
    }

    private static void AssertSame(IReadOnlyList<string> expected, IReadOnlyList<string> actual, string where) =>
        Assert.True(expected.SequenceEqual(actual), $"{where}: missing {string.Join(" | ", expected.Except(actual).Take(5))}; too many {string.Join(" | ", actual.Except(expected).Take(5))}");

    private static async Task<(IReadOnlyList<string> Content, int Writes, int Calls, IReadOnlyList<string> Moved)> UninterruptedAsync(string which)
    {
        var kill = new KillSwitch();
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, configure: kill.Guard);
        await PrepareAsync(books, small, which);
        var before = kill.Count;
        var run = await RunAsync(books, which);
        Assert.True(run.Status == SyncStatus.Succeeded, $"{run.Status} {run.ErrorCode} {run.ErrorMessage}");
        return (await books.ContentAsync(), kill.Count - before, run.Calls, Moved(run));
    }

    // Before a later run there is work for it; before a check also what usual syncs do not see.
    private static async Task PrepareAsync(SyncedBooks books, SmallBooks small, string which)
    {
        if (which != SyncTriggers.First)
        {
            await books.SyncWellAsync();
            small.Change();
        }

        if (which is SyncTriggers.Check or SyncTriggers.Sweep)
        {
            small.Books.Now = small.Clock.Now.AddDays(-30);
            small.Books.Invoice(new DateOnly(2025, 7, 4), "Missed", new FakeLine("200", 88m, "OUTPUT2"));
            small.Books.Transfer(new DateOnly(2025, 9, 9), "090", "091", 12m);
            small.Books.Now = null;
            small.Books.Organisation.Remove("ManualJournals", small.Journals[2]);
        }

        small.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private static async Task<SyncRun> RunAsync(SyncedBooks books, string which)
    {
        if (which == SyncTriggers.First)
        {
            return await books.SyncAsync();
        }

        await books.Get<ISyncRunRepository>().EnqueueAsync(Caller.Worker, books.Tenant, which == SyncTriggers.Sweep, which, default);
        return (await books.Get<SyncRunner>().RunNextAsync(books.Tenant, default))!;
    }

    private static List<string> Moved(SyncRun run) =>
        [.. run.MovedMonths.Select(moved => $"{moved.Month} {moved.AccountId} {moved.Before:0.00} {moved.After:0.00}").Order(StringComparer.Ordinal)];

    // A cursor says that everything before it is here.
    private static async Task AssertCursorsAsync(SyncedBooks books, FakeBooks xero)
    {
        await using var db = books.Open();
        foreach (var cursor in await db.SyncCursors.AsNoTracking().Where(cursor => cursor.ModifiedSince != null && cursor.FullLoadStartedAt == null).ToListAsync())
        {
            if (Endpoints.TryGetValue(cursor.Endpoint, out var endpoint))
            {
                var known = await db.Documents.AsNoTracking().Where(document => document.Kind == Enum.Parse<Domain.Xero.DocumentKind>(cursor.Endpoint)).CountAsync();
                var since = cursor.ModifiedSince!.Value;
                var there = xero.Organisation.Texts(endpoint).Count(text => XeroStamp.Of(text) < since);
                Assert.True(known >= there, $"{endpoint}: {known} of {there}");
            }
        }
    }
}

file static class XeroStamp
{
    public static DateTime Of(string record)
    {
        const string Name = "\"UpdatedDateUTC\":\"\\/Date(";
        var at = record.IndexOf(Name, StringComparison.Ordinal);
        var from = at + Name.Length;
        return at < 0 ? DateTime.MinValue : DateTime.UnixEpoch.AddMilliseconds(long.Parse(record[from..record.IndexOf('+', from)], System.Globalization.CultureInfo.InvariantCulture));
    }
}
