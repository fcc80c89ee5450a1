using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Wire = DocumentFormat.OpenXml.Spreadsheet;

namespace XeroCfo.Web.Shared.Files;

/// <summary>Writes workbooks, sheet by sheet and row by row.</summary>
public static class XlsxWriter
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int LongestText = 32_000;

    /// <summary>What a spreadsheet may take for the beginning of a formula.</summary>
    private static readonly char[] FormulaSigns = ['=', '+', '-', '@', '\t', '\r'];

    /// <summary>The file; <paramref name="target"/> must be able to seek.</summary>
    public static void Write(Stream target, IEnumerable<Sheet> sheets)
    {
        using var file = SpreadsheetDocument.Create(target, SpreadsheetDocumentType.Workbook);
        var book = file.AddWorkbookPart();
        book.AddNewPart<WorkbookStylesPart>().Stylesheet = XlsxStyles.Make();
        var list = new Sheets();
        var titles = new DefinedNames();
        foreach (var sheet in sheets)
        {
            var part = book.AddNewPart<WorksheetPart>();
            WriteSheet(part, sheet);
            var number = (uint)list.ChildElements.Count;
            list.Append(new Wire.Sheet { Name = sheet.Name, SheetId = number + 1, Id = book.GetIdOfPart(part) });
            titles.Append(new DefinedName($"'{sheet.Name}'!$1:${sheet.FrozenRows}") { Name = "_xlnm.Print_Titles", LocalSheetId = number });
        }

        book.Workbook = new Workbook(list, titles, new CalculationProperties { FullCalculationOnLoad = true });
    }

    /// <summary>Text that no program takes for a formula, even when it is copied on into one that guesses.</summary>
    public static string Harmless(string text)
    {
        var safe = text.Length > 0 && FormulaSigns.Contains(text[0]) ? "'" + text : text;
        return new string([.. safe.Take(LongestText).Where(letter => letter is '\t' or '\n' or '\r' || (!char.IsControl(letter) && letter is not ('\uFFFE' or '\uFFFF')))]);
    }

    private static void WriteSheet(WorksheetPart part, Sheet sheet)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        writer.WriteElement(new SheetViews(new SheetView(Frozen(sheet)) { WorkbookViewId = 0, ShowGridLines = false }));
        writer.WriteElement(new Columns(sheet.Widths.Select((width, index) => new Column { Min = (uint)index + 1, Max = (uint)index + 1, Width = width, CustomWidth = true })));
        writer.WriteStartElement(new SheetData());
        for (var row = 0; row < sheet.Rows.Count; row++)
        {
            writer.WriteStartElement(new Row { RowIndex = (uint)row + 1 });
            for (var column = 0; column < sheet.Rows[row].Count; column++)
            {
                if (sheet.Rows[row][column] is { Value: not null } or { Look: not CellLook.Plain })
                {
                    writer.WriteElement(Made(sheet.Rows[row][column], $"{Sheet.Letters(column)}{row + 1}"));
                }
            }

            writer.WriteEndElement();
        }

        writer.WriteEndElement();
        writer.WriteElement(new PageMargins { Left = 0.4, Right = 0.4, Top = 0.5, Bottom = 0.5, Header = 0.3, Footer = 0.3 });
        writer.WriteElement(new PageSetup { Orientation = OrientationValues.Landscape, PaperSize = 9, FitToWidth = 1, FitToHeight = 0 });
        writer.WriteEndElement();
    }

    private static Pane Frozen(Sheet sheet) => new()
    {
        HorizontalSplit = sheet.FrozenColumns,
        VerticalSplit = sheet.FrozenRows,
        TopLeftCell = $"{Sheet.Letters(sheet.FrozenColumns)}{sheet.FrozenRows + 1}",
        ActivePane = PaneValues.BottomRight,
        State = PaneStateValues.Frozen,
    };

    private static Wire.Cell Made(Cell cell, string place)
    {
        var made = new Wire.Cell { CellReference = place, StyleIndex = (uint)cell.Look };
        switch (cell.Value)
        {
            case string text:
                made.DataType = CellValues.InlineString;
                made.InlineString = new InlineString(new Text(Harmless(text)) { Space = SpaceProcessingModeValues.Preserve });
                break;
            case decimal number:
                made.CellFormula = cell.Formula is { } formula ? new CellFormula(formula) : null;
                made.CellValue = new CellValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case int count:
                made.CellValue = new CellValue(count.ToString(CultureInfo.InvariantCulture));
                break;
            case DateOnly day:
                made.CellValue = new CellValue(day.ToDateTime(TimeOnly.MinValue).ToOADate().ToString(CultureInfo.InvariantCulture));
                break;
        }

        return made;
    }
}
