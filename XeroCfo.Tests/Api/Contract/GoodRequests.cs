using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Api.Contract;

/// <summary>A request that can be sent, changed and sent again.</summary>
internal sealed record Draft(string Method, string Path, JsonObject? Body = null)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>In place of the body as JSON.</summary>
    public HttpContent? Content { get; init; }

    public Draft With(string header, string? value)
    {
        var headers = new Dictionary<string, string>(Headers);
        headers.Remove(header);
        if (value is not null)
        {
            headers[header] = value;
        }

        return this with { Headers = headers };
    }

    public Task<HttpResponseMessage> SendAsync(HttpClient client)
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), Path)
        {
            Content = Content ?? (Body is null ? null : new StringContent(Body.ToJsonString(), Encoding.UTF8, "application/json")),
        };
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return client.SendAsync(request);
    }
}

/// <summary>For each operation of the document a request that is answered well, each time anew.</summary>
internal sealed class GoodRequests(ContractHost host)
{
    private static int _names;

    private static string Acme => $"/api/v1/tenants/{ApiHost.Acme.Id}";

    /// <summary>Null: nobody has said yet how to ask that operation well.</summary>
    public async Task<Draft?> OfAsync(ApiOperation operation) => operation.Id switch
    {
        "IssueToken" => At(operation) with { Body = new JsonObject { ["email"] = ContractHost.SignInEmail, ["password"] = ContractHost.SignInPassword } },
        "InviteUser" => At(operation) with { Body = Invitation() },
        "GetUser" or "DisableUser" or "ResetUserPassword" or "EndUserSessions" or "RemoveUserSecondFactor" => At(operation, await PersonAsync()),
        "ChangeUser" => At(operation, await PersonAsync()) with { Body = new JsonObject { ["role"] = Roles.ReadOnly, ["tenants"] = new JsonArray(ApiHost.Acme.Id), ["isActive"] = true } },
        "EraseUser" => At(operation, await PersonAsync()) with { Body = new JsonObject { ["handOverTo"] = host.Heir } },
        "CreateApiKey" => At(operation) with { Body = ApiKey() },
        "GetApiKey" or "RotateApiKey" or "RevokeApiKey" => At(operation, await ApiKeyAsync()),
        "GetSync" => At(operation, host.Over.Id),
        "CancelSync" => At(operation, await QueuedAsync()),
        "RequestSync" => At(operation) with { Body = [] },
        "ConfirmDifference" => At(operation) with { Body = new JsonObject { ["accountId"] = FakeBooks.Bank, ["month"] = "2026-10", ["kind"] = "other" } },
        "GetTransaction" => At(operation, host.Transactions[0].Id),
        "ChangeTransaction" => Over(At(operation, host.Transactions[0].Id)) with { Body = new JsonObject { ["category"] = NewName() } },
        "CategorizeTransactions" => At(operation) with { Body = new JsonObject { ["ids"] = new JsonArray(host.Transactions[1].Id), ["category"] = NewName() } },
        "UndoCategorizing" => At(operation, await CategorizedAsync()),
        "CreateCategory" => At(operation) with { Body = new JsonObject { ["name"] = NewName() } },
        "GetCategory" => At(operation, host.Used.Id),
        "UpdateCategory" => Over(At(operation, await CategoryAsync())) with { Body = new JsonObject { ["name"] = NewName() } },
        "DeleteCategory" => Over(At(operation, await CategoryAsync())),
        "CreateRule" or "PreviewRule" => At(operation) with { Body = Rule() },
        "GetRule" => At(operation, await RuleAsync()),
        "UpdateRule" => Over(At(operation, await RuleAsync())) with { Body = Rule() },
        "DeleteRule" => Over(At(operation, await RuleAsync())),
        "ImportRules" => At(operation) with { Body = new JsonObject { ["rules"] = new JsonArray(Rule(), Rule()) } },
        "RunRules" => At(operation) with { Body = new JsonObject { ["scope"] = "all" } },
        "GetRuleRun" or "CancelRuleRun" => At(operation, await RuleRunAsync()),
        "UndoRuleRun" => At(operation, await host.FinishRunAsync(await RuleRunAsync())),
        "CreateBudget" => At(operation) with { Body = Budget() },
        "DraftBudget" => At(operation) with { Body = new JsonObject { ["first"] = "2027-04", ["incomeGrowth"] = 0.08 } },
        "ImportBudget" => At(operation) with { Body = new JsonObject { ["name"] = NewName(), ["text"] = "Code\tOct 2026\n200\t1,200.50\n" } },
        "GetBudget" or "ExportBudget" => At(operation, await BudgetAsync()),
        "UpdateBudget" => Over(At(operation, await BudgetAsync())) with { Body = Budget() },
        "DeleteBudget" => Over(At(operation, await BudgetAsync())),
        "CreateLayout" => At(operation) with { Body = Layout() },
        "GetLayout" or "ListLayoutVersions" => At(operation, await LayoutAsync()),
        "UpdateLayout" => Over(At(operation, await LayoutAsync())) with { Body = Layout() },
        "DeleteLayout" => Over(At(operation, await LayoutAsync())),
        "CreateSchedule" => At(operation) with { Body = Schedule() },
        "GetSchedule" or "ListScheduleRuns" or "CountScheduleRuns" or "RunSchedule" => At(operation, await ScheduleAsync()),
        "GetScheduleRun" => await ScheduleRunAsync(operation),
        "UpdateSchedule" => Over(At(operation, await ScheduleAsync())) with { Body = Schedule() },
        "DeleteSchedule" => Over(At(operation, await ScheduleAsync())),
        "GetReceivables" or "GetStatement" => At(operation, host.Customer.ContactId),
        "AddCustomerNote" => At(operation, host.Customer.ContactId) with { Body = new JsonObject { ["text"] = "Pays on Friday" } },
        "GetNextAction" or "DeleteNextAction" => Over(At(operation, await ActionAsync())),
        "SetNextAction" => Over(At(operation, await ActionAsync())) with { Body = new JsonObject { ["text"] = "Call", ["dueDate"] = "2026-12-01" } },
        "GetFollowUp" or "DeleteFollowUp" => Over(At(operation, await FollowUpAsync())),
        "SetFollowUp" => Over(At(operation, await FollowUpAsync())) with { Body = new JsonObject { ["promisedDate"] = "2026-12-01" } },
        "GetBillHold" or "DeleteBillHold" => Over(At(operation, await HoldAsync())),
        "SetBillHold" => Over(At(operation, await HoldAsync())) with { Body = new JsonObject { ["reason"] = "Twice?" } },
        "DismissMissingBill" or "ExpectMissingBill" => At(operation) with { Body = new JsonObject { ["contactId"] = host.Usual[0].ContactId, ["month"] = "2026-10" } },
        "GetReminderText" or "ResetReminderText" => Over(Of(operation, await ReminderTextAsync())),
        "SetReminderText" => Over(Of(operation, await ReminderTextAsync())) with { Body = ReminderText() },
        "ClearLookAlikes" => At(operation) with { Body = new JsonObject { ["ids"] = new JsonArray(host.Bills[0].Id, host.Bills[1].Id) } },
        "RunReport" or "CompareReportWithXero" => At(operation) with { Body = new JsonObject { ["type"] = "PROFIT_LOSS" } },
        "CreateReport" => At(operation) with { Body = new JsonObject { ["type"] = "BALANCE_SHEET", ["name"] = NewName() } },
        "ExportNewReport" => At(operation) with { Body = new JsonObject { ["type"] = "PROFIT_LOSS", ["format"] = "xlsx" } },
        "ExportReport" or "GetReport" or "ListReportChanges" => At(operation, await ReportAsync()),
        "ListReportNotes" => At(operation, await ReportAsync()),
        "AddReportNote" => At(operation, await ReportAsync()) with { Body = new JsonObject { ["rowKey"] = "netProfit", ["text"] = "As planned: @[netProfit/actual]" } },
        "DeleteReportNote" => await NoteAsync(operation),
        "ListReportReviews" or "ReviewReport" => At(operation, await ReportAsync()),
        "TakeBackReportReview" => await ReviewAsync(operation),
        "GetKpiTrend" or "GetKpiDrivers" => Of(operation, "grossMargin"),
        "GetKpiTarget" or "DeleteKpiTarget" => Over(Of(operation, await TargetAsync())),
        "SetKpiTarget" => Over(Of(operation, await TargetAsync())) with { Body = new JsonObject { ["target"] = 0.6m, ["alertLevel"] = 0.58m } },
        "CreateCustomKpi" => At(operation) with { Body = CustomKpi() },
        "GetCustomKpi" => At(operation, await CustomKpiAsync()),
        "UpdateCustomKpi" => Over(At(operation, await CustomKpiAsync())) with { Body = CustomKpi() },
        "DeleteCustomKpi" => Over(At(operation, await CustomKpiAsync())),
        "DeleteReport" => Over(At(operation, await ReportAsync())),
        "CreateWebhook" => At(operation) with { Body = Webhook() },
        "GetWebhook" or "RotateWebhookSecret" or "TestWebhook" or "ListWebhookDeliveries" or "CountWebhookDeliveries" or "RedeliverFailedWebhookDeliveries" => At(operation, await WebhookAsync()),
        "UpdateWebhook" => Over(At(operation, await WebhookAsync())) with { Body = Webhook() },
        "DeleteWebhook" => Over(At(operation, await WebhookAsync())),
        "GetWebhookDelivery" or "RedeliverWebhookDelivery" => await DeliveryAsync(operation),
        _ when operation.Method == "GET" && operation.Path.Replace("{tenant}", "", StringComparison.Ordinal).IndexOf('{') < 0 => At(operation),
        _ => null,
    };

    /// <summary>Somebody who has yet to come.</summary>
    public static JsonObject Invitation() => new()
    {
        ["email"] = $"{NewName().Replace(" ", "", StringComparison.Ordinal)}@example.com",
        ["role"] = Roles.Standard,
        ["tenants"] = new JsonArray(ApiHost.Acme.Id),
    };

    /// <summary>A person of its own.</summary>
    public async Task<Guid> PersonAsync() => Guid.Parse(await MadeAsync("/api/v1/users", Invitation(), "id"));

    /// <summary>A name that no category has yet.</summary>
    public static string NewName() => $"Name {Interlocked.Increment(ref _names)}";

    /// <summary>A category of its own.</summary>
    public async Task<Guid> CategoryAsync() => Guid.Parse(await MadeAsync($"{Acme}/categories", new { name = NewName() }, "id"));

    /// <summary>A rule of its own.</summary>
    public async Task<Guid> RuleAsync() => Guid.Parse(await MadeAsync($"{Acme}/rules", Rule(), "id"));

    /// <summary>An own budget of its own.</summary>
    public async Task<Guid> BudgetAsync() => Guid.Parse(await MadeAsync($"{Acme}/budgets", Budget(), "id"));

    /// <summary>A layout of its own.</summary>
    public async Task<Guid> LayoutAsync() => Guid.Parse(await MadeAsync($"{Acme}/report-layouts", Layout(), "id"));

    private static JsonObject ApiKey() => new() { ["name"] = NewName(), ["permissions"] = new JsonArray("sync:read") };

    /// <summary>A key of the admin's, of its own.</summary>
    public async Task<Guid> ApiKeyAsync() => Guid.Parse(await MadeAsync("/api/v1/api-keys", ApiKey(), "id"));

    private static JsonObject Budget() => new()
    {
        ["name"] = NewName(),
        ["lines"] = new JsonArray(new JsonObject { ["accountId"] = FakeBooks.Sales, ["month"] = "2026-10", ["amount"] = 1_200.5 }),
    };

    private static JsonObject Layout() => new()
    {
        ["name"] = NewName(),
        ["rows"] = new JsonArray(
            new JsonObject { ["id"] = "sales", ["label"] = "Sales", ["kind"] = "group", ["accountIds"] = new JsonArray(FakeBooks.Sales) },
            new JsonObject { ["id"] = "half", ["label"] = "Half of it", ["kind"] = "formula", ["formula"] = "sales / 2" }),
    };

    private static JsonObject Rule() => new() { ["pattern"] = NewName(), ["category"] = NewName() };

    private async Task<Guid> RuleRunAsync() => Guid.Parse(await MadeAsync($"{Acme}/rules/runs", new { scope = "uncategorized" }, "id"));

    /// <summary>A kept report of its own.</summary>
    public async Task<Guid> ReportAsync() => Guid.Parse(await MadeAsync($"{Acme}/reports", new { type = "PROFIT_LOSS", name = NewName() }, "id"));

    private async Task<Draft> NoteAsync(ApiOperation operation)
    {
        var report = await ReportAsync();
        var note = await MadeAsync($"{Acme}/reports/{report}/notes", new { rowKey = "netProfit", text = "Gone soon" }, "id");
        var draft = At(operation, report);
        return draft with { Path = draft.Path.Replace("{noteId}", note, StringComparison.Ordinal) };
    }

    private async Task<Draft> ReviewAsync(ApiOperation operation)
    {
        var report = await ReportAsync();
        var review = await MadeAsync($"{Acme}/reports/{report}/reviews", new { }, "id");
        var draft = At(operation, report);
        return draft with { Path = draft.Path.Replace("{reviewId}", review, StringComparison.Ordinal) };
    }

    private static JsonObject Webhook() => new() { ["event"] = "sync.*", ["url"] = $"https://hooks.example.com/{Guid.NewGuid()}" };

    private async Task<Guid> WebhookAsync() => Guid.Parse(await MadeAsync($"{Acme}/webhooks", Webhook(), "id"));

    private async Task<Draft> DeliveryAsync(ApiOperation operation)
    {
        var webhook = await WebhookAsync();
        var delivery = await MadeAsync($"{Acme}/webhooks/{webhook}/test", new { }, "id");
        var draft = At(operation, webhook);
        return draft with { Path = draft.Path.Replace("{deliveryId}", delivery, StringComparison.Ordinal) };
    }

    private static Draft At(ApiOperation operation, Guid? id = null)
    {
        var path = operation.Path.Replace("{tenant}", ApiHost.Acme.Id.ToString(), StringComparison.Ordinal);
        return new Draft(operation.Method, path.Replace("{id}", $"{id}", StringComparison.Ordinal).Replace("{undoId}", $"{id}", StringComparison.Ordinal));
    }

    private static Draft Of(ApiOperation operation, string key) => At(operation) is var draft ? draft with { Path = draft.Path.Replace("{key}", key, StringComparison.Ordinal) } : draft;

    private static JsonObject CustomKpi() => new() { ["name"] = NewName(), ["formula"] = "group(income) / 2", ["unit"] = "money", ["goodDirection"] = "up" };

    private async Task<Guid> CustomKpiAsync() => Guid.Parse(await MadeAsync($"{Acme}/kpis/custom", CustomKpi(), "id"));

    // A target of a KPI that has one by now.
    private async Task<string> TargetAsync()
    {
        var draft = new Draft("PUT", $"{Acme}/kpis/grossMargin/target", new JsonObject { ["target"] = 0.6m }).With("If-Match", "*");
        var answer = await draft.SendAsync(host.As(Roles.Admin));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return "grossMargin";
    }

    private static JsonObject ReminderText() => new() { ["subject"] = "{organisation}: {overdue}", ["body"] = "Hello {customer},\n{invoices}" };

    // A text of the organisation's own by now.
    private async Task<string> ReminderTextAsync()
    {
        var answer = await new Draft("PUT", $"{Acme}/receivables/reminder-texts/firm", ReminderText()).With("If-Match", "*").SendAsync(host.As(Roles.Admin));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return "firm";
    }

    private static JsonObject Schedule() => new() { ["name"] = NewName(), ["type"] = "PROFIT_LOSS", ["period"] = "last_month", ["daysAfterMonthEnd"] = 3, ["at"] = "06:30" };

    /// <summary>A schedule of its own.</summary>
    public async Task<Guid> ScheduleAsync() => Guid.Parse(await MadeAsync($"{Acme}/report-schedules", Schedule(), "id"));

    private async Task<Draft> ScheduleRunAsync(ApiOperation operation)
    {
        var schedule = await ScheduleAsync();
        var run = await MadeAsync($"{Acme}/report-schedules/{schedule}/runs", new { }, "id");
        var draft = At(operation, schedule);
        return draft with { Path = draft.Path.Replace("{runId}", run, StringComparison.Ordinal) };
    }

    // Something is planned for the customer by now, agreed on the invoice, held of the bill.
    private Task<Guid> ActionAsync() => PutAsync(host.Customer.ContactId, id => $"receivables/{id}/next-action", new JsonObject { ["text"] = "Call Jo", ["dueDate"] = "2026-11-30" });

    private Task<Guid> FollowUpAsync() => PutAsync(host.Invoice.Id, id => $"receivables/invoices/{id}/follow-up", new JsonObject { ["isDisputed"] = true, ["disputeReason"] = "Wrong roast" });

    private Task<Guid> HoldAsync() => PutAsync(host.Bills[0].Id, id => $"payables/bills/{id}/hold", new JsonObject { ["reason"] = "Entered twice?" });

    private async Task<Guid> PutAsync(Guid id, Func<Guid, string> path, JsonObject body)
    {
        var answer = await Over(new Draft("PUT", $"{Acme}/{path(id)}", body)).SendAsync(host.As(Roles.Admin));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return id;
    }

    private static Draft Over(Draft draft) => draft.With("If-Match", "*");

    private async Task<Guid> QueuedAsync() => Guid.Parse(await MadeAsync($"{Acme}/syncs", new { full = false }, "id"));

    private async Task<Guid> CategorizedAsync() =>
        Guid.Parse(await MadeAsync($"{Acme}/transactions/categorize", new { ids = new[] { host.Transactions[2].Id }, category = NewName(), includeManual = true }, "undoId"));

    private async Task<string> MadeAsync(string path, object body, string member)
    {
        var answer = await host.As(Roles.Admin).PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty(member).GetString()!;
    }
}
