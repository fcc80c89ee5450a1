using Microsoft.Playwright;

namespace XeroCfo.Tests.Browser;

/// <summary>What the road needs of budgets and layouts: one of each to look at.</summary>
internal static class RoadPlans
{
    /// <summary>Addresses of an own budget and of a layout that were just made.</summary>
    public static async Task<(string Budget, string Layout)> MakeAsync(IPage page, string org)
    {
        await RoadFixture.OpenAsync(page, $"{org}/budgets");
        await page.GetByRole(AriaRole.Button, new() { Name = "New budget" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await RoadFixture.AtAsync(page, "/budgets/[0-9a-f-]{36}$");
        var budget = new Uri(page.Url).AbsolutePath;
        await RoadFixture.OpenAsync(page, $"{org}/reports/layouts/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync($"Board {Guid.NewGuid():N}"[..20]);
        await page.GetByLabel("Name", new() { Exact = true }).PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await RoadFixture.AtAsync(page, "/layouts/[0-9a-f-]{36}$");
        return (budget, new Uri(page.Url).AbsolutePath);
    }
}
