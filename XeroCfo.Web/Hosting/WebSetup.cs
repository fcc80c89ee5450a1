using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.HttpOverrides;
using MudBlazor.Services;
using XeroCfo.Web.Account;
using XeroCfo.Web.Audit;
using XeroCfo.Web.Backups;
using XeroCfo.Web.Budgets;
using XeroCfo.Web.Ledger.Accounts;
using XeroCfo.Web.Ledger.TieOut;
using XeroCfo.Web.Ledger.Transactions;
using XeroCfo.Web.Receivables;
using XeroCfo.Web.Reports.Exports;
using XeroCfo.Web.Rules;
using XeroCfo.Web.Shell;
using XeroCfo.Web.Xero;
using IPNetwork = System.Net.IPNetwork;

namespace XeroCfo.Web.Hosting;

/// <summary>The pages' services and the order in which a request passes the guards.</summary>
internal static class WebSetup
{
    private const int LargestMessage = 64 * 1024;

    public static void AddPages(this WebApplicationBuilder builder)
    {
        if (PortCheck.NeedsDefault(builder.Configuration))
        {
            builder.WebHost.UseUrls(PortCheck.DefaultUrl);
        }

        if (!builder.Environment.IsDevelopment())
        {
            builder.WebHost.UseStaticWebAssets();
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<CspNonce>();
        builder.Services.AddExceptionHandler<ErrorPage>();
        builder.Services.AddProblemDetails();
        builder.Services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        builder.Services.AddTransactionPages();
        builder.Services.AddSingleton<AuditFiles.AuditReading>();
        builder.Services.AddSignIn();
        builder.Services.AddSignInLimit();
        builder.Services.AddSingleton<ConsentCookie>();
        AddCircuits(builder);
    }

    public static void UsePages(this WebApplication app)
    {
        AnswerCount.Use(app);
        UseProxies(app);
        app.UseMiddleware<HostCookies>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler();
        if (app.Environment.IsProduction())
        {
            app.UseHsts();
        }

        // An address that nobody knows is a page of ours, not an empty answer.
        app.UseWhen(
            http => HttpMethods.IsGet(http.Request.Method) && !http.Request.Path.StartsWithSegments("/api"),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found"));
        app.UseMiddleware<SameOrigin>();
        app.UseWebSockets();
        app.UseRouting();
        app.UseMiddleware<PlainHttpRefusal>();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<FormNames>();
        app.UseAntiforgery();
        app.MapHealth();
        app.MapMetrics();
        TieOutFile.Map(app);
        AccountLedgerFile.Map(app);
        TransactionFiles.Map(app);
        AuditFiles.Map(app);
        ReportExportPages.Map(app);
        StatementPages.Map(app);
        RuleFiles.Map(app);
        BackupFiles.Map(app);
        XeroConsentRoutes.Map(app);
        XeroNoticeRoute.Map(app);
        BudgetFilesApi.MapPages(app);
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }

    private static void AddCircuits(WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuit =>
        {
            circuit.DetailedErrors = builder.Environment.IsDevelopment();
            circuit.DisconnectedCircuitMaxRetained = 100;
            circuit.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
            circuit.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(30);
            circuit.MaxBufferedUnacknowledgedRenderBatches = 10;
        }).AddHubOptions(hub => hub.MaximumReceiveMessageSize = LargestMessage);
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddScoped<AuthenticationStateProvider, LiveSession>();
        builder.Services.AddScoped<Visitor>();
        builder.Services.AddScoped<CircuitCaller>();
        builder.Services.AddScoped<ICircuitCaller>(provider => provider.GetRequiredService<CircuitCaller>());
        builder.Services.AddMudServices();
        builder.Services.AddSingleton<OpenCircuits>();
        builder.Services.AddSingleton<AnswerCount>();
        builder.Services.AddSingleton<MetricsReading>();
        builder.Services.AddScoped<CircuitHandler, CircuitLimit>();
        builder.Services.AddScoped<CircuitTrace>();
        builder.Services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitTrace>());
    }

    private static void UseProxies(WebApplication app)
    {
        var trusted = app.Services.GetRequiredService<ProxyOptions>().Trusted;
        if (trusted.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var text in trusted)
        {
            if (System.Net.IPAddress.TryParse(text, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else
            {
                options.KnownIPNetworks.Add(IPNetwork.Parse(text));
            }
        }

        app.UseForwardedHeaders(options);
    }
}
