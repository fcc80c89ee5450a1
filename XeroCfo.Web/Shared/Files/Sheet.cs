namespace XeroCfo.Web.Shared.Files;

/// <summary>How a cell of a sheet looks; the order is that of <see cref="XlsxStyles"/>.</summary>
public enum CellLook
{
    Plain,
    Title,
    Note,
    Head,
    HeadRight,
    Section,
    Money,
    SubtotalText,
    SubtotalMoney,
    TotalText,
    TotalMoney,
    Day,
    Percent,
    SubtotalPercent,
    TotalPercent,
    Indented,
    Bold,
    Left,
}

/// <summary>A cell: text stays text whatever it begins with, numbers are numbers, days are days.</summary>
/// <param name="Value">A string, decimal, int or DateOnly; null leaves the cell empty.</param>
/// <param name="Look">How it looks.</param>
public sealed record Cell(object? Value, CellLook Look = CellLook.Plain)
{
    public static readonly Cell Empty = new((object?)null);

    /// <summary>What computes <see cref="Value"/> again, without "="; made by us, never from data.</summary>
    public string? Formula { get; init; }
}

/// <summary>A sheet of a workbook.</summary>
/// <param name="Name">At most 31 characters.</param>
/// <param name="Widths">Of the columns, in characters.</param>
/// <param name="Rows">From the first row on; a row may be shorter than the columns.</param>
/// <param name="FrozenRows">How many rows stay when scrolling, and repeat on paper; one at least.</param>
/// <param name="FrozenColumns">How many columns stay.</param>
public sealed record Sheet(string Name, IReadOnlyList<double> Widths, IReadOnlyList<IReadOnlyList<Cell>> Rows, int FrozenRows, int FrozenColumns)
{
    /// <summary>Paper stands upright; else it lies.</summary>
    public bool IsTall { get; init; }

    /// <summary>A, B … Z, AA: the letters of the column at <paramref name="index"/>, from 0.</summary>
    public static string Letters(int index) => index < 26 ? ((char)('A' + index)).ToString() : Letters((index / 26) - 1) + Letters(index % 26);
}
