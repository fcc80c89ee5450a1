using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace XeroCfo.Web.Shared.Files;

/// <summary>The few looks that our workbooks have, on paper as on screen: black on white, rules for sums, no colour that means something.</summary>
internal static class XlsxStyles
{
    /// <summary>Negatives in parentheses with the digits still aligned, zero as a dash.</summary>
    private const string MoneyFormat = "#,##0.00_);(#,##0.00);\"–\"_)";

    private const string PercentFormat = "0.0%_);(0.0%);\"–\"_)";

    private const uint MoneyId = 164;
    private const uint DayId = 165;
    private const uint PercentId = 166;

    private enum FontOf : uint
    {
        Plain,
        Bold,
        Title,
        Small,
    }

    private enum BorderOf : uint
    {
        None,
        Above,
        Total,
        Below,
    }

    public static Stylesheet Make() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = MoneyId, FormatCode = MoneyFormat },
            new NumberingFormat { NumberFormatId = DayId, FormatCode = "d mmm yyyy" },
            new NumberingFormat { NumberFormatId = PercentId, FormatCode = PercentFormat }),
        new Fonts(Font(10), Font(10, bold: true), Font(14, bold: true), Font(9)),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FFF0F2F5" }) { PatternType = PatternValues.Solid })),
        new Borders(
            new Border(),
            new Border(new TopBorder { Style = BorderStyleValues.Thin }),
            new Border(new TopBorder { Style = BorderStyleValues.Thin }, new BottomBorder { Style = BorderStyleValues.Double }),
            new Border(new BottomBorder { Style = BorderStyleValues.Thin })),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(Enum.GetValues<CellLook>().Select(Format)));

    private static CellFormat Format(CellLook look) => look switch
    {
        CellLook.Title => Cell(FontOf.Title),
        CellLook.Note => Cell(FontOf.Small),
        CellLook.Head => Cell(FontOf.Bold, BorderOf.Below, filled: true, wrapped: true),
        CellLook.HeadRight => Cell(FontOf.Bold, BorderOf.Below, filled: true, wrapped: true, right: true),
        CellLook.Section => Cell(FontOf.Bold, filled: true),
        CellLook.Money => Cell(FontOf.Plain, format: MoneyId),
        CellLook.SubtotalText => Cell(FontOf.Bold, BorderOf.Above),
        CellLook.SubtotalMoney => Cell(FontOf.Bold, BorderOf.Above, MoneyId),
        CellLook.TotalText => Cell(FontOf.Bold, BorderOf.Total),
        CellLook.TotalMoney => Cell(FontOf.Bold, BorderOf.Total, MoneyId),
        CellLook.Day => Aligned(Cell(FontOf.Plain, format: DayId)),
        CellLook.Percent => Cell(FontOf.Plain, format: PercentId),
        CellLook.SubtotalPercent => Cell(FontOf.Bold, BorderOf.Above, PercentId),
        CellLook.TotalPercent => Cell(FontOf.Bold, BorderOf.Total, PercentId),
        CellLook.Indented => Aligned(Cell(FontOf.Plain), indent: 1),
        CellLook.Bold => Cell(FontOf.Bold),
        CellLook.Left => Aligned(Cell(FontOf.Plain)),
        _ => Cell(FontOf.Plain),
    };

    private static CellFormat Cell(FontOf font, BorderOf border = BorderOf.None, uint format = 0, bool filled = false, bool wrapped = false, bool right = false)
    {
        var cell = new CellFormat
        {
            FormatId = 0,
            FontId = (uint)font,
            BorderId = (uint)border,
            FillId = filled ? 2u : 0u,
            NumberFormatId = format,
            ApplyFont = true,
            ApplyBorder = true,
            ApplyFill = filled,
            ApplyNumberFormat = format != 0,
        };
        if (wrapped)
        {
            cell.Append(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Center, Horizontal = right ? HorizontalAlignmentValues.Right : HorizontalAlignmentValues.Left });
            cell.ApplyAlignment = true;
        }

        return cell;
    }

    private static CellFormat Aligned(CellFormat cell, uint indent = 0)
    {
        cell.Append(new Alignment { Horizontal = HorizontalAlignmentValues.Left, Indent = indent });
        cell.ApplyAlignment = true;
        return cell;
    }

    private static Font Font(double size, bool bold = false)
    {
        var font = new Font();
        if (bold)
        {
            font.Append(new Bold());
        }

        font.Append(new FontSize { Val = size }, new FontName { Val = "Calibri" });
        return font;
    }
}
