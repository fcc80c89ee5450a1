using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Tenants;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Storage;

public sealed class TenantScopeTests
{
    [BothDatabases]
    public async Task A_context_sees_its_own_organisation_only(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (acme, bolt) = await TwoOrganisationsAsync(database);

        await using var none = database.Factory.Create();
        await using var own = database.Factory.For(new TenantId(acme));
        await using var all = database.Factory.AcrossTenants("a test");

        Assert.Empty(await none.Transactions.ToListAsync());
        Assert.Equal(acme, Assert.Single(await own.Transactions.ToListAsync()).TenantId);
        Assert.Empty(await own.Transactions.Where(row => row.TenantId == bolt).ToListAsync());
        Assert.Equal(2, await all.Transactions.CountAsync());
    }

    [BothDatabases]
    public async Task A_foreign_row_is_neither_updated_nor_deleted_in_bulk(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (acme, _) = await TwoOrganisationsAsync(database);
        await using var own = database.Factory.For(new TenantId(acme));
        await using var none = database.Factory.Create();

        Assert.Equal(0, await none.Transactions.ExecuteDeleteAsync());
        Assert.Equal(1, await own.Transactions.ExecuteUpdateAsync(set => set.SetProperty(row => row.Category, "Hosting")));
        Assert.Equal(1, await own.Transactions.ExecuteDeleteAsync());
    }

    [BothDatabases]
    public async Task A_row_of_another_organisation_is_not_saved(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (acme, bolt) = await TwoOrganisationsAsync(database);
        await using var own = database.Factory.For(new TenantId(acme));
        await using var none = database.Factory.Create();

        own.Add(SampleRows.Transaction(bolt));
        none.Add(SampleRows.Transaction(acme));

        await Assert.ThrowsAsync<InvalidOperationException>(() => own.SaveChangesAsync());
        Assert.Throws<InvalidOperationException>(() => own.SaveChanges());
        await Assert.ThrowsAsync<InvalidOperationException>(() => none.SaveChangesAsync());
    }

    [BothDatabases]
    public async Task A_row_does_not_move_to_another_organisation(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (acme, bolt) = await TwoOrganisationsAsync(database);
        await using var own = database.Factory.For(new TenantId(acme));

        var row = await own.Transactions.SingleAsync();
        row.TenantId = bolt;

        await Assert.ThrowsAsync<InvalidOperationException>(() => own.SaveChangesAsync());
    }

    [BothDatabases]
    public async Task Every_table_with_an_organisation_is_filtered(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, migrated: false);
        await using var db = database.Factory.Create();

        // The trail's organisation may be gone, and repeated requests may have none: both are read by their own key.
        Type[] unfiltered = [typeof(AuditLog), typeof(IdempotencyRecord)];
        var owned = db.Model.GetEntityTypes().Where(entity => entity.FindProperty("TenantId") is not null && !unfiltered.Contains(entity.ClrType)).ToList();

        Assert.True(owned.Count > 15);
        Assert.All(owned, entity => Assert.True(typeof(ITenantOwned).IsAssignableFrom(entity.ClrType), entity.Name));
        Assert.All(owned, entity => Assert.NotEmpty(entity.GetDeclaredQueryFilters()));
    }

    [Fact]
    public void Looking_across_organisations_needs_a_reason() =>
        Assert.Throws<ArgumentException>(() => new DbFactoryOfNothing().AcrossTenants(" "));

    private static async Task<(Guid Acme, Guid Bolt)> TwoOrganisationsAsync(TestDatabase database)
    {
        var (acme, bolt) = (SampleRows.Tenant(), SampleRows.Tenant("Bolt"));
        await database.AddAsync(acme, bolt, SampleRows.Transaction(acme.Id), SampleRows.Transaction(bolt.Id));
        return (acme.Id, bolt.Id);
    }

    private sealed class DbFactoryOfNothing : IDbFactory
    {
        public Data.XeroCfoDb Create() => throw new NotSupportedException();
    }
}
