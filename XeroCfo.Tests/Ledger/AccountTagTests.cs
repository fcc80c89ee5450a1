using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>Tags: suggested from names, types and roles, confirmed by a person, and kept.</summary>
public sealed class AccountTagTests
{
    private readonly SmallBooks _small = new();

    [Theory]
    [InlineData("Wages payable", "CURRLIAB", "LIABILITY", "WAGEPAYABLES", "PAYROLL", true)]
    [InlineData("Accounts payable", "CURRLIAB", "LIABILITY", "CREDITORS", null, false)]
    [InlineData("Salaries", "EXPENSE", "EXPENSE", null, "PAYROLL", true)]
    [InlineData("Crew", "WAGESEXPENSE", "EXPENSE", null, "PAYROLL", true)]
    [InlineData("Super", "SUPERANNUATIONEXPENSE", "EXPENSE", null, "PAYROLL", true)]
    [InlineData("Payroll sales", "REVENUE", "REVENUE", null, null, false)]
    [InlineData("Wages account", "BANK", "ASSET", null, null, false)]
    [InlineData("Income tax", "EXPENSE", "EXPENSE", null, "INCOME_TAX", true)]
    [InlineData("Income tax refund due", "CURRENT", "ASSET", null, "INCOME_TAX", false)]
    [InlineData("Interest received", "OTHERINCOME", "REVENUE", null, "INTEREST_INCOME", true)]
    [InlineData("Interest paid", "EXPENSE", "EXPENSE", null, "INTEREST_EXPENSE", true)]
    [InlineData("Disinterested parties", "EXPENSE", "EXPENSE", null, null, false)]
    [InlineData("Amortisation of goodwill", "EXPENSE", "EXPENSE", null, "AMORTISATION", true)]
    [InlineData("Plant loan", "TERMLIAB", "LIABILITY", null, "DEBT_LONG", true)]
    [InlineData("Shareholder loan", "CURRLIAB", "LIABILITY", null, "DEBT_SHORT", false)]
    [InlineData("Dividends", "EQUITY", "EQUITY", null, "DIVIDEND", true)]
    [InlineData("Gain on sale of van", "OTHERINCOME", "REVENUE", null, "DISPOSAL_GAIN", true)]
    [InlineData("Intercompany Bolt", "CURRENT", "ASSET", null, "INTERCOMPANY", false)]
    [InlineData("One-off costs", "EXPENSE", "EXPENSE", null, "NON_RECURRING", false)]
    [InlineData("Suspense", "CURRLIAB", "LIABILITY", null, "SUSPENSE", true)]
    [InlineData("Rent", "EXPENSE", "EXPENSE", null, null, false)]
    public void A_tag_is_suggested_by_role_name_and_type(string name, string type, string accountClass, string? system, string? tag, bool sure)
    {
        var judged = AccountTags.Judge(new Account { Name = name, Type = type, Class = accountClass, SystemAccount = system });

        Assert.Equal((tag, sure), (judged?.Tag, judged?.IsSure ?? false));
        Assert.True(tag is null || AccountTags.All.Contains(tag));
    }

    [BothDatabases]
    public async Task What_a_person_says_survives_syncs_until_it_is_taken_back(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        var (wages, general) = (_small.Books.IdOf("477"), _small.Books.IdOf("429"));
        var tags = books.Get<AccountTagService>();
        var person = Person(books);
        var version = (await books.OrganisationAsync()).LedgerVersion;

        Assert.Null((await tags.SayAsync(person, books.Tenant, general, AccountTags.NonRecurring, default)).Problem);
        Assert.Null((await tags.SayAsync(person, books.Tenant, wages, null, default)).Problem);
        await books.SyncWellAsync(full: true);

        Assert.Equal((AccountTags.NonRecurring, true), await TagAsync(books, general));
        Assert.Equal((null, true), await TagAsync(books, wages));
        Assert.True((await books.OrganisationAsync()).LedgerVersion >= version + 2);

        Assert.Null((await tags.ForgetAsync(person, books.Tenant, wages, default)).Problem);
        Assert.Equal((AccountTags.Payroll, false), await TagAsync(books, wages));
        await using var db = books.Open();
        Assert.Equal(["account.tag_confirmed", "account.tag_removed", "account.tag_withdrawn"], await db.AuditLogs.Where(row => row.Action.StartsWith("account.tag")).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Select(row => row.Action).ToListAsync());
    }

    [BothDatabases]
    public async Task Many_are_confirmed_as_they_were_seen_and_only_those(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        var (wages, payable, general) = (_small.Books.IdOf("477"), _small.Books.IdOf("803"), _small.Books.IdOf("429"));

        var confirmed = await books.Get<AccountTagService>().ConfirmAsync(
            Person(books), books.Tenant, [new(wages, AccountTags.Payroll), new(payable, AccountTags.Suspense), new(general, AccountTags.Payroll), new(Guid.NewGuid(), AccountTags.Payroll)], default);

        Assert.Equal(1, confirmed.Value);
        Assert.Equal((AccountTags.Payroll, true), await TagAsync(books, wages));
        Assert.Equal((AccountTags.Payroll, false), await TagAsync(books, payable));
        await using var db = books.Open();
        var entry = Assert.Single(await db.AuditLogs.Where(row => row.Action == "account.tag_confirmed").ToListAsync());
        Assert.Equal(wages.ToString(), JsonDocument.Parse(entry.Details!).RootElement.GetProperty("accountId").GetString());
    }

    [BothDatabases]
    public async Task What_only_xero_knows_is_guessed_anew_from_the_tag_at_once(TestDatabaseKind kind)
    {
        _small.Books.XeroOnly(new DateOnly(2026, 1, 20), "Adjustment", ("429", 12m), ("090", -12m));
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        var general = _small.Books.IdOf("429");
        Assert.Equal(["unexplained"], await KindsAsync(books, general));

        await books.Get<AccountTagService>().SayAsync(Person(books), books.Tenant, general, AccountTags.Payroll, default);
        Assert.Equal(["payroll"], await KindsAsync(books, general));
        await books.Get<AccountTagService>().SayAsync(Person(books), books.Tenant, general, null, default);
        Assert.Equal(["unexplained"], await KindsAsync(books, general));
    }

    [BothDatabases]
    public async Task A_person_moves_an_account_in_the_cash_flow_statement_and_back(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        var (tags, person, payable) = (books.Get<AccountTagService>(), Person(books), _small.Books.IdOf("803"));
        var before = await FlowAsync(books);
        var version = (await books.OrganisationAsync()).LedgerVersion;

        Assert.Null((await tags.PutAsync(person, books.Tenant, payable, CashFlowBucket.Financing, default)).Problem);
        await books.SyncWellAsync(full: true);
        var moved = await FlowAsync(books);

        var amount = Of(before, $"account:{payable:D}");
        Assert.NotEqual(0, amount);
        Assert.Equal((Of(before, "workingCapital") - amount, Of(before, "financing") + amount), (Of(moved, "workingCapital"), Of(moved, "financing")));
        Assert.Equal((0, Of(before, "closingCash")), (Of(moved, "unclassified"), Of(moved, "closingCash")));
        Assert.All(moved.Checks, check => Assert.NotEqual(CheckStatus.Fail, check.Status));
        Assert.Contains("as a person chose", Assert.Single(moved.Notes, note => note.Kind == "cash-flow-bucket").Text, StringComparison.Ordinal);
        Assert.True((await books.OrganisationAsync()).LedgerVersion > version);

        Assert.Null((await tags.PutAsync(person, books.Tenant, payable, null, default)).Problem);
        Assert.Equal(Of(before, "workingCapital"), Of(await FlowAsync(books), "workingCapital"));
        await using var db = books.Open();
        Assert.Equal(["account.cash_flow_chosen", "account.cash_flow_withdrawn"], await db.AuditLogs.Where(row => row.Action.StartsWith("account.cash")).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Select(row => row.Action).ToListAsync());

        Assert.Equal("fixed-cash-flow-bucket", (await tags.PutAsync(person, books.Tenant, _small.Books.IdOf("090"), CashFlowBucket.Financing, default)).Problem?.Code);
        Assert.Equal("fixed-cash-flow-bucket", (await tags.PutAsync(person, books.Tenant, _small.Books.IdOf("429"), CashFlowBucket.Financing, default)).Problem?.Code);
        Assert.Equal("invalid-value", (await tags.PutAsync(person, books.Tenant, payable, CashFlowBucket.Cash, default)).Problem?.Code);
        Assert.Equal("permission-missing", (await tags.PutAsync(person with { Permissions = Permissions.Of(Roles.Standard).ToHashSet() }, books.Tenant, payable, CashFlowBucket.Investing, default)).Problem?.Code);
    }

    [Fact]
    public async Task Only_a_person_with_the_permission_says_and_only_a_tag_that_exists()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        var tags = books.Get<AccountTagService>();
        var general = _small.Books.IdOf("429");

        Assert.Equal("permission-missing", (await tags.SayAsync(Person(books) with { Permissions = Permissions.Of(Roles.Standard).ToHashSet() }, books.Tenant, general, "PAYROLL", default)).Problem?.Code);
        Assert.Equal("person-needed", (await tags.SayAsync(Caller.Worker, books.Tenant, general, "PAYROLL", default)).Problem?.Code);
        Assert.Equal(ProblemKind.Invalid, (await tags.SayAsync(Person(books), books.Tenant, general, "WAGES", default)).Problem?.Kind);
        Assert.Equal("account-not-found", (await tags.SayAsync(Person(books), books.Tenant, Guid.NewGuid(), "PAYROLL", default)).Problem?.Code);
        Assert.Equal("tenant-not-found", (await tags.ForgetAsync(Person(books) with { Tenants = new HashSet<Guid>() }, books.Tenant, general, default)).Problem?.Code);
    }

    private static Caller Person(SyncedBooks books) => FakeCaller.Person(Roles.Accountant) with { UserId = UserOf(books), Tenants = new HashSet<Guid> { books.Tenant.Value } };

    // The audit trail names a person that exists.
    private static Guid UserOf(SyncedBooks books)
    {
        using var db = books.Open();
        if (db.Users.FirstOrDefault() is { } known)
        {
            return known.Id;
        }

        var user = Storage.SampleRows.User();
        db.Add(user);
        db.SaveChanges();
        return user.Id;
    }

    private static async Task<ReportDocument> FlowAsync(SyncedBooks books) =>
        (await books.Get<ReportService>().RunAsync(Caller.Command, books.Tenant, ReportTypes.CashFlow, new ReportParameters { From = new DateOnly(2025, 4, 1), To = new DateOnly(2026, 2, 28) }, default)).Value;

    private static decimal Of(ReportDocument report, string key) => report.Rows.Single(row => row.Key == key).Values[0].Number ?? 0;

    private static async Task<(string? Tag, bool Said)> TagAsync(SyncedBooks books, Guid account)
    {
        await using var db = books.Open();
        var row = await db.Accounts.SingleAsync(one => one.AccountId == account);
        return (row.Tag, row.TagConfirmedBy is not null);
    }

    private static async Task<List<string?>> KindsAsync(SyncedBooks books, Guid account)
    {
        await using var db = books.Open();
        return await db.LedgerLines.Where(line => line.AccountId == account && line.Source == LineSources.XeroTrialBalance).Select(line => line.Kind).Distinct().ToListAsync();
    }
}
