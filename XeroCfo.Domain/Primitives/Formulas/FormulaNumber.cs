namespace XeroCfo.Domain.Primitives.Formulas;

/// <summary>A number, or why there is none: never 0, infinity or a guess in its place.</summary>
public readonly record struct FormulaNumber(decimal? Value, string? Reason)
{
    public static FormulaNumber Of(decimal value) => new(value, null);

    public static FormulaNumber None(string? reason) => new(null, reason);
}
