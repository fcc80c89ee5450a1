using Microsoft.EntityFrameworkCore;
using Npgsql;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Data.Xero;
using XeroCfo.Data.Xero.Consents;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Xero.Consents;

/// <summary>Which consent a late answer is about, and who waits for whom.</summary>
public sealed class GrantTests
{
    [BothDatabases]
    public async Task A_late_refusal_of_an_old_consent_leaves_the_one_that_was_given_since(TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind);
        var (ana, tenant) = await books.ConnectedAsync();
        var access = books.Get<IXeroAccess>();
        var old = (await access.TokenAsync(tenant, null, default)).Value;
        books.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([tenant], (await books.ConnectAsync(ana, books.First)).Value);

        var goesOn = await access.LostAsync(tenant, old, 403, default);

        Assert.NotEqual(old.AccessToken, goesOn.Value.AccessToken);
        Assert.Equal(ConnectionStatus.Connected, (await books.OrganisationAsync(tenant)).Connection);
        await using (var db = books.Database.Open())
        {
            Assert.Null((await db.XeroTokens.SingleAsync()).BrokenAt);
        }

        books.Consents.Disconnect(books.First);
        Assert.Equal("xero-needs-reconnect", (await access.LostAsync(tenant, goesOn.Value, 403, default)).Problem!.Code);
        Assert.Equal(ConnectionStatus.NeedsReconnect, (await books.OrganisationAsync(tenant)).Connection);
    }

    [PostgresFact]
    public async Task Whoever_waits_for_a_renewal_waits_longer_than_a_command_may_last()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Postgres);
        var impatient = new DatabaseOptions
        {
            Provider = DatabaseOptions.Postgres,
            ConnectionString = new NpgsqlConnectionStringBuilder(database.Options.ConnectionString) { CommandTimeout = 1 }.ToString(),
            MaxPoolSize = 2,
        };
        using var theirs = new GrantLock(database.Factory, database.Options);
        using var mine = new GrantLock(new DbFactory(impatient, database.Clock), impatient);
        var grant = Guid.NewGuid();
        var held = await theirs.TakeAsync(grant, default);

        var waiting = mine.TakeAsync(grant, default);

        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromSeconds(2.5))));
        await held.DisposeAsync();
        await using var got = await waiting;
    }
}
