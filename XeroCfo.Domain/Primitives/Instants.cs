namespace XeroCfo.Domain.Primitives;

/// <summary>Instants are UTC and cut to microseconds, so that both databases give back what they were given.</summary>
public static class Instants
{
    /// <summary>Now, as both databases can hold it.</summary>
    public static DateTime UtcNow(this TimeProvider clock) => Cut(clock.GetUtcNow().UtcDateTime);

    /// <summary>Cuts to microseconds and marks as UTC.</summary>
    public static DateTime Cut(DateTime instant) => new(instant.Ticks - (instant.Ticks % 10), DateTimeKind.Utc);
}
