using Microsoft.EntityFrameworkCore;
using Npgsql;
using XeroCfo.Data.Saving;

namespace XeroCfo.Data.Storage;

/// <summary>
/// What PostgreSQL's planner takes for granted about the machine. As it comes it reckons with a spinning disk, where a row by its index costs four rows in a line, and so reads
/// whole tables where an index has all; and it compiles queries that are over sooner than that takes. Both are told to this database alone, where its owner has left
/// them as they came.
/// </summary>
internal static class PostgresPlanner
{
    // The names and values stand here and nowhere else; what an administrator has set for the server, the role or the database is left alone.
    private const string Tell = """
        DO $$
        DECLARE setting record;
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM pg_database WHERE datname = current_database() AND pg_has_role(datdba, 'USAGE')) THEN RETURN; END IF;
            FOR setting IN
                SELECT wanted.name, wanted.value FROM (VALUES ('random_page_cost', '1.1'), ('jit', 'off')) AS wanted (name, value)
                JOIN pg_settings AS there ON there.name = wanted.name AND there.source = 'default'
            LOOP
                EXECUTE format('ALTER DATABASE %I SET %I = %L', current_database(), setting.name, setting.value);
            END LOOP;
        END $$
        """;

    /// <summary>Tells it, once; connections that begin later go by it.</summary>
    public static async Task TellAsync(IDbFactory databases, CancellationToken ct)
    {
        await using var db = databases.Create();
        if (db is not PostgresDb)
        {
            return;
        }

        await db.Database.OpenConnectionAsync(ct);
        await using var command = RawSql.Command(db, Tell);
        await command.ExecuteNonQueryAsync(ct);
        NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());
    }
}
