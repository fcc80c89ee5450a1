using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>The endpoint costs much, and has a count of its own.</summary>
internal sealed record IsCostly;

/// <summary>Counts requests of a key, those of them that cost much, and requests without a good key of an address. Each process counts for itself.</summary>
internal sealed class ApiLimits : IDisposable
{
    private readonly PartitionedRateLimiter<Guid> _keys;
    private readonly PartitionedRateLimiter<Guid> _costly;
    private readonly PartitionedRateLimiter<string> _addresses;

    public ApiLimits(RateLimitOptions options)
    {
        _keys = PartitionedRateLimiter.Create<Guid, Guid>(key => Window(key, options.PerKeyPerMinute));
        _costly = PartitionedRateLimiter.Create<Guid, Guid>(key => Window(key, options.CostlyPerKeyPerMinute ?? Math.Max(1, options.PerKeyPerMinute / 2)));
        _addresses = PartitionedRateLimiter.Create<string, string>(address => Window(address, options.PerAddressPerMinute));
    }

    /// <summary>Null when the key may go on.</summary>
    public ApiProblem? OfKey(Guid key, Endpoint? endpoint) => Ask(_keys, key) ?? (endpoint?.Metadata.GetMetadata<IsCostly>() is null ? null : Ask(_costly, key));

    /// <summary>Null when the address may go on. A network of IPv6 counts as one address.</summary>
    public ApiProblem? OfAddress(IPAddress? address) => Ask(_addresses, Name(address));

    public void Dispose()
    {
        _keys.Dispose();
        _costly.Dispose();
        _addresses.Dispose();
    }

    private static ApiProblem? Ask<T>(PartitionedRateLimiter<T> limiter, T who)
    {
        using var lease = limiter.AttemptAcquire(who);
        return lease.IsAcquired
            ? null
            : ApiProblem.TooMany(lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1));
    }

    private static string Name(IPAddress? address)
    {
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is { AddressFamily: AddressFamily.InterNetworkV6 }
            ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, 8))
            : plain?.ToString() ?? "unknown";
    }

    private static RateLimitPartition<T> Window<T>(T who, int perMinute) => RateLimitPartition.GetFixedWindowLimiter(who, _ => new FixedWindowRateLimiterOptions
    {
        PermitLimit = perMinute,
        Window = TimeSpan.FromMinutes(1),
        QueueLimit = 0,
    });
}
