using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Hosting;

/// <summary>
/// Where the server is to listen, and whether that is still free: asked before the database is opened, so that a second start by
/// mistake touches nothing. A port of 0 is always free.
/// </summary>
internal static class PortCheck
{
    public const string DefaultUrl = "http://localhost:5080";

    private static readonly string[] Keys = ["urls", "http_ports", "https_ports"];

    /// <summary>True when nobody said where to listen.</summary>
    public static bool NeedsDefault(IConfiguration configuration) =>
        Keys.All(key => string.IsNullOrEmpty(configuration[key])) && !configuration.GetSection("Kestrel:Endpoints").Exists();

    public static void Run(WebApplication app)
    {
        // A test's own server does not listen on these.
        if (app.Services.GetRequiredService<IServer>().GetType().Assembly.GetName().Name != "Microsoft.AspNetCore.Server.Kestrel.Core")
        {
            return;
        }

        foreach (var url in (app.Configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Check(url);
        }
    }

    private static void Check(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new RefusedException($"urls (ASPNETCORE_URLS or --urls) holds \"{url}\", which is no address to listen on. Use one such as {DefaultUrl}.");
        }

        if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
        {
            return;
        }

        try
        {
            using var trial = new TcpListener(AddressOf(address.Host), address.Port);
            trial.Start();
        }
        catch (SocketException fault)
        {
            throw new RefusedException(fault.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"{url} is already in use. Stop what uses it, or set another address with ASPNETCORE_URLS or --urls."
                : $"{url} cannot be listened on ({fault.Message}). Set another address with ASPNETCORE_URLS or --urls.");
        }
    }

    private static IPAddress AddressOf(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        ? IPAddress.Loopback
        : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : IPAddress.Any;
}
