using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>What a person says that a difference is: it holds while the amount is the same, and no longer.</summary>
public sealed class ConfirmationTests
{
    private static readonly Month January = new(2026, 1);
    private readonly SmallBooks _small = new();

    [BothDatabases]
    public async Task A_suggested_kind_is_no_tick_until_a_person_says_so_and_that_ends_with_its_amount(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        var wages = _small.Books.IdOf("477");

        Assert.Equal([("payroll", DifferenceState.Suggested, 50m)], await PartsAsync(books, wages));
        var before = await MonthAsync(books);
        await SayAsync(books, wages, DifferenceKinds.Payroll, "Pay run of the 28th");
        var after = await MonthAsync(books);

        Assert.Equal(before.ToConfirm - 1, after.ToConfirm);
        Assert.Equal([("payroll", DifferenceState.Confirmed, 50m)], await PartsAsync(books, wages));
        Assert.Equal("Pay run of the 28th", after.Parts[wages].Single(part => part.Date == January.End).Note);

        // Another run that finds the same amount keeps it; a full one too.
        await books.SyncWellAsync();
        await books.SyncWellAsync(full: true);
        Assert.Equal([("payroll", DifferenceState.Confirmed, 50m)], await PartsAsync(books, wages));

        _small.Books.XeroOnly(new DateOnly(2026, 1, 30), "Late pay run", ("477", 5m), ("803", -5m));
        await books.SyncWellAsync();
        Assert.Equal([("payroll", DifferenceState.Suggested, 55m)], await PartsAsync(books, wages));
    }

    [BothDatabases]
    public async Task What_is_unexplained_stands_once_a_person_says_what_it_is_and_falls_when_it_is_taken_back(TestDatabaseKind kind)
    {
        _small.Books.XeroOnly(new DateOnly(2026, 1, 20), "Bank adjustment", ("090", -12m), ("429", 12m));
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        var (bank, general) = (_small.Books.IdOf("090"), _small.Books.IdOf("429"));
        Assert.Equal(CheckStatus.Fail, (await books.TrialBalanceAsync(January.End)).StandsOnDocuments);

        await SayAsync(books, bank, DifferenceKinds.Other, null);
        await SayAsync(books, general, DifferenceKinds.Other, null);

        var said = await books.TrialBalanceAsync(January.End);
        Assert.Equal(CheckStatus.Pass, said.StandsOnDocuments);
        Assert.Equal((-12m, 0m), (said.Of("090").ExpectedXeroOnly, said.Of("090").Unexplained));
        await books.SyncWellAsync(full: true);
        Assert.Equal(CheckStatus.Pass, (await books.TrialBalanceAsync(January.End)).StandsOnDocuments);

        var back = await books.Get<TieOutService>().WithdrawAsync(Caller.Command, books.Tenant, bank, January, default);
        Assert.Null(back.Problem);
        Assert.Equal(new Dictionary<string, decimal> { ["090"] = -12m }, (await books.TrialBalanceAsync(January.End)).Unexplained());
    }

    [Fact]
    public async Task A_document_in_trouble_cannot_be_confirmed_away()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        await SayAsync(books, _small.Books.IdOf("477"), DifferenceKinds.Payroll, null);
        var bill = _small.Books.Bill(new DateOnly(2026, 1, 25), "Trouble", new FakeLine("477", 20m));
        _small.Books.Organisation.Change("Invoices", bill, document => document["Type"] = "NONSENSE", books.Clock.Now);
        await books.SyncWellAsync();

        var said = await books.Get<TieOutService>().ConfirmAsync(Caller.Command, books.Tenant, _small.Books.IdOf("477"), January, DifferenceKinds.Payroll, null, default);

        Assert.Equal("document-in-trouble", said.Problem!.Code);
        Assert.Equal(DifferenceState.Unexplained, (await PartsAsync(books, _small.Books.IdOf("477"))).Single().State);
    }

    [BothDatabases]
    public async Task An_account_explains_itself_to_the_cent_and_names_what_may_be_missing(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        _small.Books.Hide(_small.Invoices[12]);
        await books.SyncWellAsync(full: true);
        var tieOut = books.Get<TieOutService>();

        foreach (var row in (await MonthAsync(books)).Balance.Rows.Where(row => row.Code != "960"))
        {
            var explained = (await tieOut.ExplainAsync(Caller.Command, books.Tenant, row.AccountId, January, default)).Value;
            Assert.Equal(row.Balance, row.Opening + explained.Kinds.Sum(total => total.Amount) + explained.Parts.Sum(part => part.Amount));
        }

        var receivables = (await tieOut.ExplainAsync(Caller.Command, books.Tenant, _small.Books.IdOf("610"), January, default)).Value;
        Assert.Equal(DifferenceState.Unexplained, Assert.Single(receivables.Parts).State);
        Assert.NotNull(receivables.Causes);
    }

    [Fact]
    public async Task The_strip_says_how_each_month_stands()
    {
        _small.Books.XeroOnly(new DateOnly(2025, 6, 20), "Bank adjustment", ("090", -12m), ("429", 12m));
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();

        var strip = (await books.Get<TieOutService>().StripAsync(Caller.Command, books.Tenant, default)).Value;

        Assert.Equal((new Month(2025, 1), new Month(2026, 2)), (strip[0].Month, strip[^1].Month));
        Assert.Equal(MonthState.XeroOnly, strip[0].State);
        Assert.Equal(50m, strip[0].Amount);
        Assert.Equal((MonthState.Unexplained, 12m), (strip[5].State, strip[5].Amount));
    }

    private static async Task<TieOutMonth> MonthAsync(SyncedBooks books) => (await books.Get<TieOutService>().MonthAsync(Caller.Command, books.Tenant, January, default)).Value;

    private static async Task<List<(string Kind, DifferenceState State, decimal Amount)>> PartsAsync(SyncedBooks books, Guid account) =>
        [.. (await MonthAsync(books)).Parts[account].Where(part => part.Date == January.End).Select(part => (part.Kind, part.State, part.Amount))];

    private static async Task SayAsync(SyncedBooks books, Guid account, string kind, string? note)
    {
        var said = await books.Get<TieOutService>().ConfirmAsync(Caller.Command, books.Tenant, account, January, kind, note, default);
        Assert.Null(said.Problem);
    }
}
