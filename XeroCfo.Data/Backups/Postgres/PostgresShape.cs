using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace XeroCfo.Data.Backups.Postgres;

/// <summary>Takes the tables away and makes them anew, all in the context's own transaction, which EF's own way of migrating does not join.</summary>
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

    /// <summary>Takes the steps behind <paramref name="from"/> up to <paramref name="to"/>; null is the beginning or the end.</summary>
    public async Task MigrateAsync(string? from, string? to, CancellationToken ct)
    {
        var (assembly, history) = (db.GetService<IMigrationsAssembly>(), db.GetService<IHistoryRepository>());
        if (from is null)
        {
            await _sql.RunAsync(history.GetCreateScript(), ct);
        }

        foreach (var (id, type) in assembly.Migrations)
        {
            if (string.CompareOrdinal(id, from) > 0 && (to is null || string.CompareOrdinal(id, to) <= 0))
            {
                await TakeAsync(assembly.CreateMigration(type, db.Database.ProviderName!), ct);
                await _sql.RunAsync(history.GetInsertScript(new HistoryRow(id, ProductInfo.GetVersion())), ct);
            }
        }
    }

    private async Task TakeAsync(Migration step, CancellationToken ct)
    {
        var model = db.GetService<IModelRuntimeInitializer>().Initialize(step.TargetModel, designTime: true, validationLogger: null);
        foreach (var command in db.GetService<IMigrationsSqlGenerator>().Generate(step.UpOperations, model))
        {
            await _sql.RunAsync(command.CommandText, ct);
        }
    }
}
