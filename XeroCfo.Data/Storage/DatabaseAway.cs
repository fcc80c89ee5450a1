using Microsoft.Data.Sqlite;
using Npgsql;

namespace XeroCfo.Data.Storage;

/// <summary>Tells a database that is away, locked or full from a bug of ours.</summary>
public static class DatabaseAway
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Full = 13, CannotOpen = 14;

    /// <summary>True when trying again later may succeed without a change of the request.</summary>
    public static bool Is(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SqliteException { SqliteErrorCode: Busy or Locked or ReadOnly or IoError or Full or CannotOpen })
            {
                return true;
            }

            // Everything that is not an answer of the server is a connection that failed, or a pool without a free one.
            if (cause is NpgsqlException and (not PostgresException or { IsTransient: true }) or PostgresException { SqlState: ['0', '8', ..] or ['5', '3', ..] or ['5', '7', ..] or "25006" })
            {
                return true;
            }
        }

        return false;
    }
}
