using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Users;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.People;
using XeroCfo.Domain.Users.SecondFactors;
using XeroCfo.Domain.Users.Sessions;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Users;

/// <summary>Sessions and second factors on both databases: what ends them, and that the next write is refused at once.</summary>
public sealed class SessionTests
{
    [BothDatabases]
    public async Task Whatever_changes_a_person_ends_their_sessions_and_the_next_write_of_an_open_page_at_once(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (book, people, factors, users) = Ports(database);
        Func<Guid, Task>[] changes =
        [
            id => people.ChangeAsync(Caller.Command, id, new PersonChange(Role: Roles.Accountant), default),
            id => people.ChangeAsync(Caller.Command, id, new PersonChange(Tenants: TenantGrants.None), default),
            id => people.ChangeAsync(Caller.Command, id, new PersonChange(IsActive: false), default),
            id => users.ChangeAsync(Caller.Command, id, "user.password_reset", person => person.PasswordHash = User.NoPassword, default),
            id => factors.EnrolAsync(Caller.Command, id, Totp.NewSecret(), 1, ["00"], default),
            id => factors.RemoveAllAsync(Caller.Command, id, default),
            id => book.EndAllAsync(Caller.Command, id, null, default),
            id => factors.RequireAsync(Caller.Command, new HashSet<string> { Roles.Standard }, default),
        ];
        var tenant = SampleRows.Tenant();
        await database.AddAsync(tenant);

        foreach (var (change, place) in changes.Select((change, place) => (change, place)))
        {
            var user = SampleRows.User($"p{place}@acme.test");
            user.SecurityStamp = "stamp";
            await database.AddAsync(user, new UserTenant { UserId = user.Id, TenantId = tenant.Id });
            var session = await new SessionService(book, database.Clock).BeginAsync(user.Id, SessionKinds.Browser, TimeSpan.FromDays(1), Origin.Console, default);
            var caller = (await new CallerService(users).ForUserAsync(user.Id, Origin.Console, default, session.Id)).Value;
            Assert.True(await book.IsOpenAsync(session.Id, user.Id, "stamp", default));
            Assert.True((await users.RenameAsync(caller, user.Id, "Ada", null, default)).Succeeded);

            await change(user.Id);

            Assert.False(await book.IsOpenAsync(session.Id, user.Id, "stamp", default), $"Change {place}");
            Assert.Equal("rights-changed", (await users.RenameAsync(caller, user.Id, "Eve", null, default)).Problem?.Code);
        }
    }

    [BothDatabases]
    public async Task One_session_ends_alone_and_all_but_this_one_together(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (book, _, _, users) = Ports(database);
        var user = SampleRows.User();
        user.SecurityStamp = "stamp";
        await database.AddAsync(user);
        var service = new SessionService(book, database.Clock);
        var open = new List<UserSession>();
        for (var i = 0; i < 4; i++)
        {
            open.Add(await service.BeginAsync(user.Id, SessionKinds.Browser, TimeSpan.FromHours(1 + i), new Origin("10.0.0.1", "Firefox/1 Linux"), default));
        }

        var caller = (await new CallerService(users).ForUserAsync(user.Id, Origin.Console, default, open[3].Id)).Value;
        Assert.Equal("session-not-found", (await service.EndAsync(caller, Guid.NewGuid(), default)).Problem?.Code);
        Assert.True((await service.EndAsync(caller, open[1].Id, default)).Succeeded);
        Assert.Equal([open[0].Id, open[2].Id, open[3].Id], (await service.OwnAsync(caller, default)).Value.Select(session => session.Id).Order());

        var other = (await new CallerService(users).ForUserAsync(user.Id, Origin.Console, default, open[1].Id)).Value;
        Assert.Equal("rights-changed", (await users.RenameAsync(other, user.Id, "Eve", null, default)).Problem?.Code);

        database.Clock.Advance(TimeSpan.FromMinutes(90));
        Assert.Equal([open[2].Id, open[3].Id], (await service.OwnAsync(caller, default)).Value.Select(session => session.Id).Order());
        Assert.True((await service.EndOthersAsync(caller, default)).Succeeded);
        Assert.Equal([open[3].Id], (await service.OwnAsync(caller, default)).Value.Select(session => session.Id));
        Assert.True(await book.IsOpenAsync(open[3].Id, user.Id, "stamp", default));
    }

    [BothDatabases]
    public async Task A_code_or_recovery_code_used_twice_at_once_opens_once(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var factors = Ports(database).Factors;
        var user = SampleRows.User();
        await database.AddAsync(user);
        await factors.EnrolAsync(Caller.Command, user.Id, Totp.NewSecret(), 5, ["0a", "0b"], default);

        var steps = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => factors.UseStepAsync(user.Id, 6, default)));
        var codes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => factors.UseRecoveryCodeAsync(user.Id, "0a", default)));

        Assert.Single(steps, used => used);
        Assert.Single(codes, used => used);
        Assert.False(await factors.UseStepAsync(user.Id, 6, default));
        Assert.Equal(new SecondFactorState(true, 1, 0), await factors.StateAsync(user.Id, default));
        await using var db = database.Open();
        Assert.StartsWith("v1.", (await db.Authenticators.SingleAsync()).Secret, StringComparison.Ordinal);
    }

    [BothDatabases]
    public async Task When_a_session_was_last_seen_is_noted_once_a_minute(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var book = Ports(database).Book;
        var user = SampleRows.User();
        await database.AddAsync(user);
        var session = await new SessionService(book, database.Clock).BeginAsync(user.Id, SessionKinds.Browser, TimeSpan.FromDays(1), Origin.Console, default);
        var began = session.LastSeenAt;

        database.Clock.Advance(TimeSpan.FromSeconds(61));
        await book.SeenAsync(session.Id, default);
        database.Clock.Advance(TimeSpan.FromSeconds(30));
        await book.SeenAsync(session.Id, default);

        Assert.Equal(began.AddSeconds(61), Assert.Single(await book.ListAsync(user.Id, default)).LastSeenAt);
    }

    private static (SessionBook Book, PeopleRepository People, SecondFactorBook Factors, UserRepository Users) Ports(TestDatabase database)
    {
        var ring = new KeyRing();
        ring.Use(MasterKey.NewText(), []);
        var envelope = new Envelope(ring);
        return (
            new SessionBook(database.Factory, database.Clock, NullLogger<SessionBook>.Instance),
            new PeopleRepository(database.Factory, envelope, database.Clock),
            new SecondFactorBook(database.Factory, envelope, database.Clock),
            new UserRepository(database.Factory, database.Clock));
    }
}
