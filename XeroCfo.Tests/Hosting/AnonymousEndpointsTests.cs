using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Web.Account;

namespace XeroCfo.Tests.Hosting;

public sealed class AnonymousEndpointsTests
{
    private static readonly string[] Others = ["/health/live", "/health/ready", "/xero/webhook", "/api/v1/auth/token", "/metrics"];

    [Fact]
    public void Only_the_named_pages_open_without_signing_in()
    {
        var folder = Directory.CreateTempSubdirectory("xerocfo-endpoints").FullName;
        using var app = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseEnvironment("Production")
            .UseSetting("DataDirectory", folder)
            .UseSetting("Passwords:WorkFactor", "4"));

        var endpoints = app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        var anonymous = endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null && endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Distinct();

        Assert.True(endpoints.Count > 10);
        Assert.Equal(AccountRoutes.Anonymous.Concat(Others).Order(), anonymous.Order());
    }
}
