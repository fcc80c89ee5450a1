using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Payables;
using XeroCfo.Data.Receivables;
using XeroCfo.Domain.Payables;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Receivables;

/// <summary>The ports that keep what people agree on receivables and payables: the databases and the fake keep the same promises.</summary>
public sealed class FollowUpContractTests
{
    private static readonly DateOnly Friday = new(2026, 11, 27);

    [BothDatabases]
    public async Task Databases_keep_follow_ups_and_marks_for_their_organisation_only_and_audit_each_write(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (tenant, other, ana) = (await TransactionSamples.OrganisationAsync(database), await TransactionSamples.OrganisationAsync(database, "Other"), SampleRows.User("ana@acme.test"));
        await database.AddAsync(ana);
        var person = FakeCaller.Person(Roles.Standard) with { UserId = ana.Id, Tenants = new HashSet<Guid> { tenant.Value, other.Value } };
        var (followUps, marks) = (new FollowUpBook(database.Factory), new BillMarkBook(database.Factory));

        await KeepAsync(followUps, marks, person, tenant, () => database.Clock.Advance(TimeSpan.FromSeconds(1)));

        var theirs = await followUps.AllAsync(other, default);
        Assert.Empty(theirs.Invoices.Keys.Concat(theirs.Actions.Keys).Concat((await marks.HoldsAsync(other, default)).Keys));
        Assert.Empty(await marks.ClearedAsync(other, default));
        await using var db = database.Open();
        var actions = await db.AuditLogs.Where(entry => entry.TenantId == tenant.Value).Select(entry => entry.Action).ToListAsync();
        Assert.Equal(
            ["payables.bill_held", "payables.bill_held", "payables.bill_released", "payables.look_alikes_cleared", "payables.look_alikes_restored", "receivables.action_finished", "receivables.action_planned", "receivables.action_planned", "receivables.follow_up_cleared", "receivables.follow_up_set", "receivables.follow_up_set"],
            actions.Order(StringComparer.Ordinal));
        Assert.Contains("Wrong roast", string.Concat(await db.AuditLogs.Select(entry => entry.Details).ToListAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_fake_keeps_the_same_promises()
    {
        var clock = new FixedClock();
        var fake = new FakeFollowUps(clock);

        await KeepAsync(fake, fake, FakeCaller.Person(Roles.Standard), new TenantId(Guid.NewGuid()), () => clock.Advance(TimeSpan.FromSeconds(1)));
    }

    private static async Task KeepAsync(IFollowUpBook followUps, IBillMarkBook marks, Caller person, TenantId tenant, Action later)
    {
        var (invoice, contact, bill) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());

        // New needs no version; a second write needs the first one's.
        var promised = (await followUps.SetAsync(person, tenant, invoice, new ReadVersion(null), new InvoiceFollowUpInput(Friday, false, null), default)).Value;
        var planned = (await followUps.PlanAsync(person, tenant, contact, new ReadVersion(null), new NextActionInput("Call Jo", Friday), default)).Value;
        var held = (await marks.SetAsync(person, tenant, bill, new ReadVersion(null), "Entered twice?", default)).Value;
        var (first, firstPlan, firstHold) = (ReadVersion.Of(promised.UpdatedAt), ReadVersion.Of(planned.UpdatedAt), ReadVersion.Of(held.UpdatedAt));
        later();
        Assert.Equal("if-match-missing", (await followUps.SetAsync(person, tenant, invoice, new ReadVersion(null), new InvoiceFollowUpInput(Friday, false, null), default)).Problem!.Code);
        Assert.True((await followUps.SetAsync(person, tenant, invoice, first, new InvoiceFollowUpInput(null, true, "Wrong roast"), default)).Succeeded);
        Assert.True((await followUps.PlanAsync(person, tenant, contact, firstPlan, new NextActionInput("Call Kim", Friday), default)).Succeeded);
        Assert.True((await marks.SetAsync(person, tenant, bill, firstHold, "Ask Kim", default)).Succeeded);
        Assert.Equal("version-stale", (await followUps.SetAsync(person, tenant, invoice, first, new InvoiceFollowUpInput(Friday, false, null), default)).Problem!.Code);
        Assert.Equal("version-stale", (await followUps.ClearAsync(person, tenant, invoice, first, default)).Problem!.Code);
        Assert.Equal("version-stale", (await followUps.FinishAsync(person, tenant, contact, firstPlan, default)).Problem!.Code);
        Assert.Equal("version-stale", (await marks.ReleaseAsync(person, tenant, bill, firstHold, default)).Problem!.Code);

        var all = await followUps.AllAsync(tenant, default);
        Assert.Equal((null, true, "Wrong roast", person.UserId), (all.Invoices[invoice].PromisedDate, all.Invoices[invoice].IsDisputed, all.Invoices[invoice].DisputeReason, all.Invoices[invoice].UserId));
        Assert.Equal(("Call Kim", Friday), (all.Actions[contact].Text, all.Actions[contact].DueDate));
        Assert.Equal("Ask Kim", (await marks.HoldsAsync(tenant, default))[bill].Reason);
        Assert.Equal("Ask Kim", (await marks.HoldAsync(tenant, bill, default))!.Reason);
        Assert.Equal("Wrong roast", (await followUps.OfInvoiceAsync(tenant, invoice, default))!.DisputeReason);
        Assert.Equal("Call Kim", (await followUps.OfContactAsync(tenant, contact, default))!.Text);

        Assert.True((await followUps.ClearAsync(person, tenant, invoice, ReadVersion.Any, default)).Succeeded);
        Assert.True((await followUps.FinishAsync(person, tenant, contact, ReadVersion.Of(all.Actions[contact].UpdatedAt), default)).Succeeded);
        Assert.True((await marks.ReleaseAsync(person, tenant, bill, ReadVersion.Any, default)).Succeeded);
        Assert.Equal("follow-up-not-found", (await followUps.ClearAsync(person, tenant, invoice, ReadVersion.Any, default)).Problem!.Code);
        Assert.Equal("next-action-not-found", (await followUps.FinishAsync(person, tenant, contact, ReadVersion.Any, default)).Problem!.Code);
        Assert.Equal("hold-not-found", (await marks.ReleaseAsync(person, tenant, bill, ReadVersion.Any, default)).Problem!.Code);
        Assert.Null(await followUps.OfInvoiceAsync(tenant, invoice, default));

        // Told apart twice is told apart once.
        var pair = LookAlikes.Pair(invoice, bill);
        Assert.True((await marks.ClearAsync(person, tenant, [pair], true, default)).Succeeded);
        Assert.True((await marks.ClearAsync(person, tenant, [pair], true, default)).Succeeded);
        Assert.Equal([pair], await marks.ClearedAsync(tenant, default));
        Assert.True((await marks.ClearAsync(person, tenant, [pair], false, default)).Succeeded);
        Assert.Empty(await marks.ClearedAsync(tenant, default));
    }
}
