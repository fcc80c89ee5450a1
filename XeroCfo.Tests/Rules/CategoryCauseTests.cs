using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Rules;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Rules;

/// <summary>Who is named for what a document has: the one whose word stands, not the one who spoke last; on both databases.</summary>
public sealed class CategoryCauseTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [BothDatabases]
    public async Task What_was_taken_back_is_nobodys_word_any_more(TestDatabaseKind kind)
    {
        await using var stand = await Stand.CreateAsync(kind);
        var people = await stand.SetAsync("ana", "People");
        var travel = await stand.SetAsync("tom", "Travel");
        Assert.Equal("tom", (await stand.MarkAsync()).By);

        await stand.UndoAsync("tom", travel);
        var mark = await stand.MarkAsync();
        Assert.Equal(("People", "ana", stand.Ana), (mark.State.Category, mark.By, mark.UserId));

        await stand.UndoAsync("tom", people);
        Assert.Equal((null, "none", null, null), await stand.MarkAsync() is var none ? (none.State.Category, none.State.Source, none.By, none.At) : default);
    }

    [BothDatabases]
    public async Task The_second_person_is_told_who_took_a_change_back(TestDatabaseKind kind)
    {
        await using var stand = await Stand.CreateAsync(kind);
        var first = await stand.ReadAsync();
        await stand.SetAsync("ana", "People");
        var travel = await stand.SetAsync("tom", "Travel");
        var between = await stand.ReadAsync();
        await stand.UndoAsync("mia", travel);
        stand.Clock.Advance(Minute);

        Assert.Equal("mia took a change back 2 min ago.", await stand.ToldAsync(first));
        Assert.Equal("mia took a change back 2 min ago.", await stand.ToldAsync(between));

        await stand.SetAsync("ana", "Travel");
        Assert.Equal("ana set Travel 1 min ago.", await stand.ToldAsync(between));
        stand.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal("ana set Travel 3 h ago.", await stand.ToldAsync(between));
        stand.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal("ana set Travel 4 days ago.", await stand.ToldAsync(between));
    }

    [BothDatabases]
    public async Task Rows_that_a_slow_change_reached_late_are_that_changes(TestDatabaseKind kind)
    {
        await using var stand = await Stand.CreateAsync(kind);
        var read = await stand.ReadAsync();

        // The change is stamped when it begins, the row when its turn comes.
        await stand.SetAsync("ana", "People", new FixedClock(stand.Clock.Now + TimeSpan.FromSeconds(40)));

        Assert.Equal("ana set People 1 min ago.", await stand.ToldAsync(read));
    }

    [BothDatabases]
    public async Task A_code_alone_is_told_as_a_code(TestDatabaseKind kind)
    {
        await using var stand = await Stand.CreateAsync(kind);
        await stand.SetAsync("ana", "People");
        var read = await stand.ReadAsync();

        Assert.True((await stand.Categorising().ChangeAsync(stand.Person("tom"), stand.Tenant, stand.Row, ReadVersion.Any, new CategoryWish(default, Wish.Of("449")), default)).Succeeded);

        Assert.Equal("tom set account 449 just now.", await stand.ToldAsync(read));
    }

    [BothDatabases]
    public async Task Only_a_sync_is_told_as_a_sync(TestDatabaseKind kind)
    {
        await using var stand = await Stand.CreateAsync(kind);
        await stand.SetAsync("ana", "People", new FixedClock(stand.Clock.Now + TimeSpan.FromMilliseconds(1)));
        var read = await stand.ReadAsync();

        await stand.TouchAsync();
        Assert.Equal("It was changed since you read it.", await stand.ToldAsync(read));

        stand.Clock.Advance(Minute);
        var run = new SyncRun { TenantId = stand.Tenant.Value, Trigger = "manual", Status = SyncStatus.Succeeded, StartedAt = stand.Clock.UtcNow(), FinishedAt = stand.Clock.UtcNow() + (2 * Minute) };
        await stand.AddAsync(run);
        await stand.TouchAsync();
        Assert.Equal("A sync changed it since you read it.", await stand.ToldAsync(read));
    }

    /// <summary>One document, and people who change it a minute apart.</summary>
    private sealed class Stand : IAsyncDisposable
    {
        private readonly TestDatabase _database;
        private readonly Dictionary<string, Guid> _people = [];

        private Stand(TestDatabase database, TenantId tenant, Guid row) => (_database, Tenant, Row) = (database, tenant, row);

        public TenantId Tenant { get; }

        public Guid Row { get; }

        public FixedClock Clock => _database.Clock;

        public Guid Ana => _people["ana"];

        public static async Task<Stand> CreateAsync(TestDatabaseKind kind)
        {
            var database = await TestDatabase.CreateAsync(kind);
            var tenant = await TransactionSamples.OrganisationAsync(database);
            var row = TransactionSamples.Row(tenant, -42);
            await database.AddAsync(row, new Account { TenantId = tenant.Value, AccountId = Guid.NewGuid(), Code = "449", Name = "Vehicles", Type = "EXPENSE", Class = "EXPENSE" });
            var stand = new Stand(database, tenant, row.Id);
            foreach (var name in new[] { "ana", "tom", "mia" })
            {
                var user = SampleRows.User($"{name}@acme.test");
                await database.AddAsync(user);
                stand._people[name] = user.Id;
            }

            database.Clock.Advance(Minute);
            return stand;
        }

        public Categorising Categorising(FixedClock? clock = null) => new(_database.Factory, clock ?? Clock);

        public Caller Person(string name) => Caller.Command with { Name = name, UserId = _people[name] };

        public Task AddAsync(object row) => _database.AddAsync(row);

        /// <summary>What takes it back; a minute passes.</summary>
        public async Task<Guid> SetAsync(string who, string category, FixedClock? clock = null)
        {
            var done = await Categorising(clock).ChangeAsync(Person(who), Tenant, Row, ReadVersion.Any, new CategoryWish(Wish.Of(category), default), default);
            Clock.Advance(Minute);
            return done.Value.UndoId;
        }

        public async Task UndoAsync(string who, Guid undo)
        {
            Assert.Equal(new Undone(1, 0), (await Categorising().UndoAsync(Person(who), Tenant, undo, default)).Value);
            Clock.Advance(Minute);
        }

        /// <summary>Something that is no person's change touches the row.</summary>
        public async Task TouchAsync()
        {
            Clock.Advance(Minute);
            await using var db = _database.Open();
            var now = Clock.UtcNow();
            Assert.Equal(1, await db.Transactions.Where(row => row.Id == Row).ExecuteUpdateAsync(set => set.SetProperty(row => row.UpdatedAt, now)));
            Clock.Advance(Minute);
        }

        public async Task<CategoryMark> MarkAsync() => Assert.Single(await new CategoryTrail(_database.Factory).MarksAsync(Tenant, [Row], false, default));

        public async Task<ReadVersion> ReadAsync() => (await MarkAsync()).Version;

        /// <summary>What one who read <paramref name="version"/> and now says something else is told.</summary>
        public async Task<string> ToldAsync(ReadVersion version)
        {
            var problem = (await Categorising().ChangeAsync(Person("mia"), Tenant, Row, version, new CategoryWish(Wish.Of("Other"), default), default)).Problem!;
            Assert.Equal(ProblemKind.Stale, problem.Kind);
            Assert.EndsWith(" Read it again, then decide.", problem.Message, StringComparison.Ordinal);
            return problem.Message.Replace(" Read it again, then decide.", "", StringComparison.Ordinal);
        }

        public ValueTask DisposeAsync() => _database.DisposeAsync();
    }
}
