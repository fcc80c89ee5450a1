using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using XeroCfo.Data;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Storage;

public sealed class MigrationTests
{
    [BothDatabases]
    public async Task The_model_has_no_change_that_a_migration_lacks(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, migrated: false);
        await using var db = database.Open();

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [BothDatabases]
    public async Task Every_step_goes_down_and_up_again_with_rows_in_all_tables(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, migrated: false);
        var steps = await StepsAsync(database);

        await GoToAsync(database, steps[^1]);
        var fresh = await CatalogAsync(database);
        await SampleRows.AddAsync(database);
        Assert.Empty(await EmptyTablesAsync(database, fresh));

        foreach (var step in steps.Reverse().Skip(1).Append(Migration.InitialDatabase))
        {
            await GoToAsync(database, step);
        }

        Assert.Empty((await CatalogAsync(database)).Tables);

        foreach (var step in steps)
        {
            await GoToAsync(database, step);
        }

        Assert.Equal(fresh.Lines, (await CatalogAsync(database)).Lines);
        await SampleRows.AddAsync(database);
    }

    [BothDatabases]
    public async Task The_newest_step_can_be_taken_back_without_losing_a_row_of_what_stood_before_it(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await SampleRows.AddAsync(database);
        var steps = await StepsAsync(database);

        await GoToAsync(database, steps[^2]);
        var before = await CatalogAsync(database);
        await GoToAsync(database, steps[^1]);

        Assert.NotEmpty(before.Tables);
        Assert.Empty(await EmptyTablesAsync(database, before));
    }

    private static async Task<IReadOnlyList<string>> StepsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var steps = db.Database.GetMigrations().ToList();
        Assert.True(steps.Count >= 2);
        return steps;
    }

    private static async Task GoToAsync(TestDatabase database, string step)
    {
        await using var db = database.Open();
        await db.GetService<IMigrator>().MigrateAsync(step);
    }

    private static async Task<Catalog> CatalogAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await Catalog.ReadAsync(db);
    }

    private static async Task<IReadOnlyList<string>> EmptyTablesAsync(TestDatabase database, Catalog catalog)
    {
        await using var db = database.Open();
        var empty = new List<string>();
        foreach (var table in catalog.Tables)
        {
            if (await CountAsync(db, table) == 0)
            {
                empty.Add(table);
            }
        }

        return empty;
    }

    private static async Task<long> CountAsync(XeroCfoDb db, string table) =>
        Assert.Single(await Catalog.RowsAsync(db, $"SELECT count(*) FROM \"{table}\"", row => row.GetInt64(0)));
}
