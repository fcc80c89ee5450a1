using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Webhooks;

/// <summary>How outgoing webhooks are sent.</summary>
public sealed class WebhookOptions : ISettings
{
    public const string Section = "Webhooks";

    /// <summary>Exact hosts, host:port or networks that may be reached besides public https addresses.</summary>
    public IReadOnlyList<string> AllowPrivateNetworks { get; set; } = [];

    /// <summary>The waits before each attempt, the first at once.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; set; } =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    public int TimeoutSeconds { get; set; } = 20;

    public IEnumerable<string> Faults()
    {
        if (RetryDelays.Count == 0 || RetryDelays.Any(delay => delay < TimeSpan.Zero))
        {
            yield return "Webhooks:RetryDelays needs at least one duration, and none below zero, such as 00:05:00.";
        }

        if (TimeoutSeconds is < 1 or > 30)
        {
            yield return $"Webhooks:TimeoutSeconds is {TimeoutSeconds}. Set it to a number from 1 to 30.";
        }
    }
}
