using XeroCfo.Data.Rules;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Rules;

/// <summary>Which rules want a document, and accepting suggestions within a filter; on both databases.</summary>
public sealed class RuleCauseTests
{
    [BothDatabases]
    public async Task The_rule_that_gave_a_category_is_told_with_those_that_match_too(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var user = Storage.SampleRows.User();
        await database.AddAsync(user);
        CategoryRule Rule(string pattern, int priority, bool isActive = true) => new() { TenantId = tenant.Value, UserId = user.Id, Pattern = pattern, Category = pattern, Priority = priority, IsActive = isActive };
        var (weak, strong, other, off) = (Rule("petone", 1), Rule("fuelco", 2), Rule("parkwell", 9), Rule("fuel", 8, false));
        var (row, gone) = (TransactionSamples.Row(tenant, -10), TransactionSamples.Row(tenant, -10));
        (row.Description, row.Category, row.CategorySource, row.CategoryRuleId) = ("FUELCO 14 PETONE", "petone", CategorySources.Rule, weak.Id);
        (gone.Description, gone.CategorySource, gone.CategoryRuleId) = ("KIOSK", CategorySources.Rule, Guid.NewGuid());
        await database.AddAsync(weak, strong, other, off, row, gone);
        var service = new RuleCauseService(new RulePreviewReader(database.Factory), new RuleRepository(database.Factory, database.Clock));

        var cause = (await service.LookAsync(Caller.Command, tenant, row.Id, default)).Value;
        var deleted = (await service.LookAsync(Caller.Command, tenant, gone.Id, default)).Value;
        var unknown = (await service.LookAsync(Caller.Command, tenant, Guid.NewGuid(), default)).Value;

        Assert.Equal((weak.Id, 2), (cause.Gave?.Id, cause.Matching.Count));
        Assert.Equal([strong.Id, weak.Id], cause.Matching.Select(rule => rule.Id));
        Assert.Equal((null, 0), (deleted.Gave, deleted.Matching.Count));
        Assert.Empty(unknown.Matching);
        Assert.Equal(ProblemKind.Forbidden, (await service.LookAsync(Caller.Command with { Permissions = Permissions.Of(Roles.Executive).ToHashSet() }, tenant, row.Id, default)).Problem?.Kind);
    }

    [BothDatabases]
    public async Task Suggestions_are_accepted_only_where_the_filter_lets_them_through(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        await database.AddAsync([.. Enumerable.Range(0, 14).Select(i => Row(tenant, i))]);
        var service = new SuggestionService(
            new PastReader(database.Factory, database.Clock), new RuleRepository(database.Factory, database.Clock), new Categorising(database.Factory, database.Clock), new RulePreviewReader(database.Factory));
        var small = new TransactionSelection(null, new TransactionFilter { MaxAmount = 11 });

        var suggested = (await service.CategoriesAsync(Caller.Command, tenant, default)).Value;
        var sure = await service.AcceptAsync(Caller.Command, tenant, small, 0.95m, default);
        var left = (await service.CategoriesAsync(Caller.Command, tenant, default)).Value;

        Assert.Equal(4, suggested.Count);
        Assert.All(suggested.Values, one => Assert.Equal(("Fuel", 10, 10), (one.Category, one.Agreeing, one.Support)));
        Assert.Equal((2, 2), (sure.Value.Changed, sure.Value.Skipped));
        Assert.Equal(2, left.Count);
        Assert.Empty(suggested.Keys.Except(left.Keys).Except(await ChangedAsync(database, tenant)));
    }

    [BothDatabases]
    public async Task A_rule_is_offered_once_after_the_third_equal_choice_for_a_contact_and_not_where_one_gives_it(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var user = Storage.SampleRows.User();
        await database.AddAsync(user);
        var (past, categorising, contacts) = (new PastReader(database.Factory, database.Clock), new CategorisingService(new Categorising(database.Factory, database.Clock)), new[] { Guid.NewGuid(), Guid.NewGuid() });
        await database.AddAsync(new CategoryRule { TenantId = tenant.Value, UserId = user.Id, Pattern = "kiosk", Category = "Fuel" });
        var offers = new List<bool>();

        foreach (var (contact, text) in contacts.Zip(["FUELCO", "KIOSK"]))
        {
            for (var i = 0; i < 5; i++)
            {
                var row = Row(tenant, 10 + i);
                (row.ContactId, row.Description, row.Reference) = (contact, $"{text} {i}", null);
                await database.AddAsync(row);
                await categorising.ChangeAsync(Caller.Command, tenant, row.Id, ReadVersion.Any, new CategoryWish(Wish.Of(i == 1 ? "Food" : "Fuel"), default), default);
                offers.Add(await past.OfferAsync(tenant, contact, i == 1 ? "Food" : "Fuel", default));
            }
        }

        Assert.Equal([false, false, false, true, false, false, false, false, false, false], offers);
    }

    private static async Task<List<Guid>> ChangedAsync(TestDatabase database, TenantId tenant)
    {
        await using var db = database.Open();
        return [.. db.Transactions.Where(row => row.TenantId == tenant.Value && row.CategorySource == CategorySources.Suggestion && row.AbsoluteAmount <= 11).Select(row => row.Id)];
    }

    private static Transaction Row(TenantId tenant, int i)
    {
        var row = TransactionSamples.Row(tenant, i is 10 or 11 ? -10m : -20m, i);
        (row.Type, row.Status, row.Reference, row.Description) = (TransactionTypes.Spend, "AUTHORISED", $"FUELCO {i} PETONE", null);
        (row.Category, row.CategorySource) = i < 10 ? ("Fuel", CategorySources.Xero) : (null, CategorySources.None);
        return row;
    }
}
