using XeroCfo.Data.Backups.Format;

namespace XeroCfo.Data.Backups;

/// <summary>Puts the rows of a backup into empty tables and proves that they are all there.</summary>
internal static class BackupLoad
{
    /// <summary>Loads everything; the tables have the shape that the backup was made with.</summary>
    /// <exception cref="BackupFaultException">What came out is not what went in.</exception>
    public static async Task RunAsync(BackupReader backup, IRowStore rows, CancellationToken ct)
    {
        await rows.LayAsideAsync(ct);
        await WriteAsync(backup, rows, ct);
        var totals = backup.Totals!;
        foreach (var (table, expected) in backup.Head.Tables.Zip(totals.Tables))
        {
            if (expected.LastNumber is { } last)
            {
                await rows.NumberFromAsync(table, last, ct);
            }
        }

        await rows.PutBackAsync(ct);
        await CheckAsync(backup.Head.Tables, totals, rows, ct);
    }

    /// <summary>Reads the file to its end: every seal and every count.</summary>
    public static BackupTotals ReadThrough(BackupReader backup, CancellationToken ct)
    {
        var counts = new long[backup.Head.Tables.Count];
        while (backup.NextBlock())
        {
            ct.ThrowIfCancellationRequested();
            counts[backup.Table] += backup.Count;
        }

        return backup.Totals!.Tables.Select(table => table.Rows).SequenceEqual(counts) ? backup.Totals : throw BackupFaultException.Damaged("rows are missing");
    }

    private static async Task WriteAsync(BackupReader backup, IRowStore rows, CancellationToken ct)
    {
        IRowWriter? writer = null;
        var at = -1;
        try
        {
            while (backup.NextBlock())
            {
                ct.ThrowIfCancellationRequested();
                if (backup.Table != at)
                {
                    await EndAsync(writer, ct);
                    at = backup.Table;
                    writer = await rows.WriteAsync(backup.Head.Tables[at], ct);
                }

                foreach (var row in backup.Rows)
                {
                    writer!.Write(row);
                }
            }

            await EndAsync(writer, ct);
            writer = null;
        }
        finally
        {
            if (writer is not null)
            {
                await writer.DisposeAsync();
            }
        }
    }

    private static async Task EndAsync(IRowWriter? writer, CancellationToken ct)
    {
        if (writer is not null)
        {
            await writer.CompleteAsync(ct);
            await writer.DisposeAsync();
        }
    }

    private static async Task CheckAsync(IReadOnlyList<TableShape> tables, BackupTotals totals, IRowStore rows, CancellationToken ct)
    {
        foreach (var (table, expected) in tables.Zip(totals.Tables))
        {
            var check = new RowCheck(table);
            await rows.ReadAsync(table, check, ct);
            if (check.Totals(expected.LastNumber) != expected)
            {
                throw BackupFaultException.Damaged($"the content of {table.Name} is not what the checksum says");
            }
        }
    }
}
