using XeroCfo.Data.Ledger;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

public sealed class LedgerLineListTests
{
    private static readonly DateOnly Day = new(2026, 3, 10);
    private static readonly Guid Sales = Guid.NewGuid();
    private static readonly Guid Bank = Guid.NewGuid();

    [BothDatabases]
    public async Task Lines_read_to_the_end_show_each_once_by_date_and_then_as_posted(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var random = new Random(7);
        await database.AddAsync([.. Enumerable.Range(0, 50).Select(_ => Line(tenant, Sales, random.Next(6), random.Next(1, 900)))]);
        var reader = new LedgerReader(database.Factory);

        foreach (var limit in new[] { 1, 7, 50, 51 })
        {
            var read = await ReadAsync(reader, tenant, new LedgerLineFilter(), limit);

            Assert.Equal(50, read.Select(line => line.Id).Distinct().Count());
            Assert.Equal(read.OrderBy(line => line.Date).ThenBy(line => line.Id).Select(line => line.Id), read.Select(line => line.Id));
        }
    }

    [BothDatabases]
    public async Task Lines_that_are_posted_while_a_list_is_read_hide_none(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var random = new Random(8);
        await database.AddAsync([.. Enumerable.Range(0, 30).Select(_ => Line(tenant, Sales, random.Next(6), 1))]);
        var reader = new LedgerReader(database.Factory);
        var stood = (await ReadAsync(reader, tenant, new LedgerLineFilter(), 100)).Select(line => line.Id);
        var more = 8;

        var read = await ReadAsync(reader, tenant, new LedgerLineFilter(), 4, () => more-- > 0 ? database.AddAsync(Line(tenant, Bank, random.Next(6), 2)) : Task.CompletedTask);

        Assert.Equal(read.Count, read.Select(line => line.Id).Distinct().Count());
        Assert.Empty(stood.Except(read.Select(line => line.Id)));
    }

    [BothDatabases]
    public async Task Each_filter_lets_through_what_it_names(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var (contact, document) = (Guid.NewGuid(), Guid.NewGuid());
        var one = Line(tenant, Sales, 1, 100);
        (one.ContactId, one.DocumentKind, one.DocumentXeroId) = (contact, DocumentKind.Invoice, document);
        var other = Line(tenant, Bank, 3, -100, LineSources.XeroTrialBalance);
        await database.AddAsync(one, other);
        var reader = new LedgerReader(database.Factory);
        LedgerLineFilter[] onlyOne =
        [
            new() { AccountId = Sales }, new() { ContactId = contact }, new() { DocumentXeroId = document }, new() { To = Day.AddDays(2) },
            new() { From = Day.AddDays(1), To = Day.AddDays(1) }, new() { Source = LineSources.Document }, new() { AccountId = Sales, Source = LineSources.Document },
        ];
        LedgerLineFilter[] onlyOther = [new() { AccountId = Bank }, new() { From = Day.AddDays(2) }, new() { Source = LineSources.XeroTrialBalance }];
        LedgerLineFilter[] nothing = [new() { AccountId = Guid.Empty }, new() { AccountId = Bank, ContactId = contact }, new() { From = Day.AddDays(4) }, new() { Source = LineSources.Journal }];

        foreach (var (filters, id) in new[] { (onlyOne, one.Id), (onlyOther, other.Id), (nothing, (long?)null) })
        {
            foreach (var filter in filters)
            {
                var read = await ReadAsync(reader, tenant, filter, 10);

                Assert.Equal(id is { } only ? [only] : [], read.Select(line => line.Id));
                Assert.Equal(new CappedCount(read.Count, false), await reader.CountAsync(tenant, filter, default));
            }
        }
    }

    [BothDatabases]
    public async Task A_line_tells_its_account_its_document_and_where_to_find_both(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var row = TransactionSamples.Posted(tenant, "Bolt Ltd", number: "INV-1");
        var (known, strange) = (Line(tenant, Sales, 0, -10), Line(tenant, Bank, 1, 10));
        (known.DocumentKind, known.DocumentXeroId, known.Description) = (DocumentKind.Invoice, row.XeroId, "Beans");
        await database.AddAsync(row, known, strange, new Account { TenantId = tenant.Value, AccountId = Sales, Code = "200", Name = "Sales", Type = "REVENUE", Class = "REVENUE" });

        var views = (await new LedgerReader(database.Factory).LinesAsync(tenant, new LedgerLineFilter(), PagePlace.First, 10, default)).Value.Items;

        Assert.Equal(("200", "Sales", row.Id, "INV-1", "Bolt Ltd"), (views[0].AccountCode, views[0].AccountName, views[0].TransactionId, views[0].Number, views[0].ContactName));
        Assert.Contains(row.XeroId.ToString(), views[0].XeroUrl);
        Assert.Equal((null, "Unknown account", null, null), (views[1].AccountCode, views[1].AccountName, views[1].TransactionId, views[1].XeroUrl));
    }

    [BothDatabases]
    public async Task A_cursor_that_the_list_did_not_give_out_is_refused(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        await database.AddAsync(Line(tenant, Sales, 0, 1), Line(tenant, Sales, 0, 2));
        var reader = new LedgerReader(database.Factory);
        var good = (await reader.LinesAsync(tenant, new LedgerLineFilter(), PagePlace.First, 1, default)).Value.Next!;

        foreach (var cursor in new[] { "", "?", "abc", good + "AAAA", new string('A', 600), Data.Storage.Cursor.Encode(Day, -1), Data.Storage.Cursor.Encode(Day, Guid.Empty), Data.Storage.Cursor.Encode(99_999_999, 1) })
        {
            Assert.Equal("invalid-cursor", (await reader.LinesAsync(tenant, new LedgerLineFilter(), PagePlace.After(cursor), 1, default)).Problem?.Code);
        }
    }

    private static LedgerLine Line(TenantId tenant, Guid account, int day, decimal amount, string source = LineSources.Document) => new()
    {
        TenantId = tenant.Value,
        AccountId = account,
        Date = Day.AddDays(day),
        Amount = amount,
        Source = source,
    };

    private static async Task<List<LedgerLine>> ReadAsync(LedgerReader reader, TenantId tenant, LedgerLineFilter filter, int limit, Func<Task>? between = null)
    {
        var all = new List<LedgerLine>();
        string? cursor = null;
        do
        {
            var page = (await reader.LinesAsync(tenant, filter, PagePlace.After(cursor), limit, default)).Value;
            Assert.True(page.Next is null || page.Items.Count == limit);
            all.AddRange(page.Items.Select(view => view.Line));
            cursor = page.Next;
            await (between?.Invoke() ?? Task.CompletedTask);
        }
        while (cursor is not null);
        return all;
    }
}
