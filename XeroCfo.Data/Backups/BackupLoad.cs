using System.Collections.Concurrent;
using XeroCfo.Data.Backups.Format;

namespace XeroCfo.Data.Backups;

/// <summary>Puts the rows of a backup into empty tables, and proves that they are all there.</summary>
internal static class BackupLoad
{
    /// <summary>Loads everything; the tables have the shape that the backup was made with.</summary>
    /// <exception cref="BackupFaultException">A key does not hold.</exception>
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
    }

    /// <summary>Reads everything again and compares its checksums.</summary>
    /// <param name="backup">What was loaded, at its end.</param>
    /// <param name="stores">Those who read the same rows beside each other, table by table; the longest tables first.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="BackupFaultException">What came out is not what went in.</exception>
    public static Task CheckAsync(BackupReader backup, IReadOnlyList<IRowStore> stores, CancellationToken ct)
    {
        var tables = new ConcurrentQueue<(TableShape Table, TableTotals Expected)>(backup.Head.Tables.Zip(backup.Totals!.Tables).OrderByDescending(pair => pair.Second.Rows));
        return stores.Count == 1 ? CheckAsync(tables, stores[0], ct) : Task.WhenAll(stores.Select(store => Task.Run(() => CheckAsync(tables, store, ct), ct)));
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

    private static async Task CheckAsync(ConcurrentQueue<(TableShape Table, TableTotals Expected)> tables, IRowStore rows, CancellationToken ct)
    {
        while (tables.TryDequeue(out var next))
        {
            var check = new RowCheck(next.Table);
            await rows.ReadAsync(next.Table, check, ct);
            if (check.Totals(next.Expected.LastNumber) != next.Expected)
            {
                throw BackupFaultException.Damaged($"the content of {next.Table.Name} is not what the checksum says");
            }
        }
    }
}
