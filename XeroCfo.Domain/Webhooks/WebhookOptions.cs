using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Webhooks.Targets;

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

    /// <summary>So long events and deliveries are kept.</summary>
    public const int KeptDays = 30;

    public IEnumerable<string> Faults()
    {
        foreach (var entry in AllowPrivateNetworks.Where(entry => !AllowedTargets.IsEntry(entry)))
        {
            yield return $"Webhooks:AllowPrivateNetworks holds {entry}. Give hosts such as n8n, hosts with a port such as n8n:5678, or networks such as 192.168.0.0/16.";
        }

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
