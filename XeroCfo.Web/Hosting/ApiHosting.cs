using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Scalar.AspNetCore;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Web.ApiKeys;
using XeroCfo.Web.Audit;
using XeroCfo.Web.Budgets;
using XeroCfo.Web.Hosting.Api;
using XeroCfo.Web.Kpis;
using XeroCfo.Web.Ledger;
using XeroCfo.Web.Ledger.Accounts;
using XeroCfo.Web.Ledger.TieOut;
using XeroCfo.Web.Payables;
using XeroCfo.Web.Receivables;
using XeroCfo.Web.Reports;
using XeroCfo.Web.Reports.Exports;
using XeroCfo.Web.Reports.Layouts;
using XeroCfo.Web.Reports.Schedules;
using XeroCfo.Web.Rules;
using XeroCfo.Web.Sync;
using XeroCfo.Web.Tenants;
using XeroCfo.Web.Users;
using XeroCfo.Web.Webhooks;

namespace XeroCfo.Web.Hosting;

/// <summary>The REST API: its sign-in, its errors, its routes and its description.</summary>
internal static class ApiHosting
{
    /// <summary>Who may read the API's description: any good key, or a person who is signed in.</summary>
    public const string DocumentScheme = "ApiKeyOrPerson";

    public static IServiceCollection AddXeroCfoApi(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => provider.GetRequiredService<IConfiguration>().GetSection(RateLimitOptions.Section).Get<RateLimitOptions>() ?? new RateLimitOptions());
        services.AddSingleton<ApiLimits>();
        services.AddSingleton<ReportFiles>();
        services.AddSingleton<IReportPost, ReportPost>();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null)
            .AddPolicyScheme(DocumentScheme, null, options =>
            {
                options.ForwardChallenge = ApiKeyAuthentication.SchemeName;
                options.ForwardForbid = ApiKeyAuthentication.SchemeName;
                options.ForwardDefaultSelector = http => HasPersons(http) && !ApiKeyAuthentication.Concerns(http)
                    ? IdentityConstants.ApplicationScheme
                    : ApiKeyAuthentication.SchemeName;
            });
        services.AddAuthorization();
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        });
        services.AddOpenApi("v1", ApiDocument.Configure);
        return services;
    }

    public static WebApplication MapXeroCfoApi(this WebApplication app)
    {
        var api = app.MapGroup(ApiRoutes.Root).RequireAuthorization(Only(ApiKeyAuthentication.SchemeName)).AddEndpointFilter<RouteGroupBuilder, ApiGuard>().AddEndpointFilter<RouteGroupBuilder, ApiQueryGuard>();
        TokenApi.Map(api);
        MeApi.Map(api);
        UsersApi.Map(api);
        ApiKeysApi.Map(api);
        AuditLogsApi.Map(api);
        TenantsApi.Map(api);
        SyncsApi.Map(api);
        AccountsApi.Map(api);
        TrialBalanceApi.Map(api);
        TieOutApi.Map(api);
        LedgerLinesApi.Map(api);
        TransactionsApi.Map(api);
        CategorisingApi.Map(api);
        CategoriesApi.Map(api);
        RulesApi.Map(api);
        BudgetsApi.Map(api);
        ReportsApi.Map(api);
        ReportExportApi.Map(api);
        ReportNotesApi.Map(api);
        ReportReviewsApi.Map(api);
        LayoutsApi.Map(api);
        SchedulesApi.Map(api);
        ReceivablesApi.Map(api);
        PayablesApi.Map(api);
        KpisApi.Map(api);
        WebhooksApi.Map(api);

        app.Map("/api/{**path}", ApiRoutes.Unknown)
            .NeedsOnlyAKey()
            .ExcludeFromDescription()
            .RequireAuthorization(Only(ApiKeyAuthentication.SchemeName))
            .AddEndpointFilter<ApiGuard>();

        app.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(Only(DocumentScheme));
        if (app.Environment.IsDevelopment())
        {
            app.MapScalarApiReference().RequireAuthorization(Only(DocumentScheme));
        }

        return app;
    }

    private static AuthorizationPolicy Only(string scheme) => new AuthorizationPolicyBuilder(scheme).RequireAuthenticatedUser().Build();

    private static bool HasPersons(HttpContext http) =>
        http.RequestServices.GetRequiredService<IOptions<AuthenticationOptions>>().Value.SchemeMap.ContainsKey(IdentityConstants.ApplicationScheme);
}
