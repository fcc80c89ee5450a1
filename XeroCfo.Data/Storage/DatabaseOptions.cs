namespace XeroCfo.Data.Storage;

/// <summary>Which database, and where.</summary>
public sealed class DatabaseOptions
{
    public const string Sqlite = "Sqlite";
    public const string Postgres = "Postgres";

    /// <summary><c>Sqlite</c> or <c>Postgres</c>.</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>A connection string of that provider.</summary>
    public string ConnectionString { get; set; } = "";

    public int MaxPoolSize { get; set; } = 20;

    public bool IsSqlite => Provider == Sqlite;
}
