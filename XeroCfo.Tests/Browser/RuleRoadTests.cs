using Microsoft.Playwright;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Browser;

/// <summary>Rules and suggestions in a real browser.</summary>
public sealed class RuleRoadTests(RoadFixture road) : IClassFixture<RoadFixture>
{
    [BrowserFact]
    public async Task A_rule_is_made_over_the_row_it_comes_from_and_the_focus_goes_back_to_it()
    {
        await road.SyncedAsync();
        var page = await road.NewCfoAsync();
        await page.Locator(".drawer > a").GetByText("Transactions").ClickAsync();
        await RoadFixture.AtAsync(page, "/transactions$");
        await RoadFixture.ReadyAsync(page);
        await page.Locator(".tabs a").GetByText("To categorise").ClickAsync();
        await RoadFixture.AtAsync(page, "view=to-categorise$");
        await RoadFixture.ReadyAsync(page);
        await Assertions.Expect(page.Locator(".category.suggested").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".busy")).ToHaveCountAsync(0);
        await Looks.CheckAsync(page, "suggested-rows", road);

        var row = page.Locator("tr[data-id]").Filter(new() { HasText = "FUELCO" }).First;
        await row.FocusAsync();
        await page.Keyboard.PressAsync("r");
        await Assertions.Expect(page.Locator("#rule-pattern")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#rule-pattern")).ToHaveValueAsync("FUELCO");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a group" }).ClickAsync();
        await page.GetByLabel("Condition 1.1: to").FillAsync("500");
        await Assertions.Expect(page.Locator("dialog .pane-list")).ToContainTextAsync("→ Vehicles");
        await Looks.CheckAsync(page, "rule-dialog", road);

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await Assertions.Expect(row).ToBeFocusedAsync();
        Assert.True(road.Complaints.Count == 0, string.Join('\n', road.Complaints));
        await page.Context.CloseAsync();
    }
}
