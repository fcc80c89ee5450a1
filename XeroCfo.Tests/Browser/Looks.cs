using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Browser;

/// <summary>How a page looks: to somebody with a screen reader, in light and dark, and on a phone.</summary>
internal static class Looks
{
    private const int PhoneWidth = 390;

    /// <summary>Notes what is wrong with the page as it stands; leaves pictures where somebody wants to see them.</summary>
    public static async Task CheckAsync(IPage page, string name, RoadFixture road)
    {
        var found = await page.RunAxe();
        road.Complaints.AddRange(found.Violations.Select(violation =>
            $"{name}: {violation.Id} ({violation.Help}) at {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"));
        await PictureAsync(page, $"{name}-light");

        // The theme changes colours and nothing else.
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        var pale = await page.EvaluateAsync<string[]>("async () => (await axe.run({ runOnly: ['color-contrast'] })).violations.flatMap(violation => violation.nodes.map(node => node.html))");
        road.Complaints.AddRange(pale.Select(node => $"{name}, dark: too little contrast at {node}"));
        await PictureAsync(page, $"{name}-dark");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(PhoneWidth, 844);
        if (await WidthAsync(page) is > PhoneWidth and var width)
        {
            road.Complaints.Add($"{name} is {width} pixels wide on a phone of {PhoneWidth}");
        }

        await PictureAsync(page, $"{name}-phone");
        await page.SetViewportSizeAsync(1440, 900);
    }

    // A chart is drawn anew some frames after its box has changed.
    private static async Task<int> WidthAsync(IPage page)
    {
        try
        {
            await page.WaitForFunctionAsync("width => document.documentElement.scrollWidth <= width", PhoneWidth, new PageWaitForFunctionOptions { Timeout = 10_000 });
        }
        catch (TimeoutException)
        {
        }

        return await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Needs.Pictures is { } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
        }
    }
}
