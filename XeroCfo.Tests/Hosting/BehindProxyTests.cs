using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using XeroCfo.Tests.Architecture;
using XeroCfo.Tests.SignIn;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Hosting;

/// <summary>Two nodes behind the proxy as <c>deploy/haproxy.cfg</c> sets it up.</summary>
public sealed class BehindProxyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xerocfo-proxy").FullName;
    private Process? _proxy;

    public void Dispose()
    {
        _proxy?.Kill(entireProcessTree: true);
        _proxy?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [ProxyLongFact]
    public async Task A_person_stays_signed_in_when_the_node_behind_the_proxy_dies()
    {
        await using var nodes = await TwoNodes.StartAsync(("Proxy__Trusted__0", "127.0.0.1"));
        var site = await StartProxyAsync(nodes);
        var cookies = new CookieContainer();
        using var browser = Browser(site, cookies);

        Assert.Equal(HttpStatusCode.Redirect, (await RunningApp.SignInAsync(browser, TwoNodes.Admin, TwoNodes.Password)).StatusCode);
        var page = await browser.GetAsync("/connections");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(["__Host-xerocfo.form", "__Host-xerocfo.session", "xerocfo-node"], cookies.GetAllCookies().Select(cookie => cookie.Name).Order(StringComparer.Ordinal));
        Assert.All(cookies.GetAllCookies(), cookie => Assert.True(cookie.Secure && cookie.HttpOnly, cookie.Name));
        Assert.True(page.Headers.Contains("Strict-Transport-Security") || site.Host == "localhost");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/metrics")).StatusCode);
        await OpenACircuitAsync(browser, site, HttpStatusCode.OK, site.GetLeftPart(UriPartial.Authority));
        await OpenACircuitAsync(browser, site, HttpStatusCode.Forbidden, "https://evil.test");

        await (cookies.GetAllCookies()["xerocfo-node"]!.Value == "one" ? nodes.One : nodes.Other).KillAsync();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/connections")).StatusCode);
        await OpenACircuitAsync(browser, site, HttpStatusCode.OK, site.GetLeftPart(UriPartial.Authority));
    }

    private static async Task OpenACircuitAsync(HttpClient browser, Uri site, HttpStatusCode expected, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(site, "/_blazor/negotiate?negotiateVersion=1"));
        request.Headers.Add("Origin", origin);
        Assert.Equal(expected, (await browser.SendAsync(request)).StatusCode);
    }

    private async Task<Uri> StartProxyAsync(TwoNodes nodes)
    {
        var (plain, secure) = (FreePort.Next(), FreePort.Next());
        await File.WriteAllTextAsync(Path.Combine(_folder, "site.pem"), Certificate());
        var set = (await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "deploy", "haproxy.cfg")))
            .Replace("/certificates/site.pem", Path.Combine(_folder, "site.pem"), StringComparison.Ordinal)
            .Replace("bind :8080", $"bind 127.0.0.1:{plain}", StringComparison.Ordinal).Replace("bind :8443", $"bind 127.0.0.1:{secure}", StringComparison.Ordinal)
            .Replace("xerocfo-1:8080", nodes.One.Address.Authority, StringComparison.Ordinal).Replace("xerocfo-2:8080", nodes.Other.Address.Authority, StringComparison.Ordinal);
        var file = Path.Combine(_folder, "haproxy.cfg");
        await File.WriteAllTextAsync(file, set);
        _proxy = Process.Start(new ProcessStartInfo(Needs.Haproxy!, ["-db", "-f", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = _proxy.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = _proxy.StandardError.BaseStream.CopyToAsync(Stream.Null);
        var site = new Uri($"https://localhost:{secure}");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await AnswersAsync(site, limit.Token))
        {
            await Task.Delay(100, limit.Token);
        }

        return site;
    }

    private static async Task<bool> AnswersAsync(Uri site, CancellationToken ct)
    {
        try
        {
            using var browser = Browser(site, new CookieContainer());
            return (await browser.GetAsync("/health/live", ct)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static HttpClient Browser(Uri site, CookieContainer cookies) => new(new HttpClientHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = cookies,
        ServerCertificateCustomValidationCallback = (_, _, _, _) => true,
    })
    { BaseAddress = site };

    private static string Certificate()
    {
        using var key = RSA.Create(2048);
        var now = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now, now.AddYears(50));
        return made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }
}
