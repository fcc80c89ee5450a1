using XeroCfo.Data.Users;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Users;

/// <summary>One person with several tabs: their views at the same instant, on both databases.</summary>
public sealed class SavedViewTests
{
    private const int Tabs = 8, Rounds = 5;

    [BothDatabases]
    public async Task Tabs_that_save_one_new_name_at_once_keep_one_view(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (service, ana, tenant) = await StandAsync(database);

        for (var round = 0; round < Rounds; round++)
        {
            var name = $"Fuel {round}";
            var saved = await AtOnceAsync(tab => service.SaveAsync(ana, tenant, "transactions", name, $"search=tab{tab}", default));

            Assert.All(saved, result => Assert.Null(result.Problem));
            var kept = Assert.Single((await service.ListAsync(ana, tenant, "transactions", default)).Value, view => view.Name == name);
            Assert.All(saved, result => Assert.Equal(kept.Id, result.Value.Id));
            Assert.Contains(saved, result => result.Value.Query == kept.Query);
        }
    }

    [BothDatabases]
    public async Task Of_views_that_are_given_one_name_at_once_one_gets_it(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (service, ana, tenant) = await StandAsync(database);
        var views = new List<Guid>();
        for (var tab = 0; tab < Tabs; tab++)
        {
            views.Add((await service.SaveAsync(ana, tenant, "transactions", $"View {tab}", "", default)).Value.Id);
        }

        for (var round = 0; round < Rounds; round++)
        {
            var name = $"Fuel {round}";
            var renamed = await AtOnceAsync(tab => service.RenameAsync(ana, tenant, views[tab], name, default));

            Assert.Single(renamed, result => result.Succeeded);
            Assert.All(renamed.Where(result => !result.Succeeded), result => Assert.Equal("view-name-taken", result.Problem!.Code));
            Assert.Single((await service.ListAsync(ana, tenant, "transactions", default)).Value, view => view.Name == name);
        }
    }

    [BothDatabases]
    public async Task A_view_that_is_saved_renamed_and_deleted_at_once_is_there_or_not(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (service, ana, tenant) = await StandAsync(database);

        for (var round = 0; round < Rounds; round++)
        {
            var view = (await service.SaveAsync(ana, tenant, "transactions", "Fuel", "", default)).Value.Id;
            var problems = await AtOnceAsync(async tab => (tab % 3) switch
            {
                0 => (await service.SaveAsync(ana, tenant, "transactions", "Fuel", $"search=tab{tab}", default)).Problem,
                1 => (await service.RenameAsync(ana, tenant, view, $"Fuel of {tab}", default)).Problem,
                _ => (await service.DeleteAsync(ana, tenant, view, default)).Problem,
            });

            Assert.All(problems, problem => Assert.True(problem is null || problem.Code == "view-not-found", problem?.ToString()));
            foreach (var left in (await service.ListAsync(ana, tenant, "transactions", default)).Value)
            {
                Assert.True((await service.DeleteAsync(ana, tenant, left.Id, default)).Succeeded);
            }
        }
    }

    [Theory]
    [InlineData("half ", '\ud83d')]
    [InlineData("half ", '\ude00')]
    [InlineData("two\nlines", 's')]
    [InlineData("nul", '\0')]
    public async Task A_name_is_plain_text(string start, char end)
    {
        var (service, ana, tenant) = (new SavedViewService(new FakeSavedViews()), FakeCaller.Person(Roles.ReadOnly), new TenantId(Guid.NewGuid()));
        ana = ana with { UserId = Guid.NewGuid(), Tenants = new HashSet<Guid> { tenant.Value } };

        Assert.Equal(("invalid-value", "name"), (await service.SaveAsync(ana, tenant, "transactions", start + end, "", default)).Problem is { } saved ? (saved.Code, saved.Field) : default);
        Assert.Equal(ProblemKind.Invalid, (await service.RenameAsync(ana, tenant, Guid.NewGuid(), start + end, default)).Problem?.Kind);
        Assert.True((await service.SaveAsync(ana, tenant, "transactions", "Fuel ⛽ \ud83d\ude00", "", default)).Succeeded);
    }

    private static Task<T[]> AtOnceAsync<T>(Func<int, Task<T>> work) => Task.WhenAll(Enumerable.Range(0, Tabs).Select(tab => Task.Run(() => work(tab))));

    private static async Task<(SavedViewService Service, Caller Ana, TenantId Tenant)> StandAsync(TestDatabase database)
    {
        var (tenant, ana) = (await TransactionSamples.OrganisationAsync(database), SampleRows.User("ana@acme.test"));
        await database.AddAsync(ana);
        var caller = FakeCaller.Person(Roles.ReadOnly) with { UserId = ana.Id, Tenants = new HashSet<Guid> { tenant.Value } };
        return (new SavedViewService(new SavedViews(database.Factory)), caller, tenant);
    }
}
