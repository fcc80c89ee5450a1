using XeroCfo.Data.Backups.Format;

namespace XeroCfo.Data.Backups;

/// <summary>The rows of a database whose shape stands already, as a backup needs them.</summary>
internal interface IRowStore
{
    /// <summary>Gives every row of a table, in the order that costs least.</summary>
    Task ReadAsync(TableShape table, RowReceiver receiver, CancellationToken ct);

    /// <summary>The highest number that the database gave the table's rows by itself; null when it gives none or gave none yet.</summary>
    Task<long?> LastNumberAsync(TableShape table, CancellationToken ct);

    /// <summary>Begins to write a table that is empty.</summary>
    Task<IRowWriter> WriteAsync(TableShape table, CancellationToken ct);

    /// <summary>Goes on numbering behind <paramref name="last"/>.</summary>
    Task NumberFromAsync(TableShape table, long last, CancellationToken ct);

    /// <summary>Takes away what would only slow the loading of rows down: indexes, foreign keys, triggers.</summary>
    Task LayAsideAsync(CancellationToken ct);

    /// <summary>Puts it back, which proves every key.</summary>
    Task PutBackAsync(CancellationToken ct);
}

/// <summary>Takes packed rows into one table.</summary>
internal interface IRowWriter : IAsyncDisposable
{
    void Write(ReadOnlySpan<byte> row);

    /// <summary>All are there.</summary>
    Task CompleteAsync(CancellationToken ct);
}
