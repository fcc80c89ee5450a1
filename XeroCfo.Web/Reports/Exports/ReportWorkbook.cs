using System.Globalization;
using XeroCfo.Domain.Reports;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Reports.Exports;

/// <summary>A report as a workbook: a sheet whose sums compute themselves, and one that says what the figures stand on.</summary>
internal static class ReportWorkbook
{
    /// <summary>Above the rows: organisation and title, what it is about, where it comes from, checks, and the columns' names.</summary>
    public const int HeadRow = 5;

    public static IReadOnlyList<Sheet> Of(ExportTable table) => [Figures(table), Words(table)];

    private static Sheet Figures(ExportTable table)
    {
        var formulas = new ReportFormulas(table.Document, HeadRow + 1, 1);
        var rows = new List<IReadOnlyList<Cell>>
        {
            new Cell[] { new($"{table.Document.Organisation}: {table.Document.Title}", CellLook.Title) },
            new Cell[] { new($"{table.Words.Head}{(table.Words.Asked.Length > 0 ? $" · {table.Words.Asked}" : "")}", CellLook.Note) },
            new Cell[] { new($"{table.Words.DataAsOf} · {table.Words.Made} · {table.Words.Version}", CellLook.Note) },
            new Cell[] { new(table.Words.CheckSummary, CellLook.Note) },
            (Cell[])[new Cell("", CellLook.Head), .. table.Columns.Select(column => new Cell(column.FullTitle, column.HoldsFigures ? CellLook.HeadRight : CellLook.Head))],
        };
        rows.AddRange(table.Rows.Select((row, index) => (Cell[])[Label(row), .. table.Columns.Select((column, place) => Made(row, column, place, formulas.Of(index, place)))]));
        return new Sheet(
            SheetName(table.Document.Title), [LabelWidth(table), .. table.Columns.Select((column, index) => Width(table, column, index))], rows, HeadRow, 1)
        {
            IsTall = table.Columns.Count(column => column.HoldsFigures) <= 4,
        };
    }

    private static Sheet Words(ExportTable table)
    {
        var (document, words) = (table.Document, table.Words);
        List<IReadOnlyList<Cell>> rows =
        [
            new Cell[] { new("Checks and notes", CellLook.Title) },
            .. Pair("Organisation", document.Organisation), .. Pair("Report", document.Title), .. Pair("Period", words.Period), .. Pair("Basis", document.Basis),
            .. Pair("Currency", document.Currency), .. Pair("Shown", words.Asked.Length > 0 ? words.Asked : "Nothing left out"), .. Pair("Data as of", document.DataAsOf is { } at ? ExportFigures.Instant(at) : "No data yet"),
            .. Pair("Made", ExportFigures.Instant(document.GeneratedAt)), .. Pair("Ledger version", document.LedgerVersion),
            [],
            new Cell[] { new("Check", CellLook.Head), new("Result", CellLook.Head), new("Expected", CellLook.HeadRight), new("Actual", CellLook.HeadRight), new("Difference", CellLook.HeadRight), new("What it says", CellLook.Head) },
        ];
        foreach (var check in words.Checks)
        {
            rows.Add([
                new Cell(check.Source.Label), new Cell($"{check.Mark} {check.Verdict}"), Amount(check.Source.Expected), Amount(check.Source.Actual),
                new Cell(check.Source.Difference, CellLook.Money) { Formula = check.Source is { Expected: { } expected, Actual: { } actual, Difference: { } difference } && actual - expected == difference ? Difference(rows.Count + 1) : null },
                new Cell(check.Source.Detail),
            ]);
        }

        if (words.Notes.Count > 0)
        {
            rows.AddRange([[], [new Cell("Note", CellLook.Head), new Cell("What must be known", CellLook.Head), new Cell("Amount", CellLook.HeadRight), new Cell("Day", CellLook.Head)]]);
            rows.AddRange(document.Notes.Select((note, index) => (Cell[])[new Cell(index + 1, CellLook.Left), new Cell(note.Text), Amount(note.Amount), new Cell(note.Date, CellLook.Day)]));
        }

        if (table.HasXeroOnly)
        {
            rows.AddRange([[], [new Cell("On Xero's trial balance only", CellLook.Head), new Cell("Column", CellLook.Head), new Cell("Part of the amount", CellLook.HeadRight)]]);
            rows.AddRange(
                from row in document.Rows
                from part in row.XeroOnly.Select((amount, index) => (Amount: amount, Index: index))
                where part.Amount is not (null or 0)
                select (Cell[])[new Cell(row.Label), new Cell(table.Columns[part.Index].FullTitle), Amount(part.Amount)]);
        }

        return new Sheet("Checks and notes", [32, 46, 16, 16, 14, 90], rows, 1, 0);
    }

    private static IEnumerable<IReadOnlyList<Cell>> Pair(string name, object value) => [[new Cell(name, CellLook.Bold), new Cell(value, CellLook.Left)]];

    private static Cell Amount(decimal? amount) => new(amount, CellLook.Money);

    private static string Difference(int row) => string.Create(CultureInfo.InvariantCulture, $"D{row}-C{row}");

    private static Cell Label(ExportRow row) => new(row.Label, row.Source.Kind switch
    {
        ReportRowKind.Section => CellLook.Section,
        ReportRowKind.Subtotal => CellLook.SubtotalText,
        ReportRowKind.Total => CellLook.TotalText,
        _ => row.Source.Depth > 0 ? CellLook.Indented : CellLook.Plain,
    });

    private static Cell Made(ExportRow row, ExportColumn column, int index, string? formula)
    {
        var kind = row.Source.Kind;
        if (row.Cells.Count == 0)
        {
            return new Cell(null, kind == ReportRowKind.Section ? CellLook.Section : CellLook.Plain);
        }

        var value = row.Cells[index].Value;
        return new Cell(value, Look(kind, column, row.Source.Unit)) { Formula = formula };
    }

    private static CellLook Look(ReportRowKind kind, ExportColumn column, string? unit) => (kind, column) switch
    {
        (ReportRowKind.Total, { HoldsFigures: true }) when unit == ReportUnits.Percent => CellLook.TotalPercent,
        (_, { HoldsFigures: true }) when unit == ReportUnits.Percent => CellLook.Percent,
        (ReportRowKind.Subtotal, { IsPercent: true }) => CellLook.SubtotalPercent,
        (ReportRowKind.Total, { IsPercent: true }) => CellLook.TotalPercent,
        (_, { IsPercent: true }) => CellLook.Percent,
        (ReportRowKind.Subtotal, { HoldsFigures: true }) => CellLook.SubtotalMoney,
        (ReportRowKind.Total, { HoldsFigures: true }) => CellLook.TotalMoney,
        (_, { HoldsFigures: true }) => CellLook.Money,
        (ReportRowKind.Subtotal, _) => CellLook.SubtotalText,
        (ReportRowKind.Total, _) => CellLook.TotalText,
        (_, { HoldsDays: true }) => CellLook.Day,
        _ => CellLook.Plain,
    };

    private static double LabelWidth(ExportTable table) => Math.Clamp(table.Rows.Select(row => row.Label.Length + (row.Source.Depth * 2)).DefaultIfEmpty(0).Max() + 3, 24, 60);

    private static double Width(ExportTable table, ExportColumn column, int index)
    {
        var longest = table.Rows.Where(row => row.Cells.Count > 0).Select(row => row.Cells[index].Value switch
        {
            decimal amount => ExportFigures.Amount(amount, cents: true).Length,
            DateOnly => 11,
            string text => text.Length,
            _ => 1,
        }).DefaultIfEmpty(0).Max();
        var word = column.FullTitle.Split(' ').Max(part => part.Length);
        return Math.Clamp(Math.Max(longest, word) + 3, 11, 40);
    }

    private static string SheetName(string title) => new([.. title.Where(letter => !"[]:*?/\\'".Contains(letter, StringComparison.Ordinal)).Take(31)]);
}
