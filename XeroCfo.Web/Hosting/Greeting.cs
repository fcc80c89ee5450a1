using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using XeroCfo.Web.Account;

namespace XeroCfo.Web.Hosting;

/// <summary>What the console says once the server answers.</summary>
internal static class Greeting
{
    public static void Write(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        Console.WriteLine($"XeroCfo listens on {string.Join(", ", addresses)}");
        if (app.Services.GetRequiredService<FirstAdmin>() is { Code.IsOpen: true } first)
        {
            var address = addresses.FirstOrDefault() ?? "";
            Console.WriteLine($"Set it up at {address}{AccountRoutes.Setup} with the code {first.Code.Text} (good for {SetupCode.Validity.TotalMinutes:0} minutes; a restart makes a new one).");
        }
    }
}
