namespace XeroCfo.Domain.Reports;

/// <summary>Actual against a comparator, both in display signs. Pure.</summary>
public static class Variance
{
    /// <summary>A fraction: variance / |comparator|. Null against 0, and across a change of sign, where a percentage says nothing.</summary>
    public static decimal? Percent(decimal actual, decimal comparator) =>
        comparator == 0 || (actual != 0 && Math.Sign(actual) != Math.Sign(comparator)) ? null : Fraction(actual - comparator, Math.Abs(comparator));

    /// <summary><c>F</c> favourable, <c>U</c> unfavourable, <c>=</c> equal; null where neither way is better.</summary>
    public static string? Word(decimal actual, decimal comparator, Favour favour) => favour switch
    {
        Favour.Neutral => null,
        _ when actual == comparator => "=",
        _ => actual > comparator == (favour == Favour.Up) ? "F" : "U",
    };

    /// <summary>A quotient to a millionth, half away from zero; null over nothing.</summary>
    public static decimal? Fraction(decimal part, decimal whole) => whole == 0 ? null : Math.Round(part / whole, 6, MidpointRounding.AwayFromZero);
}
