using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Sync;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Sync;

/// <summary>As many contacts as Xero counts are in, or are asked for again.</summary>
public sealed class ContactFetchTests
{
    private readonly SmallBooks _small = new();

    [BothDatabases]
    public async Task A_contact_that_a_page_lost_comes_when_the_page_is_read_again(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        var asked = 0;
        books.Xero.Faults = request => request.Endpoint == "Contacts" && asked++ == 0 ? FakeFault.MissingRecord : null;

        var run = await books.SyncWellAsync();

        Assert.Equal(2, asked);
        Assert.Empty(await books.IssuesAsync(run));
        Assert.Equal(All, await ContactsAsync(books));
        Assert.NotNull(await CursorAsync(books));
    }

    [BothDatabases]
    public async Task A_contact_that_does_not_come_is_told_and_asked_for_again(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        books.Xero.Faults = request => request.Endpoint == "Contacts" ? FakeFault.MissingRecord : null;

        var run = await books.SyncWellAsync();

        Assert.Equal(3, books.Xero.CallsTo("Contacts"));
        var issue = Assert.Single(await books.IssuesAsync(run));
        Assert.Equal(("Contact", "count-differs"), (issue.Kind, issue.Code));
        Assert.Contains($"{All} of them, {All - 1} came", issue.Message, StringComparison.Ordinal);
        Assert.Null(await CursorAsync(books));
        Assert.Equal(All - 1, await ContactsAsync(books));
        books.Xero.Faults = null;
        Assert.Empty(await books.IssuesAsync(await books.SyncWellAsync()));
        Assert.Equal(All, await ContactsAsync(books));
    }

    [Fact]
    public async Task A_contact_without_its_id_is_an_issue_and_comes_with_the_next_sync()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        books.Xero.Faults = request => request.Endpoint == "Contacts" ? FakeFault.MissingField("ContactID") : null;

        var run = await books.SyncWellAsync();

        Assert.Equal(1, books.Xero.CallsTo("Contacts"));
        Assert.Equal(("Contact", "record-without-id"), Assert.Single(await books.IssuesAsync(run)) is var issue ? (issue.Kind, issue.Code) : default);
        books.Xero.Faults = null;
        await books.SyncWellAsync();
        Assert.Equal(All, await ContactsAsync(books));
    }

    [Fact]
    public void Pages_that_overlap_do_not_make_up_for_what_is_on_none()
    {
        var ids = Enumerable.Range(0, 4).Select(_ => Guid.NewGuid()).ToList();
        var tally = new PageTally();

        tally.Begin();
        tally.Add(ids[..2], 0, 4);
        tally.Add(ids[1..3], 0, 4);
        Assert.False(tally.IsComplete);
        Assert.True(tally.MayTryAgain);

        tally.Begin();
        tally.Add(ids[..2], 0, 4);
        tally.Add([ids[3]], 1, 4);
        Assert.True(tally.IsComplete);
        Assert.Equal((2, 4), (tally.Pages, tally.Ids.Count));
    }

    private int All => _small.Books.Organisation.Texts("Contacts").Count;

    private static async Task<int> ContactsAsync(SyncedBooks books)
    {
        await using var db = books.Open();
        return await db.Contacts.CountAsync();
    }

    private static async Task<DateTime?> CursorAsync(SyncedBooks books)
    {
        await using var db = books.Open();
        return (await db.SyncCursors.AsNoTracking().SingleOrDefaultAsync(cursor => cursor.Endpoint == "Contact"))?.ModifiedSince;
    }
}
