using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Api;

/// <summary>Every route of the running API × every way to ask × every organisation.</summary>
public sealed class MatrixTests(ApiHost host) : IClassFixture<ApiHost>
{
    /// <summary>What each route needs (null: any key) and how it answers when all is well. A route that is missing here fails a test.</summary>
    private static readonly Dictionary<string, (string? Permission, int Success)> Expected = new()
    {
        ["GET /api/v1/me"] = (null, 200),
        ["GET /api/v1/users"] = (Permissions.UsersRead, 200),
        ["GET /api/v1/users/count"] = (Permissions.UsersRead, 200),
        ["POST /api/v1/users"] = (Permissions.UsersWrite, 400), // without its body
        ["GET /api/v1/users/{id}"] = (Permissions.UsersRead, 404), // none of that id
        ["PATCH /api/v1/users/{id}"] = (Permissions.UsersWrite, 400), // without its body
        ["DELETE /api/v1/users/{id}"] = (Permissions.UsersWrite, 404), // none of that id
        ["POST /api/v1/users/{id}/reset-password"] = (Permissions.UsersWrite, 404), // none of that id
        ["POST /api/v1/users/{id}/end-sessions"] = (Permissions.UsersWrite, 404), // none of that id
        ["POST /api/v1/users/{id}/remove-second-factor"] = (Permissions.UsersWrite, 404), // none of that id
        ["POST /api/v1/users/{id}/erase"] = (Permissions.UsersWrite, 400), // without its body
        ["GET /api/v1/api-keys"] = (Permissions.ApiKeysWrite, 200),
        ["GET /api/v1/api-keys/count"] = (Permissions.ApiKeysWrite, 200),
        ["GET /api/v1/api-keys/{id}"] = (Permissions.ApiKeysWrite, 404), // none of that id
        ["POST /api/v1/api-keys"] = (Permissions.ApiKeysWrite, 400), // without its body
        ["POST /api/v1/api-keys/{id}/rotate"] = (Permissions.ApiKeysWrite, 404), // none of that id
        ["DELETE /api/v1/api-keys/{id}"] = (Permissions.ApiKeysWrite, 404), // none of that id
        ["GET /api/v1/audit-logs"] = (Permissions.AuditRead, 200),
        ["GET /api/v1/audit-logs/count"] = (Permissions.AuditRead, 200),
        ["GET /api/v1/tenants"] = (Permissions.TenantsRead, 200),
        ["GET /api/v1/tenants/count"] = (Permissions.TenantsRead, 200),
        ["GET /api/v1/tenants/{tenant}/syncs/count"] = (Permissions.SyncRead, 200),
        ["GET /api/v1/tenants/{tenant}/accounts/count"] = (Permissions.LedgerRead, 200),
        ["GET /api/v1/tenants/{tenant}/categories/count"] = (Permissions.RulesRead, 200),
        ["GET /api/v1/tenants/{tenant}"] = (Permissions.TenantsRead, 200),
        ["POST /api/v1/tenants/{tenant}/syncs"] = (Permissions.SyncWrite, 202),
        ["GET /api/v1/tenants/{tenant}/syncs"] = (Permissions.SyncRead, 200),
        ["GET /api/v1/tenants/{tenant}/syncs/{id}"] = (Permissions.SyncRead, 200),
        ["POST /api/v1/tenants/{tenant}/syncs/{id}/cancel"] = (Permissions.SyncWrite, 200),
        ["GET /api/v1/tenants/{tenant}/accounts"] = (Permissions.LedgerRead, 200),
        ["GET /api/v1/tenants/{tenant}/trial-balance"] = (Permissions.LedgerRead, 200),
        ["GET /api/v1/tenants/{tenant}/tie-out"] = (Permissions.LedgerRead, 200),
        ["POST /api/v1/tenants/{tenant}/tie-out/confirmations"] = (Permissions.CloseWrite, 400), // without its body
        ["GET /api/v1/tenants/{tenant}/ledger-lines"] = (Permissions.LedgerRead, 200),
        ["GET /api/v1/tenants/{tenant}/ledger-lines/count"] = (Permissions.LedgerRead, 200),
        ["GET /api/v1/tenants/{tenant}/transactions"] = (Permissions.TransactionsRead, 200),
        ["GET /api/v1/tenants/{tenant}/transactions/count"] = (Permissions.TransactionsRead, 200),
        ["GET /api/v1/tenants/{tenant}/transactions/{id}"] = (Permissions.TransactionsRead, 200),
        ["PATCH /api/v1/tenants/{tenant}/transactions/{id}"] = (Permissions.TransactionsWrite, 400), // without its body
        ["POST /api/v1/tenants/{tenant}/transactions/categorize"] = (Permissions.TransactionsWrite, 400), // without its body
        ["POST /api/v1/tenants/{tenant}/undo/{undoId}"] = (Permissions.TransactionsWrite, 404), // of nothing
        ["GET /api/v1/tenants/{tenant}/categories"] = (Permissions.RulesRead, 200),
        ["POST /api/v1/tenants/{tenant}/categories"] = (Permissions.RulesWrite, 400), // without its body
        ["GET /api/v1/tenants/{tenant}/categories/{id}"] = (Permissions.RulesRead, 404), // none yet
        ["PUT /api/v1/tenants/{tenant}/categories/{id}"] = (Permissions.RulesWrite, 400), // without its body
        ["DELETE /api/v1/tenants/{tenant}/categories/{id}"] = (Permissions.RulesWrite, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/rules"] = (Permissions.RulesRead, 200),
        ["GET /api/v1/tenants/{tenant}/rules/count"] = (Permissions.RulesRead, 200),
        ["POST /api/v1/tenants/{tenant}/rules"] = (Permissions.RulesWrite, 400), // without its body
        ["GET /api/v1/tenants/{tenant}/rules/{id}"] = (Permissions.RulesRead, 404), // none yet
        ["PUT /api/v1/tenants/{tenant}/rules/{id}"] = (Permissions.RulesWrite, 400), // without its body
        ["DELETE /api/v1/tenants/{tenant}/rules/{id}"] = (Permissions.RulesWrite, 404), // none yet
        ["POST /api/v1/tenants/{tenant}/rules/preview"] = (Permissions.RulesRead, 400), // without its body
        ["POST /api/v1/tenants/{tenant}/rules/import"] = (Permissions.RulesWrite, 400), // without its body
        ["POST /api/v1/tenants/{tenant}/rules/runs"] = (Permissions.RulesWrite, 202),
        ["GET /api/v1/tenants/{tenant}/rules/runs"] = (Permissions.RulesRead, 200),
        ["GET /api/v1/tenants/{tenant}/rules/runs/count"] = (Permissions.RulesRead, 200),
        ["GET /api/v1/tenants/{tenant}/rules/runs/{id}"] = (Permissions.RulesRead, 404), // none of that id
        ["POST /api/v1/tenants/{tenant}/rules/runs/{id}/undo"] = (Permissions.RulesWrite, 404), // none of that id
        ["POST /api/v1/tenants/{tenant}/rules/runs/{id}/cancel"] = (Permissions.RulesWrite, 404), // none of that id
        ["GET /api/v1/tenants/{tenant}/rules/suggestions"] = (Permissions.RulesRead, 200),
        ["GET /api/v1/tenants/{tenant}/rules/suggestions/count"] = (Permissions.RulesRead, 200),
        ["GET /api/v1/tenants/{tenant}/kpis"] = (Permissions.KpisRead, 200),
        ["GET /api/v1/tenants/{tenant}/kpis/{key}/trend"] = (Permissions.KpisRead, 404), // none of that key
        ["GET /api/v1/tenants/{tenant}/kpis/{key}/drivers"] = (Permissions.KpisRead, 404), // none of that key
        ["GET /api/v1/tenants/{tenant}/kpis/{key}/target"] = (Permissions.KpisRead, 404), // none yet
        ["PUT /api/v1/tenants/{tenant}/kpis/{key}/target"] = (Permissions.KpisWrite, 400), // without its body
        ["DELETE /api/v1/tenants/{tenant}/kpis/{key}/target"] = (Permissions.KpisWrite, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/kpis/custom"] = (Permissions.KpisRead, 200),
        ["POST /api/v1/tenants/{tenant}/kpis/custom"] = (Permissions.KpisWrite, 400), // without its body
        ["GET /api/v1/tenants/{tenant}/kpis/custom/{id}"] = (Permissions.KpisRead, 404), // none yet
        ["PUT /api/v1/tenants/{tenant}/kpis/custom/{id}"] = (Permissions.KpisWrite, 400), // without its body
        ["DELETE /api/v1/tenants/{tenant}/kpis/custom/{id}"] = (Permissions.KpisWrite, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/budgets"] = (Permissions.BudgetsRead, 200),
        ["GET /api/v1/tenants/{tenant}/budgets/count"] = (Permissions.BudgetsRead, 200),
        ["POST /api/v1/tenants/{tenant}/budgets"] = (Permissions.BudgetsWrite, 400), // without its body
        ["POST /api/v1/tenants/{tenant}/budgets/draft"] = (Permissions.BudgetsRead, 400), // without its body
        ["POST /api/v1/tenants/{tenant}/budgets/import"] = (Permissions.BudgetsWrite, 400), // without its body
        ["GET /api/v1/tenants/{tenant}/budgets/{id}"] = (Permissions.BudgetsRead, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/budgets/{id}/export"] = (Permissions.BudgetsRead, 404), // none yet
        ["PUT /api/v1/tenants/{tenant}/budgets/{id}"] = (Permissions.BudgetsWrite, 400), // without its body
        ["DELETE /api/v1/tenants/{tenant}/budgets/{id}"] = (Permissions.BudgetsWrite, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/report-layouts"] = (Permissions.ReportsRead, 200),
        ["GET /api/v1/tenants/{tenant}/report-layouts/count"] = (Permissions.ReportsRead, 200),
        ["POST /api/v1/tenants/{tenant}/report-layouts"] = (Permissions.LayoutsWrite, 400), // without its body
        ["GET /api/v1/tenants/{tenant}/report-layouts/{id}"] = (Permissions.ReportsRead, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/report-layouts/{id}/versions"] = (Permissions.ReportsRead, 404), // none yet
        ["PUT /api/v1/tenants/{tenant}/report-layouts/{id}"] = (Permissions.LayoutsWrite, 400), // without its body
        ["DELETE /api/v1/tenants/{tenant}/report-layouts/{id}"] = (Permissions.LayoutsWrite, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/report-schedules"] = (Permissions.ReportsRead, 200),
        ["GET /api/v1/tenants/{tenant}/report-schedules/count"] = (Permissions.ReportsRead, 200),
        ["POST /api/v1/tenants/{tenant}/report-schedules"] = (Permissions.ReportsWrite, 400), // without its body
        ["GET /api/v1/tenants/{tenant}/report-schedules/{id}"] = (Permissions.ReportsRead, 404), // none yet
        ["PUT /api/v1/tenants/{tenant}/report-schedules/{id}"] = (Permissions.ReportsWrite, 400), // without its body
        ["DELETE /api/v1/tenants/{tenant}/report-schedules/{id}"] = (Permissions.ReportsWrite, 404), // none yet
        ["POST /api/v1/tenants/{tenant}/report-schedules/{id}/runs"] = (Permissions.ReportsWrite, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/report-schedules/{id}/runs"] = (Permissions.ReportsRead, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/report-schedules/{id}/runs/count"] = (Permissions.ReportsRead, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/report-schedules/{id}/runs/{runId}"] = (Permissions.ReportsRead, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/receivables"] = (Permissions.ReportsRead, 200),
        ["GET /api/v1/tenants/{tenant}/receivables/count"] = (Permissions.ReportsRead, 200),
        ["GET /api/v1/tenants/{tenant}/receivables/reminder-texts"] = (Permissions.LedgerRead, 200),
        ["GET /api/v1/tenants/{tenant}/receivables/reminder-texts/{key}"] = (Permissions.LedgerRead, 404), // no such tone
        ["PUT /api/v1/tenants/{tenant}/receivables/reminder-texts/{key}"] = (Permissions.LayoutsWrite, 400), // without its body
        ["DELETE /api/v1/tenants/{tenant}/receivables/reminder-texts/{key}"] = (Permissions.LayoutsWrite, 404), // no such tone
        ["GET /api/v1/tenants/{tenant}/receivables/{id}"] = (Permissions.LedgerRead, 404), // none of that id
        ["GET /api/v1/tenants/{tenant}/receivables/{id}/statement"] = (Permissions.LedgerRead, 404), // none of that id
        ["POST /api/v1/tenants/{tenant}/receivables/{id}/notes"] = (Permissions.TransactionsWrite, 400), // without its body
        ["GET /api/v1/tenants/{tenant}/receivables/{id}/next-action"] = (Permissions.LedgerRead, 404), // none of that id
        ["PUT /api/v1/tenants/{tenant}/receivables/{id}/next-action"] = (Permissions.TransactionsWrite, 400), // without its body
        ["DELETE /api/v1/tenants/{tenant}/receivables/{id}/next-action"] = (Permissions.TransactionsWrite, 404), // none of that id
        ["GET /api/v1/tenants/{tenant}/receivables/invoices/{id}/follow-up"] = (Permissions.LedgerRead, 404), // none of that id
        ["PUT /api/v1/tenants/{tenant}/receivables/invoices/{id}/follow-up"] = (Permissions.TransactionsWrite, 400), // without its body
        ["DELETE /api/v1/tenants/{tenant}/receivables/invoices/{id}/follow-up"] = (Permissions.TransactionsWrite, 404), // none of that id
        ["GET /api/v1/tenants/{tenant}/payables"] = (Permissions.TransactionsRead, 200),
        ["GET /api/v1/tenants/{tenant}/payables/bills"] = (Permissions.TransactionsRead, 200),
        ["GET /api/v1/tenants/{tenant}/payables/bills/count"] = (Permissions.TransactionsRead, 200),
        ["GET /api/v1/tenants/{tenant}/payables/bills/{id}/hold"] = (Permissions.TransactionsRead, 404), // none of that id
        ["PUT /api/v1/tenants/{tenant}/payables/bills/{id}/hold"] = (Permissions.TransactionsWrite, 400), // without its body
        ["DELETE /api/v1/tenants/{tenant}/payables/bills/{id}/hold"] = (Permissions.TransactionsWrite, 404), // none of that id
        ["GET /api/v1/tenants/{tenant}/payables/look-alikes"] = (Permissions.TransactionsRead, 200),
        ["GET /api/v1/tenants/{tenant}/payables/look-alikes/count"] = (Permissions.TransactionsRead, 200),
        ["POST /api/v1/tenants/{tenant}/payables/look-alikes/different"] = (Permissions.TransactionsWrite, 400), // without its body
        ["GET /api/v1/tenants/{tenant}/payables/missing-bills"] = (Permissions.TransactionsRead, 200),
        ["GET /api/v1/tenants/{tenant}/payables/missing-bills/count"] = (Permissions.TransactionsRead, 200),
        ["GET /api/v1/tenants/{tenant}/payables/missing-bills/dismissed"] = (Permissions.TransactionsRead, 200),
        ["GET /api/v1/tenants/{tenant}/payables/missing-bills/dismissed/count"] = (Permissions.TransactionsRead, 200),
        ["POST /api/v1/tenants/{tenant}/payables/missing-bills/dismiss"] = (Permissions.TransactionsWrite, 400), // without its body
        ["POST /api/v1/tenants/{tenant}/payables/missing-bills/expect"] = (Permissions.TransactionsWrite, 400), // without its body
        ["POST /api/v1/tenants/{tenant}/reports/run"] = (Permissions.ReportsRead, 400), // without its body
        ["POST /api/v1/tenants/{tenant}/reports/compare-with-xero"] = (Permissions.SyncWrite, 400), // without its body
        ["GET /api/v1/tenants/{tenant}/reports"] = (Permissions.ReportsRead, 200),
        ["GET /api/v1/tenants/{tenant}/reports/count"] = (Permissions.ReportsRead, 200),
        ["POST /api/v1/tenants/{tenant}/reports"] = (Permissions.ReportsWrite, 400), // without its body
        ["GET /api/v1/tenants/{tenant}/reports/{id}"] = (Permissions.ReportsRead, 404), // none yet
        ["POST /api/v1/tenants/{tenant}/reports/export"] = (Permissions.ReportsRead, 400), // without its body
        ["GET /api/v1/tenants/{tenant}/reports/{id}/export"] = (Permissions.ReportsRead, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/reports/{id}/changes"] = (Permissions.ReportsRead, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/reports/{id}/notes"] = (Permissions.ReportsRead, 404), // none yet
        ["POST /api/v1/tenants/{tenant}/reports/{id}/notes"] = (Permissions.ReportsWrite, 400), // without its body
        ["DELETE /api/v1/tenants/{tenant}/reports/{id}/notes/{noteId}"] = (Permissions.ReportsWrite, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/reports/{id}/reviews"] = (Permissions.ReportsRead, 404), // none yet
        ["POST /api/v1/tenants/{tenant}/reports/{id}/reviews"] = (Permissions.ReportsWrite, 404), // none yet
        ["DELETE /api/v1/tenants/{tenant}/reports/{id}/reviews/{reviewId}"] = (Permissions.ReportsWrite, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/webhooks"] = (Permissions.WebhooksRead, 200),
        ["GET /api/v1/tenants/{tenant}/webhooks/count"] = (Permissions.WebhooksRead, 200),
        ["POST /api/v1/tenants/{tenant}/webhooks"] = (Permissions.WebhooksWrite, 400), // without its body
        ["GET /api/v1/tenants/{tenant}/webhooks/{id}"] = (Permissions.WebhooksRead, 404), // none yet
        ["PUT /api/v1/tenants/{tenant}/webhooks/{id}"] = (Permissions.WebhooksWrite, 400), // without its body
        ["DELETE /api/v1/tenants/{tenant}/webhooks/{id}"] = (Permissions.WebhooksWrite, 404), // none yet
        ["POST /api/v1/tenants/{tenant}/webhooks/{id}/rotate-secret"] = (Permissions.WebhooksWrite, 404), // none yet
        ["POST /api/v1/tenants/{tenant}/webhooks/{id}/test"] = (Permissions.WebhooksWrite, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/webhooks/{id}/deliveries"] = (Permissions.WebhooksRead, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/webhooks/{id}/deliveries/count"] = (Permissions.WebhooksRead, 404), // none yet
        ["GET /api/v1/tenants/{tenant}/webhooks/{id}/deliveries/{deliveryId}"] = (Permissions.WebhooksRead, 404), // none yet
        ["POST /api/v1/tenants/{tenant}/webhooks/{id}/deliveries/redeliver"] = (Permissions.WebhooksWrite, 404), // none yet
        ["POST /api/v1/tenants/{tenant}/webhooks/{id}/deliveries/{deliveryId}/redeliver"] = (Permissions.WebhooksWrite, 404), // none yet
        ["DELETE /api/v1/tenants/{tenant}/reports/{id}"] = (Permissions.ReportsWrite, 404), // none yet
    };

    /// <summary>Where one gets a token: the only route that asks for none.</summary>
    private const string Door = "POST /api/v1/auth/token";

    private static readonly (string Body, string Type)[] BadBodies = [("{broken", "application/json"), ("{}", "text/plain")];

    [Fact]
    public void Every_route_of_the_application_has_its_line_in_the_table()
    {
        Assert.True(Running().Count > 10);
        Assert.Equal(Expected.Keys.Append(Door).Order(), Running().Order());
    }

    [Fact]
    public void Every_route_below_api_asks_for_a_key_but_the_one_that_gives_a_token()
    {
        var open = Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || !endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>().Any(policy => policy.AuthenticationSchemes is ["ApiKey"]));

        Assert.Equal([Door[5..]], open.Select(endpoint => endpoint.RoutePattern.RawText));
    }

    [Fact]
    public async Task Without_a_good_key_every_route_is_401_whatever_the_organisation()
    {
        var expired = await host.KeyAsync(Roles.Admin, expiresAt: host.Clock.Now.UtcDateTime.AddMinutes(1));
        var revoked = await host.KeyAsync(Roles.Admin);
        await host.Keys.RevokeAsync(Caller.Command, revoked.Key.Id, default);
        host.Clock.Now += TimeSpan.FromMinutes(2);
        (string? Key, string Code)[] bad =
        [
            (null, "authentication-required"), ("xcfo_nonsense", "invalid-api-key"), (XeroCfo.Domain.ApiKeys.ApiKeyFormat.New(), "invalid-api-key"),
            (expired.Secret, "api-key-expired"), (revoked.Secret, "api-key-revoked"),
        ];

        foreach (var route in Expected.Keys)
        {
            foreach (var tenant in new[] { ApiHost.Acme.Id, ApiHost.Foreign.Id, Guid.NewGuid() })
            {
                foreach (var (key, code) in bad)
                {
                    await (await SendAsync(host.With(key), route, tenant.ToString())).ProblemAsync(401, code);
                }
            }
        }
    }

    [Theory]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.Accountant)]
    [InlineData(Roles.Standard)]
    [InlineData(Roles.ReadOnly)]
    [InlineData(Roles.Executive)]
    public async Task A_role_gets_what_the_contract_gives_it_in_its_own_organisation_only(string role)
    {
        var client = host.As(role);
        foreach (var (route, (permission, success)) in Expected)
        {
            var own = await SendAsync(client, route, ApiHost.Acme.Id.ToString());
            if (permission is null || Permissions.Of(role).Contains(permission))
            {
                Assert.True(success == (int)own.StatusCode, $"{role} {route}: {(int)own.StatusCode}");
                Assert.True(own.Headers.CacheControl?.NoStore);
            }
            else
            {
                await own.ProblemAsync(403, "permission-missing");
            }

            if (route.Contains("{tenant}", StringComparison.Ordinal))
            {
                var foreign = await (await SendAsync(client, route, ApiHost.Foreign.Id.ToString())).ProblemAsync(404, "tenant-not-found");
                var unknown = await (await SendAsync(client, route, Guid.NewGuid().ToString())).ProblemAsync(404, "tenant-not-found");
                var malformed = await (await SendAsync(client, route, "nonsense")).ProblemAsync(404, "tenant-not-found");
                Assert.Equal(WithoutTrace(unknown), WithoutTrace(foreign));
                Assert.Equal(WithoutTrace(unknown), WithoutTrace(malformed));
                foreach (var (body, type) in BadBodies)
                {
                    var bad = await (await SendAsync(client, route, ApiHost.Foreign.Id.ToString(), body, type, "?limit=0&nobody=1")).ProblemAsync(404, "tenant-not-found");
                    Assert.Equal(WithoutTrace(unknown), WithoutTrace(bad));
                }
            }
        }
    }

    [Fact]
    public async Task A_key_without_the_permission_is_refused_though_its_owner_has_it()
    {
        foreach (var (route, (permission, _)) in Expected.Where(route => route.Value.Permission is not null))
        {
            var others = Without(permission!);
            var key = await host.KeyAsync(Roles.Admin, others);

            var problem = await (await SendAsync(host.With(key.Secret), route, ApiHost.Acme.Id.ToString())).ProblemAsync(403, "permission-missing");

            Assert.Contains(permission!, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_limited_to_one_organisation_knows_no_other_of_its_owners()
    {
        var key = await host.KeyAsync(Roles.Admin, tenants: [ApiHost.Beta.Id]);

        foreach (var route in Expected.Keys.Where(route => route.Contains("{tenant}", StringComparison.Ordinal)))
        {
            await (await SendAsync(host.With(key.Secret), route, ApiHost.Acme.Id.ToString())).ProblemAsync(404, "tenant-not-found");
        }
    }

    /// <summary>Everything but the permission, and but what stands in for it.</summary>
    internal static string[] Without(string permission) =>
        [.. Permissions.All.Where(other => other != permission && !(permission == Permissions.ApiKeysWrite && other == Permissions.ApiKeysAdmin))];

    private static string WithoutTrace(JsonElement problem) =>
        string.Join('|', problem.EnumerateObject().Where(member => member.Name != "traceId").Select(member => member.ToString()));

    private Task<HttpResponseMessage> SendAsync(HttpClient client, string route, string tenant, string? body = null, string type = "application/json", string query = "")
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1].Replace("{tenant}", tenant, StringComparison.Ordinal));
        var id = path.Contains("/syncs/", StringComparison.Ordinal) ? host.Books.Run.Id : host.Books.Transaction.Id;
        return client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path.Replace("{id}", id.ToString(), StringComparison.Ordinal) + query)
        {
            Content = body is null || method == "GET" ? null : new StringContent(body, System.Text.Encoding.UTF8, type),
        });
    }

    private IEnumerable<RouteEndpoint> Endpoints() => host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal));

    private List<string> Running() =>
    [
        .. from endpoint in Endpoints()
            let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods
            where methods is not null
            from method in methods
            select $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}",
    ];
}
