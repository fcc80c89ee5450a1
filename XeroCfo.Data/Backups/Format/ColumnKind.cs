using System.Text.Json.Serialization;

namespace XeroCfo.Data.Backups.Format;

/// <summary>What a column holds, in words of neither database: so a backup of one restores into the other.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ColumnKind>))]
internal enum ColumnKind
{
    Text,

    /// <summary>Text that PostgreSQL keeps as jsonb, and so may write with other blanks and another order of members.</summary>
    Json,

    Id,
    Flag,
    Number,

    /// <summary>Whole ten-thousandths.</summary>
    Money,

    /// <summary>An exact decimal as text, without zeros at its end.</summary>
    Rate,

    /// <summary>Days since the year 1.</summary>
    Day,

    /// <summary>Microseconds since the year 1, UTC.</summary>
    Instant,

    /// <summary>The same; SQLite keeps it with an offset.</summary>
    Moment,

    Bytes,
}

/// <summary>A column of a backup.</summary>
internal sealed record ColumnShape(string Name, ColumnKind Kind);

/// <summary>A table of a backup.</summary>
/// <param name="Name">As the database calls it.</param>
/// <param name="Columns">In the order in which each row holds them.</param>
/// <param name="Counter">The column that the database numbers by itself; null: none.</param>
internal sealed record TableShape(string Name, IReadOnlyList<ColumnShape> Columns, string? Counter)
{
    /// <summary>The columns as SQL wants them.</summary>
    [JsonIgnore]
    public string QuotedColumns => string.Join(", ", Columns.Select(column => $"\"{column.Name}\""));

    /// <summary>The table as SQL wants it.</summary>
    [JsonIgnore]
    public string Quoted => $"\"{Name}\"";
}
