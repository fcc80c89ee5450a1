using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Sync;

/// <summary>How often, and how far back.</summary>
public sealed class SyncOptions : ISettings
{
    public const string Section = "Sync";

    /// <summary>How soon an organisation is read again whose documents changed while Xero was read.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

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
