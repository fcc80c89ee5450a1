using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Storage;

/// <summary>Which database, and where.</summary>
public sealed class DatabaseOptions : ISettings
{
    public const string Section = "Database";
    public const string Sqlite = "Sqlite";
    public const string Postgres = "Postgres";

    /// <summary><c>Sqlite</c> or <c>Postgres</c>.</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>A connection string of that provider; the setting is called ConnectionStrings:Database.</summary>
    public string ConnectionString { get; set; } = "";

    public int MaxPoolSize { get; set; } = 20;

    public bool IsSqlite => Provider == Sqlite;

    public IEnumerable<string> Faults()
    {
        if (Provider is not (Sqlite or Postgres))
        {
            yield return $"Database:Provider is \"{Provider}\". Set it to {Sqlite} or {Postgres}.";
        }
        else if (ConnectionFault() is { } fault)
        {
            yield return fault;
        }

        if (MaxPoolSize is < 1 or > 1000)
        {
            yield return $"Database:MaxPoolSize is {MaxPoolSize}. Set it to a number from 1 to 1000.";
        }
    }

    private string? ConnectionFault()
    {
        try
        {
            DbConnectionStringBuilder _ = IsSqlite ? new SqliteConnectionStringBuilder(ConnectionString) : new NpgsqlConnectionStringBuilder(ConnectionString);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException)
        {
            return $"ConnectionStrings:Database is not a connection string of {Provider} ({fault.Message.ReplaceLineEndings(" ").TrimEnd('.')}).";
        }

        if (IsSqlite)
        {
            return new SqliteConnectionStringBuilder(ConnectionString).DataSource is "" or ":memory:"
                ? "ConnectionStrings:Database names no file. Set it to \"Data Source={DataDirectory}/xerocfo.db\" or leave it out."
                : null;
        }

        return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(ConnectionString).Host)
            ? "ConnectionStrings:Database is not set. PostgreSQL needs one: Host=…;Database=…;Username=…;Password=…"
            : null;
    }
}
