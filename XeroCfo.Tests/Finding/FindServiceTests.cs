using XeroCfo.Data.Ledger;
using XeroCfo.Data.Ledger.Contacts;
using XeroCfo.Data.Tenants;
using XeroCfo.Domain.Finding;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Finding;

public sealed class FindServiceTests
{
    [BothDatabases]
    public async Task Names_codes_and_documents_are_found_by_parts_of_them(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);

        Assert.Equal(["Motor vehicle fuel", "Fuel tax"], (await FindAsync(database, tenant, "fuel")).Accounts.Select(account => account.Name).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(["449", "4490"], (await FindAsync(database, tenant, "449")).Accounts.Select(account => account.Code));
        Assert.Equal(["Tūī Roasters"], (await FindAsync(database, tenant, "tui")).Contacts.Select(contact => contact.Name));
        Assert.Equal(["Harbour Street Café"], (await FindAsync(database, tenant, "cafe harb")).Contacts.Select(contact => contact.Name));
        Assert.Equal(["Harbour Street Café"], (await FindAsync(database, tenant, "HARBOUR")).Transactions.Select(row => row.ContactName));
    }

    [BothDatabases]
    public async Task Amounts_and_days_find_documents(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);

        Assert.Equal([412.60m], (await FindAsync(database, tenant, "412.60")).Transactions.Select(row => row.Amount));
        Assert.Equal([75m], (await FindAsync(database, tenant, "75")).Transactions.Select(row => row.Amount));
        Assert.Equal("amount:75", (await FindAsync(database, tenant, "75")).Search);
        Assert.Equal([412.60m], (await FindAsync(database, tenant, "10 mar 2026")).Transactions.Select(row => row.Amount));
        Assert.Equal([412.60m, 75m], (await FindAsync(database, tenant, "mar 2026")).Transactions.Select(row => row.Amount).OrderDescending());
        Assert.Empty((await FindAsync(database, tenant, "acc:none-such")).Transactions);
    }

    [BothDatabases]
    public async Task Nothing_of_another_organisation_is_found_and_no_document_without_the_right(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);
        var other = await TransactionSamples.OrganisationAsync(database, "Bolt");
        var executive = Caller.Command with { Permissions = Permissions.Of(Roles.Executive).ToHashSet() };

        Assert.Equal(0, (await FindAsync(database, other, "harbour")).Count);
        var names = await FindAsync(database, tenant, "harbour", executive);
        Assert.Equal((1, 0, null), (names.Contacts.Count, names.Transactions.Count, names.Search));
        var refused = await Service(database).FindAsync(executive with { SeesAllTenants = false }, tenant, "harbour", default);
        Assert.Equal("tenant-not-found", refused.Problem?.Code);
    }

    [BothDatabases]
    public async Task Any_text_is_answered(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);

        foreach (var text in new[] { "", "   ", "\0", "%", "_", "\\", "\"", "'", "date:", "amount:1e9", "📈", new string('x', 5_000), "cat:none", "is:open", "\ud800" })
        {
            Assert.InRange((await FindAsync(database, tenant, text)).Count, 0, 15);
        }
    }

    [BothDatabases]
    public async Task Contacts_alone_are_found_by_who_sees_the_organisation(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await BooksAsync(database);
        var service = Service(database);

        Assert.Equal(["Harbour Street Café"], (await service.ContactsAsync(Caller.Command, tenant, " cafe ", default)).Value.Select(contact => contact.Name));
        Assert.Empty((await service.ContactsAsync(Caller.Command, await TransactionSamples.OrganisationAsync(database, "Bolt"), "cafe", default)).Value);
        Assert.Equal("tenant-not-found", (await service.ContactsAsync(Caller.Command with { SeesAllTenants = false }, tenant, "cafe", default)).Problem?.Code);
    }

    private static FindService Service(TestDatabase database) => new(
        new TenantRepository(database.Factory), new LedgerReader(database.Factory), new ContactReader(database.Factory), new TransactionReader(database.Factory), database.Clock);

    private static async Task<Findings> FindAsync(TestDatabase database, TenantId tenant, string text, Caller? caller = null) =>
        (await Service(database).FindAsync(caller ?? Caller.Command, tenant, text, default)).Value;

    private static async Task<TenantId> BooksAsync(TestDatabase database)
    {
        var tenant = await TransactionSamples.OrganisationAsync(database);
        await database.AddAsync(
            Account(tenant, "449", "Motor vehicle fuel"), Account(tenant, "4490", "Fuel tax"), Account(tenant, "477", "Wages"),
            Contact(tenant, "Tūī Roasters"), Contact(tenant, "Harbour Street Café"));
        var (first, second) = (TransactionSamples.Row(tenant, -412.60m), TransactionSamples.Row(tenant, -75m, 3));
        (first.ContactName, first.SearchText) = ("Harbour Street Café", "harbour street café");
        (second.ContactName, second.SearchText) = ("Power Co", "power co");
        await database.AddAsync(first, second);
        return tenant;
    }

    private static Account Account(TenantId tenant, string code, string name) =>
        new() { TenantId = tenant.Value, AccountId = Guid.NewGuid(), Code = code, Name = name, Type = "EXPENSE", Class = "EXPENSE" };

    private static Contact Contact(TenantId tenant, string name) => new() { TenantId = tenant.Value, ContactId = Guid.NewGuid(), Name = name };
}
