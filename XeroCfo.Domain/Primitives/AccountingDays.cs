namespace XeroCfo.Domain.Primitives;

/// <summary>The days that books can be asked about; beyond them the calendar itself ends.</summary>
public static class AccountingDays
{
    public static readonly DateOnly First = new(1900, 1, 1);

    public static readonly DateOnly Last = new(2199, 12, 31);

    public static bool Contain(DateOnly day) => day >= First && day <= Last;
}
