using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Kpis;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Ledger.Accounts;
using XeroCfo.Data.Ledger.Contacts;
using XeroCfo.Data.Reports;
using XeroCfo.Data.Sync;
using XeroCfo.Data.Tenants;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports.Drill;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Tenants;

public sealed class ReaderIsolationTests
{
    [BothDatabases]
    public async Task Another_organisation_sees_nothing_through_any_reader(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await SampleRows.AddAsync(database);
        var own = await OwnerAsync(database);
        var bolt = await TransactionSamples.OrganisationAsync(database, "Bolt");
        var (transactions, ledger, runs) = (new TransactionReader(database.Factory), new LedgerReader(database.Factory), new SyncRunRepository(database.Factory, database.Clock));
        await using var db = database.Open();
        var transaction = (await db.Transactions.SingleAsync()).Id;
        var run = (await db.SyncRuns.SingleAsync()).Id;
        var (day, account) = await db.LedgerLines.Select(line => new ValueTuple<DateOnly, Guid>(line.Date, line.AccountId)).SingleAsync();
        var contact = (await db.Contacts.SingleAsync()).ContactId;
        var note = await db.ContactNotes.SingleAsync();
        var (drill, scope) = (new DrillReader(database.Factory), LineScope.Ledger(account, null, day));
        var (sums, contacts, notes) = (new AccountLedgerReader(database.Factory), new ContactReader(database.Factory), new ContactNoteBook(database.Factory));

        var (kpis, targets, mine) = (new KpiReader(database.Factory), new KpiTargetBook(database.Factory), new CustomKpiBook(database.Factory));

        foreach (var (tenant, rows) in new[] { (own, 1), (bolt, 0), (new TenantId(Guid.NewGuid()), 0) })
        {
            Assert.Equal(rows, (await transactions.ListAsync(tenant, new TransactionFilter(), TransactionSort.NewestFirst, PagePlace.First, 10, default)).Value.Items.Count);
            Assert.Equal(rows, (await transactions.CountAsync(tenant, new TransactionFilter(), default)).Count);
            Assert.Equal(rows == 1, await transactions.FindAsync(tenant, transaction, false, default) is not null);
            Assert.Equal(rows, (await ledger.AccountsAsync(tenant, default)).Count);
            Assert.Equal(rows, (await ledger.MovementsAsync(tenant, null, day, default)).Count);
            Assert.Equal(rows, (await ledger.MovementsAsync(tenant, day, day.AddYears(1), default)).Count);
            Assert.Equal(rows, (await ledger.LinesAsync(tenant, new LedgerLineFilter(), PagePlace.First, 10, default)).Value.Items.Count);
            Assert.Equal(rows == 1, (await sums.BeforeAsync(tenant, new LedgerLineFilter { AccountId = account }, null, default)).LastDay is not null);
            Assert.Equal(rows, (await sums.DaysAsync(tenant, new LedgerLineFilter { AccountId = account }, default)).Count);
            Assert.Equal(rows, (await drill.LinesAsync(tenant, scope, false, null, 10, default)).Value.Items.Count);
            Assert.Equal(rows == 1, await drill.SumAsync(tenant, scope, null, default) != 0);
            Assert.Equal(rows, (await drill.ByContactAsync(tenant, scope, false, default)).Count);
            Assert.Equal(rows, (await kpis.ByContactAsync(tenant, Days.Of(Month.Of(day)), [account], default)).Count);
            Assert.Equal(rows, (await kpis.ByContactAndMonthAsync(tenant, Days.Of(Month.Of(day)), [account], null, default)).Count);
            Assert.Equal(rows, (await kpis.ByDayAsync(tenant, Days.Of(Month.Of(day)), [account], default)).Count);
            Assert.Equal(rows, (await kpis.NamesAsync(tenant, [contact], default)).Count);
            Assert.Equal(rows, (await targets.AllAsync(tenant, default)).Count);
            Assert.Equal(rows, (await mine.AllAsync(tenant, default)).Count);
            Assert.Equal(rows, (await contacts.ContactsAsync(tenant, default)).Count);
            Assert.Equal(rows == 1, await contacts.FindAsync(tenant, contact, default) is not null);
            Assert.Equal(rows, (await notes.ListAsync(tenant, [note.ContactId], default)).Count);
            Assert.Equal(rows, (await ledger.CountAsync(tenant, new LedgerLineFilter(), default)).Count);
            Assert.Equal(rows == 1, await ledger.XeroTrialBalanceAsync(tenant, day, default) is not null);
            Assert.Equal(rows, (await runs.ListAsync(tenant, null, 10, default)).Value.Items.Count);
            Assert.Equal(rows == 1, await runs.FindAsync(tenant, run, default) is not null);
        }
    }

    [BothDatabases]
    public async Task A_detail_shows_nothing_of_the_same_document_in_another_organisation(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (acme, bolt) = (await TransactionSamples.OrganisationAsync(database), await TransactionSamples.OrganisationAsync(database, "Bolt"));
        var (own, foreign) = (TransactionSamples.Posted(acme, "Own", lines: "Own line"), TransactionSamples.Posted(bolt, "Foreign", lines: "Foreign line"));
        foreign.XeroId = own.XeroId;
        await database.AddAsync(
            own, foreign,
            new TransactionLine { TenantId = bolt.Value, TransactionId = foreign.Id, LineNumber = 1, Net = 1 },
            new Allocation { TenantId = bolt.Value, Id = Guid.NewGuid(), TargetXeroId = own.XeroId, Amount = 1, EffectiveDate = own.Date },
            new LedgerLine { TenantId = bolt.Value, AccountId = Guid.NewGuid(), Date = own.Date, Amount = 1, Source = LineSources.Document, DocumentXeroId = own.XeroId });

        var detail = (await new TransactionReader(database.Factory).FindAsync(acme, own.Id, false, default))!;

        Assert.Equal("Own", detail.Transaction.ContactName);
        Assert.Empty(detail.Lines);
        Assert.Empty(detail.Allocations);
        Assert.Empty(detail.LedgerLines);
    }

    [BothDatabases]
    public async Task A_run_of_another_organisation_is_not_cancelled(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await SampleRows.AddAsync(database);
        var bolt = await TransactionSamples.OrganisationAsync(database, "Bolt");
        var runs = new SyncRunRepository(database.Factory, database.Clock);
        await using var db = database.Open();
        var run = (await db.SyncRuns.SingleAsync()).Id;

        Assert.False((await runs.CancelAsync(Caller.Command, bolt, run, default)).Succeeded);

        Assert.False((await db.SyncRuns.AsNoTracking().SingleAsync()).CancelRequested);
    }

    [BothDatabases]
    public async Task Organisations_are_listed_by_the_ids_that_are_asked_for(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (acme, bolt) = (await TransactionSamples.OrganisationAsync(database), await TransactionSamples.OrganisationAsync(database, "Bolt"));
        var tenants = new TenantRepository(database.Factory);

        Assert.Equal([acme.Value], (await tenants.ListAsync(new HashSet<Guid> { acme.Value, Guid.NewGuid() }, default)).Select(tenant => tenant.Id));
        Assert.Empty(await tenants.ListAsync(new HashSet<Guid>(), default));
        Assert.Equal([acme.Value, bolt.Value], (await tenants.ListAsync(null, default)).Select(tenant => tenant.Id));
    }

    private static async Task<TenantId> OwnerAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return new TenantId((await db.XeroTenants.SingleAsync()).Id);
    }
}
