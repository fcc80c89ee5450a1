using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Api;
using XeroCfo.Tests.Api.Contract;
using XeroCfo.Tests.SignIn;

namespace XeroCfo.Tests.Hosting;

/// <summary>
/// Every address with an organisation in it, pages and downloads, of the running application × every role × an organisation of one's own, of
/// others, of nobody. The addresses are the application's own list.
/// </summary>
public sealed partial class WholeApplicationIsolationTests : IAsyncLifetime, IDisposable
{
    private const string Password = "correct horse battery";
    private readonly WebApplicationFactory<Program> _app;

    public WholeApplicationIsolationTests()
    {
        var folder = Directory.CreateTempSubdirectory("xerocfo-isolation").FullName;
        _app = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseEnvironment("Production").UseSetting("DataDirectory", folder).UseSetting("Demo:Enabled", "false")
            .UseSetting("Passwords:WorkFactor", "4").UseSetting("RateLimit:SignInPerMinute", "1000")
            .UseSetting("Admin:Email", "first@example.com").UseSetting("Admin:Password", Password));
    }

    public async Task InitializeAsync()
    {
        var hasher = _app.Services.GetRequiredService<IPasswordHasher<User>>();
        await using var db = _app.Services.GetRequiredService<IDbFactory>().AcrossTenants("a test makes organisations and people");
        db.AddRange(ApiHost.Copy(ApiHost.Acme), ApiHost.Copy(ApiHost.Foreign), ContractHost.Row(ApiHost.Acme.Id, 0), ContractHost.Row(ApiHost.Foreign.Id, 0, ContractHost.Secret));
        db.AddRange([.. ContractHost.Ledger(ApiHost.Acme.Id, ""), .. ContractHost.Ledger(ApiHost.Foreign.Id, ContractHost.Secret)]);
        foreach (var role in Roles.All)
        {
            var email = $"{role}@example.com";
            var person = new User { Email = email, NormalizedEmail = email.ToUpperInvariant(), UserName = email, NormalizedUserName = email.ToUpperInvariant(), SecurityStamp = "stamp", Role = role };
            person.PasswordHash = hasher.HashPassword(person, Password);
            db.AddRange(person, new UserTenant { UserId = person.Id, TenantId = ApiHost.Acme.Id, IsActive = true });
        }

        await db.SaveChangesAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Another_organisation_is_one_that_does_not_exist_at_every_address()
    {
        var addresses = Addresses();
        Assert.True(addresses.Count > 10);
        Assert.Contains(addresses, address => address.Template.Contains("export", StringComparison.Ordinal));

        var downloaded = 0;
        foreach (var role in Roles.All.Append(null))
        {
            var browser = _app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
            if (role is not null)
            {
                Assert.Equal(HttpStatusCode.Redirect, (await RunningApp.SignInAsync(browser, $"{role}@example.com", Password)).StatusCode);
            }

            foreach (var (method, template) in addresses)
            {
                var (foreign, unknown) = (await AskAsync(browser, method, template, ApiHost.Foreign.Id), await AskAsync(browser, method, template, Guid.NewGuid()));
                var own = await AskAsync(browser, method, template, ApiHost.Acme.Id);

                Assert.Equal((role, template, unknown.Status, unknown.Text), (role, template, foreign.Status, foreign.Text));
                Assert.Equal(role is null, foreign.Status == HttpStatusCode.Redirect);
                Assert.True((int)own.Status < 500, $"{role} {template}: {own.Status}");
                downloaded += own.Text.StartsWith("PK", StringComparison.Ordinal) ? 1 : 0;
                Assert.DoesNotContain(ContractHost.Secret, own.Text + foreign.Text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(">Foreign<", own.Text + foreign.Text, StringComparison.Ordinal);
            }
        }

        Assert.True(downloaded >= 4, $"{downloaded} downloads of one's own: the others would prove little.");
    }

    private List<(string Method, string Template)> Addresses() =>
    [
        .. from endpoint in _app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            where endpoint.RoutePattern.Parameters.Any(parameter => parameter.Name.Equals("org", StringComparison.OrdinalIgnoreCase))
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
            where method != "HEAD"
            select (method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/')),
    ];

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(HttpClient browser, string method, string template, Guid org)
    {
        var path = Parameter().Replace(template, match => match.Groups[1].Value.Equals("org", StringComparison.OrdinalIgnoreCase) ? $"{org}" : $"{FakeBooks.Bank}");
        using var answer = await browser.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        var text = Changing().Replace(await answer.Content.ReadAsStringAsync(), "").Replace(org.ToString(), "", StringComparison.OrdinalIgnoreCase);
        return (answer.StatusCode, text);
    }

    [GeneratedRegex(@"\{(\w+)(?::\w+)?\??\}")]
    private static partial Regex Parameter();

    // What is new in every answer: the circuit's marks, the form's token, the error id.
    [GeneratedRegex("<!--Blazor.*?-->|<strong>[0-9a-f]{12}</strong>|nonce=\"[^\"]*\"|value=\"CfDJ[^\"]*\"", RegexOptions.Singleline)]
    private static partial Regex Changing();
}
