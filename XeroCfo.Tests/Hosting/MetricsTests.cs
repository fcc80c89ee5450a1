using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using XeroCfo.Web.Hosting;

namespace XeroCfo.Tests.Hosting;

public sealed class MetricsTests
{
    private const string Token = "a long random token 1";

    [Fact]
    public async Task Figures_are_for_this_machine_and_for_who_has_the_token()
    {
        var folder = Directory.CreateTempSubdirectory("xerocfo-metrics").FullName;
        await using var app = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseEnvironment("Production").UseSetting("DataDirectory", folder).UseSetting("Demo:Enabled", "false").UseSetting("Passwords:WorkFactor", "4").UseSetting("Metrics:Token", Token));
        using var reader = app.CreateClient();

        // From elsewhere, through a proxy that nobody named.
        reader.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        Assert.Equal(HttpStatusCode.Unauthorized, (await reader.GetAsync("/metrics")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(reader, Token + "x")).StatusCode);
        var answer = await AskAsync(reader, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("\nxerocfo_backup_last_good_timestamp_seconds 0\n", text, StringComparison.Ordinal);
        Assert.Contains("\nxerocfo_answers_total{class=\"4xx\"} 2\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^(# (HELP|TYPE) [a-z_0-9]+ .+|[a-z_0-9]+(\{[a-z]+=""[^""]*""\})? -?[0-9.E+]+)$", line));
    }

    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("::1", null, true)]
    [InlineData("10.0.0.5", null, false)]
    [InlineData("127.0.0.1", "203.0.113.9", false)]
    public void This_machine_is_told_from_a_proxy_on_it(string address, string? forwarded, bool here)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        http.Request.Headers["X-Forwarded-For"] = forwarded;

        Assert.Equal(here, Metrics.IsFromHere(http));
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient reader, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("Authorization", $"Bearer {token}");
        return reader.SendAsync(request);
    }
}
