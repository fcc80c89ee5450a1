using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger.Tracking;

namespace XeroCfo.Tests.Ledger;

public sealed class TrackingPageTests : PageTest
{
    private readonly TrackingOption _online = new() { OptionId = Guid.NewGuid(), CategoryName = "Channel", Name = "Online" };
    private readonly TrackingOption _shop = new() { OptionId = Guid.NewGuid(), CategoryName = "Channel", Name = "Shop", Status = "ARCHIVED" };

    private IRenderedComponent<TrackingPage> Page(string query = "?from=2026-10&to=2026-10") => Open<TrackingPage>($"/{Org}/tracking{query}");

    [Fact]
    public void Options_unassigned_and_not_in_tracking_add_up_in_every_row_and_sum()
    {
        Tracked();

        var page = Page();

        Assert.Equal(["Account", "Online", "Shop Archived", "Unassigned", "Not in tracking", "Total"], page.FindAll("thead th").Select(head => head.TextContent));
        foreach (var row in page.FindAll("tbody tr:not(.section)"))
        {
            var amounts = row.QuerySelectorAll(".money").Select(money => decimal.Parse(money.GetAttribute("data-n")!, System.Globalization.CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(amounts[^1], amounts[..^1].Sum());
        }

        Assert.Equal(["Total income", "Total expenses"], page.FindAll("tr.subtotal th").Select(head => head.TextContent));
        Assert.Equal("Net profit", page.Find("tr.total th").TextContent);
        Assert.Equal("1,000.00", page.FindAll("tbody tr").First(row => row.TextContent.Contains("Wholesale sales", StringComparison.Ordinal)).QuerySelectorAll("td")[0].TextContent.Trim());
    }

    [Fact]
    public void Payroll_from_the_trial_balance_stands_outside_tracking()
    {
        Tracked();

        Assert.Equal("84,500.00", Page().FindAll("tbody tr").First(row => row.TextContent.StartsWith("Wages", StringComparison.Ordinal)).QuerySelectorAll("td")[3].TextContent.Trim());
    }

    [Fact]
    public void Months_in_which_nothing_moved_are_said_to_be_empty()
    {
        Tracked();

        Assert.Contains("Nothing moved from Jan 2025 to Feb 2025", Page("?from=2025-01&to=2025-02").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_categories_nothing_is_tracked()
    {
        Assert.Contains("Nothing is tracked", Page().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Months_the_wrong_way_round_are_refused_in_words()
    {
        Assert.Contains("The first month lies after the last one.", Page("?from=2026-10&to=2026-09").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_executive_is_refused_in_words()
    {
        SignInAs(Roles.Executive);

        Assert.Contains("Your role (Executive)", Page().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void It_shows_bones_while_it_loads()
    {
        Books.Ledger.Gate = new TaskCompletionSource().Task;

        Assert.NotEmpty(Page().FindAll(".bone-row"));
    }

    private void Tracked()
    {
        Books.Tracking.Categories.Add(new TrackingCategory(Guid.NewGuid(), "Channel", [_online, _shop]));
        Books.Tracking.Balances.Add(new TrackingBalance { AccountId = Books.Account("200").AccountId, Month = new DateOnly(2026, 10, 1), Option1 = _online.OptionId, Movement = -1000m });
    }
}
