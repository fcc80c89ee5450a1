namespace XeroCfo.Domain.Tenants;

/// <summary>Up to which day Xero's books are locked.</summary>
/// <param name="Period">For everybody but advisers.</param>
/// <param name="YearEnd">For everybody.</param>
public sealed record LockDates(DateOnly? Period, DateOnly? YearEnd)
{
    /// <summary>The later of the two; null where nothing is locked.</summary>
    public DateOnly? Until => YearEnd is null || Period > YearEnd ? Period : YearEnd;

    public static LockDates Of(XeroTenant organisation) => new(organisation.PeriodLockDate, organisation.EndOfYearLockDate);
}
