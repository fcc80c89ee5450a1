using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Npgsql;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Api.Contract;

/// <summary>
/// The document promises no status that cannot be had: each one of every operation is brought about here. A status or an operation that
/// nobody knows how to bring about fails by its name. That no answer goes beyond the document is <see cref="ContractHandler"/>'s.
/// </summary>
public sealed partial class DocumentedStatusTests
{
    [BothDatabases]
    public async Task Every_status_that_the_document_tells_of_can_be_had(TestDatabaseKind kind)
    {
        var host = new ContractHost(kind);
        await host.InitializeAsync();
        try
        {
            var statuses = new Statuses(host);
            var produced = 0;
            var wrong = new List<string>();
            foreach (var operation in host.Contract.Operations)
            {
                foreach (var status in operation.Statuses.Where(status => status != 429))
                {
                    var answers = await statuses.BringAboutAsync(operation, status);
                    wrong.AddRange(answers.Count == 0 ? [$"{operation.Name} {status}: nobody knows how"] : answers.Where(answer => answer != status).Select(answer => $"{operation.Name} {status}: {answer}"));
                    produced += answers.Count;
                }
            }

            Assert.Empty(wrong);
            Assert.True(produced > 200, $"{produced} statuses only.");
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Every_operation_is_429_for_a_key_that_asks_too_often()
    {
        var host = new ContractHost(TestDatabaseKind.Sqlite);
        host.Settings["RateLimit:PerKeyPerMinute"] = "1";
        await host.InitializeAsync();
        try
        {
            var client = host.As(Roles.Admin);
            await client.GetAsync("/api/v1/me");
            foreach (var operation in host.Contract.Operations.Where(operation => operation.Id != "IssueToken"))
            {
                var path = operation.Path.Replace("{tenant}", ApiHost.Acme.Id.ToString(), StringComparison.Ordinal);
                await (await new Draft(operation.Method, path).SendAsync(client)).ProblemAsync(429, "too-many-requests");
            }
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex SomeId();

    /// <summary>How to bring each status about; most of them alike for all operations.</summary>
    private sealed class Statuses(ContractHost host)
    {
        private readonly GoodRequests _good = new(host);
        private readonly HttpClient _admin = host.As(Roles.Admin);

        public async Task<IReadOnlyList<int>> BringAboutAsync(ApiOperation operation, int status)
        {
            if (await _good.OfAsync(operation) is not { } good)
            {
                return [];
            }

            return status switch
            {
                _ when status == operation.Success => [await AskAsync(good)],
                400 when good.Body is not null => [await AskAsync(good with { Path = good.Path + "?nobody=1" }), await AskAsync(good with { Body = new JsonObject { ["nobody"] = 1 } })],
                400 => [await AskAsync(good with { Path = good.Path + "?nobody=1" })],
                401 when operation.Id == "IssueToken" => [await AskAsync(Saying(good, "password", "another one"))],
                401 => [(int)(await good.SendAsync(host.Anonymous())).StatusCode],
                403 => [await WithoutPermissionAsync(operation, good)],
                404 when !operation.OfTenant => [await AskAsync(good with { Path = SomeId().Replace(good.Path, Guid.NewGuid().ToString()) })],
                404 => [await AskAsync(In(good, ApiHost.Foreign.Id)), .. await UnknownAsync(operation, good)],
                409 or 422 => await RefusedAsync(operation, status, good),
                412 => [await AskAsync(good.With("If-Match", "\"1\""))],
                413 => [await AskAsync(good with { Content = Json(new string(' ', 1_100_000)) })],
                415 => [await AskAsync(good with { Content = new StringContent("{}", Encoding.UTF8, "text/plain") }), await AskAsync(good with { Content = Encoded() })],
                428 => [await AskAsync(good.With("If-Match", null))],
                500 => [await FailingAsync(good, new InvalidOperationException("a bug"))],
                503 => [await FailingAsync(good, new NpgsqlException("connection refused"))],
                _ => [],
            };
        }

        private async Task<int> AskAsync(Draft draft) => (int)(await draft.SendAsync(_admin)).StatusCode;

        private async Task<int> WithoutPermissionAsync(ApiOperation operation, Draft good)
        {
            var key = await host.KeyAsync(Roles.Admin, MatrixTests.Without(operation.Permission!));
            return (int)(await good.SendAsync(host.With(key.Secret))).StatusCode;
        }

        // A thing that is not there, where the address names one.
        private async Task<int[]> UnknownAsync(ApiOperation operation, Draft good) =>
            operation.Path.EndsWith('}') && operation.Path.Count(letter => letter == '{') > 1 ? [await AskAsync(good with { Path = good.Path[..good.Path.LastIndexOf('/')] + "/" + Guid.NewGuid() })] : [];

        private async Task<int> FailingAsync(Draft good, Exception failure)
        {
            try
            {
                host.Failure = failure;
                return await AskAsync(good);
            }
            finally
            {
                host.Failure = null;
            }
        }

        private async Task<IReadOnlyList<int>> RefusedAsync(ApiOperation operation, int status, Draft good)
        {
            var refusals = new List<int>();
            if (status == 422 && operation.Parameters.Any(parameter => parameter["name"]!.GetValue<string>() == "Idempotency-Key"))
            {
                var key = Guid.NewGuid().ToString();
                var other = operation.OfTenant
                    ? new Draft("POST", $"/api/v1/tenants/{ApiHost.Acme.Id}/categories", new JsonObject { ["name"] = GoodRequests.NewName() })
                    : new Draft("POST", "/api/v1/api-keys", new JsonObject { ["name"] = GoodRequests.NewName(), ["permissions"] = new JsonArray("sync:read") });
                await other.With("Idempotency-Key", key).SendAsync(_admin);
                refusals.Add(await AskAsync(good.With("Idempotency-Key", key)));
            }

            if (await SpecialAsync(operation.Id, status, good) is { } special)
            {
                refusals.Add(special);
            }

            return refusals;
        }

        // What stands in the way of one operation alone.
        private async Task<int?> SpecialAsync(string operation, int status, Draft good) => (operation, status) switch
        {
            ("CreateApiKey", 422) => await AskAsync(Saying(good, "tenants", new JsonArray(ApiHost.Foreign.Id))),
            ("RotateApiKey", 422) => await BeyondAsync(good),
            ("RotateApiKey", 409) => await RevokedAsync(good),
            ("CancelSync" or "UndoCategorizing" or "CreateCategory" or "UndoRuleRun" or "CancelRuleRun", 409) => await TwiceAsync(good),
            ("InviteUser", 409) => await AskAsync(Saying(good, "email", "ADMIN@example.com")),
            ("InviteUser" or "ChangeUser", 422) => await AskAsync(Saying(good, "tenants", new JsonArray(ApiHost.Foreign.Id))),
            ("DisableUser", 422) => await AskAsync(good with { Path = $"/api/v1/users/{host.LastAdmin}" }),
            ("ResetUserPassword", 409) => await DisabledAsync(good),
            ("EraseUser", 422) => await AskAsync(Saying(good, "handOverTo", Guid.NewGuid())),
            ("ConfirmDifference", 409) => await MovingAsync(good),
            ("ConfirmDifference", 422) => await AskAsync(Saying(good, "month", "2026-09")),
            ("UpdateCategory", 409) => await AskAsync(Saying(good, "name", host.Used.Name.ToUpperInvariant())),
            ("DeleteCategory", 409) => await AskAsync(good with { Path = good.Path[..good.Path.LastIndexOf('/')] + "/" + host.Used.Id }),
            ("CreateCategory" or "UpdateCategory", 422) => await AskAsync(Saying(good, "accountIds", new JsonArray(Guid.NewGuid()))),
            ("ImportRules", 422) => await AskAsync(Saying(good, "rules", new JsonArray(new JsonObject { ["pattern"] = "x", ["category"] = "y", ["accountCode"] = "no such code" }))),
            ("ChangeTransaction" or "CategorizeTransactions" or "CreateRule" or "UpdateRule" or "PreviewRule", 422) => await AskAsync(Saying(good, "accountCode", "no such code")),
            ("RunReport" or "CompareReportWithXero" or "CreateReport" or "ExportNewReport", 422) => await AskAsync(Saying(good, "parameters", new JsonObject { ["basis"] = "cash" })),
            ("GetKpiTrend" or "GetKpiDrivers", 422) => await AskAsync(good with { Path = good.Path + "?date=1999-12-31" }),
            ("SetKpiTarget", 422) => await AskAsync(good with { Path = good.Path.Replace("grossMargin", "workingCapital", StringComparison.Ordinal) }),
            ("CreateCustomKpi" or "UpdateCustomKpi", 422) => await AskAsync(Saying(good, "formula", "account(no such code)")),
            ("CreateCustomKpi" or "UpdateCustomKpi", 409) => await AskAsync(Saying(good, "name", "Gross margin")),
            ("DeleteCustomKpi", 409) => await LeaningAsync(good),
            ("UpdateBudget" or "DeleteBudget", 409) => await AskAsync(good with { Path = good.Path[..good.Path.LastIndexOf('/')] + "/" + host.OfXero.Id }),
            ("CreateBudget" or "UpdateBudget", 422) => await AskAsync(Saying(good, "lines", new JsonArray(new JsonObject { ["accountId"] = Guid.NewGuid(), ["month"] = "2026-10", ["amount"] = 1 }))),
            ("ImportBudget", 422) => await AskAsync(Saying(good, "tracking", new JsonArray(new JsonObject { ["categoryId"] = Guid.NewGuid(), ["optionId"] = Guid.NewGuid() }))),
            ("DraftBudget", 422) => await AskAsync(Saying(Saying(good, "basis", "budget"), "budgetId", Guid.NewGuid())),
            ("CreateLayout", 409) => await TwiceAsync(good),
            ("UpdateLayout", 409) => await AskAsync(Saying(good, "name", await NameOfAnotherAsync())),
            ("CreateLayout" or "UpdateLayout", 422) => await AskAsync(Saying(good, "rows", new JsonArray(new JsonObject { ["id"] = "a", ["label"] = "A", ["kind"] = "group", ["accountIds"] = new JsonArray(Guid.NewGuid()) }))),
            ("ListKpis", 422) => await AskAsync(good with { Path = good.Path + "?date=1999-12-31" }),
            ("CreateWebhook" or "UpdateWebhook", 422) => await AskAsync(Saying(good, "url", "http://hooks.example.com/plain")),
            ("CreateSchedule" or "UpdateSchedule", 422) => await AskAsync(Saying(good, "parameters", new JsonObject { ["basis"] = "cash" })),
            ("DismissMissingBill", 422) => await AskAsync(Saying(good, "contactId", Guid.NewGuid())),
            ("ClearLookAlikes", 422) => await AskAsync(Saying(good, "ids", new JsonArray(host.Bills[0].Id, host.Invoice.Id))),
            ("GetTieOut", 422) => await AskAsync(good with { Path = good.Path + "?month=2020-01" }),
            _ => null,
        };

        private async Task<string> NameOfAnotherAsync()
        {
            var answer = await _admin.GetFromJsonAsync<JsonObject>($"/api/v1/tenants/{ApiHost.Acme.Id}/report-layouts/{await _good.LayoutAsync()}");
            return answer!["name"]!.GetValue<string>();
        }

        private async Task<int> DisabledAsync(Draft good)
        {
            Assert.Equal(204, await AskAsync(new Draft("DELETE", good.Path[..good.Path.LastIndexOf('/')])));
            return await AskAsync(good);
        }

        private async Task<int> TwiceAsync(Draft good)
        {
            Assert.InRange(await AskAsync(good), 200, 299);
            return await AskAsync(good);
        }

        // Who has less than the key may not learn it.
        private async Task<int> BeyondAsync(Draft good)
        {
            var narrow = await host.KeyAsync(Roles.Admin, [Permissions.ApiKeysAdmin]);
            return (int)(await good.SendAsync(host.With(narrow.Secret))).StatusCode;
        }

        private async Task<int> RevokedAsync(Draft good)
        {
            Assert.Equal(204, await AskAsync(new Draft("DELETE", good.Path[..good.Path.LastIndexOf('/')])));
            return await AskAsync(good);
        }

        // Another KPI leans on the one that is to go.
        private async Task<int> LeaningAsync(Draft good)
        {
            var known = await host.As(Roles.Admin).GetFromJsonAsync<JsonObject>(good.Path);
            var leaning = new Draft("POST", $"/api/v1/tenants/{ApiHost.Acme.Id}/kpis/custom", new JsonObject { ["name"] = GoodRequests.NewName(), ["formula"] = $"2 * kpi({known!["key"]})" });
            Assert.Equal(201, await AskAsync(leaning));
            return await AskAsync(good);
        }

        private async Task<int> MovingAsync(Draft good)
        {
            await host.MoveAsync(true);
            var answer = await AskAsync(good);
            await host.MoveAsync(false);
            return answer;
        }

        private static Draft Saying(Draft good, string member, JsonNode? value)
        {
            var body = good.Body!.DeepClone().AsObject();
            body[member] = value;
            return good with { Body = body };
        }

        private static Draft In(Draft good, Guid tenant) => good with { Path = good.Path.Replace(ApiHost.Acme.Id.ToString(), tenant.ToString(), StringComparison.Ordinal) };

        private static ByteArrayContent Json(string text)
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return content;
        }

        private static ByteArrayContent Encoded()
        {
            var content = Json("{}");
            content.Headers.ContentEncoding.Add("gzip");
            return content;
        }
    }
}
