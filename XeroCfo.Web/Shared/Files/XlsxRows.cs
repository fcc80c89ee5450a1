using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace XeroCfo.Web.Shared.Files;

/// <summary>The rows of a sheet while they are written, from the first one on.</summary>
public sealed class XlsxRows : IDisposable
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private const int LineHeight = 15, MostLines = 4;
    private const double BoldWidth = 1.15;

    private static readonly DateOnly DayNought = new(1899, 12, 30);

    private readonly XmlWriter _xml;
    private readonly Sheet _sheet;
    private readonly string[] _letters;
    private int _row;

    internal XlsxRows(XmlWriter xml, Sheet sheet)
    {
        (_xml, _sheet, _letters) = (xml, sheet, [.. Enumerable.Range(0, 256).Select(Sheet.Letters)]);
        _xml.WriteStartElement("worksheet", Main);
        new SheetProperties(new PageSetupProperties { FitToPage = true }).WriteTo(_xml);
        new SheetViews(new SheetView(Frozen(sheet)) { WorkbookViewId = 0, ShowGridLines = false }).WriteTo(_xml);
        new Columns(sheet.Widths.Select((width, index) => new Column { Min = (uint)index + 1, Max = (uint)index + 1, Width = width, CustomWidth = true })).WriteTo(_xml);
        _xml.WriteStartElement("sheetData", Main);
    }

    /// <summary>How many rows there are.</summary>
    public int Count => _row;

    /// <summary>The next row.</summary>
    public void Write(IReadOnlyList<Cell> cells)
    {
        var row = (++_row).ToString(CultureInfo.InvariantCulture);
        _xml.WriteStartElement("row", Main);
        _xml.WriteAttributeString("r", row);
        if (LinesOf(cells) is > 1 and var lines)
        {
            _xml.WriteAttributeString("ht", (lines * LineHeight).ToString(CultureInfo.InvariantCulture));
            _xml.WriteAttributeString("customHeight", "1");
        }

        for (var column = 0; column < cells.Count; column++)
        {
            if (cells[column] is { Value: not null } or { Look: not CellLook.Plain })
            {
                Write(cells[column], Letters(column) + row);
            }
        }

        _xml.WriteEndElement();
    }

    /// <summary>Ends the sheet.</summary>
    public void Dispose()
    {
        _xml.WriteEndElement();
        new PageMargins { Left = 0.4, Right = 0.4, Top = 0.5, Bottom = 0.5, Header = 0.3, Footer = 0.3 }.WriteTo(_xml);
        new PageSetup { Orientation = _sheet.IsTall ? OrientationValues.Portrait : OrientationValues.Landscape, PaperSize = 9, FitToWidth = 1, FitToHeight = 0 }.WriteTo(_xml);
        _xml.WriteEndElement();
        _xml.Dispose();
    }

    // Heads are wrapped, and not every program makes room for that by itself. Their words are bold, so wider than the digits that a column is measured in.
    private int LinesOf(IReadOnlyList<Cell> cells) => cells is [{ Look: CellLook.Head }, ..]
        ? Math.Min(MostLines, cells.Zip(_sheet.Widths).Max(pair => pair.First.Value is string text ? (int)Math.Ceiling(text.Length * BoldWidth / pair.Second) : 1))
        : 1;

    private void Write(Cell cell, string place)
    {
        _xml.WriteStartElement("c", Main);
        _xml.WriteAttributeString("r", place);
        if (cell.Look != CellLook.Plain)
        {
            _xml.WriteAttributeString("s", ((int)cell.Look).ToString(CultureInfo.InvariantCulture));
        }

        switch (cell.Value)
        {
            case string text:
                WriteText(XlsxWriter.Harmless(text));
                break;
            case decimal number:
                if (cell.Formula is { } formula)
                {
                    _xml.WriteElementString("f", Main, formula);
                }

                _xml.WriteElementString("v", Main, number.ToString(CultureInfo.InvariantCulture));
                break;
            case int count:
                _xml.WriteElementString("v", Main, count.ToString(CultureInfo.InvariantCulture));
                break;
            case DateOnly day:
                _xml.WriteElementString("v", Main, (day.DayNumber - DayNought.DayNumber).ToString(CultureInfo.InvariantCulture));
                break;
        }

        _xml.WriteEndElement();
    }

    private void WriteText(string text)
    {
        _xml.WriteAttributeString("t", "inlineStr");
        _xml.WriteStartElement("is", Main);
        _xml.WriteStartElement("t", Main);
        if (text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) || text.AsSpan().ContainsAny('\t', '\n', '\r')))
        {
            _xml.WriteAttributeString("xml", "space", null, "preserve");
        }

        _xml.WriteString(text);
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private string Letters(int column) => column < _letters.Length ? _letters[column] : Sheet.Letters(column);

    private static Pane Frozen(Sheet sheet) => sheet.FrozenColumns == 0
        ? new Pane { VerticalSplit = sheet.FrozenRows, TopLeftCell = $"A{sheet.FrozenRows + 1}", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }
        : new Pane
        {
            HorizontalSplit = sheet.FrozenColumns,
            VerticalSplit = sheet.FrozenRows,
            TopLeftCell = $"{Sheet.Letters(sheet.FrozenColumns)}{sheet.FrozenRows + 1}",
            ActivePane = PaneValues.BottomRight,
            State = PaneStateValues.Frozen,
        };
}
