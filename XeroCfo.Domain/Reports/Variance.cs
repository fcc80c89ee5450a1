namespace XeroCfo.Domain.Reports;

/// <summary>Actual against a comparator, both in display signs. Pure.</summary>
public static class Variance
{
    /// <summary>From which part of the comparator on a change is material, where nothing else is asked.</summary>
    public const decimal MaterialShare = 0.05m;

    /// <summary>True of a change that is worth a look: large by itself, and beside what it is compared with. A large percent of a tiny amount is neither.</summary>
    public static bool IsMaterial(decimal change, decimal comparator, decimal share, decimal amount) =>
        change != 0 && Math.Abs(change) >= amount && (comparator == 0 || Math.Abs(change) >= share * Math.Abs(comparator));

    /// <summary>A fraction: variance / |comparator|, as Xero has it also across a change of sign. Null against 0.</summary>
    public static decimal? Percent(decimal actual, decimal comparator) => Fraction(actual - comparator, Math.Abs(comparator));

    /// <summary>The same where it stands for itself, without the two amounts: null across a change of sign, where a percentage alone says nothing.</summary>
    public static decimal? PercentAlone(decimal actual, decimal comparator) => actual != 0 && Math.Sign(actual) != Math.Sign(comparator) ? null : Percent(actual, comparator);

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
