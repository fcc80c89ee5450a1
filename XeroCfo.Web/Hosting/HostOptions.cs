using System.Net;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Hosting;

/// <summary>Whose forwarded headers count.</summary>
internal sealed class ProxyOptions : ISettings
{
    public const string Section = "Proxy";

    /// <summary>Addresses or networks.</summary>
    public IReadOnlyList<string> Trusted { get; set; } = [];

    public IEnumerable<string> Faults() => Trusted
        .Where(text => !IPAddress.TryParse(text, out _) && !IPNetwork.TryParse(text, out _))
        .Select(text => $"Proxy:Trusted holds \"{text}\". Use an address such as 10.0.0.5 or a network such as 10.0.0.0/24.");
}

/// <summary>How many requests a minute.</summary>
internal sealed class RateLimitOptions : ISettings
{
    public const string Section = "RateLimit";

    public int PerKeyPerMinute { get; set; } = 600;

    /// <summary>Requests without a good key.</summary>
    public int PerAddressPerMinute { get; set; } = 60;

    /// <summary>Tries to sign in or to set up, per address.</summary>
    public int SignInPerMinute { get; set; } = 10;

    public IEnumerable<string> Faults() =>
        from limit in new (string Name, int Value)[] { (nameof(PerKeyPerMinute), PerKeyPerMinute), (nameof(PerAddressPerMinute), PerAddressPerMinute), (nameof(SignInPerMinute), SignInPerMinute) }
        where limit.Value < 1
        select $"RateLimit:{limit.Name} is {limit.Value}. Set it to 1 or more.";
}

/// <summary>Open pages, each of which holds a circuit.</summary>
internal sealed class CircuitLimitOptions : ISettings
{
    public const string Section = "Circuits";

    public int PerPerson { get; set; } = 20;

    public int PerNode { get; set; } = 1000;

    public IEnumerable<string> Faults()
    {
        if (PerPerson < 1 || PerNode < 1)
        {
            yield return "Circuits:PerPerson and Circuits:PerNode must be 1 or more.";
        }
    }
}

/// <summary>Who may read the metrics from another machine.</summary>
internal sealed class MetricsOptions : ISettings
{
    public const string Section = "Metrics";

    public string? Token { get; set; }

    public IEnumerable<string> Faults()
    {
        if (Token is { Length: < 16 })
        {
            yield return "Metrics:Token is shorter than 16 characters. Use a long random one.";
        }
    }
}
