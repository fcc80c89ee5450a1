using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Sync;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Sync;

/// <summary>One record makes no sense: it becomes an issue with its id, the rest is in, its month is not green, and the next clean sync heals it.</summary>
public sealed class BrokenRecordTests
{
    private static readonly DateOnly June30 = SmallBooks.MonthEnd(5);
    private readonly SmallBooks _small = new();
    private readonly Guid _broken;

    public BrokenRecordTests() => _broken = _small.Invoices[5];

    [Fact]
    public async Task Broken_JSON_is_narrowed_down_to_the_record()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        books.Xero.Faults = request => request.Endpoint == "Invoices" ? FakeFault.BrokenRecord(_broken) : null;

        var run = await books.SyncWellAsync();

        var issue = Assert.Single(await books.IssuesAsync(run));
        Assert.Equal(("Invoice", _broken.ToString(), "malformed-json"), (issue.Kind, issue.XeroId, issue.Code));
        Assert.NotEmpty(issue.Message);
        var june = await books.TrialBalanceAsync(June30);
        Assert.Equal(CheckStatus.Fail, june.StandsOnDocuments);
        Assert.Equal(-105m, june.Unexplained()["200"]);
        await AssertOthersAreInAsync(books);
        await AssertHealsAsync(books);
    }

    [Theory]
    [InlineData("Date")]
    [InlineData("Status")]
    [InlineData("Type")]
    [InlineData("Total")]
    public async Task A_missing_field_that_nothing_can_be_posted_without_is_an_issue(string field) =>
        await AssertIssueAsync(FakeFault.MissingField(field), alsoWithout: field == "Date" ? "DateString" : null);

    [Theory]
    [InlineData("Date", "?#!")]
    [InlineData("Total", "a lot")]
    [InlineData("Type", "SOMETHINGNEW")]
    [InlineData("LineItems", "?#!")]
    [InlineData("Contact", "?#!")]
    [InlineData("CurrencyCode", "DOLLARS")]
    public async Task A_garbled_field_is_an_issue(string field, string nonsense) =>
        await AssertIssueAsync(FakeFault.GarbledField(field, nonsense), alsoWithout: null);

    [Theory]
    [InlineData("InvoiceID", null)]
    [InlineData("InvoiceID", "?#!")]
    public async Task A_record_without_its_id_is_an_issue_and_comes_with_the_next_sync(string field, string? nonsense)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        var fault = nonsense is null ? FakeFault.MissingField(field) : FakeFault.GarbledField(field, nonsense);
        books.Xero.Faults = request => request.Endpoint == "Invoices" ? fault : null;

        var run = await books.SyncWellAsync();

        var issues = await books.IssuesAsync(run);
        Assert.NotEmpty(issues);
        Assert.All(issues, issue => Assert.Equal(("record-without-id", nonsense), (issue.Code, issue.XeroId)));
        Assert.All(issues, issue => Assert.Contains("-", issue.Message, StringComparison.Ordinal));
        await AssertHealsAsync(books);
    }

    [Fact]
    public async Task A_load_that_lost_a_record_without_its_id_deletes_nothing()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        var content = await books.ContentAsync();
        books.Xero.Faults = request => request.Endpoint == "Invoices" ? FakeFault.MissingField("InvoiceID") : null;

        await books.SyncWellAsync(full: true);

        Assert.Equal(content, await books.ContentAsync());
    }

    [Fact]
    public async Task What_is_known_of_a_record_stays_while_its_new_version_is_broken_and_its_month_is_not_green()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        _small.Clock.Advance(TimeSpan.FromMinutes(10));
        _small.Books.Now = _small.Clock.Now;
        _small.Books.Edit(_broken, sale => sale with { Lines = [new FakeLine("429", 300m, "OUTPUT2")] }, June30);
        books.Xero.Faults = request => request.Endpoint == "Invoices" ? FakeFault.BrokenRecord(_broken) : null;

        var run = await books.SyncWellAsync();

        Assert.Equal("malformed-json", Assert.Single(await books.IssuesAsync(run)).Code);
        await using (var db = books.Open())
        {
            Assert.Equal(105m, -(await db.LedgerLines.Where(line => line.DocumentXeroId == _broken).ToListAsync()).Single(line => line.AccountId == _small.Books.IdOf("200")).Amount);
        }

        Assert.Equal(CheckStatus.Fail, (await books.TrialBalanceAsync(June30)).StandsOnDocuments);

        // It is told of in each run until it can be read.
        Assert.Equal("malformed-json", Assert.Single(await books.IssuesAsync(await books.SyncWellAsync())).Code);
        await AssertHealsAsync(books);
    }

    [Fact]
    public async Task The_same_trouble_again_does_not_raise_the_ledger_version()
    {
        _small.Books.Organisation.Change("Invoices", _broken, sale => sale["LineItems"]![0]!["AccountID"] = Guid.NewGuid().ToString(), _small.Clock.Now.AddDays(-1));
        _small.Books.Organisation.Change("Invoices", _broken, sale => sale["LineItems"]![0]!["AccountCode"] = "999", _small.Clock.Now.AddDays(-1));
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        var version = (await books.OrganisationAsync()).LedgerVersion;

        var run = await books.SyncWellAsync();

        Assert.Equal("account-unknown", Assert.Single(await books.IssuesAsync(run)).Code);
        Assert.Equal(version, (await books.OrganisationAsync()).LedgerVersion);
    }

    [Theory]
    [InlineData("ModifiedSince")]
    [InlineData("no pagination")]
    public async Task A_record_that_slides_over_a_pages_edge_during_the_walk_is_not_lost(string how)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        _small.Clock.Advance(TimeSpan.FromMinutes(20));
        _small.Books.Now = _small.Clock.Now;
        _small.Books.Together(() =>
        {
            for (var i = 0; i < 1_203; i++)
            {
                _small.Books.Invoice(June30, "Many", new FakeLine("200", 1m + i));
            }
        });
        var first = _small.Books.Organisation.Texts("Invoices").Count;
        var moved = false;
        books.Xero.Faults = request =>
        {
            if (request.Endpoint == "Invoices" && request.Asked("page") == "2" && !moved)
            {
                // One that was on the first page goes to the end; every later one slides forward.
                moved = true;
                _small.Books.Now = _small.Clock.Now.AddSeconds(30);
                var newest = System.Text.Json.Nodes.JsonNode.Parse(_small.Books.Organisation.Texts("Invoices").First(text => text.Contains("Many", StringComparison.Ordinal)))!;
                _small.Books.Edit(Guid.Parse((string)newest["InvoiceID"]!), sale => sale with { Reference = "touched" }, June30);
            }

            return how == "no pagination" && request.Endpoint == "Invoices" ? FakeFault.NoPagination : null;
        };

        await books.SyncWellAsync();

        Assert.True(moved);
        await using var db = books.Open();
        Assert.Equal(first, await db.Documents.CountAsync(document => document.Kind == Domain.Xero.DocumentKind.Invoice));
        (await books.TrialBalanceAsync(June30)).AssertGreen();
    }

    [Fact]
    public async Task A_record_that_leaves_a_list_while_another_joins_it_loses_no_third_one_though_the_count_is_as_before()
    {
        _small.Books.Together(() =>
        {
            for (var i = 0; i < 1_960; i++)
            {
                _small.Books.Invoice(June30, "Many", new FakeLine("200", 1m + i));
            }
        });
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        var moved = false;
        books.Xero.Faults = request =>
        {
            if (request.Endpoint == "Invoices" && request.Asked("page") == "2" && !moved)
            {
                moved = true;
                Swap();
            }

            return null;
        };

        await books.SyncWellAsync();

        Assert.True(moved);
        await using var db = books.Open();
        var (known, there) = (await db.Documents.Where(document => document.Kind == Domain.Xero.DocumentKind.Invoice).Select(document => document.XeroId).ToListAsync(), Invoices().Select(sale => sale.Id));
        Assert.Empty(there.Except(known));
        (await books.TrialBalanceAsync(June30)).AssertGreen();
    }

    // One of the first page is voided, and one comes in behind it.
    private void Swap()
    {
        _small.Books.Now = _small.Clock.Now.AddSeconds(1);
        var edge = Invoices().Where(sale => sale.Day.Year == June30.Year).Select(sale => sale.Id).Order().ElementAt(1_000);
        var leaving = Invoices().Where(sale => sale.Contact == "Many").Select(sale => sale.Id).Order().First();
        for (var joined = Guid.Empty; joined < edge;)
        {
            _small.Books.Void(leaving, June30);
            leaving = joined = _small.Books.Invoice(June30, "Many", new FakeLine("200", 5m));
        }

        _small.Books.Now = null;
    }

    private IEnumerable<(Guid Id, DateOnly Day, string? Contact)> Invoices() =>
        from text in _small.Books.Organisation.Texts("Invoices")
        let sale = System.Text.Json.Nodes.JsonNode.Parse(text)!
        where (string?)sale["Status"] != "VOIDED"
        select (Guid.Parse((string)sale["InvoiceID"]!), DateOnly.Parse(((string)sale["DateString"]!)[..10], System.Globalization.CultureInfo.InvariantCulture), (string?)sale["Contact"]?["Name"]);

    private async Task AssertIssueAsync(FakeFault fault, string? alsoWithout)
    {
        if (alsoWithout is not null)
        {
            _small.Books.Organisation.Change("Invoices", _broken, sale => sale.Remove(alsoWithout), _small.Clock.Now.AddDays(-1));
        }

        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        books.Xero.Faults = request => request.Endpoint == "Invoices" ? fault : null;

        var run = await books.SyncWellAsync();

        // The fault hits the first record of each answer.
        var issues = await books.IssuesAsync(run);
        if (alsoWithout is null && issues.Count == 0)
        {
            // DateString says the day when Date does not.
            return;
        }

        Assert.All(issues, issue => Assert.Equal(("Invoice", "record-unreadable"), (issue.Kind, issue.Code)));
        Assert.All(issues, issue => Assert.True(Guid.TryParse(issue.XeroId, out _)));
        Assert.All(issues, issue => Assert.False(string.IsNullOrEmpty(issue.Message)));
        Assert.All(issues, issue => Assert.Equal(2026, issue.CreatedAt.Year));
        await AssertHealsAsync(books, issues);
    }

    private async Task AssertOthersAreInAsync(SyncedBooks books)
    {
        await using var db = books.Open();
        Assert.Equal(
            _small.Books.Organisation.Texts("Invoices").Count - 1,
            await db.Documents.CountAsync(document => document.Kind == Domain.Xero.DocumentKind.Invoice && document.PostingProblem == null));
    }

    private async Task AssertHealsAsync(SyncedBooks books, IReadOnlyList<SyncIssue>? broken = null)
    {
        if (broken is { Count: > 0 })
        {
            await using var db = books.Open();
            var days = await db.Documents.Where(document => document.PostingProblem != null).Select(document => document.Date).ToListAsync();
            var day = days.OfType<DateOnly>().DefaultIfEmpty(June30).Min();
            var end = new Domain.Primitives.Month(day.Year, day.Month).End;
            Assert.Equal(CheckStatus.Fail, (await books.TrialBalanceAsync(end < new DateOnly(2026, 3, 20) ? end : new DateOnly(2026, 3, 20))).StandsOnDocuments);
        }

        books.Xero.Faults = null;
        _small.Clock.Advance(TimeSpan.FromHours(1));

        var run = await books.SyncWellAsync();

        Assert.Empty(await books.IssuesAsync(run));
        await using var clean = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await clean.SyncWellAsync();
        Assert.Equal(await clean.ContentAsync(), await books.ContentAsync());
        (await books.TrialBalanceAsync(June30)).AssertGreen();
    }
}
