using Bunit;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Drill;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Reports;
using XeroCfo.Web.Reports.View;

namespace XeroCfo.Tests.Reports;

/// <summary>Report pages over a small organisation's real books.</summary>
public sealed class ReportPageTests : PageTest, IAsyncLifetime
{
    private readonly SmallBooks _small = new();
    private SyncedBooks _synced = default!;
    private XeroTenant _company = default!;

    public ReportPageTests()
    {
        Use<ITenantRepository>();
        Use<ILedgerReader>();
        Use<IMovementReader>();
        Use<ICashFlowReader>();
        Use<IOpenItemReader>();
        Use<ITrackingReader>();
        Use<IReportRepository>();
        Use<IScheduleRepository>();
        Use<IDrillReader>();
        Use<IXeroSource>();
        Use<IRowNoteBook>();
        Use<IKpiReader>();
        Use<IBudgetRepository>();
        Use<IBudgetReader>();
        Use<ILayoutRepository>();
        Services.AddSingleton<TimeProvider>(_ => _synced.Clock);
    }

    async Task IAsyncLifetime.InitializeAsync()
    {
        _synced = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await _synced.SyncWellAsync();
        _company = await _synced.OrganisationAsync();
        await using var db = _synced.Open();
        db.Users.Add(new User { Id = FakeCaller.Person(Roles.Admin).UserId!.Value, UserName = "ana", NormalizedUserName = "ANA", Email = "ana@tui-and-ash.example", NormalizedEmail = "ANA@TUI-AND-ASH.EXAMPLE", SecurityStamp = "stamp", PasswordHash = "hash", FirstName = "Ana", LastName = "Ngata" });
        await db.SaveChangesAsync();
        SignIn(Roles.Accountant);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await _synced.DisposeAsync();
        await DisposeAsync();
    }

    [Fact]
    public void The_first_page_has_every_kind_with_a_sentence_and_opens_it_with_days_that_are_over()
    {
        var page = Home();

        var kinds = page.FindAll(".report-kind");
        Assert.Equal(["Profit and loss", "Balance sheet", "Cash-flow statement", "Aged receivables", "Aged payables", "Budget variance", "KPI dashboard", "Custom report"], kinds.Select(kind => kind.QuerySelector("h2")!.TextContent));
        Assert.All(kinds, kind => Assert.EndsWith(".", kind.QuerySelector("p")!.TextContent, StringComparison.Ordinal));
        Assert.EndsWith("/reports/profit-loss?from=2026-02-01&to=2026-02-28&compare=lastYear", kinds[0].GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("None yet", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_variance_says_favourable_or_not_in_words_and_marks_what_is_material()
    {
        await PlanAsync();
        var page = Report("budget-variance?from=2025-04-01&to=2025-09-30");

        Assert.Contains("Compared with the budget", page.Find("thead").TextContent, StringComparison.Ordinal);
        Assert.Contains("The year", page.Find("thead").TextContent, StringComparison.Ordinal);
        var income = page.FindAll("tr[data-key=income] td").Select(cell => cell.TextContent.Trim()).ToList();
        Assert.Contains(income, text => text.EndsWith("unfavourable", StringComparison.Ordinal));
        Assert.NotEmpty(page.FindAll("tr[data-key=income] .material"));
        Assert.Contains(page.FindAll("select"), choice => choice.TextContent.Contains("Plan", StringComparison.Ordinal));
        var cell = page.Find("tr[data-key=income] a[data-cell='income~budget']");
        Assert.Contains("cell=income~budget", cell.GetAttribute("href"), StringComparison.Ordinal);
        var opened = Report("budget-variance?from=2025-04-01&to=2025-09-30&cell=income~budget");
        Assert.Contains("12,000", opened.Find(".explain, .drill, [aria-label*=makes], aside").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_is_made_from_a_report_says_when_it_runs_next_is_run_by_hand_changed_and_deleted()
    {
        Mailer.IsSet = false;
        Assert.Contains("/reports?compare=lastYear&schedule=profit-loss", Report("profit-loss?from=2026-02-01&to=2026-02-28&compare=lastYear").FindAll(".head-actions a").Select(link => link.GetAttribute("href")).First(href => href!.Contains("schedule", StringComparison.Ordinal)), StringComparison.Ordinal);
        var page = Home("?compare=lastYear&schedule=profit-loss");
        Assert.Contains("Next on Fri 3 Apr 2026, 07:00", page.Find("dialog").TextContent, StringComparison.Ordinal);
        page.Find("dialog input").Change("Board pack");
        page.FindAll("dialog select")[3].Change("pdf");
        page.FindAll("dialog input").First(input => input.GetAttribute("placeholder")?.StartsWith("ana@", StringComparison.Ordinal) == true).Change("nobody");
        await page.Find("dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("must be an e-mail address", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Contains("No mail server is named", page.Find("dialog").TextContent, StringComparison.Ordinal);
        page.FindAll("dialog input").First(input => input.GetAttribute("placeholder")?.StartsWith("ana@", StringComparison.Ordinal) == true).Change("board@tui.example, cfo@tui.example");
        await page.Find("dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("dialog")));
        var row = page.Find("#schedules tbody tr").TextContent;
        Assert.All(["Board pack", "PDF to board@tui.example, cfo@tui.example", "Last month", "3 days after each month's end at 07:00", "Fri 3 Apr 2026, 07:00", "not yet", "Ana Ngata"], words => Assert.Contains(words, row, StringComparison.Ordinal));
        var kept = Assert.Single((await _synced.Get<IScheduleRepository>().ListAsync(_synced.Tenant, null, 10, default)).Value.Items).Schedule;
        Assert.Equal(new ReportParameters { Compare = "lastYear" }, ReportJson.ReadParameters(kept.Parameters));

        await page.InvokeAsync(() => page.FindAll("#schedules tbody button")[0].ClickAsync(new()));
        await page.InvokeAsync(() => page.FindAll("#schedules tbody button")[2].ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Contains("by hand", page.Find("#schedules .issues").TextContent, StringComparison.Ordinal));
        Assert.Contains("Waits", page.Find("#schedules tbody tr").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.FindAll("#schedules tbody button")[1].ClickAsync(new()));
        page.FindAll("dialog select")[2].Change("weekly");
        await page.Find("dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Every Monday at 07:00", page.Find("#schedules tbody tr").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.FindAll("#schedules tbody button")[1].ClickAsync(new()));
        await page.InvokeAsync(() => page.FindAll("dialog button").First(button => button.TextContent == "Delete").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Contains("None yet. A schedule makes", page.Find("#schedules").TextContent, StringComparison.Ordinal));

        SignIn(Roles.ReadOnly);
        Assert.Empty(Home().FindAll("#schedules button"));
    }

    [Fact]
    public void Without_a_budget_the_variance_says_where_one_is_made()
    {
        var page = Report("budget-variance");

        Assert.Contains("No budget yet", page.Markup, StringComparison.Ordinal);
        Assert.EndsWith("/budgets", page.Find(".empty a.btn").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KPIs_and_layouts_are_reports_like_any_other()
    {
        Assert.EndsWith("%", Report("kpi-dashboard?date=2025-09-30").WaitForElement("tr[data-key='kpi:grossMargin'] td", TimeSpan.FromSeconds(30)).TextContent.Trim(), StringComparison.Ordinal);
        var layout = (await _synced.Get<LayoutService>().CreateAsync(Caller.Command, _synced.Tenant, new LayoutInput("Board", [
            new LayoutRow { Id = "income", Label = "Income", Kind = LayoutRowKinds.Group, Sections = ["income"] },
            new LayoutRow { Id = "half", Label = "Half", Kind = LayoutRowKinds.Percent, Part = "income", Whole = "income" },
            new LayoutRow { Id = "never", Label = "Never", Kind = LayoutRowKinds.Formula, Formula = "income / (income - income)" }]), default)).Value;
        var custom = Report($"custom?from=2025-04-01&to=2025-09-30&layoutId={layout.Layout.Id:D}");

        Assert.Contains("100.0 %", custom.Find("tr[data-key='row:half']").TextContent, StringComparison.Ordinal);
        Assert.Contains("—", custom.Find("tr[data-key='row:never']").TextContent, StringComparison.Ordinal);
        Assert.Contains("Division by zero", custom.Markup, StringComparison.Ordinal);
        Assert.Contains("Choose a layout", Report("custom").Markup, StringComparison.Ordinal);
    }

    private async Task PlanAsync() => await _synced.Get<BudgetService>().CreateAsync(
        Caller.Command, _synced.Tenant, new BudgetInput("Plan", [.. Enumerable.Range(0, 12).Select(month => new BudgetLineInput(_small.Books.IdOf("200"), new Month(2025, 4).Add(month), 2_000m))], []), default);

    [Fact]
    public void A_profit_and_loss_has_its_figures_its_checks_in_words_and_a_link_on_each_figure()
    {
        var page = Report("profit-loss?from=2025-02-01&to=2025-02-28&compare=lastYear");

        Assert.Contains("1 Feb – 28 Feb 2025 · accrual · NZD", page.Find(".page-head").TextContent, StringComparison.Ordinal);
        Assert.Equal(["✓Trial balance 0.00", "✓Net profit = earnings", "✓Ties to Xero", "✓Stands on documents"], page.FindAll(".checks-strip summary").Select(chip => chip.TextContent));
        var total = page.Find("tr[data-key=netProfit]");
        Assert.Equal("Net profit", total.QuerySelector("th")!.TextContent.Trim());
        Assert.Contains("cell=netProfit~actual", Uri.UnescapeDataString(total.QuerySelector("a.cell")!.GetAttribute("href")!), StringComparison.Ordinal);
        Assert.Equal("Books in XeroCfo begin 1 Jan 2025", page.FindAll("thead tr:last-child th").Single(head => head.ClassList.Contains("compared") && head.HasAttribute("title")).GetAttribute("title"));
        Assert.Contains(page.FindAll(".money.none"), none => none.GetAttribute("title") == "Books in XeroCfo begin 1 Jan 2025");
    }

    [Fact]
    public void Better_and_worse_are_words_and_a_cost_that_rises_is_worse()
    {
        var page = Report("profit-loss?from=2026-02-01&to=2026-02-28&compare=lastYear");

        Assert.Equal("▲ better", page.Find("tr[data-key=income] td:last-child").TextContent.Trim());
        Assert.Equal("= same", page.Find("tr[data-key=costOfSales] td:last-child").TextContent.Trim());
        Assert.NotEmpty(page.FindAll(".material"));
        Assert.Contains("material: a change of at least 5 % and ", page.Find(".report-notes").TextContent, StringComparison.Ordinal);
        Assert.Contains("at least 50 % and 40.", Report("profit-loss?from=2026-02-01&to=2026-02-28&compare=lastYear&materialShare=0.5&materialAmount=40").Find(".report-notes").TextContent, StringComparison.Ordinal);
        Assert.Contains("MaterialShare must be a number", Report("profit-loss?from=2026-02-01&to=2026-02-28&compare=lastYear&materialShare=a").Markup, StringComparison.Ordinal);
        Assert.Contains("50 of 50: from Xero's trial balance only", page.FindAll(".mark").Select(mark => mark.GetAttribute("title")));
    }

    [Theory]
    [InlineData("from=2026-02-28&to=2026-02-01", "From must not be after to.")]
    [InlineData("from=2026-02-01&to=2027-02-01", "To must not be after today, 2026-03-20.")]
    [InlineData("from=yesterday", "From is no day; write it like 2026-10-31.")]
    [InlineData("interval=week", "Interval must be one of none, month, quarter, year.")]
    public void A_wrong_parameter_is_said_at_its_field_and_the_last_report_stays(string query, string words)
    {
        var page = Report("profit-loss?from=2026-02-01&to=2026-02-28");

        Address.NavigateTo($"/{_company.Id}/reports/profit-loss?{query}");
        page.Render();

        page.WaitForAssertion(() => Assert.Equal(words, page.Find(".field-error").TextContent));
        Assert.NotEmpty(page.FindAll("tr[data-key=netProfit]"));
        Assert.Contains("1 Feb – 28 Feb 2026", page.Find(".page-head").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Days_before_the_books_lead_to_the_first_that_there_are()
    {
        var page = Report("balance-sheet?date=2020-01-31");

        Assert.Contains("Books in XeroCfo begin 2024-12-31", page.Find(".field-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("No report for these days", page.Markup, StringComparison.Ordinal);
        Assert.EndsWith("/reports/balance-sheet?date=2024-12-31", page.Find(".empty .btn").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_opens_to_accounts_that_add_up_and_an_account_to_its_lines()
    {
        var page = Report("profit-loss?from=2026-02-01&to=2026-02-28&cell=netProfit~actual");
        page.WaitForAssertion(() => Assert.Contains("= the figure ✓", Words(page.Find(".drill-foot")), StringComparison.Ordinal));
        Assert.Contains("Wages", page.Find(".drill").TextContent, StringComparison.Ordinal);

        var wages = page.FindAll(".drill tbody a").Single(link => link.TextContent == "Wages").GetAttribute("href")!;
        var lines = Report(wages[(wages.IndexOf("/reports/", StringComparison.Ordinal) + 9)..]);

        lines.WaitForAssertion(() => Assert.Contains("From Xero's trial balance, February 2026", lines.Find(".drill .xero-line").TextContent, StringComparison.Ordinal));
        Assert.Contains("= the figure ✓", Words(lines.Find(".drill-foot")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_opens_to_why_it_is()
    {
        var page = Report("profit-loss?from=2026-02-01&to=2026-02-28&compare=lastYear&cell=income~variance");

        page.WaitForAssertion(() => Assert.Contains("= the difference ✓", Words(page.Find(".drill-foot")), StringComparison.Ordinal));
        page.FindAll(".drill .segments button")[1].Click();
        page.WaitForAssertion(() => Assert.Contains("Customer", page.Find(".drill tbody").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void An_executive_ends_at_accounts_and_a_person_without_payroll_at_payrolls()
    {
        SignIn(Roles.Executive);
        var executive = Report("profit-loss?from=2026-02-01&to=2026-02-28&cell=netProfit~actual");
        executive.WaitForAssertion(() => Assert.Contains("Your role (Executive) sees totals by account and no documents", executive.Find(".drill").TextContent, StringComparison.Ordinal));
        Assert.Empty(executive.FindAll(".drill tbody a"));
        Assert.DoesNotContain(executive.FindAll(".page-head .btn"), button => button.TextContent == "Save");

        SignIn(Roles.Standard);
        var standard = Report("profit-loss?from=2026-02-01&to=2026-02-28&cell=netProfit~actual");
        standard.WaitForAssertion(() => Assert.Contains("Payroll: an accountant or an admin sees the lines", standard.Find(".drill").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(standard.FindAll(".drill tbody a"), link => link.TextContent == "Wages");
    }

    [Fact]
    public async Task A_saved_report_stays_as_it_is_tells_what_moved_and_can_be_deleted()
    {
        var page = Report("profit-loss?from=2025-02-01&to=2026-02-28");
        var income = Words(page.Find("tr[data-key=income] td"));
        page.FindAll(".page-head form input")[0].Change("Board pack");
        await page.Find(".page-head form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Matches("/reports/[0-9a-f-]{36}$", Address.Uri));
        _small.Change();
        await _synced.SyncWellAsync();

        var id = Guid.Parse(Address.Uri[^36..]);
        var saved = Saved(id, $"/{_company.Id}/reports/{id}");
        Assert.Equal("Board pack", saved.Find("h1").TextContent);
        Assert.Equal(income, Words(saved.Find("tr[data-key=income] td")));
        Assert.Matches("Saved .*, as of .* · [0-9]+ figures moved since", saved.Find(".page-head .chip").TextContent);
        Assert.Contains("Sales", saved.Find("#moved tbody").TextContent, StringComparison.Ordinal);
        Assert.Contains("figures moved since", Home().Find("tbody tr").TextContent, StringComparison.Ordinal);

        var drilled = Saved(id, $"/{_company.Id}/reports/{id}?cell=income~actual");
        drilled.WaitForAssertion(() => Assert.Contains("The kept report has", drilled.Find(".drill").TextContent, StringComparison.Ordinal));

        await saved.FindAll("button").Single(button => button.TextContent == "I have reviewed this report").ClickAsync();
        saved.WaitForAssertion(() => Assert.StartsWith("Reviewed by Ana Ngata", Words(saved.Find("[aria-label='Reviewed by'] li")), StringComparison.Ordinal));
        await saved.FindAll("button").Single(button => button.TextContent == "Take the review back").ClickAsync();
        saved.WaitForAssertion(() => Assert.Contains("By nobody yet.", saved.Markup, StringComparison.Ordinal));
        await saved.FindAll(".page-head button").Single(button => button.TextContent == "Delete the report").ClickAsync();
        saved.WaitForAssertion(() => Assert.EndsWith("/reports", Address.Uri, StringComparison.Ordinal));
        Assert.Contains("None yet", Home().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Aged_receivables_open_to_a_contacts_documents()
    {
        var page = Report("aged-receivables?date=2026-02-28");
        var cell = page.Find("tr[data-key^='contact:'] td:last-child a").GetAttribute("data-cell")!;

        var opened = Report($"aged-receivables?date=2026-02-28&cell={Uri.EscapeDataString(cell)}");

        opened.WaitForAssertion(() => Assert.Contains("= the figure ✓", Words(opened.Find(".drill-foot")), StringComparison.Ordinal));
        Assert.All(opened.FindAll(".drill tbody a"), link => Assert.Contains("/transactions/", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.NotEmpty(opened.FindAll(".drill tbody a"));
    }

    [Fact]
    public void Every_kind_shows_itself_and_every_choice_goes_to_the_address()
    {
        foreach (var kind in ReportKinds.All)
        {
            Assert.Equal(kind.Title, Report(kind.Slug).Find("h1").TextContent);
        }

        var page = Report("balance-sheet?date=2026-02-28");
        page.FindAll(".report-bar select")[2].Change("lastYear");
        Assert.Contains("compare=lastYear", Address.Uri, StringComparison.Ordinal);
        page = Report("balance-sheet?date=2026-02-28");
        page.Find("[aria-keyshortcuts='[']").Click();
        Assert.Contains("date=2026-01-31", Address.Uri, StringComparison.Ordinal);
        page = Report("profit-loss?from=2026-02-01&to=2026-02-28");
        page.Find("[aria-keyshortcuts='%']").Click();
        Assert.Contains("percentOfIncome=true", Address.Uri, StringComparison.Ordinal);
        page = Report("profit-loss?from=2026-02-01&to=2026-02-28");
        page.FindAll(".chip-body label").Single(label => label.TextContent.Contains("EBITDA", StringComparison.Ordinal)).QuerySelector("input")!.Change(true);
        Assert.Contains("managementLines=true", Address.Uri, StringComparison.Ordinal);
        Assert.Contains("Look at the accounts' tags", Report("profit-loss?from=2026-02-01&to=2026-02-28&managementLines=true").Markup, StringComparison.Ordinal);
        page = Report("profit-loss?from=2026-02-01&to=2026-02-28&look=codes,cents,xeroOnly");
        Assert.StartsWith("200 ", page.Find("tbody tr:nth-child(2) th").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("of it from Xero's trial balance only", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Xeros_own_report_is_read_when_it_is_asked_for()
    {
        var page = Report("profit-loss?from=2026-02-01&to=2026-02-28");

        await page.FindAll(".checks-strip > button").Single().ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("✓Same as Xero's report", page.FindAll(".checks-strip summary").Select(chip => chip.TextContent)));
    }

    [Fact]
    public async Task A_note_on_a_row_keeps_its_figure_linked_and_is_its_authors_to_delete()
    {
        var page = Report("profit-loss?from=2026-02-01&to=2026-02-28");
        await page.Find(".page-head form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Matches("/reports/[0-9a-f-]{36}$", Address.Uri));
        var id = Guid.Parse(Address.Uri[^36..]);
        var saved = Saved(id, $"/{_company.Id}/reports/{id}?cell=income~actual");

        await saved.Find(".row-notes textarea").InputAsync("Sales were ");
        await saved.FindAll(".row-notes button").Single(button => button.TextContent == "Insert the opened figure").ClickAsync();
        await saved.Find(".row-notes form").SubmitAsync();

        saved.WaitForAssertion(() => Assert.Equal("Sales were 113.00", saved.Find(".row-notes .text").TextContent));
        Assert.Contains("cell=income~actual", Uri.UnescapeDataString(saved.Find(".row-notes .text a").GetAttribute("href")!), StringComparison.Ordinal);
        await saved.FindAll(".row-notes button").Single(button => button.TextContent == "Delete the note").ClickAsync();
        saved.WaitForAssertion(() => Assert.Empty(saved.FindAll(".row-notes .text")));
    }

    [Fact]
    public void It_shows_bones_while_the_books_are_read()
    {
        var waiting = new TaskCompletionSource();
        Books.Ledger.Gate = waiting.Task;
        Services.AddSingleton<ILedgerReader>(_ => Books.Ledger);

        Assert.NotEmpty(Open<ReportPage>($"/{_company.Id}/reports/profit-loss", _company.Id).FindAll(".bone-row"));
    }

    [Fact]
    public void Nobody_without_the_organisation_sees_anything()
    {
        Who.Caller = FakeCaller.Person(Roles.Accountant);

        Assert.Contains("There is nothing here that you may see", Report("profit-loss").Markup, StringComparison.Ordinal);
        Assert.Contains("There is nothing here that you may see", Saved(Guid.NewGuid(), $"/{_company.Id}/reports/{Guid.NewGuid()}").Markup, StringComparison.Ordinal);
        Assert.Contains("There is nothing here that you may see", Home().Markup, StringComparison.Ordinal);
    }

    private void Use<TPort>()
        where TPort : class => Services.AddSingleton(_ => _synced.Get<TPort>());

    private void SignIn(string role) => Who.Caller = FakeCaller.Person(role, _company);

    private static string Words(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IRenderedComponent<ReportPage> Report(string path) => Ready(Open<ReportPage>($"/{_company.Id}/reports/{path}", _company.Id));

    private IRenderedComponent<SavedReportPage> Saved(Guid id, string path) => Ready(Open<SavedReportPage>(path, _company.Id, ("Id", id)));

    private IRenderedComponent<ReportsPage> Home(string query = "") => Ready(Open<ReportsPage>($"/{_company.Id}/reports{query}", _company.Id));

    private static IRenderedComponent<TPage> Ready<TPage>(IRenderedComponent<TPage> page)
        where TPage : Web.Shared.TenantPage
    {
        page.WaitForState(() => page.Instance.Loaded || page.Instance.Refusal is not null, TimeSpan.FromSeconds(20));
        return page;
    }
}
