using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace XeroCfo.Data.Backups.Postgres;

/// <summary>Takes the tables away and makes them anew, all in the context's own transaction.</summary>
internal sealed class PostgresShape(XeroCfoDb db)
{
    private const string History = "__EFMigrationsHistory";
    private readonly PostgresRows _sql = new(db);

    /// <summary>Drops those of <paramref name="there"/> that are ours, with the functions of their triggers; strangers in the same schema stay.</summary>
    public async Task DropAsync(IReadOnlySet<string> there, CancellationToken ct)
    {
        var ours = BackupShapes.Tables.Select(table => table.Name).Append(History).Where(there.Contains).ToList();
        if (ours.Count == 0)
        {
            return;
        }

        var functions = await _sql.PairsAsync(
            $"""
            SELECT DISTINCT t.tgfoid::regprocedure::text, '' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace AND p.pronamespace = c.relnamespace AND c.relname IN ({string.Join(", ", ours.Select(name => $"'{name}'"))})
            """,
            ct);
        await _sql.RunAsync($"DROP TABLE {string.Join(", ", ours.Select(name => $"\"{name}\""))} CASCADE", ct);
        foreach (var (function, _) in functions)
        {
            await _sql.RunAsync($"DROP FUNCTION {function}", ct);
        }
    }

    /// <summary>Takes the steps between two; null is the beginning or the end.</summary>
    public async Task MigrateAsync(string? from, string? to, CancellationToken ct)
    {
        var steps = db.Database.GetMigrations().ToList();
        if ((from ?? Migration.InitialDatabase) == (to ?? steps[^1]))
        {
            return;
        }

        await _sql.RunAsync(db.GetService<IMigrator>().GenerateScript(from, to, MigrationsSqlGenerationOptions.NoTransactions), ct);
    }
}
