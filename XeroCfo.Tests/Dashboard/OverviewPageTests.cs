using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Custom;
using XeroCfo.Domain.Kpis.Targets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Drill;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Dashboard;
using XeroCfo.Web.Kpis;
using XeroCfo.Web.Shared;

namespace XeroCfo.Tests.Dashboard;

/// <summary>The overview and the pages of KPIs over a small organisation's real books; today is 20 March 2026, inside a month.</summary>
public sealed class OverviewPageTests : PageTest, IAsyncLifetime
{
    private readonly SmallBooks _small = new();
    private SyncedBooks _synced = default!;
    private XeroTenant _company = default!;

    public OverviewPageTests()
    {
        Use<ITenantRepository>();
        Use<ILedgerReader>();
        Use<IMovementReader>();
        Use<ICashFlowReader>();
        Use<IOpenItemReader>();
        Use<ITrackingReader>();
        Use<IReportRepository>();
        Use<IDrillReader>();
        Use<IContactReader>();
        Use<IKpiReader>();
        Use<IBudgetReader>();
        Use<ICustomKpiBook>();
        Use<IKpiTargetBook>();
        Use<ITieOutBook>();
        Use<ITransactionReader>();
        Use<ITransactionFigures>();
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
    public void It_shows_the_eight_figures_and_every_card_with_like_beside_like()
    {
        var page = Overview("");

        Assert.Equal(["Cash", "Income", "Gross margin", "Net profit", "Owed to us", "We owe", "Debtor days", "Tax due next"], page.FindAll(".tile .label > span:first-child").Select(label => label.TextContent));
        Assert.Equal(["Cash line", "What changed", "Income and profit", "Profit walk", "Who owes most", "Top customers, 12 months", "Needs doing"], page.FindAll("section.card").Select(card => card.GetAttribute("aria-label")));
        var words = Words(page);
        Assert.Contains("Month in progress: payroll and depreciation of March are not in yet, and beside it stand the same days, 1 Mar – 20 Mar 2025.", words, StringComparison.Ordinal);
        Assert.Contains("per Xero's books, not the bank", words, StringComparison.Ordinal);
        Assert.Contains("Mar 2026, to 20 Mar", words, StringComparison.Ordinal);
        Assert.Contains("Ties to Xero", page.Find(".page-head a.chip").TextContent, StringComparison.Ordinal);
        Assert.Equal(3, page.FindAll(".chart[role=img]").Count);
        Assert.All(page.FindAll(".chart"), chart => Assert.NotNull(chart.NextElementSibling?.QuerySelector("table")));
    }

    [Fact]
    public async Task It_stands_beside_a_budget_where_there_is_one()
    {
        Assert.DoesNotContain(Overview("").FindAll("select option"), option => option.TextContent.StartsWith("Budget", StringComparison.Ordinal));
        Assert.Contains("There is no budget of the whole organisation yet.", Words(Overview("?compare=budget")), StringComparison.Ordinal);
        await using (var db = _synced.Open())
        {
            var budget = new Budget { TenantId = _company.Id, Name = "Plan", Source = BudgetSources.Own };
            var sales = await db.Accounts.Where(account => account.Code == "200").Select(account => account.AccountId).FirstAsync();
            db.AddRange(budget, new BudgetLine { TenantId = _company.Id, BudgetId = budget.Id, AccountId = sales, Month = new DateOnly(2026, 2, 1), Amount = 50_000 });
            await db.SaveChangesAsync();
        }

        var page = Overview("?period=2026-02&compare=budget");

        Assert.Equal("Budget", page.Find("option[selected]").TextContent);
        Assert.Contains("v budget", page.FindAll("a.tile").Single(tile => tile.TextContent.Contains("Income", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        Assert.Contains("not budgeted", page.FindAll("a.tile").Single(tile => tile.TextContent.Contains("Cash", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        Assert.Contains("Feb 2026 beside the budget Plan.", Words(page), StringComparison.Ordinal);
        Assert.Contains("50,000", page.Find("section[aria-label='Profit walk'] tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("tick budget", Words(page.Find("section[aria-label='Income and profit']")), StringComparison.Ordinal);
        Assert.StartsWith("Beside the budget Plan", Overview("?period=2026-02&compare=budget&explain=netProfit").WaitForElement("[role=dialog] a[href*='budget-variance?']", TimeSpan.FromSeconds(30)).TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("Nothing is planned for these days.", Words(Overview("?period=2026-01&compare=budget")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_figure_is_opened_down_to_the_document_in_three_clicks()
    {
        var page = Overview("?period=2026-02");
        var tile = page.FindAll("a.tile").Single(tile => tile.TextContent.Contains("Net profit", StringComparison.Ordinal)).GetAttribute("href")!;

        page = Overview(tile[tile.IndexOf('?', StringComparison.Ordinal)..]);
        var panel = page.Find("[role=dialog]");
        Assert.Contains("Formula", panel.TextContent, StringComparison.Ordinal);
        Assert.Contains("= the figure ✓", Words(panel), StringComparison.Ordinal);
        var account = panel.QuerySelectorAll("table a").First(link => link.TextContent.Contains("Sales", StringComparison.Ordinal)).GetAttribute("href")!;

        page = Overview(account[account.IndexOf('?', StringComparison.Ordinal)..]);
        var document = page.Find("[role=dialog] table tbody a").GetAttribute("href")!;
        await using var db = _synced.Open();
        var invoice = await db.Transactions.AsNoTracking().FirstAsync(row => row.XeroId == _small.Invoices[13]);
        Assert.Equal($"/{_company.Id:D}/transactions/{invoice.Id:D}", document);
        Assert.Contains("= the figure ✓", Words(page.Find("[role=dialog]")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_of_the_line_of_cash_opens_what_moved_on_it()
    {
        var page = Overview("?explain=day:2026-02-15");

        Assert.Contains("Cash on 15 Feb 2026", page.Find("[role=dialog] .crumbs").TextContent, StringComparison.Ordinal);
        Assert.Contains("Shop", page.Find("[role=dialog] table").TextContent, StringComparison.Ordinal);
        Assert.Contains("= the figure ✓", Words(page.Find("[role=dialog]")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_executive_sees_names_and_totals_and_is_told_where_it_ends()
    {
        SignIn(Roles.Executive);

        var page = Overview("?period=2026-02&explain=netProfit");

        Assert.Equal(8, page.FindAll("a.tile").Count);
        Assert.Contains("Customer 1", page.Find("[aria-label='Who owes most']").TextContent, StringComparison.Ordinal);
        Assert.Contains("Your role (Executive) does not see documents", Words(page.Find("[aria-label='Needs doing']")), StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[role=dialog] table a"));
        Assert.Contains("Your role (Executive) sees totals by account", Words(page.Find("[role=dialog]")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_of_an_account_that_has_nothing_now_opens_what_stood_there_before()
    {
        var step = Overview("").FindAll("[aria-label='Profit walk'] tbody a").Single(link => link.TextContent == "Sales").GetAttribute("href")!;

        var panel = Overview(step[step.IndexOf('?', StringComparison.Ordinal)..]).Find("[role=dialog]");

        Assert.Contains("Nothing stands on Sales in 1 Mar – 20 Mar 2026. Before, in 1 Mar – 20 Mar 2025, it was 102.00:", Words(panel), StringComparison.Ordinal);
        Assert.Contains("Customer 2", panel.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("= the figure ✓", Words(panel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Executive, "?period=2026-02", "200", "Sales, 113.00, does not open. Your role (Executive) sees totals by account and no documents.")]
    [InlineData(Roles.ReadOnly, "?period=2026-02", "477", "Wages, 50.00, does not open. Payroll: an accountant or an admin sees the lines.")]
    [InlineData(Roles.Executive, "?", "200", "Nothing stands on Sales in 1 Mar – 20 Mar 2026. Before, in 1 Mar – 20 Mar 2025, it was 102.00. Your role (Executive)")]
    public void A_step_that_is_closed_to_the_reader_shows_the_accounts_and_says_why(string role, string days, string code, string words)
    {
        SignIn(role);

        var panel = Overview($"{days}&explain=netProfit&account={_small.Books.IdOf(code):D}").Find("[role=dialog]");

        Assert.Contains(words, Words(panel), StringComparison.Ordinal);
        Assert.Contains("Formula", panel.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("no such part", panel.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Days_that_are_none_are_told_in_words()
    {
        Assert.Contains("Books", Words(Overview("?period=2019-01")), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("A month (2026-11)", Words(Overview("?period=nonsense")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_foreign_organisation_is_not_found()
    {
        var page = Open<OverviewPage>($"/{Guid.NewGuid()}/overview", Guid.NewGuid());

        Assert.Empty(page.FindAll(".tile"));
    }

    [Fact]
    public async Task What_a_person_arranges_stays_theirs()
    {
        var page = Overview("");
        await page.FindAll("button").First(button => button.TextContent == "Arrange").ClickAsync(new());
        await page.Find("[aria-label='Move Income earlier']").ClickAsync(new());
        await page.Find("[aria-label='Remove Profit walk']").ClickAsync(new());
        Assert.Contains("Profit walk removed", page.Find("[role=status].visually-hidden").TextContent, StringComparison.Ordinal);
        await page.FindAll("button").First(button => button.TextContent == "Done").ClickAsync(new());

        var again = Overview("");

        Assert.Equal("Income", again.Find(".tile .label > span").TextContent);
        Assert.Empty(again.FindAll("[aria-label='Profit walk']"));
        Assert.Single(Books.Views.Views);
    }

    [Fact]
    public async Task Kpis_are_listed_with_their_reasons_and_an_own_one_is_refused_at_its_position()
    {
        var page = Ready(Open<KpisPage>($"/{_company.Id}/kpis?new=true", _company.Id));
        Assert.Equal(40, page.FindAll(".kpi-table tbody tr").Count);
        Assert.Contains("Total income", page.Markup, StringComparison.Ordinal);

        page.Find(".kpi-form input").Change("Half of income");
        page.Find(".kpi-form textarea").Input("group(income) / (2");
        await page.Find(".kpi-form").SubmitAsync();
        Assert.Contains("At position 17: this ( has no ) after it.", page.Find(".kpi-form [role=status], .kpi-form [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.EndsWith(new string(' ', 16) + "^", page.Find(".formula-at").TextContent, StringComparison.Ordinal);

        page.Find(".kpi-form textarea").Input("group(income) / 2");
        await page.Find(".kpi-form").SubmitAsync();
        Assert.EndsWith("/kpi?key=halfOfIncome", Address.Uri, StringComparison.Ordinal);
        Assert.Equal("group(income) / 2", Assert.Single(await _synced.Get<ICustomKpiBook>().AllAsync(_synced.Tenant, default)).Formula);
    }

    [Fact]
    public void A_kpi_of_a_quarter_opens_as_that_quarters_and_leads_back_to_it()
    {
        var row = Ready(Open<KpisPage>($"/{_company.Id}/kpis?date=2026-02-28&period=quarter", _company.Id)).FindAll(".kpi-table tbody tr").Single(line => line.QuerySelector("a")!.GetAttribute("href")!.Contains("key=income&", StringComparison.Ordinal));

        var page = Ready(Open<KpiPage>(row.QuerySelector("a")!.GetAttribute("href")!, _company.Id));

        var made = page.Find("[aria-label='What makes it']");
        Assert.Contains("Quarter, 1 Jan – 28 Feb 2026", Words(made), StringComparison.Ordinal);
        Assert.StartsWith($"NZD {Words(row.QuerySelectorAll("td")[0])}", Words(made.QuerySelector(".figure-line")!), StringComparison.Ordinal);
        Assert.Contains("Quarter, 1 Jan – 28 Feb 2026", Words(page.Find("[aria-label='Why it moved']")), StringComparison.Ordinal);
        Assert.EndsWith("/kpis?date=2026-02-28&period=quarter", page.Find("nav[aria-label=Back] a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("Month, 1 Mar – 20 Mar 2026", Words(Kpi("income").Find("[aria-label='What makes it']")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?period=2026-Q3", "&date=2025-12-31&period=quarter")]
    [InlineData("?period=ytd", "&date=2026-03-20&period=year")]
    [InlineData("?period=2026-02-03..2026-02-20", "&date=2026-02-20")]
    public void The_overview_leads_to_a_kpi_of_its_own_days(string days, string ends) =>
        Assert.EndsWith(ends, Overview($"{days}&explain=income").FindAll("[role=dialog] a").Single(link => link.TextContent.EndsWith("month by month", StringComparison.Ordinal)).GetAttribute("href"), StringComparison.Ordinal);

    [Fact]
    public async Task A_kpi_has_its_months_what_makes_it_why_it_moved_and_a_target()
    {
        var page = Kpi("grossMargin");
        Assert.Contains("gross profit / total income", page.Markup, StringComparison.Ordinal);
        Assert.NotNull(page.Find("[aria-label='Why it moved']"));

        var fields = page.FindAll("[aria-label='Target and alert'] input");
        fields[0].Change("60");
        page.FindAll("[aria-label='Target and alert'] input")[1].Change("55.5");
        await page.Find("[aria-label='Target and alert'] form").SubmitAsync();

        var kept = (await _synced.Get<IKpiTargetBook>().FindAsync(_synced.Tenant, "grossMargin", default))!;
        Assert.Equal((0.6m, 0.555m), (kept.Target, kept.AlertLevel));
        Assert.Contains("it has no target", Kpi("workingCapital").Find("[aria-label='Target and alert']").TextContent, StringComparison.Ordinal);
        Assert.Contains("There is nothing here", Words(Kpi("nothing")), StringComparison.Ordinal);
    }

    private IRenderedComponent<OverviewPage> Overview(string query) => Ready(Open<OverviewPage>($"/{_company.Id}/overview{query}", _company.Id), query.Contains("explain=", StringComparison.Ordinal));

    private IRenderedComponent<KpiPage> Kpi(string key) => Ready(Open<KpiPage>($"/{_company.Id}/kpi?key={key}", _company.Id));

    private static IRenderedComponent<TPage> Ready<TPage>(IRenderedComponent<TPage> page, bool explains = false)
        where TPage : TenantPage
    {
        page.WaitForState(() => page.Instance.Refusal is not null || (page.Instance.Loaded && !page.Instance.Busy && page.FindAll("[role=dialog] .later").Count == 0 && (!explains || page.FindAll("[role=dialog]").Count > 0)), TimeSpan.FromSeconds(30));

        // Parts of it are read beside each other: what is loaded has been drawn once the renderer is free again.
        page.InvokeAsync(() => { }).GetAwaiter().GetResult();
        return page;
    }

    private static string Words(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page) => string.Join(' ', page.Nodes.Select(node => node.TextContent)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is var parts ? string.Join(' ', parts) : "";

    private static string Words(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private void Use<TPort>()
        where TPort : class => Services.AddSingleton(_ => _synced.Get<TPort>());

    private void SignIn(string role) => Who.Caller = FakeCaller.Person(role, _company);
}
