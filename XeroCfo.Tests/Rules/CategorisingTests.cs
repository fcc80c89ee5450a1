using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Rules;

/// <summary>Categories on synced books: by accounts, by hand, for many, and taken back; on both databases.</summary>
public sealed class CategorisingTests
{
    private static readonly DateOnly Day = new(2026, 2, 10);
    private readonly FakeBooks _books = FakeBooks.WithUsualAccounts();
    private readonly FixedClock _clock = new(new DateTimeOffset(2026, 3, 20, 0, 0, 0, TimeSpan.Zero));
    private readonly Guid[] _spent;

    public CategorisingTests() => _spent =
    [
        .. Enumerable.Range(0, 5).Select(i => _books.Spend(Day.AddDays(i), "090", "Fuelco", new FakeLine("429", 10m + i))),
        _books.Spend(Day, "090", "Split", new FakeLine("429", 10m), new FakeLine("300", 5m)),
    ];

    [BothDatabases]
    public async Task Documents_have_the_category_of_their_accounts_until_the_mapping_changes(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        var categories = books.Get<CategoryService>();

        var made = await categories.CreateAsync(Caller.Command, books.Tenant, new CategoryInput("General", null, "429", [_books.IdOf("429")]), default);
        Assert.Equal(Enumerable.Repeat(("General", "xero"), 5).Append((null!, "none")), await SaidAsync(books));

        var both = await categories.UpdateAsync(
            Caller.Command, books.Tenant, made.Value.Category.Id, ReadVersion.Of(made.Value.Category.UpdatedAt), new CategoryInput("Running costs", null, null, [_books.IdOf("429"), _books.IdOf("300")]), default);
        Assert.Equal(Enumerable.Repeat(("Running costs", "xero"), 6), await SaidAsync(books));
        Assert.Null(both.Value.Category.DefaultAccountCode);

        Assert.True((await categories.DeleteAsync(Caller.Command, books.Tenant, made.Value.Category.Id, ReadVersion.Any, null, default)).Succeeded);
        Assert.Equal(Enumerable.Repeat(((string)null!, "none"), 6), await SaidAsync(books));
    }

    [BothDatabases]
    public async Task What_a_person_said_outlives_a_sync_and_what_accounts_said_follows_the_document(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        await books.Get<CategoryService>().CreateAsync(Caller.Command, books.Tenant, new CategoryInput("General", null, null, [_books.IdOf("429")]), default);
        var (byHand, byAccount) = (await IdOfAsync(books, _spent[0]), await IdOfAsync(books, _spent[1]));
        await books.Get<CategorisingService>().ChangeAsync(Caller.Command, books.Tenant, byHand, ReadVersion.Any, new CategoryWish(Wish.Of("Fuel"), Wish.Of("300")), default);

        _clock.Advance(TimeSpan.FromMinutes(5));
        foreach (var spent in _spent[..2])
        {
            _books.Now = _clock.GetUtcNow();
            _books.EditBankTransaction(spent, before => before with { Lines = [new FakeLine("300", 11m)] }, Day);
        }

        _clock.Advance(TimeSpan.FromMinutes(5));
        await books.SyncWellAsync();

        await using var db = books.Open();
        var (hand, account) = (await db.Transactions.SingleAsync(row => row.Id == byHand), await db.Transactions.SingleAsync(row => row.Id == byAccount));
        Assert.Equal(("Fuel", "manual", true, "300"), (hand.Category, hand.CategorySource, hand.LockedByPerson, hand.AccountCode));
        Assert.Equal((null, "none", false, "300"), (account.Category, account.CategorySource, account.LockedByPerson, account.AccountCode));
        Assert.Equal(11m, hand.Amount);
    }

    [BothDatabases]
    public async Task Many_are_changed_at_once_but_not_what_a_person_set_and_one_undo_brings_all_back(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        var service = books.Get<CategorisingService>();
        var first = await IdOfAsync(books, _spent[0]);
        await service.ChangeAsync(Caller.Command, books.Tenant, first, ReadVersion.Any, new CategoryWish(Wish.Of("Travel"), default), default);

        var many = await service.CategoriseAsync(Caller.Command, books.Tenant, new TransactionSelection(null, new TransactionFilter { Type = "SPEND" }), "fuel", "300", false, default);
        Assert.Equal((5, 1), (many.Value.Changed, many.Value.Skipped));
        Assert.Equal([("Travel", "manual"), .. Enumerable.Repeat(("fuel", "manual"), 5)], await SaidAsync(books));

        var later = await IdOfAsync(books, _spent[1]);
        await service.ChangeAsync(Caller.Command, books.Tenant, later, ReadVersion.Any, new CategoryWish(Wish.Of("FUEL"), Wish.Of("429")), default);
        await service.ChangeAsync(Caller.Command, books.Tenant, later, ReadVersion.Any, new CategoryWish(Wish.Of("Other"), default), default);
        var undone = await service.UndoAsync(Caller.Command, books.Tenant, many.Value.UndoId, default);
        var again = await service.UndoAsync(Caller.Command, books.Tenant, many.Value.UndoId, default);

        Assert.Equal(new Undone(4, 1), undone.Value);
        Assert.Equal("already-undone", again.Problem!.Code);
        Assert.Equal([("Travel", "manual"), ("Other", "manual"), .. Enumerable.Repeat(((string)null!, "none"), 4)], await SaidAsync(books));
        await using var db = books.Open();
        Assert.Equal(["Other", "Travel", "fuel"], await db.Categories.OrderBy(row => row.Name).Select(row => row.Name).ToListAsync() is var names ? names.Order(StringComparer.Ordinal) : []);
        Assert.Equal("429", (await db.Transactions.SingleAsync(row => row.XeroId == _spent[4])).AccountCode);
    }

    [BothDatabases]
    public async Task The_second_of_two_people_is_told_who_said_what(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        var service = books.Get<CategorisingService>();
        var id = await IdOfAsync(books, _spent[0]);
        await using var db = books.Open();
        var read = ReadVersion.Of((await db.Transactions.SingleAsync(row => row.Id == id)).UpdatedAt);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True((await service.ChangeAsync(Caller.Command with { Name = "ana@tui.example" }, books.Tenant, id, read, new CategoryWish(Wish.Of("Fuel"), default), default)).Succeeded);
        _clock.Advance(TimeSpan.FromMinutes(2));
        var second = await service.ChangeAsync(Caller.Command, books.Tenant, id, read, new CategoryWish(Wish.Of("Travel"), default), default);
        var silent = await service.ChangeAsync(Caller.Command, books.Tenant, id, new ReadVersion(null), new CategoryWish(Wish.Of("Travel"), default), default);

        Assert.Equal((ProblemKind.Stale, "ana@tui.example set Fuel 2 min ago. Read it again, then decide."), (second.Problem!.Kind, second.Problem.Message));
        Assert.Equal(ProblemKind.VersionMissing, silent.Problem!.Kind);
    }

    [BothDatabases]
    public async Task Merging_carries_documents_accounts_and_rules_over(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        var categories = books.Get<CategoryService>();
        var general = await categories.CreateAsync(Caller.Command, books.Tenant, new CategoryInput("General", null, null, [_books.IdOf("429")]), default);
        var costs = await categories.CreateAsync(Caller.Command, books.Tenant, new CategoryInput("Costs", "#123456", null, [_books.IdOf("300")]), default);

        Assert.True((await categories.DeleteAsync(Caller.Command, books.Tenant, general.Value.Category.Id, ReadVersion.Any, costs.Value.Category.Id, default)).Succeeded);

        Assert.Equal(Enumerable.Repeat(("Costs", "xero"), 6), await SaidAsync(books));
        var kept = (await categories.GetAsync(Caller.Command, books.Tenant, costs.Value.Category.Id, default)).Value;
        Assert.Equal(new[] { _books.IdOf("300"), _books.IdOf("429") }.Order(), kept.AccountIds.Order());
        Assert.Equal("category-name-taken", (await categories.CreateAsync(Caller.Command, books.Tenant, new CategoryInput(" costs ", null, null, []), default)).Problem!.Code);
    }

    [BothDatabases]
    public async Task Nothing_of_another_organisation_or_unknown_is_changed(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        var (service, known) = (books.Get<CategorisingService>(), await IdOfAsync(books, _spent[0]));

        var mixed = await service.CategoriseAsync(Caller.Command, books.Tenant, new TransactionSelection([known, Guid.NewGuid()], null), "Fuel", null, false, default);
        var other = await service.ChangeAsync(Caller.Command, new(Guid.NewGuid()), known, ReadVersion.Any, new CategoryWish(Wish.Of("Fuel"), default), default);
        var code = await service.CategoriseAsync(Caller.Command, books.Tenant, new TransactionSelection([known], null), "Fuel", "no such", false, default);

        Assert.Equal([ProblemKind.NotFound, ProblemKind.NotFound, ProblemKind.Refused], new[] { mixed.Problem!.Kind, other.Problem!.Kind, code.Problem!.Kind });
        Assert.Equal(Enumerable.Repeat(((string)null!, "none"), 6), await SaidAsync(books));
        await using var db = books.Open();
        Assert.Empty(await db.Categories.ToListAsync());
    }

    private async Task<SyncedBooks> SyncedAsync(TestDatabaseKind kind)
    {
        var books = await SyncedBooks.OfAsync(_books, _clock, kind);
        await books.SyncWellAsync();
        return books;
    }

    private static async Task<Guid> IdOfAsync(SyncedBooks books, Guid xeroId)
    {
        await using var db = books.Open();
        return (await db.Transactions.SingleAsync(row => row.XeroId == xeroId)).Id;
    }

    /// <summary>Category and source of the six, in their order.</summary>
    private async Task<List<(string Category, string Source)>> SaidAsync(SyncedBooks books)
    {
        await using var db = books.Open();
        var rows = await db.Transactions.ToDictionaryAsync(row => row.XeroId);
        return [.. _spent.Select(id => (rows[id].Category!, rows[id].CategorySource))];
    }
}
