using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Shared;

namespace XeroCfo.Tests.Browser;

/// <summary>Every page there is, in the states that are looked at.</summary>
internal static partial class RoadPages
{
    public static async Task<(string Name, string Path)[]> AllAsync(IPage page, string org)
    {
        await RoadFixture.OpenAsync(page, $"{org}/contacts?search=Harbour");
        var contact = await page.Locator("table.grid tbody th a").First.GetAttributeAsync("href");
        await RoadFixture.OpenAsync(page, $"{org}/transactions?status=PAID");
        var transaction = await page.Locator("table.tx tbody td.c-text a").First.GetAttributeAsync("href");
        await RoadFixture.OpenAsync(page, $"{org}/accounts");
        var ledger = await page.Locator("main a[href*='/ledger/']").First.GetAttributeAsync("href");
        await RoadFixture.OpenAsync(page, $"{org}/categories");
        var category = await page.Locator("main th a.dotted").First.GetAttributeAsync("href");
        await RoadFixture.OpenAsync(page, $"{org}/reports/profit-loss");
        await page.Locator(".head-actions summary").GetByText("Save").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the report" }).ClickAsync();
        await RoadFixture.AtAsync(page, "/reports/[0-9a-f-]{36}$");
        var report = new Uri(page.Url).AbsolutePath;
        var (budget, layout) = await RoadPlans.MakeAsync(page, org);
        (string Name, string Path)[] pages =
        [
            ("reports", $"{org}/reports"), ("report-profit-loss", $"{org}/reports/profit-loss?compare=lastYear&percentOfIncome=true"), ("report-figure", $"{org}/reports/profit-loss?interval=month&cell=netProfit~total"), ("report-wrong", $"{org}/reports/profit-loss?from=1999-01-01"),
            ("report-balance-sheet", $"{org}/reports/balance-sheet?compare=previous:3"), ("report-cash-flow", $"{org}/reports/cash-flow?method=direct"), ("report-aged-receivables", $"{org}/reports/aged-receivables?by=document"), ("report-aged-payables", $"{org}/reports/aged-payables"), ("report-saved", report),
            ("overview", $"{org}/overview"), ("overview-figure", $"{org}/overview?explain=grossMargin"), ("overview-month", $"{org}/overview?period={LastMonthEnd:yyyy-MM}&compare=previous"), ("kpis", $"{org}/kpis"), ("kpis-new", $"{org}/kpis?new=true"), ("kpi", $"{org}/kpi?key=grossMargin"), ("transactions", $"{org}/transactions"), ("transactions-waiting", $"{org}/transactions?view=to-categorise"), ("transactions-unreconciled", $"{org}/transactions?view=unreconciled"), ("categories", $"{org}/categories"), ("transactions-none", $"{org}/transactions?search=no+such+thing"), ("transaction", transaction!),
            ("report-budget-variance", $"{org}/reports/budget-variance"), ("report-kpis", $"{org}/reports/kpi-dashboard"), ("report-custom-none", $"{org}/reports/custom"), ("layouts", $"{org}/reports/layouts"), ("layout-new", $"{org}/reports/layouts/new"), ("layout", layout), ("report-custom", $"{org}/reports/custom?layoutId={layout[(layout.LastIndexOf('/') + 1)..]}"),
            ("budgets", $"{org}/budgets"), ("budget", budget),
            ("trial-balance", $"{org}/trial-balance?date={LastMonthEnd:yyyy-MM-dd}"), ("trial-balance-before", $"{org}/trial-balance?date=1999-12-31"), ("accounts", $"{org}/accounts"), ("ledger", ledger!),
            ("tie-out", $"{org}/tie-out"), ("tie-out-account", $"{org}/tie-out?account={ledger![(ledger!.LastIndexOf('/') + 1)..].Split('?')[0]}"), ("currencies", $"{org}/currencies"), ("tracking", $"{org}/tracking"), ("sync", $"{org}/sync"), ("connections", "/connections"), ("connections-steps", "/connections/steps"), ("people", "/users"), ("profile", "/account/profile"), ("profile-password", "/account/profile/password"), ("profile-second-factor", "/account/profile/second-factor"), ("profile-passkeys", "/account/profile/passkeys"),
            ("receivables", $"{org}/receivables"), ("reminder-texts", $"{org}/receivables/reminders"), ("customer", contact!.Replace("/contacts/", "/receivables/", StringComparison.Ordinal)), ("payables", $"{org}/payables"), ("schedule-new", $"{org}/reports?schedule=profit-loss"),
            ("webhooks", $"{org}/webhooks"), ("backups", "/backups"), ("api-keys", "/api-keys"), ("audit", "/audit"), ("audit-none", "/audit?action=no.such"), ("not-found", "/nowhere"),
            ("contacts", $"{org}/contacts"), ("contact", contact!), ("categories", $"{org}/categories"),
            ("category", category!), ("rules", $"{org}/rules"), ("rules-suggested", $"{org}/rules?view=suggested"), ("rules-runs", $"{org}/rules?view=runs"), ("transactions-suggested", $"{org}/transactions?view=suggested"),
        ];

        // A page that comes later is looked at too, or this says that it is not.
        var seen = pages.Select(page => Shape(page.Path)).ToHashSet(StringComparer.Ordinal);
        var templates = typeof(TenantPage).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TenantPage)))
            .SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => Shape(RouteParameter().Replace(route.Template, Guid.Empty.ToString())));
        Assert.Empty(templates.Except(seen));
        return pages;

        static string Shape(string path) => SomeId().Replace(path.Split('?')[0], "*");
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex RouteParameter();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex SomeId();

    private static DateOnly LastMonthEnd
    {
        get
        {
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            return today.AddDays(-today.Day);
        }
    }
}
