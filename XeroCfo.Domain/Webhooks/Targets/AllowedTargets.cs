using System.Globalization;
using System.Net;

namespace XeroCfo.Domain.Webhooks.Targets;

/// <summary>What the settings let outgoing webhooks reach besides public https addresses: exact hosts, host:port, or networks. Pure.</summary>
public sealed class AllowedTargets
{
    private readonly List<(string Host, int? Port)> _hosts = [];
    private readonly List<IPNetwork> _networks = [];

    /// <exception cref="FormatException">An entry is none of these; start-up checks them first.</exception>
    public AllowedTargets(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            if (!TryAdd(entry.Trim()))
            {
                throw new FormatException($"{entry} is neither a host, nor a host with a port, nor a network.");
            }
        }
    }

    /// <summary>True for an entry that can be understood.</summary>
    public static bool IsEntry(string entry) => new AllowedTargets([]).TryAdd(entry.Trim());

    /// <summary>True when the host is allowed by its name, or by its name and port.</summary>
    public bool Names(string host, int port) => _hosts.Exists(allowed => allowed.Host == Plain(host) && (allowed.Port is null || allowed.Port == port));

    /// <summary>True when the address lies in a network that is allowed.</summary>
    public bool Contains(IPAddress address) => _networks.Exists(network => network.Contains(address));

    /// <summary>A host's name as it is compared: lower case, without brackets and without the dot of the root.</summary>
    public static string Plain(string host) => host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();

    private bool TryAdd(string entry)
    {
        if (entry.Contains('/', StringComparison.Ordinal))
        {
            var isNetwork = IPNetwork.TryParse(entry, out var network);
            _networks.AddRange(isNetwork ? [network] : []);
            return isNetwork;
        }

        if (IPAddress.TryParse(entry.Trim('[', ']'), out var address))
        {
            _hosts.Add((address.ToString(), null));
            _networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            return true;
        }

        var colon = entry.LastIndexOf(':');
        var (host, port) = colon < 0 ? (entry, null) : (entry[..colon], PortOf(entry[(colon + 1)..]));
        if ((colon >= 0 && port is null) || Uri.CheckHostName(Plain(host)) == UriHostNameType.Unknown)
        {
            return false;
        }

        _hosts.Add((Plain(host), port));
        return true;
    }

    private static int? PortOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue ? port : null;
}
