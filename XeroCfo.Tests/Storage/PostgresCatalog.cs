namespace XeroCfo.Tests.Storage;

internal static class PostgresCatalog
{
    public static readonly CatalogQueries Queries = new(
        """
        SELECT t.relname, c.attname, format_type(c.atttypid, c.atttypmod), (NOT c.attnotnull)::int,
            regexp_replace(pg_get_expr(d.adbin, d.adrelid), '::[a-z ]+$', '')
        FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = c.attnum
        WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace
        ORDER BY t.relname, c.attnum
        """,
        """
        SELECT t.relname, (SELECT string_agg(pg_get_indexdef(i.indexrelid, n, false), ',' ORDER BY n) FROM generate_series(1, i.indnkeyatts) n),
            i.indisunique::int, pg_get_expr(i.indpred, i.indrelid)
        FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
        WHERE t.relnamespace = 'public'::regnamespace
        """,
        """
        SELECT t.relname,
            (SELECT string_agg(c.attname, ',' ORDER BY k.n) FROM unnest(f.conkey) WITH ORDINALITY k(attnum, n)
                JOIN pg_attribute c ON c.attrelid = f.conrelid AND c.attnum = k.attnum),
            p.relname,
            CASE f.confdeltype WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'r' THEN 'restrict' WHEN 'd' THEN 'set default' ELSE 'no action' END
        FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid
        WHERE f.contype = 'f'
        """);

    /// <summary>PostgreSQL's long names in the words of the design.</summary>
    public static string TypeName(string type) => type switch
    {
        "timestamp with time zone" => "timestamp",
        "numeric(19,4)" => "money",
        "jsonb" => "json",
        _ => type.Replace("character varying", "varchar", StringComparison.Ordinal),
    };
}
