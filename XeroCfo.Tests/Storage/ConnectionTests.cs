using Microsoft.EntityFrameworkCore;
using Npgsql;
using XeroCfo.Data.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Storage;

public sealed class ConnectionTests
{
    [Theory]
    [InlineData("Host=db.example.com;Database=xerocfo", SslMode.VerifyFull)]
    [InlineData("Host=db;Database=xerocfo;SSL Mode=Require", SslMode.Require)]
    [InlineData("Host=db;Database=xerocfo;SslMode=Disable", SslMode.Disable)]
    [InlineData("Host=localhost;Database=xerocfo", SslMode.Prefer)]
    [InlineData("Host=/run/postgresql;Database=xerocfo", SslMode.Prefer)]
    public void The_certificate_of_another_machine_is_verified_unless_told_otherwise(string given, SslMode expected)
    {
        var used = PostgresSetup.ConnectionString(new DatabaseOptions { Provider = DatabaseOptions.Postgres, ConnectionString = given });

        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(used).SslMode);
    }

    [Fact]
    public void The_pool_has_the_configured_size()
    {
        var used = PostgresSetup.ConnectionString(new DatabaseOptions { ConnectionString = "Host=localhost", MaxPoolSize = 7 });

        Assert.Equal(7, new NpgsqlConnectionStringBuilder(used).MaxPoolSize);
    }

    [Theory]
    [InlineData("Host=db", true)]
    [InlineData("Host=db;No Reset On Close=false", false)]
    [InlineData("Host=db;NoResetOnClose=false", false)]
    public void A_connection_is_handed_on_as_it_is_unless_told_otherwise(string given, bool expected)
    {
        var used = PostgresSetup.ConnectionString(new DatabaseOptions { Provider = DatabaseOptions.Postgres, ConnectionString = given });

        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(used).NoResetOnClose);
    }

    [PostgresFact]
    public async Task What_was_under_way_when_a_connection_was_given_back_is_undone()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Postgres);
        await using (var db = database.Open())
        {
            await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlRawAsync("CREATE TABLE left_behind (id int)");
        }

        await using var next = database.Open();
        Assert.Equal(0, await next.Database.SqlQueryRaw<int>("SELECT count(*)::int AS \"Value\" FROM pg_tables WHERE tablename = 'left_behind'").SingleAsync());
    }

    [Fact]
    public async Task SQLite_is_opened_durable_each_time()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        await using (var first = database.Open())
        {
            await first.Database.OpenConnectionAsync();
            await first.Database.ExecuteSqlRawAsync(SqliteSetup.BulkPragmas);
            Assert.Equal("1", await PragmaAsync(first, "synchronous"));
        }

        await using var db = database.Open();

        Assert.Equal("2", await PragmaAsync(db, "synchronous"));
        Assert.Equal("1", await PragmaAsync(db, "foreign_keys"));
        Assert.Equal("wal", await PragmaAsync(db, "journal_mode"));
        Assert.Equal("30000", await PragmaAsync(db, "busy_timeout"));
    }

    private static async Task<string?> PragmaAsync(Data.XeroCfoDb db, string name) =>
        Assert.Single(await Catalog.RowsAsync(db, $"PRAGMA {name}", row => row.GetValue(0).ToString()));
}
