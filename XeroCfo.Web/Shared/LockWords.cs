using XeroCfo.Domain.Tenants;

namespace XeroCfo.Web.Shared;

/// <summary>How far Xero's books are locked, in words; null where they are not.</summary>
public static class LockWords
{
    /// <summary>"Locked to 31 Mar 2026 in Xero".</summary>
    public static string? Of(LockDates? locks) => locks?.Until is { } until ? $"Locked to {DateWords.Of(until)} in Xero" : null;

    /// <summary>Both locks, where they differ.</summary>
    public static string? All(LockDates? locks) => locks is { Period: { } period, YearEnd: { } yearEnd } && period > yearEnd
        ? $"Locked in Xero to {DateWords.Of(yearEnd)} for everybody, to {DateWords.Of(period)} for all but advisers"
        : Of(locks);
}
