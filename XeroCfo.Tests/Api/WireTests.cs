using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Api;

/// <summary>What only a real server does: raw requests, bodies that are refused while they arrive.</summary>
public sealed class WireTests : IAsyncLifetime
{
    private readonly ApiHost _host = new() { Configure = builder => builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0") };

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Large_bodies_announced_or_in_chunks_are_413()
    {
        var head = $"POST /api/v1/tenants/{ApiHost.Acme.Id}/syncs HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nAuthorization: {await BearerAsync()}\r\n";
        var chunk = "100000\r\n" + new string(' ', 0x100000) + "\r\n";

        Assert.StartsWith("HTTP/1.1 413", await SendAsync($"{head}Content-Length: 50000000\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 413", await SendAsync($"{head}Transfer-Encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_idempotency_key_is_refused()
    {
        var answer = await SendAsync(
            $"POST /api/v1/tenants/{ApiHost.Acme.Id}/syncs HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\nIdempotency-Key: \r\nAuthorization: {await BearerAsync()}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("invalid-idempotency-key", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /api/v1/tenants/%00/accounts HTTP/1.1", 400)]
    [InlineData("GET /api/v1/me?search=LONG HTTP/1.1", 414)]
    [InlineData("NONS@NSE /api/v1/me HTTP/1.1", 400)]
    [InlineData("GET /api/v1/me HTTP/1.1\r\nX-Long: LONG", 431)]
    [InlineData("HEAD /api/v1/me HTTP/1.1", 401)]
    public async Task What_the_server_itself_refuses_is_no_page(string request, int status)
    {
        var answer = await SendAsync($"{request.Replace("LONG", new string('x', 60_000), StringComparison.Ordinal)}\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<", answer, StringComparison.Ordinal);
    }

    private async Task<string> BearerAsync() => "Bearer " + (await _host.KeyAsync(Roles.Admin)).Secret;

    private async Task<string> SendAsync(string request)
    {
        var address = new Uri(_host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        var answer = new StringBuilder();
        var buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer)) > 0)
        {
            answer.Append(buffer, 0, read);
            if (answer.ToString().Contains("\"errors\"", StringComparison.Ordinal))
            {
                break;
            }
        }

        return answer.ToString();
    }
}
