using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XeroCfo.Data;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Xero;
using XeroCfo.Web.Workers;

namespace XeroCfo.Benchmarks;

/// <summary>Deliveries of one node on SQLite to receivers on the same machine: to one that takes everything, to ten, and to one that fails half the time.</summary>
internal static class WebhookRun
{
    public static async Task MeasureAsync(int events)
    {
        // What a server that has run for a minute has compiled is not counted.
        await SendAsync(Math.Min(events, 200), 1, false, tell: false);
        await SendAsync(events, 1, false);
        await SendAsync(events, 10, false);
        await SendAsync(events, 1, true);
    }

    private static async Task SendAsync(int events, int endpoints, bool fails, bool tell = true)
    {
        var folder = Directory.CreateTempSubdirectory("xerocfo-webhooks").FullName;
        var (effects, calls) = (new ConcurrentDictionary<string, int>(), 0);
        await using var receiver = await ReceiverAsync(message =>
        {
            if (Interlocked.Increment(ref calls) % 2 == 0 && fails)
            {
                return 500;
            }

            effects.AddOrUpdate(message, 1, (_, count) => count + 1);
            return 204;
        });
        var address = receiver.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        await using var services = Services(folder);
        await FillAsync(services, events, endpoints, address);
        var watch = Stopwatch.StartNew();
        var worker = services.GetServices<IHostedService>().OfType<WebhookWorker>().Single();
        await worker.StartAsync(default);
        while (effects.Count < events * endpoints)
        {
            await Task.Delay(5);
        }

        var seconds = watch.Elapsed.TotalSeconds;
        await worker.StopAsync(default);
        if (tell)
        {
            var doubled = effects.Values.Count(count => count != 1);
            Console.WriteLine($"  {events:N0} events to {endpoints} endpoint(s){(fails ? " that fail half the time" : "")}: {effects.Count / seconds:N0} deliveries/s, {calls / seconds:N0} attempts/s, {seconds:0.0} s; {effects.Count:N0} of {events * endpoints:N0} arrived, {doubled} with more than one effect");
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, true);
    }

    private static ServiceProvider Services(string folder)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new XeroOptions());
        services.AddSingleton(new WebhookOptions { AllowPrivateNetworks = ["127.0.0.1"], RetryDelays = [.. Enumerable.Repeat(TimeSpan.FromMilliseconds(100), 60)] });
        services.AddXeroCfoDomain();
        services.AddXeroCfoData(new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(folder, "bench.db")}" });
        services.AddSingleton<IHostedService, WebhookWorker>();
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<KeyRing>().Use(MasterKey.NewText(), []);
        return provider;
    }

    private static async Task FillAsync(ServiceProvider services, int events, int endpoints, string address)
    {
        var organisation = new XeroTenant { XeroTenantId = Guid.NewGuid().ToString("D"), Name = "Bench" };
        var tenant = new TenantId(organisation.Id);
        await using var db = services.GetRequiredService<IDbFactory>().AcrossTenants("the benchmark makes its organisation");
        await db.Database.MigrateAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL");
        db.Add(organisation);
        db.Add(new User { Email = "a@b.example", NormalizedEmail = "A@B.EXAMPLE", UserName = "a@b.example", NormalizedUserName = "A@B.EXAMPLE", PasswordHash = "!", Role = Roles.Admin });
        await db.SaveChangesAsync();
        for (var i = 0; i < endpoints; i++)
        {
            var made = await services.GetRequiredService<WebhookService>().CreateAsync(Caller.Command, tenant, new WebhookInput("*", $"{address}/{i}"), default);
            _ = made.Value;
        }

        db.OutboxEvents.AddRange(Enumerable.Range(0, events).Select(_ => OutboxEvent.Of(organisation.Id, WebhookEvents.SyncSucceeded, "syncs", [Guid.NewGuid()], ("received", 12))));
        await db.SaveChangesAsync();
    }

    private static async Task<WebApplication> ReceiverAsync(Func<string, int> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(http =>
        {
            http.Response.StatusCode = answer($"{http.Request.Path} {http.Request.Headers[WebhookSignature.IdHeader]}");
            return Task.CompletedTask;
        });
        await app.StartAsync();
        return app;
    }
}
