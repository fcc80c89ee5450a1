using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace XeroCfo.Tests.Reports.Exports;

/// <summary>Reads a workbook's first sheet back, and computes its formulas anew: those few that our sheets have.</summary>
internal sealed partial class ReadXlsx : IDisposable
{
    private readonly SpreadsheetDocument _book;
    private readonly Dictionary<string, Cell> _cells;

    public ReadXlsx(byte[] file)
    {
        _book = SpreadsheetDocument.Open(new MemoryStream(file), false);
        Sheets = [.. _book.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Select(sheet => ((WorksheetPart)_book.WorkbookPart.GetPartById(sheet.Id!.Value!)).Worksheet)];
        _cells = Sheets[0].Descendants<Cell>().ToDictionary(cell => cell.CellReference!.Value!);
    }

    public IReadOnlyList<Worksheet> Sheets { get; }

    public IReadOnlyList<string> Faults => [.. new OpenXmlValidator().Validate(_book).Select(fault => $"{fault.Path?.XPath}: {fault.Description}")];

    public IEnumerable<string> Formulas => _cells.Where(cell => cell.Value.CellFormula is not null).Select(cell => cell.Key);

    public string? FormulaOf(string place) => _cells.GetValueOrDefault(place)?.CellFormula?.Text;

    /// <summary>A number or a text; null for an empty cell.</summary>
    public object? ValueOf(string place) => _cells.GetValueOrDefault(place) switch
    {
        null => null,
        { DataType: { } type } cell when type.Value == CellValues.InlineString => cell.InnerText,
        { CellValue: { } value } => decimal.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => null,
    };

    public uint StyleOf(string place) => _cells[place].StyleIndex?.Value ?? 0;

    /// <summary>What a spreadsheet would make of a cell, all the way down to cells without a formula.</summary>
    public decimal Compute(string place) => FormulaOf(place) is { } formula ? Evaluate(formula) : ValueOf(place) is decimal number ? number : 0;

    public void Dispose() => _book.Dispose();

    private decimal Evaluate(string formula)
    {
        if (Change().Match(formula) is { Success: true } change)
        {
            return Math.Round((Compute(change.Groups[1].Value) - Compute(change.Groups[2].Value)) / Math.Abs(Compute(change.Groups[3].Value)), 6, MidpointRounding.AwayFromZero);
        }

        if (Share().Match(formula) is { Success: true } share)
        {
            return Math.Round(Compute(share.Groups[1].Value) / Compute(share.Groups[2].Value), 6, MidpointRounding.AwayFromZero);
        }

        if (Block().Match(formula) is { Success: true } block)
        {
            var isSubtotal = block.Groups[1].Value.StartsWith("SUBTOTAL", StringComparison.Ordinal);
            return Places(block.Groups[2].Value, int.Parse(block.Groups[3].Value, CultureInfo.InvariantCulture), block.Groups[4].Value, int.Parse(block.Groups[5].Value, CultureInfo.InvariantCulture))
                .Where(place => !isSubtotal || FormulaOf(place)?.StartsWith("SUBTOTAL", StringComparison.Ordinal) != true).Sum(Compute);
        }

        Assert.Matches(@"^-?[A-Z]+\d+([+-][A-Z]+\d+)*$", formula);
        return Part().Matches(formula).Sum(part => part.Value[0] == '-' ? -Compute(part.Value[1..]) : Compute(part.Value.TrimStart('+')));
    }

    private static IEnumerable<string> Places(string left, int top, string right, int bottom) =>
        from column in Enumerable.Range(0, 100).Select(Web.Shared.Files.Sheet.Letters).SkipWhile(letters => letters != left).TakeWhile(letters => letters.Length < right.Length || string.CompareOrdinal(letters, right) <= 0)
        from row in Enumerable.Range(top, bottom - top + 1)
        select $"{column}{row}";

    [GeneratedRegex(@"^ROUND\(\((\w+)-(\w+)\)/ABS\((\w+)\),6\)$")]
    private static partial Regex Change();

    [GeneratedRegex(@"^ROUND\((\w+)/(\w+),6\)$")]
    private static partial Regex Share();

    [GeneratedRegex(@"^(SUM\(|SUBTOTAL\(9,)([A-Z]+)(\d+):([A-Z]+)(\d+)\)$")]
    private static partial Regex Block();

    [GeneratedRegex(@"[+-]?[A-Z]+\d+")]
    private static partial Regex Part();
}
