using System.Net;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Xero.Demo;

public sealed class FakeXeroServerTests
{
    [Fact]
    public async Task The_same_lists_come_over_a_port_and_a_body_can_be_cut_or_never_come()
    {
        var books = FakeBooks.WithUsualAccounts();
        books.Invoice(new DateOnly(2026, 3, 1), "Rātā Room", new FakeLine("200", 100m, "OUTPUT2"));
        var xero = new FakeXero(TimeProvider.System);
        xero.Add(books.Organisation);
        await using var server = await FakeXeroServer.StartAsync(xero);
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(server.BaseAddress, "api.xro/2.0/"), Timeout = TimeSpan.FromSeconds(2) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "anything");
        client.DefaultRequestHeaders.Add("xero-tenant-id", books.Organisation.Settings.TenantId.ToString());
        var address = new Uri("Invoices?page=1&where=" + Uri.EscapeDataString("Date>=DateTime(2026,03,01)"), UriKind.Relative);

        var text = await client.GetStringAsync(address);
        xero.Faults = _ => FakeFault.CutBody;
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(address));
        xero.Faults = _ => FakeFault.TimeOut;
        await Assert.ThrowsAsync<TaskCanceledException>(() => client.GetStringAsync(address));
        xero.Faults = _ => FakeFault.RateLimit();
        using var limited = await client.GetAsync(address);

        Assert.Contains("Rātā Room", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.Equal(4, xero.CallsTo("Invoices"));
    }

    [Fact]
    public async Task The_handler_cuts_bodies_too()
    {
        var books = FakeBooks.WithUsualAccounts();
        var xero = new FakeXero(TimeProvider.System) { Faults = _ => FakeFault.CutBody };
        xero.Add(books.Organisation);
        using var client = new HttpClient(new FakeXeroHandler(xero));
        client.DefaultRequestHeaders.Authorization = new("Bearer", "anything");
        client.DefaultRequestHeaders.Add("xero-tenant-id", books.Organisation.Settings.TenantId.ToString());

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(new Uri("https://xero.example/api.xro/2.0/Accounts")));
    }
}
