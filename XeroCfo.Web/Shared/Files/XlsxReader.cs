using System.Globalization;
using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Shared.Files;

/// <summary>Reads the first sheet of a workbook as text. What it reads comes from outside: everything about it is bounded.</summary>
public static class XlsxReader
{
    /// <summary>The most that is read.</summary>
    public const int MostRows = 5_000, MostColumns = 500;

    private const long LargestPart = 20_000_000;

    private const string NoWorkbook = "This is no Excel workbook (.xlsx) that can be read.";

    /// <summary>Row by row, empty ones too; numbers as plain text with a point.</summary>
    public static Result<IReadOnlyList<IReadOnlyList<string>>> Read(Stream file)
    {
        try
        {
            if (IsTooLarge(file))
            {
                return Refused("The workbook is too large.");
            }

            using var book = SpreadsheetDocument.Open(file, false, new OpenSettings { MaxCharactersInPart = LargestPart, AutoSave = false });
            var sheet = book.WorkbookPart?.Workbook?.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>().FirstOrDefault();
            return sheet?.Id?.Value is { } id && book.WorkbookPart!.GetPartById(id) is WorksheetPart part ? Rows(book.WorkbookPart, part) : Refused("The workbook has no sheet.");
        }
        catch (Exception exception) when (exception is OpenXmlPackageException or InvalidDataException or XmlException or IOException or FormatException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            return Refused(NoWorkbook);
        }
    }

    // A small file may hold a large one.
    private static bool IsTooLarge(Stream file)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var isTooLarge = zip.Entries.Count > 1_000 || zip.Entries.Any(entry => entry.Length > LargestPart);
        file.Position = 0;
        return isTooLarge;
    }

    private static Result<IReadOnlyList<IReadOnlyList<string>>> Rows(WorkbookPart book, WorksheetPart part)
    {
        var texts = book.SharedStringTablePart?.SharedStringTable?.Elements<SharedStringItem>().Select(item => item.InnerText).ToList() ?? [];
        var rows = new List<IReadOnlyList<string>>();
        foreach (var row in part.Worksheet?.Descendants<Row>() ?? [])
        {
            var number = row.RowIndex?.Value is { } index ? (int)Math.Min(index, MostRows + 1) : rows.Count + 1;
            if (number > MostRows)
            {
                return Refused($"The sheet has more than {MostRows} rows.");
            }

            while (rows.Count < number - 1)
            {
                rows.Add([]);
            }

            var cells = new List<string>();
            foreach (var cell in row.Elements<DocumentFormat.OpenXml.Spreadsheet.Cell>())
            {
                var column = ColumnOf(cell.CellReference?.Value) ?? cells.Count;
                if (column >= MostColumns)
                {
                    return Refused($"The sheet has more than {MostColumns} columns.");
                }

                while (cells.Count < column)
                {
                    cells.Add("");
                }

                cells.Add(TextOf(cell, texts));
            }

            rows.Add(cells);
        }

        return Result<IReadOnlyList<IReadOnlyList<string>>>.Of(rows);
    }

    private static string TextOf(DocumentFormat.OpenXml.Spreadsheet.Cell cell, List<string> texts)
    {
        var text = cell.CellValue?.Text ?? cell.InlineString?.InnerText ?? "";
        var type = cell.DataType?.Value;
        if (type == CellValues.SharedString)
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < texts.Count ? texts[index] : "";
        }

        // Spreadsheets keep binary numbers: 15 digits of them are meant, and money has four decimals.
        return (type is null || type == CellValues.Number) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e15
            ? Math.Round((decimal)number, 4, MidpointRounding.AwayFromZero).ToString("0.####", CultureInfo.InvariantCulture)
            : text;
    }

    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in (reference ?? "").TakeWhile(char.IsAsciiLetter).Take(4))
        {
            column = (column * 26) + char.ToUpperInvariant(letter) - 'A' + 1;
        }

        return column == 0 ? null : column - 1;
    }

    private static Result<IReadOnlyList<IReadOnlyList<string>>> Refused(string words) => Problem.Invalid("file", words, "unreadable-file");
}
