using XeroCfo.Data.Ledger;
using XeroCfo.Data.Rules;
using XeroCfo.Data.Users;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Ties;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>What lists add up to, on both databases.</summary>
public sealed class TransactionFiguresTests
{
    [BothDatabases]
    public async Task In_and_out_are_added_up_exactly_and_only_of_what_is_filtered(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var other = await TransactionSamples.OrganisationAsync(database, "Other");
        var transfer = TransactionSamples.Row(tenant, 0);
        transfer.Direction = Directions.None;
        await database.AddAsync(
            TransactionSamples.Row(tenant, 0.10m), TransactionSamples.Row(tenant, 0.20m), TransactionSamples.Row(tenant, -100.0001m), TransactionSamples.Row(tenant, -7, day: 3), transfer, TransactionSamples.Row(other, 5));
        var figures = new TransactionFigures(database.Factory);

        Assert.Equal(new TransactionTotals(new CappedCount(5, false), 0.30m, 107.0001m), await figures.TotalsAsync(tenant, new TransactionFilter(), default));
        Assert.Equal(new TransactionTotals(new CappedCount(1, false), 0, 7), await figures.TotalsAsync(tenant, new TransactionFilter { From = TransactionSamples.Day.AddDays(1) }, default));
        Assert.Equal(new TransactionTotals(new CappedCount(0, false), 0, 0), await figures.TotalsAsync(tenant, new TransactionFilter { Status = "VOIDED" }, default));
    }

    [BothDatabases]
    public async Task Voided_ones_and_payments_beside_their_documents_add_nothing(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var (invoice, voided, payment) = (TransactionSamples.Row(tenant, 100), TransactionSamples.Row(tenant, 40), TransactionSamples.Row(tenant, 90));
        (invoice.Type, voided.Type, voided.Status, payment.Type) = (TransactionTypes.Invoice, TransactionTypes.Invoice, "VOIDED", TransactionTypes.Payment);
        await database.AddAsync(invoice, voided, payment);
        var figures = new TransactionFigures(database.Factory);

        Assert.Equal(new TransactionTotals(new CappedCount(3, false), 100, 0), await figures.TotalsAsync(tenant, new TransactionFilter(), default));
        Assert.Equal(new TransactionTotals(new CappedCount(1, false), 90, 0), await figures.TotalsAsync(tenant, new TransactionFilter { Type = TransactionTypes.Payment }, default));
    }

    [BothDatabases]
    public async Task The_count_stops_at_the_cap_but_the_sums_are_whole(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        await database.AddAsync([.. Enumerable.Range(0, CappedCount.Cap + 4).Select(_ => (object)TransactionSamples.Row(tenant, 1))]);

        var totals = await new TransactionFigures(database.Factory).TotalsAsync(tenant, new TransactionFilter(), default);

        Assert.Equal(new TransactionTotals(new CappedCount(CappedCount.Cap, true), CappedCount.Cap + 4, 0), totals);
    }

    [BothDatabases]
    public async Task What_is_not_reconciled_stands_by_bank_account_the_oldest_first(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var (cheque, visa) = (Guid.NewGuid(), Guid.NewGuid());
        await database.AddAsync(
            At(cheque, -10, 2), At(cheque, 4, 5), At(visa, -1, 1), At(visa, -1, 1, reconciled: true), At(visa, -50, 0, status: "DRAFT"), TransactionSamples.Row(tenant, 9));
        var figures = new TransactionFigures(database.Factory);
        var day = TransactionSamples.Day;

        Assert.Equal(
            [new UnreconciledItems(visa, 1, -1, day.AddDays(1)), new UnreconciledItems(cheque, 2, -6, day.AddDays(2))],
            await figures.ByBankAsync(tenant, new TransactionFilter { Unreconciled = true }, default));

        Transaction At(Guid bank, decimal amount, int day, bool reconciled = false, string status = "AUTHORISED")
        {
            var row = TransactionSamples.Row(tenant, amount, day);
            (row.BankAccountId, row.IsReconciled, row.Status) = (bank, reconciled, status);
            return row;
        }
    }

    [BothDatabases]
    public async Task Each_filter_of_the_page_lets_through_what_it_names(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var bank = Guid.NewGuid();
        var one = TransactionSamples.Posted(tenant, "Fuelco", "CARD 12", "S-1", "FUELCO 1423 PETONE");
        (one.BankAccountId, one.LockedByPerson) = (bank, true);
        var two = TransactionSamples.Posted(tenant, "Fuelco", "CARD 13", "S-2", "FUELCO 88 50% off");
        two.Status = "DRAFT";
        var three = TransactionSamples.Posted(tenant, "Parkwell", "CARD 14", "S-3", "PARKWELL WGTN");
        (three.Status, three.BankAccountId, three.IsReconciled) = ("SUBMITTED", bank, true);
        await database.AddAsync(one, two, three);

        foreach (var (filter, expected) in new (TransactionFilter, Transaction[])[]
        {
            (new() { Words = "fuelco" }, [one, two]), (new() { Words = "FUELCO\npetone" }, [one]), (new() { Words = "petone\ncard 12" }, [one]), (new() { Words = "fuelco\nwgtn" }, []), (new() { Words = "50%" }, [two]),
            (new() { BankAccountId = bank }, [one, three]), (new() { Drafts = true }, [two, three]), (new() { Unreconciled = true }, [one]), (new() { LockedByPerson = true }, [one]), (new() { LockedByPerson = false }, [two, three]),
            (new() { Words = "card", Search = "s-3" }, [three]),
        })
        {
            var page = await new TransactionReader(database.Factory).ListAsync(tenant, filter, TransactionSort.NewestFirst, PagePlace.First, 10, default);

            Assert.True(expected.Select(row => row.Id).Order().SequenceEqual(page.Value.Items.Select(row => row.Id).Order()), filter.ToString());
        }
    }

    [BothDatabases]
    public async Task Who_set_a_category_is_known_by_name_and_counts_are_by_category(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var (byHand, mapped) = (TransactionSamples.Row(tenant, 1), TransactionSamples.Row(tenant, 2));
        (mapped.Category, mapped.CategorySource) = ("Sales", CategorySources.Xero);
        await database.AddAsync(byHand, mapped);
        var categorising = new Categorising(database.Factory, database.Clock);
        var person = Caller.Command with { Name = "ana@acme.test" };
        foreach (var name in new[] { "Fuel", "Travel" })
        {
            Assert.True((await categorising.ChangeAsync(person with { Name = name == "Fuel" ? "tom@acme.test" : person.Name }, tenant, byHand.Id, ReadVersion.Any, new CategoryWish(Wish.Of(name), default), default)).Succeeded);
        }

        var trail = new CategoryTrail(database.Factory);
        var marks = (await trail.MarksAsync(tenant, [byHand.Id, mapped.Id, Guid.NewGuid()], false, default)).ToDictionary(mark => mark.TransactionId);

        Assert.Equal(2, marks.Count);
        Assert.Equal(("ana@acme.test", "Travel", true), (marks[byHand.Id].By, marks[byHand.Id].State.Category, marks[byHand.Id].State.LockedByPerson));
        Assert.Equal((null, "Sales", false), (marks[mapped.Id].By, marks[mapped.Id].State.Category, marks[mapped.Id].State.LockedByPerson));
        Assert.True((await categorising.ChangeAsync(person, tenant, byHand.Id, marks[byHand.Id].Version, new CategoryWish(default, default) with { Category = Wish.Of(null) }, default)).Succeeded);
        Assert.Equal(new Dictionary<string, int> { ["Sales"] = 1 }, await trail.CountsAsync(tenant, false, default));
    }

    [BothDatabases]
    public async Task Many_can_get_an_account_code_and_keep_their_categories(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var row = TransactionSamples.Row(tenant, 1);
        (row.Category, row.CategorySource) = ("Sales", CategorySources.Xero);
        await database.AddAsync(row, new Account { TenantId = tenant.Value, AccountId = Guid.NewGuid(), Code = "449", Name = "Vehicles", Type = "EXPENSE", Class = "EXPENSE" });
        var service = new CategorisingService(new Categorising(database.Factory, database.Clock));

        var done = await service.CategoriseAsync(Caller.Command, tenant, new TransactionSelection([row.Id], null), new CategoryWish(default, Wish.Of("449")), false, default);

        Assert.Equal(1, done.Value.Changed);
        var mark = (await new CategoryTrail(database.Factory).MarksAsync(tenant, [row.Id], false, default)).Single();
        Assert.Equal(("Sales", "449", "manual"), (mark.State.Category, mark.State.AccountCode, mark.State.Source));
        Assert.Equal("invalid-value", (await service.CategoriseAsync(Caller.Command, tenant, new TransactionSelection([row.Id], null), new CategoryWish(default, default), false, default)).Problem!.Code);
    }

    [BothDatabases]
    public async Task A_persons_views_are_their_own_and_belong_to_one_organisation(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (tenant, other) = (await TransactionSamples.OrganisationAsync(database), await TransactionSamples.OrganisationAsync(database, "Other"));
        var (ana, tom) = (SampleRows.User("ana@acme.test"), SampleRows.User("tom@acme.test"));
        await database.AddAsync(ana, tom);
        var service = new SavedViewService(new SavedViews(database.Factory));
        var (hers, his) = (Person(ana), Person(tom));

        var saved = await service.SaveAsync(hers, tenant, "transactions", " Big fuel ", "search=fuelco&minAmount=100", default);
        await service.SaveAsync(hers, tenant, "transactions", "Drafts", "view=drafts", default);
        await service.SaveAsync(hers, tenant, "transactions", "BIG FUEL", "search=fuelco", default);

        Assert.Equal([("BIG FUEL", "search=fuelco"), ("Drafts", "view=drafts")], (await service.ListAsync(hers, tenant, "transactions", default)).Value.Select(view => (view.Name, view.Query)));
        Assert.Empty((await service.ListAsync(his, tenant, "transactions", default)).Value);
        Assert.Empty((await service.ListAsync(hers, other, "transactions", default)).Value);
        Assert.Empty((await service.ListAsync(hers, tenant, "tie-out", default)).Value);
        Assert.Equal("view-not-found", (await service.RenameAsync(his, tenant, saved.Value.Id, "Mine", default)).Problem!.Code);
        Assert.Equal("view-not-found", (await service.DeleteAsync(hers, other, saved.Value.Id, default)).Problem!.Code);
        Assert.Equal("view-name-taken", (await service.RenameAsync(hers, tenant, saved.Value.Id, "drafts", default)).Problem!.Code);
        Assert.Equal("invalid-value", (await service.SaveAsync(hers, tenant, "transactions", " ", "", default)).Problem!.Code);
        Assert.True((await service.RenameAsync(hers, tenant, saved.Value.Id, "Fuel", default)).Succeeded);
        Assert.True((await service.DeleteAsync(hers, tenant, saved.Value.Id, default)).Succeeded);
        Assert.Equal(["Drafts"], (await service.ListAsync(hers, tenant, "transactions", default)).Value.Select(view => view.Name));

        Caller Person(User user) => new() { Kind = CallerKind.Person, UserId = user.Id, Name = user.Email!, Role = Roles.ReadOnly, Permissions = Permissions.Of(Roles.ReadOnly).ToHashSet(), Tenants = new HashSet<Guid> { tenant.Value, other.Value } };
    }
}
