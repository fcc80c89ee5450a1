using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Payables;
using XeroCfo.Domain.Payables;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Payables;

/// <summary>Usual bills that nobody expects: told of no more, in a month or at all, until somebody takes it back.</summary>
public sealed class DismissedBillTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);
    private static readonly Guid Kahu = Guid.NewGuid(), Rent = Guid.NewGuid();
    private static readonly Month September = new(2026, 9), October = new(2026, 10);

    [Fact]
    public void A_dismissed_bill_is_not_missing_and_can_be_taken_back_while_it_would_be_told_of()
    {
        SupplierDocument[] documents = [.. Monthly(Kahu, "Kahu Power"), .. Monthly(Rent, "Rent")];
        var missing = UsualBills.Find(documents, Today);
        Assert.Equal([Kahu, Rent], missing.Where(bill => bill.Month == October).Select(bill => bill.ContactId).OrderBy(id => id == Rent));

        var month = UsualBills.Apart(missing, documents, new HashSet<(Guid, Month?)> { (Kahu, October), (Kahu, September) });
        var forGood = UsualBills.Apart(missing, documents, new HashSet<(Guid, Month?)> { (Kahu, null), (Guid.NewGuid(), null) });

        Assert.All(month.Expected.Concat(forGood.Expected), bill => Assert.Equal(Rent, bill.ContactId));
        Assert.Equal([new DismissedBill(Kahu, "Kahu Power", October)], month.Dismissed);
        Assert.Equal([new DismissedBill(Kahu, "Kahu Power", null)], forGood.Dismissed);
    }

    [BothDatabases]
    public async Task It_is_kept_for_the_organisation_once_and_audited(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (tenant, other) = (await TransactionSamples.OrganisationAsync(database), await TransactionSamples.OrganisationAsync(database, "Other"));
        var ana = SampleRows.User("ana@acme.test");
        await database.AddAsync(ana);
        var person = FakeCaller.Person(Roles.Standard) with { UserId = ana.Id, Tenants = new HashSet<Guid> { tenant.Value, other.Value }, IdempotencyKey = null };
        var marks = new BillMarkBook(database.Factory);

        foreach (var month in new Month?[] { October, October, null, null })
        {
            Assert.True((await marks.DismissAsync(person, tenant, Kahu, month, true, default)).Succeeded);
        }

        Assert.Equal(new HashSet<(Guid, Month?)> { (Kahu, October), (Kahu, null) }, await marks.DismissedAsync(tenant, default));
        Assert.Empty(await marks.DismissedAsync(other, default));
        Assert.True((await marks.DismissAsync(person, tenant, Kahu, null, false, default)).Succeeded);
        Assert.True((await marks.DismissAsync(person, tenant, Kahu, September, false, default)).Succeeded);
        Assert.Equal([(Kahu, (Month?)October)], await marks.DismissedAsync(tenant, default));
        var keyed = person with { IdempotencyKey = "once" };
        Assert.True((await marks.DismissAsync(keyed, tenant, Rent, null, true, default)).Succeeded);
        Assert.True((await marks.DismissAsync(keyed, tenant, Rent, null, true, default)).Succeeded);
        Assert.Equal("idempotency-key-reused", (await marks.DismissAsync(keyed, tenant, Kahu, null, true, default)).Problem!.Code);
        await using var db = database.Open();
        Assert.Equal(
            ["payables.usual_bill_dismissed", "payables.usual_bill_dismissed", "payables.usual_bill_dismissed", "payables.usual_bill_expected"],
            (await db.AuditLogs.Where(entry => entry.TenantId == tenant.Value).Select(entry => entry.Action).ToListAsync()).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<SupplierDocument> Monthly(Guid supplier, string name) =>
        Enumerable.Range(3, 7).Select(month => new SupplierDocument(Guid.NewGuid(), Guid.NewGuid(), true, supplier, name, $"{month}", new DateOnly(2026, month, 9), 2_000 + month, "NZD", 2_000 + month, false));
}
