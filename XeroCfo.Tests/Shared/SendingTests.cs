using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Encryption;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Users.Mail;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Budgets;
using XeroCfo.Web.Kpis;
using XeroCfo.Web.Ledger.Contacts;
using XeroCfo.Web.Ledger.Transactions;
using XeroCfo.Web.Receivables;
using XeroCfo.Web.Reports;
using XeroCfo.Web.Reports.Layouts;
using XeroCfo.Web.Reports.Schedules;
using XeroCfo.Web.Reports.View;
using XeroCfo.Web.Rules;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Users;
using XeroCfo.Web.Webhooks;

namespace XeroCfo.Tests.Shared;

/// <summary>A form whose event comes twice in one go, and once more before the browser has seen that it is closed, makes one thing.</summary>
public sealed class SendingTests : AdminPageTest
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    public SendingTests()
    {
        Services.AddSingleton(new SmtpOptions());
        Services.AddTransactionPages();
    }

    [Fact]
    public async Task What_is_under_way_or_made_is_not_made_again_and_what_failed_may_be_tried_again()
    {
        var (sending, gate, keys) = (new Sending(), new TaskCompletionSource<bool>(), new List<string>());
        Task<bool> Make(string once)
        {
            keys.Add(once);
            return gate.Task;
        }

        var (first, second) = (sending.OnceAsync(Make), sending.OnceAsync(Make));
        Assert.True(sending.Busy);
        gate.SetResult(false);
        await Task.WhenAll(first, second);
        Assert.Single(keys);

        await Assert.ThrowsAsync<TimeoutException>(() => sending.OnceAsync(_ => throw new TimeoutException()));
        gate = new TaskCompletionSource<bool>();
        gate.SetResult(true);
        await sending.OnceAsync(Make);
        await sending.OnceAsync(Make);

        Assert.Equal(2, keys.Count);
        Assert.Single(keys.Distinct());
        Assert.False(sending.Busy);
    }

    [Fact]
    public async Task An_invitation()
    {
        UseKey();
        var panel = Render<InvitePanel>(with => with.Add(p => p.Caller, CallerOf(Admin)).Add(p => p.Organisations, [Acme]));
        panel.Find("#invite-email").Change("new@acme.example");

        await SubmitAsync(panel);

        Assert.Equal(1, await CountAsync(db => db.Users.CountAsync(user => user.Email == "new@acme.example")));
        Assert.Empty(panel.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task A_budget()
    {
        var form = Render<BudgetForm>(with => with.Add(p => p.Caller, CallerOf(Admin)).Add(p => p.Organisation, Acme).Add(p => p.Today, Today));
        form.FindAll("select")[1].Change("");

        await SubmitAsync(form);

        Assert.Equal(1, await CountAsync(db => db.Budgets.CountAsync()));
    }

    [Fact]
    public async Task A_budget_out_of_a_table()
    {
        await Database.AddAsync(new Account { TenantId = Acme.Id, AccountId = Guid.NewGuid(), Code = "200", Name = "Sales", Type = "REVENUE", Class = "REVENUE" });
        var form = Render<BudgetImport>(with => with.Add(p => p.Caller, CallerOf(Admin)).Add(p => p.Tenant, new(Acme.Id)));
        form.Find("input").Change("Next year");
        form.Find("textarea").Change("Code\tApr 2027\n200\t1,500\n");

        await TwiceAsync(form, () => form.Find(".primary").ClickAsync(new()));

        Assert.Equal(1, await CountAsync(db => db.Budgets.CountAsync()));
    }

    [Fact]
    public async Task A_report_that_is_kept_and_a_note_on_one_of_its_rows()
    {
        var asked = new ReportParameters { From = new DateOnly(2026, 10, 1), To = new DateOnly(2026, 10, 31) };
        var form = Render<SaveReport>(with => with.Add(p => p.Caller, CallerOf(Admin)).Add(p => p.Tenant, new(Acme.Id)).Add(p => p.Kind, ReportKinds.Of(ReportTypes.ProfitAndLoss)).Add(p => p.Asked, asked));
        form.Find("input").Change("October");

        await SubmitAsync(form);

        Assert.Equal(1, await CountAsync(db => db.Reports.CountAsync()));
        await using var db = Database.Open();
        var document = (await Services.GetRequiredService<ReportService>().RunAsync(CallerOf(Admin), new(Acme.Id), ReportTypes.ProfitAndLoss, asked, default)).Value;
        var report = (await db.Reports.SingleAsync()).Id;
        var card = Render<RowNotesCard>(with => with.Add(p => p.Caller, CallerOf(Admin)).Add(p => p.Organisation, Acme).Add(p => p.ReportId, report).Add(p => p.Document, document).Add(p => p.CellLink, cell => cell));
        card.Find("textarea").Input("As planned");

        await SubmitAsync(card);

        Assert.Equal(1, await CountAsync(db => db.ReportRowNotes.CountAsync()));
    }

    [Fact]
    public async Task A_view_of_filters()
    {
        var form = Render<SaveView>(with => with.Add(p => p.Caller, CallerOf(Admin)).Add(p => p.Tenant, new(Acme.Id)).Add(p => p.Query, "status=PAID"));
        form.Find("input").Change("Paid");

        await SubmitAsync(form);

        Assert.Equal(1, await CountAsync(db => db.SavedViews.CountAsync()));
        Assert.Contains("Saved as Paid", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kpi()
    {
        var form = Render<KpiForm>(with => with.Add(p => p.Caller, CallerOf(Admin)).Add(p => p.Tenant, new(Acme.Id)));
        form.Find("input").Change("Half the income");
        form.Find("textarea").Input("group(income) / 2");

        await SubmitAsync(form);

        Assert.Equal(1, await CountAsync(db => db.CustomKpis.CountAsync()));
        Assert.Empty(form.FindAll("#formula-wrong"));
    }

    [Fact]
    public async Task A_rule_over_another_page_and_its_run()
    {
        var dialog = Render<RuleDialog>(with => with.Add(p => p.Caller, CallerOf(Admin)).Add(p => p.Organisation, Acme));

        await SaveAsync(dialog, dialog.FindComponent<RuleForm>().Instance.OnSave, (new RuleInput("aws", "Hosting", null), true));

        Assert.Equal((1, 1), (await CountAsync(db => db.CategoryRules.CountAsync()), await CountAsync(db => db.RuleRuns.CountAsync())));
    }

    [Fact]
    public async Task A_rule_on_its_page()
    {
        var page = Render<RulesPage>(with => with.Add(p => p.Org, Acme.Id));
        Press(page, "New rule");

        await SaveAsync(page, page.FindComponent<RuleForm>().Instance.OnSave, (new RuleInput("aws", "Hosting", null), false));

        Assert.Equal(1, await CountAsync(db => db.CategoryRules.CountAsync()));
        Press(page, "New rule");
        await SaveAsync(page, page.FindComponent<RuleForm>().Instance.OnSave, (new RuleInput("gcp", "Hosting", null), false));
        Assert.Equal(2, await CountAsync(db => db.CategoryRules.CountAsync()));
    }

    [Fact]
    public async Task Rules_out_of_a_file()
    {
        var form = Render<RuleImport>(with => with.Add(p => p.Caller, CallerOf(Admin)).Add(p => p.Tenant, new(Acme.Id)));
        form.Find("textarea").Change("""{"rules":[{"pattern":"aws","category":"Hosting"}]}""");

        await TwiceAsync(form, () => form.Find(".primary").ClickAsync(new()));

        Assert.Equal(1, await CountAsync(db => db.CategoryRules.CountAsync()));
        Assert.Equal(1, await CountAsync(db => db.AuditLogs.CountAsync(entry => entry.Action == "rules.imported")));
    }

    [Fact]
    public async Task A_category()
    {
        var page = Render<CategoriesPage>(with => with.Add(p => p.Org, Acme.Id));
        Press(page, "New category");

        await SaveAsync(page, page.FindComponent<CategoryForm>().Instance.OnSave, new CategoryInput("Hosting", null, null, []));

        Assert.Equal(1, await CountAsync(db => db.Categories.CountAsync()));
        Assert.DoesNotContain("role=\"alert\"", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_of_webhooks()
    {
        UseKey();
        var page = Render<WebhooksPage>(with => with.Add(p => p.Org, Acme.Id));
        Press(page, "New webhook");

        await SaveAsync(page, page.FindComponent<WebhookForm>().Instance.OnSave, new WebhookInput("sync.succeeded", "https://hooks.example.com/x"));

        Assert.Equal(1, await CountAsync(db => db.Webhooks.CountAsync()));
        Assert.Contains("whsec_", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule()
    {
        var card = Render<SchedulesCard>(with => with.Add(p => p.Caller, CallerOf(Admin)).Add(p => p.Organisation, Acme));
        Press(card, "New schedule");

        await SaveAsync(card, card.FindComponent<ScheduleForm>().Instance.OnSave, new ScheduleDraft { Name = "Monthly" });

        Assert.Equal(1, await CountAsync(db => db.ReportSchedules.CountAsync()));
    }

    [Fact]
    public async Task A_custom_reports_layout()
    {
        var page = Render<LayoutPage>(with => with.Add(p => p.Org, Acme.Id));
        page.Find("section input").Change("Mine");

        await TwiceAsync(page, () => page.Find(".head-actions .primary").ClickAsync(new()));

        Assert.Equal(1, await CountAsync(db => db.ReportLayouts.CountAsync()));
        Assert.DoesNotContain("role=\"alert\"", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note()
    {
        var kept = new List<(string Text, string Once)>();
        var card = Render<ContactNotesCard>(with => with.Add(p => p.Organisation, Acme).Add(p => p.MayWrite, true).Add(p => p.OnAdd, (text, once) =>
        {
            kept.Add((text, once));
            return Task.FromResult(true);
        }).Add(p => p.OnChange, (_, _) => Task.FromResult(true)).Add(p => p.OnDelete, _ => Task.FromResult(true)));
        card.Find("textarea").Change("Pays on Friday");
        await SubmitAsync(card);
        Assert.Equal("Pays on Friday", Assert.Single(kept).Text);

        card.Find("textarea").Change("Paid");
        await SubmitAsync(card);

        Assert.Equal(["Pays on Friday", "Paid"], kept.Select(note => note.Text));
        Assert.Equal(2, kept.Select(note => note.Once).Distinct().Count());
    }

    [Fact]
    public async Task A_next_action()
    {
        var kept = new List<NextActionInput>();
        var card = Render<NextActionCard>(with => with.Add(p => p.Action, null).Add(p => p.Today, Today).Add(p => p.MayWrite, true).Add(p => p.OnPlan, input =>
        {
            kept.Add(input);
            return Task.FromResult(true);
        }).Add(p => p.OnFinish, () => Task.FromResult(true)));
        card.Find("input").Change("Call");
        card.Find("input[type=date]").Change("2026-12-01");

        await SubmitAsync(card);

        Assert.Equal(new NextActionInput("Call", new DateOnly(2026, 12, 1)), Assert.Single(kept));
    }

    [Fact]
    public async Task A_promise()
    {
        var (gate, kept) = (new TaskCompletionSource<bool>(), 0);
        var invoice = new OpenInvoice(new OpenItem(OpenItemKind.Invoice, SampleRows.Transaction(Acme.Id), 100m, 100m), 0, null, false);
        var card = Render<InvoicesCard>(with => with.Add(p => p.Invoices, [invoice]).Add(p => p.Credits, []).Add(p => p.Org, Acme.Id).Add(p => p.Currency, "NZD").Add(p => p.MayWrite, true).Add(p => p.OnSave, (_, _) =>
        {
            kept++;
            return gate.Task;
        }).Add(p => p.OnClear, _ => Task.FromResult(true)));
        card.Find("button[aria-expanded]").Click();

        var both = card.InvokeAsync(() => Task.WhenAll(card.Find("form").SubmitAsync(new()), card.Find("form").SubmitAsync(new())));
        gate.SetResult(true);
        await both;

        Assert.Equal(1, kept);
        Assert.Empty(card.FindAll("form"));
    }

    private void UseKey() => Services.GetRequiredService<KeyRing>().Use(MasterKey.NewText(), []);

    private static Task SubmitAsync<T>(IRenderedComponent<T> form)
        where T : IComponent => TwiceAsync(form, () => form.Find("form").SubmitAsync(new()));

    private static Task SaveAsync<T, TInput>(IRenderedComponent<T> page, EventCallback<TInput> save, TInput input)
        where T : IComponent => TwiceAsync(page, () => save.InvokeAsync(input));

    // Twice before either is over, and once more after: the last as of a browser that has not seen yet what came of the others.
    private static async Task TwiceAsync<T>(IRenderedComponent<T> form, Func<Task> send)
        where T : IComponent
    {
        await form.InvokeAsync(() => Task.WhenAll(send(), send()));
        await form.InvokeAsync(send);
    }

    private static void Press<T>(IRenderedComponent<T> page, string words)
        where T : IComponent
    {
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), button => button.TextContent.Trim() == words));
        page.FindAll("button").First(button => button.TextContent.Trim() == words).Click();
    }

    private async Task<int> CountAsync(Func<Data.XeroCfoDb, Task<int>> count)
    {
        await using var db = Database.Open();
        return await count(db);
    }
}
