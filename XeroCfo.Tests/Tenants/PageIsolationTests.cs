using System.Reflection;
using System.Text.RegularExpressions;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using XeroCfo.Data;
using XeroCfo.Domain;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.Mail;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Api;
using XeroCfo.Tests.Api.Contract;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger.Transactions;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Tests.Tenants;

/// <summary>
/// Every page of an organisation × every role × an organisation of one's own, of others, of nobody, over the real services. Pages are found
/// by their addresses, so that a new one is looked at without a word here.
/// </summary>
public sealed partial class PageIsolationTests : BunitContext, IAsyncLifetime
{
    private readonly ContractHost _host = new(TestDatabaseKind.Sqlite);
    private readonly FakeCaller _who = new(FakeCaller.Person(Roles.Admin));

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices().AddTransactionPages().AddXeroCfoDomain().AddSingleton<TimeProvider>(new FixedClock());
        Services.AddXeroCfoData(_host.Database.Options).AddSingleton(new XeroOptions()).AddSingleton(new SyncOptions()).AddSingleton(new SmtpOptions());
        Services.AddSingleton<ICircuitCaller>(_who);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.Accountant)]
    [InlineData(Roles.Standard)]
    [InlineData(Roles.ReadOnly)]
    [InlineData(Roles.Executive)]
    [InlineData(null)]
    public async Task A_page_of_another_organisation_is_one_of_none_and_tells_nothing(string? role)
    {
        _who.Caller = role is null ? new Caller { Kind = CallerKind.Person, Name = "nobody" } : FakeCaller.Person(role, ApiHost.Acme);
        foreach (var page in Pages())
        {
            var (foreign, unknown) = (await OpenAsync(page, ApiHost.Foreign.Id), await OpenAsync(page, Guid.NewGuid()));
            var own = await OpenAsync(page, ApiHost.Acme.Id);

            Assert.Equal(("tenant-not-found", "tenant-not-found"), (foreign.Refusal, unknown.Refusal));
            Assert.Equal(unknown.Markup, foreign.Markup);
            Assert.Contains("There is nothing here that you may see", foreign.Markup, StringComparison.Ordinal);
            foreach (var shown in new[] { foreign, unknown, own })
            {
                Assert.DoesNotContain(ContractHost.Secret, shown.Markup, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(ApiHost.Foreign.Name, shown.Markup, StringComparison.Ordinal);
            }

            Assert.True(role is null ? own.Refusal == "tenant-not-found" : own.Refusal is null or "permission-missing" || !own.Refusal.StartsWith("tenant", StringComparison.Ordinal), $"{page.Name}: {own.Refusal}");
        }
    }

    [Fact]
    public async Task Those_who_were_given_it_would_see_it()
    {
        _who.Caller = FakeCaller.Person(Roles.Admin, ApiHost.Foreign);
        var telling = 0;
        foreach (var page in Pages())
        {
            var shown = await OpenAsync(page, ApiHost.Foreign.Id);
            telling += shown.Markup.Contains(ContractHost.Secret, StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(telling >= 4, $"Only {telling} pages tell anything: the test above would prove little.");
    }

    private static List<Type> Pages()
    {
        var pages = typeof(Program).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TenantPage)) && type.GetCustomAttributes<RouteAttribute>().Any()).OrderBy(type => type.Name).ToList();
        var withOrg = typeof(Program).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any(route => route.Template.Contains("{Org", StringComparison.OrdinalIgnoreCase)));
        Assert.True(pages.Count >= 10);

        // A page of an organisation that finds its organisation in another way needs a test of its own.
        Assert.Empty(withOrg.Except(pages));
        return pages;
    }

    private async Task<(string? Refusal, string Markup)> OpenAsync(Type type, Guid org)
    {
        TenantPage page = null!;
        var template = type.GetCustomAttributes<RouteAttribute>().First().Template;
        Services.GetRequiredService<NavigationManager>().NavigateTo(Parameter().Replace(template, match => Value(match.Groups[1].Value, org).ToString()));
        var rendered = Render(builder => Build(builder, type, template, org, instance => page = (TenantPage)instance));
        await rendered.WaitForStateAsync(() => page.Refusal is not null || page.Loaded, TimeSpan.FromSeconds(20));
        var markup = Identifier().Replace(rendered.Markup, "id");
        return (page.Refusal?.Code, markup);
    }

    private void Build(RenderTreeBuilder builder, Type type, string template, Guid org, Action<object> capture)
    {
        builder.OpenComponent(0, type);
        foreach (Match match in Parameter().Matches(template))
        {
            builder.AddComponentParameter(1, match.Groups[1].Value, Value(match.Groups[1].Value, org));
        }

        builder.AddComponentReferenceCapture(2, capture);
        builder.CloseComponent();
    }

    // Things of the other organisation, where they are named: an id must not open what the organisation does not.
    private Guid Value(string name, Guid org) => name switch
    {
        nameof(TenantPage.Org) => org,
        "AccountId" => FakeBooks.Bank,
        _ => _host.ForeignTransaction.Id,
    };

    [GeneratedRegex(@"\{(\w+)(?::\w+)?\??\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}|blazor:[^\"]*\"[^\"]*\"")]
    private static partial Regex Identifier();
}
