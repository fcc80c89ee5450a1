using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using XeroCfo.Data.Backups.Format;
using XeroCfo.Data.Storage;

namespace XeroCfo.Data.Backups;

/// <summary>
/// What a backup of this version holds: every table of the model, so that a new one comes along by itself. The kinds are read from
/// PostgreSQL's side of the model, whose types tell more than SQLite's; tables and columns are the same on both.
/// </summary>
internal static class BackupShapes
{
    private static readonly Lazy<IReadOnlyList<TableShape>> Shapes = new(Read);
    private static readonly Lazy<IReadOnlySet<string>> Known = new(() => typeof(XeroCfoDb).Assembly.GetTypes()
        .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Select(StepName).ToHashSet(StringComparer.Ordinal));

    /// <summary>The tables, by name.</summary>
    public static IReadOnlyList<TableShape> Tables => Shapes.Value;

    /// <summary>Every step of either database that this version knows.</summary>
    public static IReadOnlySet<string> KnownSteps => Known.Value;

    /// <summary>A step's name without the time of day that differs between the databases.</summary>
    public static string StepName(string migration) => migration[(migration.IndexOf('_', StringComparison.Ordinal) + 1)..];

    private static List<TableShape> Read()
    {
        using var db = new PostgresDb(PostgresSetup.Options(new DatabaseOptions { Provider = DatabaseOptions.Postgres, ConnectionString = "Host=localhost;Database=model" }));
        var model = db.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        return
        [
            .. from table in model.Tables
               orderby table.Name
               select new TableShape(
                   table.Name,
                   [.. from column in table.Columns where column.ComputedColumnSql is null orderby column.Name select new ColumnShape(column.Name, KindOf(table, column))],
                   table.Columns.FirstOrDefault(IsCounter)?.Name),
        ];
    }

    private static bool IsCounter(IColumn column) => column.PropertyMappings.Any(mapping =>
        NpgsqlPropertyExtensions.GetValueGenerationStrategy(mapping.Property) is NpgsqlValueGenerationStrategy.IdentityByDefaultColumn or NpgsqlValueGenerationStrategy.IdentityAlwaysColumn
        && mapping.Property.ValueGenerated == ValueGenerated.OnAdd);

    private static ColumnKind KindOf(ITable table, IColumn column) => column.StoreType switch
    {
        "uuid" => ColumnKind.Id,
        "jsonb" => ColumnKind.Json,
        "boolean" => ColumnKind.Flag,
        "smallint" or "integer" or "bigint" => ColumnKind.Number,
        "numeric(19,4)" => ColumnKind.Money,
        "numeric(28,12)" => ColumnKind.Rate,
        "date" => ColumnKind.Day,
        "timestamp with time zone" => column.PropertyMappings.Any(mapping => Plain(mapping.Property.ClrType) == typeof(DateTimeOffset)) ? ColumnKind.Moment : ColumnKind.Instant,
        "bytea" => ColumnKind.Bytes,
        "text" => ColumnKind.Text,
        var text when text.StartsWith("character varying", StringComparison.Ordinal) => ColumnKind.Text,
        var other => throw new NotSupportedException($"A backup cannot hold {table.Name}.{column.Name}: it does not know the type {other}."),
    };

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
