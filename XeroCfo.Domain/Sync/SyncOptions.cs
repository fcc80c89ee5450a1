using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Sync;

/// <summary>How often, and how far back.</summary>
public sealed class SyncOptions : ISettings
{
    public const string Section = "Sync";

    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Documents before this day are kept but not posted; null: from the first one on.</summary>
    public DateOnly? HistoryFrom { get; set; }

    public IEnumerable<string> Faults()
    {
        if (Interval < TimeSpan.FromMinutes(1))
        {
            yield return $"Sync:Interval is {Interval:c}. Set it to 00:01:00 or more.";
        }
    }
}
