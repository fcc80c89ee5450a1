using System.Net;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Tests.Hosting;
using XeroCfo.Tests.SignIn;

namespace XeroCfo.Tests.Support;

/// <summary>A real process and a fake Xero that asks for consent: what the one must know of the other, and the way there and back.</summary>
internal static class ConsentVisit
{
    /// <summary>The settings of a process whose Xero is that one.</summary>
    public static (string Name, string Value)[] Settings(FakeXeroServer xero)
    {
        var address = xero.BaseAddress.ToString().TrimEnd('/');
        return
        [
            ("Demo__Enabled", "false"), ("Xero__ClientId", FakeConsents.ClientId), ("Xero__ClientSecret", FakeConsents.ClientSecret), ("Xero__RedirectUri", xero.Xero.Consents!.RedirectUri),
            ("Xero__LoginUrl", address), ("Xero__IdentityUrl", address), ("Xero__ApiUrl", address), ("Xero__CallsPerMinute", "100000"), ("Xero__CallsPerDay", "100000"),
        ];
    }

    /// <summary>An admin signs in, consents at Xero to the organisations that are ticked, and comes back.</summary>
    public static async Task ConnectAsync(RunningServer server)
    {
        using var browser = server.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await RunningApp.SignInAsync(browser, TwoNodes.Admin, TwoNodes.Password)).StatusCode);
        using var begun = await browser.GetAsync("/xero/connect");
        using var xero = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var back = await xero.GetAsync(begun.Headers.Location);
        using var arrived = await browser.GetAsync(back.Headers.Location!.PathAndQuery);
        Assert.Equal((HttpStatusCode.Redirect, "/connections"), (arrived.StatusCode, arrived.Headers.Location?.ToString()));
    }
}
