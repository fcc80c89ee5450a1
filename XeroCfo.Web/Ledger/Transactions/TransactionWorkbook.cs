using XeroCfo.Domain.Ledger;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>The list as a sheet: days are days and amounts numbers, with a sum below. Pure.</summary>
public static class TransactionWorkbook
{
    private const int HeadRow = 4, AmountColumn = 12;

    public static Sheet Of(ExportedList list, IReadOnlyList<Transaction> transactions)
    {
        var columns = TransactionColumns.All(list.Organisation.BaseCurrency);
        var rows = new List<IReadOnlyList<Cell>>(transactions.Count + HeadRow + 1)
        {
            new Cell[] { new($"{list.Organisation.Name}: transactions at {DateWords.Of(list.Today)}", CellLook.Title) },
            new Cell[] { new($"{transactions.Count} transactions, money out negative. Documents to {list.Organisation.DataAsOf?.ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture) ?? "never"}.", CellLook.Note) },
            Array.Empty<Cell>(),
            columns.Select(column => new Cell(column.Head, column.Look == CellLook.Money ? CellLook.HeadRight : CellLook.Head)).ToArray(),
        };
        rows.AddRange(transactions.Select(row => columns.Select(column => new Cell(column.Value(row, list.Names), column.Look)).ToArray()));
        if (transactions.Count > 0)
        {
            var letters = Sheet.Letters(AmountColumn);
            rows.Add([.. columns.Select((_, index) => index == AmountColumn
                ? new Cell(transactions.Sum(row => row.BaseAmount), CellLook.TotalMoney) { Formula = $"SUBTOTAL(9,{letters}{HeadRow + 1}:{letters}{HeadRow + transactions.Count})" }
                : new Cell(index == 0 ? "Total" : null, CellLook.TotalText))]);
        }

        return new Sheet("Transactions", [.. columns.Select(column => column.Width)], rows, HeadRow, 1);
    }
}
