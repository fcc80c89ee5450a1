using Microsoft.EntityFrameworkCore;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Storage;

public sealed class SchemaTests
{
    [BothDatabases]
    public async Task The_ten_tables_are_as_they_were_designed(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var db = database.Open();

        var catalog = await Catalog.ReadAsync(db);

        Assert.Equal(10, DesignedTables.All.Count);
        var missing = from table in DesignedTables.All.Keys
                      let found = catalog.LinesOf(table)
                      from line in DesignedTables.LinesOf(table)
                      let expected = kind == TestDatabaseKind.Sqlite ? SqliteCatalog.Expected(line) : line
                      where !found.Contains(expected)
                      let near = found.Where(other => other.Split(' ')[0] == expected.Split(' ')[0])
                      select $"{table}: {expected}; there is {string.Join(" | ", near)}";
        Assert.Empty(missing);
    }

    [BothDatabases]
    public async Task Ids_are_made_by_the_application(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var db = database.Open();

        var ids = (await Catalog.ReadAsync(db)).Columns.Where(column => DesignedTables.All.ContainsKey(column.Table) && column.Name == "id").ToList();

        Assert.Equal(10, ids.Count);
        Assert.All(ids, id => Assert.Null(id.Default));
    }

    [BothDatabases]
    public async Task Every_foreign_key_is_indexed(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var db = database.Open();

        var catalog = await Catalog.ReadAsync(db);

        Assert.True(catalog.ForeignKeys.Count > 20);
        var unindexed = catalog.ForeignKeys.Where(key => !catalog.Indexes.Any(index => Covers(index, key)));
        Assert.Empty(unindexed.Select(key => $"{key.Table}: {key}"));

        static bool Covers(CatalogIndex index, CatalogForeignKey key) =>
            index.Table == key.Table && index.Filter is null && index.Columns.Take(key.Columns.Count).SequenceEqual(key.Columns);
    }

    [BothDatabases]
    public async Task No_column_is_binary_floating_point(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var db = database.Open();

        var columns = (await Catalog.ReadAsync(db)).Columns;

        Assert.True(columns.Count > 200);
        Assert.DoesNotContain(columns, column => column.Type is "real" or "double precision" or "float" or "double");
    }

    [BothDatabases]
    public async Task Every_amount_is_kept_as_money(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var db = database.Open();
        var money = (from entity in db.Model.GetEntityTypes()
                     from property in entity.GetProperties()
                     where (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(decimal)
                     select (entity.GetTableName(), property.GetColumnName())).ToList();

        var columns = (await Catalog.ReadAsync(db)).Columns.ToLookup(column => ((string?)column.Table, column.Name));

        Assert.True(money.Count > 10);
        Assert.All(money, amount => Assert.Equal(kind == TestDatabaseKind.Sqlite ? "integer" : "money", Assert.Single(columns[amount]).Type));
    }

    [BothDatabases]
    public async Task Every_column_is_named_in_camel_case(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var db = database.Open();

        var catalog = await Catalog.ReadAsync(db);

        Assert.All(catalog.Columns, column => Assert.True(char.IsAsciiLetterLower(column.Name[0]), $"{column.Table}.{column.Name}"));
        Assert.All(catalog.Tables, table => Assert.True(char.IsAsciiLetterUpper(table[0]), table));
    }
}
