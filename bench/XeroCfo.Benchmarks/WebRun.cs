using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting;

namespace XeroCfo.Benchmarks;

/// <summary>
/// Requests a second of a page of 100 transactions over HTTP, through the whole API (key, limits, rights, two looks at the sync), beside a bare minimal API that reads
/// the same rows through the same context and writes them as JSON.
/// </summary>
internal static class WebRun
{
    private const int Clients = 4;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    public static async Task MeasureAsync(DatabaseOptions database, TenantId tenant)
    {
        const string Password = "correct horse battery staple";
        var folder = Directory.CreateTempSubdirectory("xerocfo-bench-web");
        await using var app = Product(database, folder.FullName);
        var users = app.Services.GetRequiredService<UserService>();
        // Another one each time: the file stays, and is read again.
        var owner = await users.AddAsync(Caller.Command, new NewUser($"bench-{Guid.NewGuid():N}@xerocfo.example", Roles.Accountant, TenantGrants.Every, Password), default);
        var key = await app.Services.GetRequiredService<ApiKeyService>()
            .CreateAsync(Caller.Command, new ApiKeyWish(owner.Value.User.Id, "bench", Permissions.Of(Roles.Accountant)), default);
        await app.StartAsync();
        await using var bare = Bare(app.Services.GetRequiredService<IDbFactory>(), tenant);
        await bare.StartAsync();

        using var product = Client(app);
        product.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Value.Secret);
        using var baseline = Client(bare);
        var path = $"/api/v1/tenants/{tenant.Value:D}/transactions?limit=100";
        await CountAsync(product, path);
        await CountAsync(baseline, "/bare");
        var pairs = new List<(double Product, double Bare)>();
        for (var round = 0; round < 5; round++)
        {
            pairs.Add((await CountAsync(product, path), await CountAsync(baseline, "/bare")));
        }

        var shares = pairs.Select(pair => pair.Product / pair.Bare).Order().ToList();
        Console.WriteLine($"  GET of 100 transactions        median {pairs.Select(pair => pair.Product).Order().ElementAt(2),8:0} requests/s");
        Console.WriteLine($"    baseline: bare minimal API   median {pairs.Select(pair => pair.Bare).Order().ElementAt(2),8:0} requests/s   share {shares[2]:P0} ({shares[0]:P0} to {shares[^1]:P0})");
        folder.Delete(recursive: true);
    }

    private static WebApplication Product(DatabaseOptions database, string folder)
    {
        var builder = AppHost.ForServing(
            [
                "--DataDirectory", folder, "--Database:Provider", database.Provider, "--ConnectionStrings:Database", database.ConnectionString, "--Demo:Enabled", "false",
                "--Encryption:Key", new string('7', 64), "--urls", "http://127.0.0.1:0", "--RateLimit:PerKeyPerMinute", "1000000000",
            ]);
        builder.Logging.ClearProviders();
        builder.Services.AddXeroCfoApi();
        var app = builder.Build();
        app.MapXeroCfoApi();
        return app;
    }

    private static WebApplication Bare(IDbFactory databases, TenantId tenant)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/bare", async () =>
        {
            await using var db = databases.For(tenant);
            return await db.Transactions.AsNoTracking().OrderByDescending(row => row.Date).ThenByDescending(row => row.Id).Take(100).ToListAsync();
        });
        return app;
    }

    private static HttpClient Client(WebApplication app) => new() { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };

    private static async Task<double> CountAsync(HttpClient client, string path)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            var count = 0;
            for (; watch.Elapsed < Round; count++)
            {
                using var answer = await client.GetAsync(path);
                await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
            }

            return count;
        }));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }
}
