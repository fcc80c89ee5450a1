using System.Globalization;
using System.Text;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>The list as a CSV file: UTF-8 with its mark, commas, days as 2026-11-20, plain numbers, and no text that a spreadsheet would take for a formula.</summary>
public static class TransactionCsv
{
    private const int Batch = 64 * 1024;

    public static async Task WriteAsync(Stream target, ExportedList list, CancellationToken ct)
    {
        var columns = TransactionColumns.All(list.Organisation.BaseCurrency);
        await using var writer = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), Batch, leaveOpen: true);
        await writer.WriteAsync(Line(columns.Select(column => (object?)column.Head)).AsMemory(), ct);
        await foreach (var row in list.Rows.WithCancellation(ct))
        {
            await writer.WriteAsync(Line(columns.Select(column => column.Value(row, list.Names))).AsMemory(), ct);
        }
    }

    /// <summary>One line with its end.</summary>
    public static string Line(IEnumerable<object?> values) => string.Join(',', values.Select(Field)) + "\r\n";

    private static string Field(object? value) => value switch
    {
        null => "",
        decimal number => number.ToString("0.00##", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        var text => Quoted(XlsxWriter.Harmless(text.ToString()!)),
    };

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
