using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MudBlazor.Services;
using XeroCfo.Domain;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Ledger.Ties;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Sync.Notices;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;
using XeroCfo.Web.Hosting;
using XeroCfo.Web.Ledger.Transactions;
using XeroCfo.Web.Shell;

namespace XeroCfo.Tests.Support;

/// <summary>
/// The real pages over <see cref="SampleBooks"/>, to be looked at in a browser:
/// <c>XEROCFO_PREVIEW=http://localhost:5090 dotnet test --filter PreviewHost</c> serves until it is stopped.
/// </summary>
public sealed class PreviewHost
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'";

    public static string? Address => Environment.GetEnvironmentVariable("XEROCFO_PREVIEW");

    [PreviewFact]
    public async Task Serves_the_pages_until_it_is_stopped()
    {
        var app = Build(Address!);

        await app.RunAsync();
    }

    private static WebApplication Build(string address)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "XeroCfo.Web", EnvironmentName = "Development" });
        builder.WebHost.UseStaticWebAssets().UseUrls(address);
        // The pages use a few of Domain's services; the others miss their ports here.
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = false);
        var books = new SampleBooks();
        var role = Environment.GetEnvironmentVariable("XEROCFO_PREVIEW_ROLE") ?? Roles.Admin;
        if (Environment.GetEnvironmentVariable("XEROCFO_PREVIEW_SYNC") is not null)
        {
            SampleRuns.Start(books);
        }

        builder.Services.AddRazorComponents().AddInteractiveServerComponents(options => options.DetailedErrors = true);
        builder.Services.AddMudServices().AddXeroCfoDomain().AddCascadingAuthenticationState();
        builder.Services.AddSingleton<TimeProvider>(new FixedClock());
        builder.Services.AddSingleton<ITenantRepository>(books.Tenants).AddSingleton<ILedgerReader>(books.Ledger);
        builder.Services.AddSingleton<ITransactionReader>(books.Transactions).AddSingleton<ISyncRunRepository>(books.SyncRuns);
        builder.Services.AddSingleton<IAccountTagBook>(books.AccountBook).AddSingleton<IAccountLedgerReader>(books.AccountBook);
        builder.Services.AddSingleton<IContactReader>(books.ContactBook).AddSingleton<IContactNoteBook>(books.ContactBook);
        builder.Services.AddSingleton<ITieOutBook>(books.TieOut).AddSingleton<IOpenItemReader>(books.OpenItems).AddSingleton<IDocumentSums>(books.Sums).AddSingleton<ITrackingReader>(books.Tracking);
        builder.Services.AddSingleton<ICategorising>(books.Categorising).AddSingleton<ICategoryTrail>(books.Categorising).AddSingleton<ICategoryRepository>(books.Categorising);
        builder.Services.AddSingleton<ITransactionFigures>(books.Transactions).AddSingleton<ISavedViews>(books.Views).AddTransactionPages();
        builder.Services.AddSingleton(new XeroOptions { ClientId = "client", ClientSecret = "secret" }).AddSingleton<IConnectionBook>(books.Connections).AddSingleton<IXeroIdentity>(books.Connections).AddSingleton<IDemoCompany>(books.Connections);
        builder.Services.AddSingleton<INoticeBook>(books.Notices);
        builder.Services.AddSingleton<IBudgetRepository>(books.Budgets).AddSingleton<IBudgetReader>(books.Budgets).AddSingleton<ILayoutRepository>(books.Layouts);
        builder.Services.AddSingleton<Domain.Audit.IAuditTrail>(new FakeAuditTrail()).AddSingleton<ICallBudget>(books.Calls).AddSingleton(new SyncOptions());
        builder.Services.AddScoped<ICircuitCaller>(_ => new FakeCaller(FakeCaller.Person(role, books.Company, books.Other)));
        builder.Services.AddScoped<Visitor>();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorization();

        var app = builder.Build();
        app.Use(async (context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "ana@tui-and-ash.example")], "preview"));
            await next();
        });
        app.UseAuthorization();
        app.UseStatusCodePagesWithReExecute("/not-found");
        app.UseAntiforgery();
        app.MapStaticAssets(Path.Combine(AppContext.BaseDirectory, "XeroCfo.Web.staticwebassets.endpoints.json"));
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    private sealed class PreviewFactAttribute : FactAttribute
    {
        public PreviewFactAttribute() => Skip = Address is null ? "Set XEROCFO_PREVIEW to look at the pages." : null;
    }
}
