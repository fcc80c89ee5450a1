using Npgsql;
using XeroCfo.Data.Storage;

namespace XeroCfo.Tests.Support;

/// <summary>Databases with random names on the server of <see cref="Needs.Postgres"/>.</summary>
internal static class PostgresTestServer
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    public static async Task<(DatabaseOptions Options, Func<Task> Drop)> CreateAsync(bool migrated)
    {
        var name = RandomName();
        await RunAsync(migrated ? $"CREATE DATABASE {name} TEMPLATE {await Template.Value}" : $"CREATE DATABASE {name}");
        var options = OptionsFor(name);
        return (options, () => DropAsync(options, name));
    }

    private static string Admin => Needs.Postgres
        ?? throw new InvalidOperationException("XEROCFO_TEST_POSTGRES is not set: run the tests by ./test.");

    private static string RandomName() => $"xerocfo_{Guid.NewGuid():N}";

    private static DatabaseOptions OptionsFor(string name) => new()
    {
        Provider = DatabaseOptions.Postgres,
        ConnectionString = new NpgsqlConnectionStringBuilder(Admin) { Database = name, IncludeErrorDetail = true }.ToString(),
        MaxPoolSize = 10,
    };

    private static async Task<string> MakeTemplateAsync()
    {
        var name = RandomName();
        await RunAsync($"CREATE DATABASE {name}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => RunAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)").GetAwaiter().GetResult();
        var options = OptionsFor(name);
        await TestDatabase.MigrateAsync(options);

        // A template may not have connections while it is copied.
        ClosePool(options);
        return name;
    }

    private static async Task DropAsync(DatabaseOptions options, string name)
    {
        ClosePool(options);
        await RunAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private static void ClosePool(DatabaseOptions options)
    {
        using var connection = new NpgsqlConnection(PostgresSetup.ConnectionString(options));
        NpgsqlConnection.ClearPool(connection);
    }

    private static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Admin);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
