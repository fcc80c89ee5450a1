using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Budgets;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Budgets;

/// <summary>Xero's budgets on both databases: read with the day's master data, kept as they are there, and refused for changes.</summary>
public sealed class BudgetBookTests
{
    [BothDatabases]
    public async Task Xeros_budgets_are_read_once_a_day_and_with_a_full_sync(TestDatabaseKind kind)
    {
        var small = Planned();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();

        var first = Assert.Single(await HeadsAsync(books));
        Assert.Equal(("Overall budget", BudgetSources.Xero, 13), (first.Budget.Name, first.Budget.Source, first.Lines));
        Assert.Equal((new DateOnly(2025, 4, 1), new DateOnly(2027, 3, 1)), (first.First, first.Last));
        var lines = (await books.Get<IBudgetReader>().FindAsync(books.Tenant, first.Budget.Id, default))!.Lines;
        Assert.Equal(150.25m, lines.Single(line => line.AccountId == small.Books.IdOf("200") && line.Month == new DateOnly(2025, 4, 1)).Amount);

        Plan(small, 175m);
        small.Clock.Advance(TimeSpan.FromHours(2));
        await books.SyncWellAsync();
        Assert.Equal(first.Budget.UpdatedAt, Assert.Single(await HeadsAsync(books)).Budget.UpdatedAt);

        small.Clock.Advance(TimeSpan.FromDays(1));
        var run = await books.SyncWellAsync();
        var later = Assert.Single(await HeadsAsync(books));
        Assert.Equal(first.Budget.Id, later.Budget.Id);
        Assert.Equal(new SyncCounts(1, 0, 1, 0, 0), run.Counts["Budget"]);
        Assert.Equal(175m, (await books.Get<IBudgetReader>().FindAsync(books.Tenant, later.Budget.Id, default))!.Lines.First(line => line.Month == new DateOnly(2025, 4, 1) && line.AccountId == small.Books.IdOf("200")).Amount);
    }

    [BothDatabases]
    public async Task A_budget_that_says_the_same_keeps_its_version_and_one_that_went_is_gone(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        var book = new XeroBudgetBook(books.Get<Data.Saving.IDbFactory>());
        var (one, other, account) = (Guid.NewGuid(), Guid.NewGuid(), small.Books.IdOf("200"));
        XeroBudget Of(Guid id, decimal amount) => new(id, "Plan", [], [new XeroBudgetLine(account, new Month(2026, 4), amount)]);

        var made = await book.ReplaceAsync(books.Tenant, [Of(one, 5), Of(other, 6)], [], default);
        var version = (await HeadsAsync(books)).Single(head => head.Budget.XeroId == one).Budget.UpdatedAt;
        small.Clock.Advance(TimeSpan.FromMinutes(1));
        var same = await book.ReplaceAsync(books.Tenant, [Of(one, 5.00m)], [other], default);
        var gone = await book.ReplaceAsync(books.Tenant, [Of(one, 5)], [], default);

        Assert.Equal(new SyncCounts(2, 2, 0, 0, 0), made);
        Assert.Equal(new SyncCounts(1, 0, 0, 1, 0), same);
        Assert.Equal(new SyncCounts(1, 0, 0, 1, 1), gone);
        Assert.Equal((one, version), (Assert.Single(await HeadsAsync(books)).Budget.XeroId!.Value, (await HeadsAsync(books))[0].Budget.UpdatedAt));
        await using var db = books.Open();
        Assert.Equal(1, await db.BudgetLines.CountAsync());
    }

    [BothDatabases]
    public async Task One_of_Xeros_is_not_changed_here(TestDatabaseKind kind)
    {
        var small = Planned();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        var (service, head) = (books.Get<BudgetService>(), Assert.Single(await HeadsAsync(books)));

        var changed = await service.UpdateAsync(Caller.Command, books.Tenant, head.Budget.Id, ReadVersion.Any, new BudgetInput("Mine", [], []), default);
        var deleted = await service.DeleteAsync(Caller.Command, books.Tenant, head.Budget.Id, ReadVersion.Any, default);

        Assert.Equal(("budget-from-xero", ProblemKind.Conflict), (changed.Problem!.Code, changed.Problem.Kind));
        Assert.Equal("budget-from-xero", deleted.Problem!.Code);
        Assert.Equal(13, Assert.Single(await HeadsAsync(books)).Lines);
    }

    [BothDatabases]
    public async Task An_own_budget_is_kept_changed_and_deleted_with_its_lines(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        var (service, account) = (books.Get<BudgetService>(), small.Books.IdOf("200"));
        var input = new BudgetInput(" Plan ", [new(account, new Month(2026, 4), MoneyRules.Largest), new(account, new Month(2026, 5), -0.0001m)], []);

        var made = (await service.CreateAsync(Caller.Command, books.Tenant, input, default)).Value;
        small.Clock.Advance(TimeSpan.FromSeconds(1));
        var changed = (await service.UpdateAsync(Caller.Command, books.Tenant, made.Budget.Id, ReadVersion.Of(made.Budget.UpdatedAt), input with { Name = "Plan B", Lines = [input.Lines[1]] }, default)).Value;
        var stale = await service.UpdateAsync(Caller.Command, books.Tenant, made.Budget.Id, ReadVersion.Of(made.Budget.CreatedAt), input, default);
        var unknown = await service.CreateAsync(Caller.Command, books.Tenant, input with { Lines = [input.Lines[0], new(Guid.NewGuid(), new Month(2026, 4), 1)] }, default);

        Assert.Equal("Plan", made.Budget.Name);
        Assert.Equal([MoneyRules.Largest, -0.0001m], made.Lines.Select(line => line.Amount));
        Assert.Equal(("Plan B", 1), (changed.Budget.Name, changed.Lines.Count));
        Assert.Equal("version-stale", stale.Problem!.Code);
        Assert.Equal(("unknown-account", "lines[1].accountId"), (unknown.Problem!.Code, unknown.Problem.Field));
        Assert.True((await service.DeleteAsync(Caller.Command, books.Tenant, made.Budget.Id, ReadVersion.Any, default)).Succeeded);
        await using var db = books.Open();
        Assert.Equal((0, 0), (await db.Budgets.CountAsync(), await db.BudgetLines.CountAsync()));
    }

    [BothDatabases]
    public async Task An_account_of_the_balance_sheet_is_not_planned_and_stays_where_it_was_before(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        var (service, bank) = (books.Get<BudgetService>(), new BudgetLineInput(small.Books.IdOf("090"), new Month(2026, 4), 5));
        var input = new BudgetInput("Plan", [new(small.Books.IdOf("200"), new Month(2026, 4), 1)], []);

        var refused = await service.CreateAsync(Caller.Command, books.Tenant, input with { Lines = [.. input.Lines, bank] }, default);
        var made = (await service.CreateAsync(Caller.Command, books.Tenant, input, default)).Value;
        var added = await service.UpdateAsync(Caller.Command, books.Tenant, made.Budget.Id, ReadVersion.Any, input with { Lines = [bank, .. input.Lines] }, default);
        await using (var db = books.Open())
        {
            db.Add(new BudgetLine { TenantId = books.Tenant.Value, BudgetId = made.Budget.Id, AccountId = bank.AccountId, Month = bank.Month.Start, Amount = bank.Amount });
            await db.SaveChangesAsync();
        }

        var kept = await service.UpdateAsync(Caller.Command, books.Tenant, made.Budget.Id, ReadVersion.Any, input with { Lines = [bank, .. input.Lines] }, default);

        Assert.Equal(("account-not-planned", "lines[1].accountId", ProblemKind.Refused), (refused.Problem!.Code, refused.Problem.Field, refused.Problem.Kind));
        Assert.Equal(("account-not-planned", "lines[0].accountId"), (added.Problem!.Code, added.Problem.Field));
        Assert.Equal(2, kept.Value.Lines.Count);
    }

    [BothDatabases]
    public async Task A_list_shows_each_budget_once_and_its_pages_end_before_too_many_lines(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        var (repository, account) = (books.Get<IBudgetRepository>(), small.Books.IdOf("200"));
        foreach (var name in new[] { "A", "B", "C" })
        {
            await repository.CreateAsync(Caller.Command, books.Tenant, new BudgetInput(name, [.. Enumerable.Range(0, 6).Select(month => new BudgetLineInput(account, new Month(2026, 1).Add(month), 1))], []), default);
            small.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var (names, pages, cursor) = (new List<string>(), 0, (string?)null);
        do
        {
            var page = (await repository.ListAsync(books.Tenant, null, cursor, 10, 13, default)).Value;
            names.AddRange(page.Items.Select(view => $"{view.Budget.Name}{view.Lines.Count}"));
            (cursor, pages) = (page.Next, pages + 1);
        }
        while (cursor is not null);

        Assert.Equal(["A6", "B6", "C6"], names);
        Assert.Equal(2, pages);
        Assert.Equal("invalid-cursor", (await repository.ListAsync(books.Tenant, null, "x", 10, 13, default)).Problem!.Code);
    }

    [BothDatabases]
    public async Task A_budget_drafted_from_last_year_is_last_years_months(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        var recipe = new BudgetRecipe { First = new Month(2026, 4), IncomeGrowth = 0.5m, RoundTo = 0.01m };

        var draft = (await books.Get<BudgetDraftService>().DraftAsync(Caller.Command, books.Tenant, recipe, default)).Value;
        var actual = (await books.Get<ReportService>().RunAsync(Caller.Command, books.Tenant, ReportTypes.ProfitAndLoss, new ReportParameters { From = new DateOnly(2025, 4, 1), To = new DateOnly(2026, 2, 28), Interval = "month" }, default)).Value;

        var sales = actual.Rows.Single(row => row.AccountId == small.Books.IdOf("200"));
        foreach (var (index, column) in actual.Columns.Index().Where(column => column.Item.Key != "total"))
        {
            var month = Month.Of(column.From!.Value).Add(12);
            Assert.Equal(sales.Values[index].Number * 1.5m, draft.Lines.Single(line => line.AccountId == small.Books.IdOf("200") && line.Month == month).Amount);
        }

        Assert.Contains(draft.Lines, line => line.AccountId == small.Books.IdOf("477") && line.Amount == 50m);
        Assert.DoesNotContain(draft.Lines, line => line.AccountId == small.Books.IdOf("090"));
    }

    private static SmallBooks Planned()
    {
        var small = new SmallBooks();
        Plan(small, 150.25m);
        return small;
    }

    // A year of sales, and one cost further ahead than Xero gives in one answer.
    private static void Plan(SmallBooks small, decimal sales) => small.Books.Organisation.Put(
        "Budgets",
        FakeBudget.Of("Overall budget", (small.Books.IdOf("200"), "200", [.. Enumerable.Range(0, 12).Select(month => (new Month(2025, 4).Add(month), sales))]), (small.Books.IdOf("300"), "300", [(new Month(2027, 3), 40m)])),
        small.Clock.Now);

    private static async Task<IReadOnlyList<BudgetHead>> HeadsAsync(SyncedBooks books) => await books.Get<IBudgetReader>().HeadsAsync(books.Tenant, default);
}

/// <summary>A budget as Xero sends it.</summary>
internal static class FakeBudget
{
    private static readonly Guid Id = new("c1d195d4-92aa-4abd-867a-7ac2f9d60500");

    public static System.Text.Json.Nodes.JsonObject Of(string name, params (Guid Account, string Code, (Month Month, decimal Amount)[] Months)[] lines) => new()
    {
        ["BudgetID"] = Id.ToString("D"),
        ["Type"] = "OVERALL",
        ["Description"] = name,
        ["UpdatedDateUTC"] = "2026-03-01T00:00:00",
        ["Tracking"] = new System.Text.Json.Nodes.JsonArray(),
        ["BudgetLines"] = new System.Text.Json.Nodes.JsonArray([.. lines.Select(line => new System.Text.Json.Nodes.JsonObject
        {
            ["AccountID"] = line.Account.ToString("D"),
            ["AccountCode"] = line.Code,
            ["BudgetBalances"] = new System.Text.Json.Nodes.JsonArray([.. line.Months.Select(month => new System.Text.Json.Nodes.JsonObject
            {
                ["Period"] = month.Month.ToString(),
                ["Amount"] = month.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["Notes"] = "",
            })]),
        })]),
    };
}
