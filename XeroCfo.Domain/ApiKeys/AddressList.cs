using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace XeroCfo.Domain.ApiKeys;

/// <summary>Addresses and networks that a key may come from. Pure.</summary>
public static class AddressList
{
    /// <summary>How many a key may have.</summary>
    public const int Most = 50;

    /// <summary>An address or a network as it is kept: 10.0.0.0/24, 192.0.2.7, 2001:db8::/32; null when it is neither.</summary>
    public static string? Read(string? text)
    {
        var parts = text?.Length <= 50 ? text.Split('/') : [];
        if (parts.Length is not (1 or 2) || AddressIn(parts[0].Trim()) is not { } address)
        {
            return null;
        }

        if (parts.Length == 1)
        {
            return address.ToString();
        }

        var bits = address.GetAddressBytes().Length * 8;
        return int.TryParse(parts[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= bits
            ? length == bits ? address.ToString() : new IPNetwork(Cut(address, length), length).ToString()
            : null;
    }

    /// <summary>True when <paramref name="address"/> is on the list. Without a list every address is; an unknown address is on none.</summary>
    public static bool Allows(IReadOnlyCollection<string>? list, string? address) =>
        list is null || (AddressIn(address ?? "") is { } asking && list.Any(entry => Holds(entry, asking)));

    private static bool Holds(string entry, IPAddress asking) =>
        entry.Contains('/', StringComparison.Ordinal) ? IPNetwork.TryParse(entry, out var network) && network.Contains(asking) : AddressIn(entry)?.Equals(asking) == true;

    // "127.1" and "2130706433" are addresses to the framework, and traps to people.
    private static IPAddress? AddressIn(string text)
    {
        var plain = text.Contains(':', StringComparison.Ordinal) ? !text.Contains('%', StringComparison.Ordinal) : text.Count(letter => letter == '.') == 3;
        if (!plain || !IPAddress.TryParse(text, out var address))
        {
            return null;
        }

        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 ? address : null;
    }

    private static IPAddress Cut(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var index = 0; index < bytes.Length; index++)
        {
            var kept = Math.Clamp(length - (index * 8), 0, 8);
            bytes[index] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }
}
