using Microsoft.EntityFrameworkCore.Design;

namespace XeroCfo.Data.Storage;

/// <summary>For <c>dotnet ef migrations add</c>; no database is touched.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) =>
        new(SqliteSetup.Options(new DatabaseOptions { ConnectionString = "Data Source=:memory:" }));
}

/// <summary>For <c>dotnet ef migrations add</c>; no database is touched.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) =>
        new(PostgresSetup.Options(new DatabaseOptions { Provider = DatabaseOptions.Postgres, ConnectionString = "Host=localhost;Database=design" }));
}
