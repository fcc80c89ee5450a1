using CsCheck;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>An account's ledger ends where the trial balance stands, whatever the days and however it is cut into pages; contacts add up to the control accounts.</summary>
public sealed class AccountLedgerLawTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 20, 9, 30, 0, TimeSpan.Zero);

    [BothDatabases]
    public async Task Running_balances_of_small_books_end_at_the_trial_balance_over_any_days(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();

        // Within a month, over the year's turn on 31 March 2025, from its first day, whole months, and from the beginning.
        DateOnly?[] froms = [null, new(2025, 1, 1), new(2025, 3, 11), new(2025, 4, 1), new(2026, 2, 14)];
        DateOnly[] tos = [new(2025, 3, 31), new(2025, 4, 1), new(2025, 12, 31), new(2026, 2, 14), new(2026, 3, 20)];
        foreach (var (from, to) in froms.SelectMany(from => tos.Where(to => from is null || from <= to).Select(to => (from, to))))
        {
            await AssertAsync(books, from, to, 7);
        }
    }

    [BothDatabases]
    public async Task The_demo_companys_ledgers_and_contacts_agree_with_its_trial_balance(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfDemoAsync(new DateOnly(2026, 11, 20), new FixedClock(), kind);
        await books.SyncWellAsync();

        await AssertAsync(books, new DateOnly(2025, 12, 5), new DateOnly(2026, 6, 10), 200);
        await AssertContactsAsync(books);
    }

    [Fact]
    public Task Any_books_obey_the_laws() => CheckAsync(TestDatabaseKind.Sqlite, 4);

    [PostgresFact]
    public Task Any_books_obey_the_laws_on_PostgreSQL() => CheckAsync(TestDatabaseKind.Postgres, 1);

    private static Task CheckAsync(TestDatabaseKind kind, int times) => Gen.Select(RandomBooks.Events, Gen.Int[0, 450], Gen.Int[0, 450]).SampleAsync(
        async sample =>
        {
            var random = new RandomBooks((31, 3));
            random.Happen(sample.Item1);
            await using var books = await SyncedBooks.OfAsync(random.Books, new FixedClock(Now), kind);
            await books.SyncWellAsync();
            var (first, last) = (RandomBooks.Start.AddDays(Math.Min(sample.Item2, sample.Item3)), RandomBooks.Start.AddDays(Math.Max(sample.Item2, sample.Item3)));
            await AssertAsync(books, first, last, 3);
            await AssertAsync(books, null, last, 5);
            await AssertContactsAsync(books);
        },
        iter: times,
        threads: 1,
        print: sample => $"{string.Join(", ", sample.Item1.Select(e => e.ToString()))} {sample.Item2} {sample.Item3}");

    private static async Task AssertAsync(SyncedBooks books, DateOnly? from, DateOnly to, int pageSize)
    {
        var balance = await books.TrialBalanceAsync(to);
        foreach (var row in balance.Rows)
        {
            var (rows, ledger) = await ReadAsync(books, row.AccountId, new AccountLedgerFilter { From = from, To = to }, pageSize);
            var running = ledger.Opening;
            foreach (var line in rows)
            {
                running += line.Amount;
                Assert.True(running == line.Running, $"{row.Code} {row.Name} {from}..{to}: {line.Day} {line.Kind} {line.Running}, not {running}");
            }

            Assert.True(running == row.Balance && ledger.Closing == row.Balance, $"{row.Code} {row.Name} {from}..{to}: rows {running}, closing {ledger.Closing}, trial balance {row.Balance}");
            Assert.All(rows, line => Assert.True((from is null || line.Day >= from) && line.Day <= to));
            Assert.Equal(rows, await ReadBackAsync(books, row.AccountId, new AccountLedgerFilter { From = from, To = to }, pageSize), (one, other) => (one.Kind, one.Day, one.Amount, one.Running, one.View?.Line.Id) == (other.Kind, other.Day, other.Amount, other.Running, other.View?.Line.Id));
        }
    }

    private static async Task<(List<LedgerRow> Rows, AccountLedger Last)> ReadAsync(SyncedBooks books, Guid account, AccountLedgerFilter filter, int pageSize)
    {
        var rows = new List<LedgerRow>();
        for (string? cursor = null; ;)
        {
            var page = await books.Get<AccountLedgerService>().PageAsync(Caller.Command, books.Tenant, account, filter, PagePlace.After(cursor), pageSize, default);
            Assert.Null(page.Problem);
            rows.AddRange(page.Value.Rows);
            if (page.Value.Next is not { } next)
            {
                return (rows, page.Value);
            }

            cursor = next;
        }
    }

    // From the last page to the first one.
    private static async Task<List<LedgerRow>> ReadBackAsync(SyncedBooks books, Guid account, AccountLedgerFilter filter, int pageSize)
    {
        var rows = new List<LedgerRow>();
        for (var place = PagePlace.Last; ;)
        {
            var page = await books.Get<AccountLedgerService>().PageAsync(Caller.Command, books.Tenant, account, filter, place, pageSize, default);
            Assert.Null(page.Problem);
            rows.InsertRange(0, page.Value.Rows);
            if (page.Value.Previous is not { } previous)
            {
                return rows;
            }

            place = PagePlace.Before(previous);
        }
    }

    // Every open document stands with one contact, whoever looks: hidden ones in one amount.
    private static async Task AssertContactsAsync(SyncedBooks books)
    {
        var organisation = await books.OrganisationAsync();
        foreach (var hidePayroll in new[] { false, true })
        {
            var book = await books.Get<ContactBooks>().OfAsync(organisation, hidePayroll, default);

            Assert.Equal(2, book.Ties.Count);
            Assert.Equal(book.Ties[0].OpenDocuments, book.Contacts.Sum(contact => contact.OwedToUs));
            Assert.Equal(-book.Ties[1].OpenDocuments, book.Contacts.Sum(contact => contact.WeOwe));
            Assert.All(book.Ties, tie => Assert.InRange(tie.Difference, -0.05m, 0.05m));
            Assert.All(book.Contacts.Where(contact => contact.Overdue != 0), contact => Assert.NotNull(contact.OldestDue));
        }
    }
}
