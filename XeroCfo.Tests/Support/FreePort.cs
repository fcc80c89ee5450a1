using System.Net;
using System.Net.Sockets;

namespace XeroCfo.Tests.Support;

/// <summary>Ports of 127.0.0.1 for programs that want to be told theirs.</summary>
internal static class FreePort
{
    /// <summary>One that nobody listens on at the moment.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
