using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Storage;

/// <summary>Turns what a database says when it cannot be used into the one line that a person can act on.</summary>
internal static class Refusals
{
    private const int Corrupt = 11;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    public static async Task<T> ReadableAsync<T>(DatabaseOptions database, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (Reading(database, fault) is { } refusal)
        {
            throw refusal;
        }
    }

    private static RefusedException? Reading(DatabaseOptions database, Exception fault) => fault switch
    {
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } => SqliteInspection.Damaged(SqliteInspection.PathOf(database)),
        SqliteException { SqliteErrorCode: CannotOpen } => new RefusedException(
            $"The database {SqliteInspection.PathOf(database)} cannot be opened. Check that its folder exists and that this account may write to it, or change ConnectionStrings:Database."),
        SqliteException sqlite => new RefusedException($"The database {SqliteInspection.PathOf(database)} cannot be used: {OneLine(sqlite)}."),
        PostgresException postgres => new RefusedException($"PostgreSQL refused: {OneLine(postgres)}. Check user, password and database in ConnectionStrings:Database."),
        NpgsqlException or SocketException or TimeoutException => new RefusedException(
            $"PostgreSQL at {ServerOf(database)} cannot be reached ({OneLine(fault)}). Start it, or correct ConnectionStrings:Database."),
        UnauthorizedAccessException or IOException => new RefusedException($"A file cannot be used: {OneLine(fault)}. Give this account access to DataDirectory."),
        InvalidOperationException { InnerException: { } inner } => Reading(database, inner),
        _ => null,
    };

    private static string ServerOf(DatabaseOptions database)
    {
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        return $"{server.Host}:{server.Port}";
    }

    private static string OneLine(Exception fault) =>
        (fault is PostgresException postgres ? postgres.MessageText : fault.Message).ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
