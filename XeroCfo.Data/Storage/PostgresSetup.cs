using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using XeroCfo.Data.Saving;

namespace XeroCfo.Data.Storage;

/// <summary>How PostgreSQL is reached.</summary>
public static class PostgresSetup
{
    /// <summary>The options of a context on the server of <paramref name="options"/>.</summary>
    public static DbContextOptions<PostgresDb> Options(DatabaseOptions options, params IInterceptor[] interceptors) =>
        new DbContextOptionsBuilder<PostgresDb>()
            .UseNpgsql(ConnectionString(options), npgsql => npgsql
                .MigrationsAssembly(typeof(PostgresDb).Assembly.FullName)
                .MigrationsHistoryTable("__EFMigrationsHistory"))
            .ReplaceService<IModelCacheKeyFactory, ScopedModels>()
            .AddInterceptors(interceptors)
            .Options;

    /// <summary>
    /// The connection string with the pool's limit, whose connections are handed on as they are. On anything but this machine the
    /// server's certificate is verified. Both unless the string itself says otherwise.
    /// </summary>
    public static string ConnectionString(DatabaseOptions options)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.ConnectionString) { MaxPoolSize = options.MaxPoolSize };
        var local = builder.Host is null or "localhost" or "127.0.0.1" or "::1" || builder.Host.StartsWith('/');

        // Npgsql's own builder answers yes for every keyword that it knows, given or not.
        var given = new DbConnectionStringBuilder { ConnectionString = options.ConnectionString };
        if (!local && !given.ContainsKey("SSL Mode") && !given.ContainsKey("SslMode"))
        {
            builder.SslMode = SslMode.VerifyFull;
        }

        // Nothing here sets what a session keeps, so a connection need not be cleaned between two questions; what is under way is rolled back all the same.
        if (!given.ContainsKey("No Reset On Close") && !given.ContainsKey("NoResetOnClose"))
        {
            builder.NoResetOnClose = true;
        }

        return builder.ToString();
    }
}
