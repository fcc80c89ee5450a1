using Npgsql;
using XeroCfo.Data.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Storage;

/// <summary>The planner is told what machine it is on, unless its owner has said something else.</summary>
public sealed class PostgresPlannerTests
{
    [PostgresFact]
    public async Task A_database_as_it_came_goes_by_solid_state_and_compiles_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Postgres);
        Assert.Equal(("4", "on"), await SetAsync(database));

        await PostgresPlanner.TellAsync(database.Factory, default);
        Assert.Equal(("1.1", "off"), await SetAsync(database));
        await PostgresPlanner.TellAsync(database.Factory, default);
        Assert.Equal(("1.1", "off"), await SetAsync(database));
    }

    [PostgresFact]
    public async Task What_an_administrator_has_set_stays()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Postgres);
        await RunAsync(database.Options, $"ALTER DATABASE \"{NameOf(database)}\" SET random_page_cost = 2");

        await PostgresPlanner.TellAsync(database.Factory, default);

        Assert.Equal(("2", "off"), await SetAsync(database));
    }

    [PostgresFact]
    public async Task A_role_that_does_not_own_the_database_works_with_it_as_it_is()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Postgres);
        var role = $"guest_{Guid.NewGuid():N}";
        await RunAsync(database.Options, $"CREATE ROLE {role} LOGIN PASSWORD 'guest'");
        var options = new DatabaseOptions
        {
            Provider = DatabaseOptions.Postgres,
            ConnectionString = new NpgsqlConnectionStringBuilder(database.Options.ConnectionString) { Username = role, Password = "guest", Pooling = false }.ToString(),
        };

        await PostgresPlanner.TellAsync(new DbFactory(options, database.Clock), default);

        Assert.Equal(("4", "on"), await SetAsync(database));
        await RunAsync(database.Options, $"DROP ROLE {role}");
    }

    private static string NameOf(TestDatabase database) => new NpgsqlConnectionStringBuilder(database.Options.ConnectionString).Database!;

    private static async Task<(string Cost, string Jit)> SetAsync(TestDatabase database)
    {
        await using var connection = await OpenAsync(database.Options);
        await using var command = new NpgsqlCommand("SELECT current_setting('random_page_cost'), current_setting('jit')", connection);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        return (reader.GetString(0), reader.GetString(1));
    }

    private static async Task RunAsync(DatabaseOptions options, string sql)
    {
        await using var connection = await OpenAsync(options);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<NpgsqlConnection> OpenAsync(DatabaseOptions options)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }
}
