using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using XeroCfo.Web.Hosting;

namespace XeroCfo.Tests.Hosting;

public sealed class CircuitLimitTests
{
    [Fact]
    public void A_person_and_a_node_have_so_many_open_pages_and_one_that_closes_makes_room()
    {
        var circuits = new OpenCircuits(new CircuitLimitOptions { PerPerson = 2, PerNode = 3 });
        var (one, other, third) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());

        Assert.True(circuits.TryEnter(one) && circuits.TryEnter(one));
        Assert.False(circuits.TryEnter(one));
        Assert.True(circuits.TryEnter(other));
        Assert.False(circuits.TryEnter(third));
        circuits.Leave(one);
        Assert.True(circuits.TryEnter(third));
        Assert.Equal(3, circuits.Open);
    }

    [Fact]
    public void What_a_circuit_may_send_hold_and_wait_for_is_bounded()
    {
        var folder = Directory.CreateTempSubdirectory("xerocfo-circuits").FullName;
        using var app = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseEnvironment("Production").UseSetting("DataDirectory", folder).UseSetting("Demo:Enabled", "false").UseSetting("Passwords:WorkFactor", "4"));

        var circuit = app.Services.GetRequiredService<IOptions<CircuitOptions>>().Value;

        Assert.False(circuit.DetailedErrors);
        Assert.InRange(circuit.DisconnectedCircuitMaxRetained, 1, 200);
        Assert.InRange(circuit.DisconnectedCircuitRetentionPeriod, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));
        Assert.InRange(circuit.JSInteropDefaultCallTimeout, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));
        Assert.InRange(circuit.MaxBufferedUnacknowledgedRenderBatches, 1, 20);
        Assert.Equal(64 * 1024, HubLimit(app.Services));
    }

    private static long? HubLimit(IServiceProvider services)
    {
        var hub = typeof(CircuitOptions).Assembly.GetType("Microsoft.AspNetCore.Components.Server.ComponentHub")!;
        var options = services.GetRequiredService(typeof(IOptions<>).MakeGenericType(typeof(HubOptions<>).MakeGenericType(hub)));
        return ((HubOptions)options.GetType().GetProperty("Value")!.GetValue(options)!).MaximumReceiveMessageSize;
    }
}
