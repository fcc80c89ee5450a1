namespace XeroCfo.Domain.Primitives;

/// <summary>Days in a row, first and last included.</summary>
public readonly record struct Days(DateOnly First, DateOnly Last)
{
    public static Days Of(Month month) => new(month.Start, month.End);
}
