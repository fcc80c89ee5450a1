namespace XeroCfo.Domain.Primitives;

/// <summary>The rules that every amount of money follows.</summary>
public static class MoneyRules
{
    /// <summary>The largest amount that both databases hold exactly (ten-thousandths in a 64-bit integer).</summary>
    public const decimal Largest = 922_337_203_685_477.5807m;

    /// <summary>Rounds to cents, half away from zero, as Xero does.</summary>
    public static decimal ToCents(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    /// <summary>True when <paramref name="amount"/> fits both databases.</summary>
    public static bool Fits(decimal amount) => amount is <= Largest and >= -Largest;
}
