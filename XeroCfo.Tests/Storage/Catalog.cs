using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data;

namespace XeroCfo.Tests.Storage;

internal sealed record CatalogColumn(string Table, string Name, string Type, bool IsNullable, string? Default)
{
    public override string ToString() => $"{Name} {Type}{(IsNullable ? "?" : "")}{(Default is null ? "" : $" = {Default}")}";
}

internal sealed record CatalogIndex(string Table, IReadOnlyList<string> Columns, bool IsUnique, string? Filter)
{
    public override string ToString() =>
        $"{(IsUnique ? "unique" : "index")} {string.Join(", ", Columns)}{(Filter is null ? "" : $" where {Filter}")}";
}

internal sealed record CatalogForeignKey(string Table, IReadOnlyList<string> Columns, string Principal, string OnDelete)
{
    public override string ToString() => $"{string.Join(", ", Columns)} -> {Principal} {OnDelete}";
}

/// <summary>What the database itself says it holds, read from its own catalog, in the words of <see cref="DesignedTables"/>.</summary>
internal sealed record Catalog(
    IReadOnlyList<CatalogColumn> Columns, IReadOnlyList<CatalogIndex> Indexes, IReadOnlyList<CatalogForeignKey> ForeignKeys)
{
    public IReadOnlyList<string> Tables => [.. Columns.Select(column => column.Table).Distinct().Order(StringComparer.Ordinal)];

    public static async Task<Catalog> ReadAsync(XeroCfoDb db)
    {
        var sql = db.Database.IsSqlite() ? SqliteCatalog.Queries : PostgresCatalog.Queries;
        Func<string, string> type = db.Database.IsSqlite() ? name => name : PostgresCatalog.TypeName;
        var columns = await RowsAsync(db, sql.Columns, row => new CatalogColumn(
            row.GetString(0), row.GetString(1), type(row.GetString(2)), row.GetInt32(3) == 1, Text(row, 4)));
        var indexes = await RowsAsync(db, sql.Indexes, row => new CatalogIndex(
            row.GetString(0), Names(row.GetString(1)).Split(','), row.GetInt32(2) == 1, Filter(Text(row, 3))));
        var foreignKeys = await RowsAsync(db, sql.ForeignKeys, row => new CatalogForeignKey(
            row.GetString(0), Names(row.GetString(1)).Split(','), row.GetString(2), row.GetString(3)));
        return new Catalog(
            [.. columns.Where(column => !IsOfEf(column.Table))],
            [.. indexes.Where(index => !IsOfEf(index.Table))],
            foreignKeys);
    }

    /// <summary>Everything about a table, a line each.</summary>
    public IReadOnlySet<string> LinesOf(string table) => new HashSet<string>(
    [
        .. Columns.Where(column => column.Table == table).Select(column => column.ToString()),
        .. Indexes.Where(index => index.Table == table).Select(index => index.ToString()),
        .. ForeignKeys.Where(key => key.Table == table).Select(key => key.ToString()),
    ]);

    /// <summary>Everything, a line each.</summary>
    public IReadOnlyList<string> Lines => [.. Tables.SelectMany(table => LinesOf(table).Select(line => $"{table}: {line}")).Order(StringComparer.Ordinal)];

    internal static async Task<IReadOnlyList<T>> RowsAsync<T>(XeroCfoDb db, string sql, Func<DbDataReader, T> read)
    {
        var connection = db.Database.GetDbConnection();
        if (connection.State != ConnectionState.Open)
        {
            await db.Database.OpenConnectionAsync();
        }

        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    // EF's own book-keeping: which migrations ran, and its lock.
    private static bool IsOfEf(string table) => table.StartsWith("__EF", StringComparison.Ordinal);

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column).Trim('\'');

    // PostgreSQL quotes names that have capitals.
    private static string Names(string columns) => columns.Replace("\"", "", StringComparison.Ordinal);

    private static string? Filter(string? sql) => sql?.Replace("\"", "", StringComparison.Ordinal).Trim('(', ')');
}

/// <summary>Queries that give table, name, type, nullable, default; table, columns, unique, filter; table, columns, principal, rule.</summary>
internal sealed record CatalogQueries(string Columns, string Indexes, string ForeignKeys);
