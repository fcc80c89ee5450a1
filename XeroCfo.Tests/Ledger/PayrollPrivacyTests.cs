using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Ledger.Accounts;
using XeroCfo.Data.Rules;
using XeroCfo.Data.Tenants;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>What somebody without the right to payroll reads of it: one amount per account and month, and no name anywhere.</summary>
public sealed class PayrollPrivacyTests
{
    private const string Secret = "Zebedee";

    private static readonly DateOnly Day = new(2026, 3, 10);
    private static readonly Guid Bank = Guid.NewGuid();
    private static readonly Guid Wages = Guid.NewGuid();
    private static readonly Guid Payable = Guid.NewGuid();
    private static readonly Guid WagesOwed = Guid.NewGuid();
    private static readonly Guid Power = Guid.NewGuid();
    private static readonly Guid Person = Guid.NewGuid();

    [BothDatabases]
    public async Task Lines_on_payroll_accounts_are_one_amount_per_account_and_month(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);
        var reader = new LedgerReader(database.Factory);

        foreach (var limit in new[] { 1, 2, 3, 100 })
        {
            var lines = await LinesAsync(reader, tenant, new LedgerLineFilter { HidePayroll = true }, limit);
            var open = await LinesAsync(reader, tenant, new LedgerLineFilter(), limit);

            var wages = lines.FindAll(view => view.Line.AccountId == Wages);
            Assert.Equal([(new DateOnly(2026, 3, 31), 7_500m), (new DateOnly(2026, 4, 30), 3_100m)], wages.Select(view => (view.Line.Date, view.Line.Amount)));
            Assert.All(wages, view => Assert.Equal((null, null, null, null, null, true), (view.Line.ContactId, view.Line.Description, view.Line.DocumentXeroId, view.TransactionId, view.Number, view.PayrollHidden)));
            Assert.Equal(new DateOnly(2026, 4, 30), Assert.Single(lines, view => view.Line.AccountId == WagesOwed).Line.Date);
            Assert.Equal(Sums(open), Sums(lines));
            Assert.Equal(lines.OrderBy(view => view.Line.Date).ThenBy(view => view.Line.Id), lines);
            Assert.Equal(lines.Count, (await reader.CountAsync(tenant, new LedgerLineFilter { HidePayroll = true }, default)).Count);
            AssertSilent(lines);
        }
    }

    [BothDatabases]
    public async Task The_bank_side_of_pay_keeps_day_and_amount_but_says_nobody_s_name(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);

        var lines = await LinesAsync(new LedgerReader(database.Factory), tenant, new LedgerLineFilter { HidePayroll = true, AccountId = Bank }, 100);

        Assert.Equal([-3_000m, -4_500m, -200m, -3_100m], lines.Select(view => view.Line.Amount));
        Assert.Equal([true, true, false, true], lines.Select(view => view.PayrollHidden));
        Assert.Equal("Power Co", lines[2].ContactName);
    }

    [BothDatabases]
    public async Task Days_that_cut_a_month_show_none_of_it_and_a_kind_of_document_none_at_all(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);
        var reader = new LedgerReader(database.Factory);
        var wages = new LedgerLineFilter { HidePayroll = true, AccountId = Wages };

        var whole = await LinesAsync(reader, tenant, wages with { From = Day, To = Day.AddDays(10) }, 10);
        var xero = await LinesAsync(reader, tenant, new LedgerLineFilter { HidePayroll = true, Source = LineSources.XeroTrialBalance }, 10);

        Assert.Equal((Day.AddDays(10), 7_500m), (Assert.Single(whole).Line.Date, whole[0].Line.Amount));
        Assert.Equal((WagesOwed, DifferenceKinds.Payroll), (Assert.Single(xero).Line.AccountId, xero[0].Line.Kind));
        foreach (var cut in new[]
        {
            wages with { From = Day, To = Day.AddDays(1) }, wages with { From = Day.AddDays(1), To = Day.AddDays(10) }, wages with { To = Day }, wages with { From = Day.AddDays(5), To = Day.AddDays(5) },
            wages with { Document = DocumentKind.BankTransaction }, wages with { Document = DocumentKind.Invoice }, wages with { Kind = DifferenceKinds.Payroll },
        })
        {
            Assert.Empty(await LinesAsync(reader, tenant, cut, 10));
            Assert.Equal(0, (await reader.CountAsync(tenant, cut, default)).Count);
        }
    }

    [BothDatabases]
    public async Task An_accounts_ledger_shows_whole_months_of_pay_whatever_is_asked(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);
        await using (var db = database.Open())
        {
            (await db.XeroTenants.FindAsync(tenant.Value))!.BooksStart = new DateOnly(2026, 1, 1);
            await db.SaveChangesAsync();
        }

        var trail = new FakeAuditTrail();
        var ledgers = new AccountLedgerService(new TenantRepository(database.Factory), new LedgerReader(database.Factory), new AccountLedgerReader(database.Factory), new AuditNotes(trail, database.Clock), database.Clock);
        var standard = Caller.Command with { Permissions = Permissions.Of(Roles.Standard).ToHashSet() };

        foreach (var filter in new[]
        {
            new AccountLedgerFilter { From = Day, To = Day }, new AccountLedgerFilter { From = Day.AddDays(3), To = Day.AddDays(4) }, new AccountLedgerFilter { From = Day, To = Day, Kind = nameof(DocumentKind.BankTransaction) },
            new AccountLedgerFilter { From = Day, To = Day.AddDays(9), Source = LineSources.Document },
        })
        {
            var ledger = (await ledgers.PageAsync(standard, tenant, Wages, filter, PagePlace.First, 50, default)).Value;

            Assert.Equal((new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31), true, false), (ledger.From, ledger.To, ledger.HidesPayroll, ledger.IsPartial));
            Assert.Equal([7_500m], ledger.Rows.Select(row => row.Amount));
        }

        // Who may see each line leaves a trace, one for a while of looking.
        Assert.Empty(trail.Noted);
        await ledgers.PageAsync(Caller.Command, tenant, Wages, new AccountLedgerFilter(), PagePlace.First, 50, default);
        await ledgers.PageAsync(Caller.Command, tenant, Wages, new AccountLedgerFilter(), PagePlace.First, 50, default);
        Assert.Equal(("payroll.seen", (TenantId?)tenant, "command"), Assert.Single(trail.Noted));
    }

    [BothDatabases]
    public async Task A_removed_document_that_came_without_its_lines_may_have_been_pay(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);
        var gone = Row(tenant, TransactionTypes.Spend, 900m, Day, Secret + " Ibis", "DELETED", Person);
        await database.AddAsync(gone);
        var reader = new TransactionReader(database.Factory);

        Assert.Empty(await RowsAsync(reader, tenant, new TransactionFilter { HidePayroll = true, Search = "ibis" }));
        Assert.True((await reader.FindAsync(tenant, gone.Id, true, default))!.Transaction is { PayrollHidden: true, ContactName: null });
    }

    [BothDatabases]
    public async Task Neither_contact_nor_document_leads_to_a_single_pay(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);
        var reader = new LedgerReader(database.Factory);
        var pay = (await LinesAsync(reader, tenant, new LedgerLineFilter { AccountId = Wages }, 1))[0].Line.DocumentXeroId!.Value;

        Assert.Empty(await LinesAsync(reader, tenant, new LedgerLineFilter { HidePayroll = true, ContactId = Person }, 10));
        Assert.Equal(Bank, Assert.Single(await LinesAsync(reader, tenant, new LedgerLineFilter { HidePayroll = true, DocumentXeroId = pay }, 10)).Line.AccountId);
        Assert.Empty(await LinesAsync(reader, tenant, new LedgerLineFilter { HidePayroll = true, DocumentXeroId = pay, AccountId = Wages }, 10));
    }

    [BothDatabases]
    public async Task Transactions_show_that_pay_is_there_and_nothing_more(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);
        var reader = new TransactionReader(database.Factory);

        var all = await RowsAsync(reader, tenant, new TransactionFilter { HidePayroll = true });

        Assert.Equal(6, all.Count);
        Assert.Equal(5, all.Count(row => row.PayrollHidden));
        Assert.All(all.Where(row => row.PayrollHidden), row => Assert.Equal((null, null, null, null, null), (row.ContactId, row.ContactName, row.Description, row.Reference, row.Number)));
        Assert.Equal("Power Co", Assert.Single(all, row => !row.PayrollHidden).ContactName);
        foreach (var filter in new[] { new TransactionFilter { Search = Secret }, new TransactionFilter { Search = "pay-z" }, new TransactionFilter { Words = $"pay\n{Secret}" }, new TransactionFilter { ContactId = Person } })
        {
            Assert.NotEqual(0, (await new TransactionFigures(database.Factory).TotalsAsync(tenant, filter, default)).Out);
            Assert.Equal(new TransactionTotals(new CappedCount(0, false), 0, 0), await new TransactionFigures(database.Factory).TotalsAsync(tenant, filter with { HidePayroll = true }, default));
            Assert.NotEmpty(await RowsAsync(reader, tenant, filter));
            Assert.Empty(await RowsAsync(reader, tenant, filter with { HidePayroll = true }));
            Assert.Equal(0, (await reader.CountAsync(tenant, filter with { HidePayroll = true }, default)).Count);
        }
    }

    [BothDatabases]
    public async Task A_single_document_of_payroll_shows_its_bank_side_only(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);
        var reader = new TransactionReader(database.Factory);

        foreach (var row in await RowsAsync(reader, tenant, new TransactionFilter { Search = Secret }))
        {
            var detail = (await reader.FindAsync(tenant, row.Id, true, default))!;

            Assert.True(detail.Transaction.PayrollHidden);
            Assert.Equal(row.Amount, detail.Transaction.Amount);
            Assert.DoesNotContain(detail.Lines, line => line.AccountId == Wages || line.Description is not null);
            Assert.DoesNotContain(detail.LedgerLines, view => view.Line.AccountId == Wages);
            Assert.All(detail.Allocations, use => Assert.True(use.Other is null or { PayrollHidden: true, ContactName: null }));
            AssertSilent(detail.LedgerLines);
        }
    }

    [BothDatabases]
    public async Task The_right_shows_all_and_an_organisation_without_payroll_hides_nothing(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);
        var reader = new TransactionReader(database.Factory);
        Assert.DoesNotContain(await RowsAsync(reader, tenant, new TransactionFilter()), row => row.PayrollHidden);

        await using (var db = database.Open())
        {
            foreach (var account in db.Accounts.Where(account => account.TenantId == tenant.Value))
            {
                (account.Tag, account.SystemAccount) = (null, null);
            }

            await db.SaveChangesAsync();
        }

        Assert.NotEmpty(await RowsAsync(reader, tenant, new TransactionFilter { HidePayroll = true, Search = Secret }));
    }

    [BothDatabases]
    public async Task Categorising_by_a_name_of_payroll_changes_nothing(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);
        var service = new CategorisingService(new Categorising(database.Factory, database.Clock));
        var standard = Caller.Command with { Permissions = Permissions.Of(Roles.Standard).ToHashSet() };

        var done = await service.CategoriseAsync(standard, tenant, new TransactionSelection(null, new TransactionFilter { Search = Secret }), "Pay", null, false, default);

        Assert.Equal(0, done.Value.Changed);
    }

    [BothDatabases]
    public async Task A_rule_by_name_tells_nothing_of_pay_to_who_may_not_see_it(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);
        var rule = await RuledAsync(database, tenant);
        var (rows, rules, trail, figures) = (new TransactionReader(database.Factory), new RuleRepository(database.Factory, new FixedClock(new DateTimeOffset(2026, 4, 20, 0, 0, 0, TimeSpan.Zero))), new CategoryTrail(database.Factory), new CategoryFigures(database.Factory));
        var (first, last) = (DateOnly.MinValue, DateOnly.MaxValue);

        var all = await RowsAsync(rows, tenant, new TransactionFilter { HidePayroll = true });
        var marks = await trail.MarksAsync(tenant, [.. all.Select(row => row.Id)], true, default);
        var open = (await rules.FindAsync(tenant, rule.Id, false, default))!;
        var hidden = (await rules.ListAsync(tenant, null, 10, true, default)).Value.Items[0];

        Assert.All(all.Where(row => row.PayrollHidden), row => Assert.Equal((null, CategorySources.None, null, null, null), (row.Category, row.CategorySource, row.CategoryRuleId, row.OwnAccountCode, row.AccountCode)));
        Assert.Equal(("By name", rule.Id, "999"), Assert.Single(all, row => !row.PayrollHidden) is var power ? (power.Category, power.CategoryRuleId!.Value, power.AccountCode) : default);
        Assert.Equal([null, null, null, null, null, "By name"], marks.OrderBy(mark => mark.State.Category).Select(mark => mark.State.Category));
        foreach (var filter in new[] { new TransactionFilter { Category = "By name" }, new TransactionFilter { AccountCode = "999" } })
        {
            Assert.Equal(6, (await RowsAsync(rows, tenant, filter)).Count);
            Assert.Equal("Power Co", Assert.Single(await RowsAsync(rows, tenant, filter with { HidePayroll = true })).ContactName);
            Assert.Equal(1, (await rows.CountAsync(tenant, filter with { HidePayroll = true }, default)).Count);
            Assert.Equal(200m, (await new TransactionFigures(database.Factory).TotalsAsync(tenant, filter with { HidePayroll = true }, default)).Out);
        }

        Assert.Equal((6, 17_000m, rule.LastHitAt), (open.Hits90Days, open.Amount90Days, open.LastHitAt));
        Assert.Equal((1, 200m, all.Single(row => !row.PayrollHidden).UpdatedAt), (hidden.Hits90Days, hidden.Amount90Days, hidden.LastHitAt));
        Assert.Equal((hidden.Hits90Days, hidden.Amount90Days), (await rules.FindAsync(tenant, rule.Id, true, default)) is { } found ? (found.Hits90Days, found.Amount90Days) : default);
        Assert.Equal(10_800m, (await figures.MonthsAsync(tenant, "By name", first, last, false, default)).Sum(month => month.Out));
        Assert.Equal(200m, (await figures.MonthsAsync(tenant, "By name", first, last, true, default)).Sum(month => month.Out));
        Assert.Equal((6, 1), ((await trail.CountsAsync(tenant, false, default))["By name"], (await trail.CountsAsync(tenant, true, default))["By name"]));

        // Nor does the code that Xero's lines have.
        await using var db = database.Open();
        await db.Transactions.ExecuteUpdateAsync(set => set.SetProperty(row => row.OwnAccountCode, (string?)null));
        Assert.Equal("Power Co", Assert.Single(await RowsAsync(rows, tenant, new TransactionFilter { AccountCode = "999", HidePayroll = true })).ContactName);
    }

    [BothDatabases]
    public async Task Previews_and_suggestions_find_no_pay_by_a_name(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);
        await RuledAsync(database, tenant);
        var (reader, rules) = (new RulePreviewReader(database.Factory), new RuleRepository(database.Factory, database.Clock));
        var (previews, standard) = (new RulePreviewService(reader, rules, database.Clock), Caller.Command with { Permissions = Permissions.Of(Roles.Standard).ToHashSet() });

        var open = (await previews.LookAsync(Caller.Command, tenant, new RuleInput(Secret, "Pay", null), null, default)).Value;
        var hidden = (await previews.LookAsync(standard, tenant, new RuleInput(Secret, "Pay", null), null, default)).Value;
        var past = await new PastReader(database.Factory, database.Clock).ReadAsync(tenant, true, default);

        Assert.Equal((5, 0, 0, 0), (open.Matches, hidden.Matches, hidden.Sample.Count, hidden.Conflicts.Count));
        Assert.Equal(1, hidden.Total);
        Assert.DoesNotContain(past.History.Concat(past.Waiting), document => document.ContactName?.Contains(Secret, StringComparison.Ordinal) == true);
    }

    [BothDatabases]
    public async Task Who_changed_a_pay_meanwhile_is_not_told_with_the_name_that_it_got(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);
        var categorising = new CategorisingService(new Categorising(database.Factory, database.Clock));
        var pay = (await RowsAsync(new TransactionReader(database.Factory), tenant, new TransactionFilter { Search = Secret }))[0];
        var read = ReadVersion.Of(pay.UpdatedAt);
        await categorising.ChangeAsync(Caller.Command, tenant, pay.Id, ReadVersion.Any, new CategoryWish(Wish.Of("Zebedee's bonus"), default), default);

        var wish = new CategoryWish(Wish.Of("Other"), default);
        var told = await categorising.ChangeAsync(Caller.Command, tenant, pay.Id, read, wish, default);
        var standard = await categorising.ChangeAsync(Caller.Command with { Permissions = Permissions.Of(Roles.Standard).ToHashSet() }, tenant, pay.Id, read, wish, default);

        Assert.Contains("bonus", told.Problem!.Message, StringComparison.Ordinal);
        Assert.Equal(ProblemKind.Stale, standard.Problem!.Kind);
        Assert.DoesNotContain("bonus", standard.Problem.Message, StringComparison.Ordinal);
    }

    private static async Task<CategoryRule> RuledAsync(TestDatabase database, TenantId tenant)
    {
        var user = Storage.SampleRows.User();
        var rule = new CategoryRule { TenantId = tenant.Value, UserId = user.Id, Pattern = Secret, Category = "By name", LastHitAt = new DateTime(2026, 4, 2, 0, 0, 0, DateTimeKind.Utc) };
        await database.AddAsync(user);
        await database.AddAsync(rule);
        await using var db = database.Open();
        foreach (var row in db.Transactions.Where(row => row.TenantId == tenant.Value))
        {
            (row.Category, row.CategorySource, row.CategoryRuleId, row.OwnAccountCode, row.AccountCode) = ("By name", CategorySources.Rule, rule.Id, "999", "999");
        }

        await db.SaveChangesAsync();
        return rule;
    }

    /// <summary>Two pays from the bank, one by a bill that is paid, a removed payment, a draft, and a power bill from the bank.</summary>
    private static async Task<TenantId> BooksAsync(TestDatabase database)
    {
        var tenant = await TransactionSamples.OrganisationAsync(database);
        await database.AddAsync(
            Account(tenant, Bank, "Bank", "BANK", "ASSET"), Account(tenant, Payable, "Accounts payable", "CURRLIAB", "LIABILITY"), Account(tenant, Power, "Power", "EXPENSE", "EXPENSE"),
            Account(tenant, Wages, "Wages", "EXPENSE", "EXPENSE", tag: AccountTags.Payroll), Account(tenant, WagesOwed, "Wages payable", "CURRLIAB", "LIABILITY", SystemAccounts.WagesPayable));
        await SpendAsync(database, tenant, Wages, 3_000m, Day, Secret + " Finch");
        await SpendAsync(database, tenant, Wages, 4_500m, Day.AddDays(5), Secret + " Gull");
        await SpendAsync(database, tenant, Power, 200m, Day.AddDays(6), "Power Co", Guid.NewGuid());

        var bill = Row(tenant, TransactionTypes.Bill, 3_100m, Day.AddMonths(1), Secret + " Heron", "AUTHORISED", Person);
        var payment = Row(tenant, TransactionTypes.Payment, 3_100m, Day.AddMonths(1).AddDays(2), Secret + " Heron", "AUTHORISED", Person);
        var removed = Row(tenant, TransactionTypes.Payment, 3_100m, Day.AddMonths(1).AddDays(2), Secret + " Heron", "DELETED", Person);
        await database.AddAsync(
            bill, payment, removed,
            Line(bill, Wages),
            new Allocation { TenantId = tenant.Value, Id = Guid.NewGuid(), SourceKind = DocumentKind.Payment, SourceXeroId = payment.XeroId, TargetXeroId = bill.XeroId, Amount = 3_100m, Date = payment.Date, EffectiveDate = payment.Date },
            Posted(bill, DocumentKind.Invoice, Wages, 3_100m), Posted(bill, DocumentKind.Invoice, Payable, -3_100m),
            Posted(payment, DocumentKind.Payment, Payable, 3_100m), Posted(payment, DocumentKind.Payment, Bank, -3_100m),
            new LedgerLine { TenantId = tenant.Value, AccountId = WagesOwed, Date = new DateOnly(2026, 4, 30), Amount = -40m, Source = LineSources.XeroTrialBalance, Kind = DifferenceKinds.Payroll });
        return tenant;
    }

    private static async Task SpendAsync(TestDatabase database, TenantId tenant, Guid account, decimal amount, DateOnly day, string contact, Guid? contactId = null)
    {
        var row = Row(tenant, TransactionTypes.Spend, amount, day, contact, "AUTHORISED", contactId ?? Person);
        await database.AddAsync(row, Line(row, account), Posted(row, DocumentKind.BankTransaction, account, amount), Posted(row, DocumentKind.BankTransaction, Bank, -amount));
    }

    private static Transaction Row(TenantId tenant, string type, decimal amount, DateOnly day, string contact, string status, Guid contactId)
    {
        var row = TransactionSamples.Row(tenant, -amount);
        (row.Type, row.Date, row.Status, row.ContactId, row.ContactName) = (type, day, status, contactId, contact);
        (row.Description, row.Number, row.Reference) = ("Paid to " + contact, "PAY-" + contact, "Ref " + contact);
        row.SearchText = $"{row.Description}\n{row.ContactName}\n{row.Reference}\n{row.Number}".ToLowerInvariant();
        return row;
    }

    private static TransactionLine Line(Transaction row, Guid account) =>
        new() { TenantId = row.TenantId, TransactionId = row.Id, LineNumber = 1, AccountId = account, Description = row.Description, Net = row.Amount };

    private static LedgerLine Posted(Transaction row, DocumentKind kind, Guid account, decimal amount) => new()
    {
        TenantId = row.TenantId,
        AccountId = account,
        Date = row.Date,
        Amount = amount,
        Source = LineSources.Document,
        DocumentKind = kind,
        DocumentXeroId = row.XeroId,
        ContactId = row.ContactId,
        Description = row.Description,
    };

    private static Account Account(TenantId tenant, Guid id, string name, string type, string group, string? system = null, string? tag = null) =>
        new() { TenantId = tenant.Value, AccountId = id, Name = name, Type = type, Class = group, SystemAccount = system, Tag = tag };

    private static void AssertSilent(IReadOnlyList<LedgerLineView> views) =>
        Assert.DoesNotContain(views, view => $"{view.ContactName} {view.Number} {view.Line.Description}".Contains(Secret, StringComparison.Ordinal) || view.Line.ContactId == Person);

    private static List<(Guid Account, decimal Sum)> Sums(List<LedgerLineView> views) =>
        [.. views.GroupBy(view => view.Line.AccountId).Select(group => (group.Key, group.Sum(view => view.Line.Amount))).OrderBy(sum => sum.Key)];

    private static async Task<IReadOnlyList<Transaction>> RowsAsync(TransactionReader reader, TenantId tenant, TransactionFilter filter) =>
        (await reader.ListAsync(tenant, filter, TransactionSort.OldestFirst, PagePlace.First, 100, default)).Value.Items;

    private static async Task<List<LedgerLineView>> LinesAsync(LedgerReader reader, TenantId tenant, LedgerLineFilter filter, int limit)
    {
        var all = new List<LedgerLineView>();
        string? cursor = null;
        do
        {
            var page = (await reader.LinesAsync(tenant, filter, PagePlace.After(cursor), limit, default)).Value;
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }
}
