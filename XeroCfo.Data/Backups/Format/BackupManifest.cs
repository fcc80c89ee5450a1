namespace XeroCfo.Data.Backups.Format;

/// <summary>What stands at the front of a backup, before any row: enough to say whether it can be restored here.</summary>
/// <param name="ProductVersion">The version that wrote it.</param>
/// <param name="Provider">The database it came from.</param>
/// <param name="CreatedAt">UTC of the snapshot.</param>
/// <param name="Steps">The steps of the database's shape that were taken, without the time of day that their names begin with on each database.</param>
/// <param name="Tables">What follows, in this order.</param>
internal sealed record BackupHead(string ProductVersion, string Provider, DateTime CreatedAt, IReadOnlyList<string> Steps, IReadOnlyList<TableShape> Tables);

/// <summary>What stands at its end: what must be there after a restore.</summary>
internal sealed record BackupTotals(IReadOnlyList<TableTotals> Tables)
{
    /// <summary>The sum over all tables.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Rows => Tables.Sum(table => table.Rows);
}

/// <summary>How much of a table there is.</summary>
/// <param name="Name">The table.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Digest">See <see cref="RowDigest"/>.</param>
/// <param name="LastNumber">The highest number that the database gave by itself; null where it gives none.</param>
internal sealed record TableTotals(string Name, long Rows, string Digest, long? LastNumber);
