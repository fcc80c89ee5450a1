namespace XeroCfo.Tests.Storage;

internal static class SqliteCatalog
{
    public static readonly CatalogQueries Queries = new(
        """
        SELECT t.name, c.name, lower(c.type), NOT c."notnull", c.dflt_value
        FROM sqlite_master t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
        ORDER BY t.name, c.cid
        """,
        """
        SELECT t.name, (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)), i."unique",
            CASE WHEN i.partial THEN substr(m.sql, instr(m.sql, ' WHERE ') + 7) END
        FROM sqlite_master t JOIN pragma_index_list(t.name) i LEFT JOIN sqlite_master m ON m.name = i.name
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
        ORDER BY t.name, i.name
        """,
        """
        SELECT t.name, group_concat(k."from"), k."table", lower(k.on_delete)
        FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) k
        WHERE t.type = 'table'
        GROUP BY t.name, k.id, k."table", k.on_delete
        """);

    /// <summary>A designed line as SQLite keeps it: four kinds of value, no lengths, booleans as numbers.</summary>
    public static string Expected(string line)
    {
        var words = line.Split(' ', 3);
        if (words[0] is "unique" or "index" || words[1] == "->")
        {
            return line;
        }

        var nullable = words[1].EndsWith('?') ? "?" : "";
        var type = words[1].TrimEnd('?') switch
        {
            "money" or "integer" or "boolean" => "integer",
            _ => "text",
        };
        var value = words.Length < 3 ? "" : words[2] switch
        {
            "= false" => " = 0",
            "= true" => " = 1",
            _ => " " + words[2],
        };
        return $"{words[0]} {type}{nullable}{value}";
    }
}
