using XeroCfo.Data.Ledger;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

public sealed class TransactionFilterTests
{
    [BothDatabases]
    public async Task Each_filter_lets_through_what_it_names(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var contact = Guid.NewGuid();
        var one = TransactionSamples.Row(tenant, 120.50m, day: 1);
        (one.Type, one.Status, one.Category, one.AccountCode, one.ContactId, one.IsReconciled) = (TransactionTypes.Invoice, "PAID", "Sales", "200", contact, true);
        var other = TransactionSamples.Row(tenant, -80m, day: 3);
        (other.Type, other.ContactId) = (TransactionTypes.Bill, Guid.NewGuid());
        await database.AddAsync(one, other);
        var day = TransactionSamples.Day;
        TransactionFilter[] onlyOne =
        [
            new() { To = day.AddDays(2) }, new() { From = day.AddDays(1), To = day.AddDays(1) }, new() { Type = TransactionTypes.Invoice }, new() { Status = "PAID" },
            new() { Direction = Directions.In }, new() { Category = "Sales" }, new() { AccountCode = "200" }, new() { ContactId = contact },
            new() { IsReconciled = true }, new() { MinAmount = 80.0001m }, new() { MinAmount = 120.50m, MaxAmount = 120.50m },
        ];
        TransactionFilter[] onlyOther =
        [
            new() { From = day.AddDays(2) }, new() { Type = TransactionTypes.Bill }, new() { Direction = Directions.Out }, new() { Category = "none" },
            new() { IsReconciled = false }, new() { MaxAmount = 120.4999m },
        ];
        TransactionFilter[] nothing =
        [
            new() { From = day.AddDays(4) }, new() { Category = "sales" }, new() { AccountCode = "20" }, new() { Direction = Directions.None },
            new() { MinAmount = 81, MaxAmount = 120 }, new() { Category = "Sales", Direction = Directions.Out }, new() { ContactId = Guid.Empty },
        ];

        await AssertFindsAsync(database, tenant, [one, other], new TransactionFilter());
        foreach (var (filters, rows) in new[] { (onlyOne, new[] { one }), (onlyOther, [other]), (nothing, []) })
        {
            foreach (var filter in filters)
            {
                await AssertFindsAsync(database, tenant, rows, filter);
            }
        }
    }

    [BothDatabases]
    public async Task Amounts_are_those_of_the_base_currency_without_their_sign(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var foreign = TransactionSamples.Row(tenant, -50m);
        (foreign.Amount, foreign.CurrencyCode, foreign.CurrencyRate) = (1_000m, "JPY", new FxRate(20));
        foreign.AbsoluteAmount = 50;
        await database.AddAsync(foreign);

        await AssertFindsAsync(database, tenant, [foreign], new TransactionFilter { MinAmount = 50, MaxAmount = 50 });
        await AssertFindsAsync(database, tenant, [], new TransactionFilter { MinAmount = 51 });
        await AssertFindsAsync(database, tenant, [foreign], new TransactionFilter { MaxAmount = MoneyRules.Largest });
    }

    [BothDatabases]
    public async Task A_search_finds_a_part_of_any_text_in_any_case(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var row = TransactionSamples.Posted(tenant, "Tūī & Ash Coffee", "PO-77/Ä", "INV-0042", "Crème brûlée", "KERERŪ blend");
        var other = TransactionSamples.Posted(tenant, "Northbound Grocers", "PO-78", "INV-0043", "House blend");
        await database.AddAsync(row, other);

        foreach (var text in new[] { "TŪĪ", "tūī", "Tūī & a", "po-77", "/ä", "inv-0042", "BRÛLÉE", "kererū", "  kererū  ", "0042" })
        {
            await AssertFindsAsync(database, tenant, [row], new TransactionFilter { Search = text });
        }

        await AssertFindsAsync(database, tenant, [row, other], new TransactionFilter { Search = "BLEND" });
        await AssertFindsAsync(database, tenant, [row, other], new TransactionFilter { Search = "  " });
        await AssertFindsAsync(database, tenant, [], new TransactionFilter { Search = "tui" });
    }

    [BothDatabases]
    public async Task Percent_underscore_and_backslash_stand_for_themselves(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var percent = TransactionSamples.Posted(tenant, reference: "50% off");
        var underscore = TransactionSamples.Posted(tenant, reference: "a_b");
        var backslash = TransactionSamples.Posted(tenant, reference: @"c:\books");
        var plain = TransactionSamples.Posted(tenant, reference: "50 cents off axb");
        await database.AddAsync(percent, underscore, backslash, plain);

        await AssertFindsAsync(database, tenant, [percent], new TransactionFilter { Search = "%" });
        await AssertFindsAsync(database, tenant, [percent], new TransactionFilter { Search = "50%" });
        await AssertFindsAsync(database, tenant, [underscore], new TransactionFilter { Search = "A_B" });
        await AssertFindsAsync(database, tenant, [backslash], new TransactionFilter { Search = @"\" });
        await AssertFindsAsync(database, tenant, [backslash], new TransactionFilter { Search = @":\BOOKS" });
        await AssertFindsAsync(database, tenant, [], new TransactionFilter { Search = @"\%" });
    }

    [BothDatabases]
    public async Task Text_that_no_database_can_hold_finds_nothing_and_breaks_nothing(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        await database.AddAsync(TransactionSamples.Posted(tenant, "Bolt"));

        foreach (var text in new[] { "a\0b", "' OR 1=1 --", new string('x', 5000) })
        {
            await AssertFindsAsync(database, tenant, [], new TransactionFilter { Search = text });
        }

        await AssertFindsAsync(database, tenant, [], new TransactionFilter { Status = "a\0b" });
    }

    [Fact]
    public void Text_that_Xero_leaves_empty_is_none()
    {
        var row = TransactionSamples.Posted(new TenantId(Guid.NewGuid()), "Bolt", reference: "", number: " ");

        Assert.Equal(("Bolt", null, null, null), (row.ContactName, row.Reference, row.Number, row.Description));
    }

    [BothDatabases]
    public async Task Counting_stops_at_the_cap_and_says_so(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        await database.AddAsync([.. TransactionSamples.Many(tenant, 10_000, seed: 5)]);
        var reader = new TransactionReader(database.Factory);
        Assert.Equal(new CappedCount(10_000, false), await reader.CountAsync(tenant, new TransactionFilter(), default));

        await database.AddAsync([.. TransactionSamples.Many(tenant, 2, seed: 6)]);

        Assert.Equal(new CappedCount(10_001, true), await reader.CountAsync(tenant, new TransactionFilter(), default));
    }

    private static async Task AssertFindsAsync(TestDatabase database, TenantId tenant, Transaction[] expected, TransactionFilter filter)
    {
        var reader = new TransactionReader(database.Factory);
        var page = (await reader.ListAsync(tenant, filter, TransactionSort.OldestFirst, PagePlace.First, 100, default)).Value;
        var count = await reader.CountAsync(tenant, filter, default);

        Assert.True(
            page.Items.Select(row => row.Id).ToHashSet().SetEquals(expected.Select(row => row.Id)),
            $"{filter} found {page.Items.Count} rows, not those {expected.Length}.");
        Assert.Equal(new CappedCount(expected.Length, false), count);
    }
}
