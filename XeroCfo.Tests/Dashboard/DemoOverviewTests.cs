using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Overviews;
using XeroCfo.Domain.Payables;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Dashboard;

/// <summary>What the demo company's stories look like on the overview, with their amounts.</summary>
public sealed class DemoOverviewTests : IAsyncLifetime
{
    private static readonly DateOnly Anchor = new(2026, 11, 20);

    private SyncedBooks _books = default!;
    private Overview _now = default!;
    private Overview _october = default!;

    public async Task InitializeAsync()
    {
        _books = await SyncedBooks.OfDemoAsync(Anchor, new FixedClock(new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero)));
        await _books.SyncWellAsync(full: true);
        _now = await OverviewAsync(Caller.Command, null, null);
        _october = await OverviewAsync(Caller.Command, "2026-10", null);
    }

    public async Task DisposeAsync() => await _books.DisposeAsync();

    [Fact]
    public async Task Every_story_of_figures_is_told_with_its_amount()
    {
        // The customer that pays ever later.
        var harbour = _now.Owing[0];
        Assert.StartsWith("Harbour Street", harbour.Name, StringComparison.Ordinal);
        Near(129_600m, harbour.Owed);
        Near(61_400m, harbour.Overdue);
        Assert.Equal((39m, 3m), (Math.Round(harbour.DaysLate!.Value), Math.Round(harbour.DaysLateYearAgo!.Value)));
        Assert.Contains(_now.Changes, fact => fact is { Kind: ChangeKind.PaysLater } && fact.ContactId == harbour.ContactId && fact.Effect == -harbour.Overdue);
        Near(73_000m, _now.Tile("receivables").Beside!.Value);

        // The price rise.
        Assert.Equal((0.562m, 0.607m), (Math.Round(_october.Tile("grossMargin").Value.Value!.Value, 3), Math.Round(_october.Tile("grossMargin").Before.Value!.Value, 3)));
        var margin = Assert.Single(_october.Changes, fact => fact.Kind == ChangeKind.Margin);
        Assert.Equal(("Green beans", new DateOnly(2026, 6, 1)), (margin.Cause, margin.Since));
        Assert.InRange(margin.PerMonth!.Value, 12_500m, 16_500m);
        Near(347_700m, _october.Tile("income").Value.Value!.Value);

        // The rising star, and the café that left.
        var northbound = Assert.Single(_now.Customers.Risen, customer => customer.Name.StartsWith("Northbound", StringComparison.Ordinal));
        Assert.Equal(0, northbound.Before);
        Assert.InRange(northbound.Now, 22_000m, 22_700m);
        var lantern = Assert.Single(_now.Customers.Stopped, customer => customer.Name.StartsWith("Lantern", StringComparison.Ordinal));
        Assert.InRange(lantern.Before, 5_000m, 5_400m);
        Assert.Equal(new Month(2026, 6), Month.Of(lantern.LastInvoice!.Value));

        // Tax ahead, and the last of the roaster.
        Assert.Equal(new DateOnly(2027, 1, 15), _now.Tile("taxDue").Day);
        Assert.Contains(_now.Cash.Markers, mark => mark is { IsTax: true } && mark.Date == new DateOnly(2027, 1, 15) && -mark.Amount == _now.Tile("taxDue").Value.Value);
        Assert.Contains(_now.Cash.Markers, mark => mark.Date == Anchor.AddDays(24) && -mark.Amount is > 81_000m and < 86_000m);

        // The customer that failed, and the odd one out.
        Assert.StartsWith("Bean There", _now.Longest!.Name, StringComparison.Ordinal);
        Assert.Equal(4_312.50m, _now.Longest.Amount);
        Assert.True(_now.Longest.Days > 130);
        Assert.Contains(_now.Cash.Markers, mark => mark.IsNew && mark.Name.StartsWith("Pinnacle", StringComparison.Ordinal) && mark.Date == Anchor.AddDays(14) && -mark.Amount is >= 18_400m and <= 21_160m);

        await FiguresHoldAsync();
        await ChasingAndPayingAsync();
        await BesideTheBudgetAsync();
    }

    // Beside a budget stand the same figures as in the variance report; balances are not planned.
    private async Task BesideTheBudgetAsync()
    {
        var beside = await OverviewAsync(Caller.Command, "2026-10", "budget");
        var days = beside.Days.Now;
        var asked = new ReportParameters { From = days.First, To = days.Last, Compare = $"budget:{beside.Budget!.Id:D}" };
        var variance = (await _books.Get<ReportService>().RunAsync(Caller.Command, _books.Tenant, ReportTypes.BudgetVariance, asked, default)).Value;
        var place = variance.Columns.Select((column, index) => (column.Key, index)).Single(column => column.Key == "budget").index;
        decimal Planned(string row) => variance.Rows.Single(one => one.Key == row).Values[place].Number!.Value;

        Assert.Equal((Planned("income"), Planned("netProfit")), (beside.Tile("income").Before.Value!.Value, beside.Tile("netProfit").Before.Value!.Value));
        Assert.Equal(Math.Round(Planned("grossProfit") / Planned("income"), 4, MidpointRounding.AwayFromZero), Math.Round(beside.Tile("grossMargin").Before.Value!.Value, 4, MidpointRounding.AwayFromZero));
        Assert.Equal((Planned("netProfit"), _october.Walk!.End), (beside.Walk!.Start, beside.Walk.End));
        Assert.Equal(beside.Walk.End, beside.Walk.Start + beside.Walk.Total);
        Assert.Equal("not budgeted", beside.Tile("cash").Before.Reason);
        Assert.Equal(_october.Tile("cash").Value, beside.Tile("cash").Value);
        Assert.Equal(Planned("income"), Assert.Single(_now.Months, month => month.Month == new Month(2026, 10)).IncomePlanned);
        Assert.Contains(beside.Changes, fact => fact.Kind == ChangeKind.Margin && fact.Effect < 0);

        // A month in progress is not made to look good by pay that is still to come.
        var open = await OverviewAsync(Caller.Command, null, "budget");
        Assert.Contains(_october.Walk.Steps.Concat(beside.Walk.Steps), step => step.Label == "Wages");
        Assert.DoesNotContain(open.Walk!.Steps, step => step.Label is "Wages" or "Depreciation" or "KiwiSaver employer");
        Assert.DoesNotContain(open.Changes, fact => fact.Name == "Wages");
        Assert.Equal(open.Walk.End, open.Walk.Start + open.Walk.Total);
        Assert.Equal(open.Tile("netProfit").Before.Value, open.Walk.Start);
        Assert.Equal(open.Tile("income").Before.Value, open.Months[^1].IncomePlanned);

        // Any days, also those that cut months far back.
        foreach (var period in new[] { "2024-09", "2024-10", "2027-Q2", "2027-Q3", "ytd", "2026-08-10..2026-10-17", "2025-01-05..2026-11-20", "2024-09-10..2024-11-03" })
        {
            var any = await OverviewAsync(Caller.Command, period, "budget");
            Assert.Equal((period, any.Walk?.End), (period, any.Walk?.Start + any.Walk?.Total));
        }

        var unknown = await _books.Get<OverviewService>().GetAsync(Caller.Command, _books.Tenant, "2026-10", $"budget:{Guid.NewGuid():D}", default);
        Assert.Equal("compare", unknown.Problem?.Field);
    }

    // Paid twice each month, entered twice, the bill that did not come; and who is chased first. Found from documents alone.
    private async Task ChasingAndPayingAsync()
    {
        var found = (await _books.Get<PayablesService>().FindingsAsync(Caller.Command, _books.Tenant, null, default)).Value;
        var packaging = found.LookAlikes[0];
        Assert.Equal(("Southern Packaging", 7_475m, true), (packaging.Documents[0].ContactName[..18], packaging.AtStake, packaging.IsUnpaid));
        Assert.Equal(["SP-20418", "SP20418"], packaging.Documents.Select(document => document.Number));
        var brightdesk = found.LookAlikes.Where(alike => alike.Documents[0].ContactName.StartsWith("Brightdesk", StringComparison.Ordinal)).ToList();
        Assert.Equal([new Month(2026, 11), new Month(2026, 10), new Month(2026, 9)], brightdesk.Select(alike => Month.Of(alike.Documents[0].Date)));
        Assert.All(brightdesk, alike => Assert.Equal((2, 332.35m, false), (alike.Documents.Count, alike.AtStake, alike.IsUnpaid)));
        Assert.All(found.LookAlikes.Skip(1), alike => Assert.DoesNotContain(alike.Documents, document => document.IsBill));
        var missing = Assert.Single(found.Missing);
        Assert.Equal((true, new Month(2026, 10), 9), (missing.Name.StartsWith("Kahu Power", StringComparison.Ordinal), missing.Month, missing.UsualDay));
        Assert.InRange(missing.UsualAmount, 2_050m, 3_100m);
        Assert.Equal((1, found.LookAlikes.Sum(alike => alike.Documents.Count), 0), (_now.Waiting!.MissingBills, _now.Waiting.LookAlikes, _now.Waiting.MissedPromises));

        var payables = (await _books.Get<PayablesService>().GetAsync(Caller.Command, _books.Tenant, default)).Value;
        Assert.Equal(_now.Tile("cash").Value.Value, payables.Bank);
        Assert.Equal(_now.Tile("payables").Value.Value!.Value, payables.Bills.Sum(bill => bill.Amount) - payables.Credit, 0);

        var chased = (await _books.Get<ReceivablesService>().ListAsync(Caller.Command, _books.Tenant, new ReceivablesFilter(), PagePlace.First, 10, default)).Value;
        Assert.Equal(_now.Owing[0].ContactId, chased.Page.Items[0].ContactId);
        Assert.Equal((_now.Owing[0].Owed, _now.Owing[0].Overdue, _now.Owing[0].DaysLate), (chased.Page.Items[0].Owed, chased.Page.Items[0].Overdue, chased.Page.Items[0].DaysLate));
        Assert.Equal(chased.Book.Tie!.OpenDocuments, chased.Book.Owed);
    }

    // Cash, debtor days and what waits are as the company was made.
    private async Task FiguresHoldAsync()
    {
        Near(132_000m, _now.Tile("cash").Value.Value!.Value);
        Near(186_000m, _october.Tile("cash").Value.Value!.Value);
        Near(540_000m, _now.Tile("receivables").Value.Value!.Value);
        Near(420_000m, _now.Tile("payables").Value.Value!.Value);
        Assert.Equal(9, _now.Waiting!.Drafts.Count);
        Assert.True(_now.Days.IsOpen);
        Assert.Equal(new Days(new DateOnly(2025, 11, 1), new DateOnly(2025, 11, 20)), _now.Days.Before);
        Assert.Equal("Nov 2026, to 20 Nov", _now.Days.Words);
        Assert.Equal(_october.Walk!.End, _october.Walk.Start + _october.Walk.Steps.Sum(step => step.Effect));
        Assert.Contains(_october.Walk.Steps, step => step.Label == "Green beans" && step.Effect < -10_000m);
        Assert.Equal(13, _now.Months.Count);

        // Names and totals for an executive, no documents.
        var organisation = await _books.OrganisationAsync();
        var executive = FakeCaller.Person(Roles.Executive, organisation);
        var seen = await OverviewAsync(executive, null, null);
        Assert.Null(seen.Waiting);
        Assert.Equal(_now.Owing[0].Owed, seen.Owing[0].Owed);
        var explained = await _books.Get<KpiExplainService>().ExplainAsync(executive, _books.Tenant, "netProfit", "2026-10", null, null, default);
        Assert.True(explained.Value.Parts.Sum(part => part.Accounts.Count) > 20);
        Assert.All(explained.Value.Parts.SelectMany(part => part.Accounts), account => Assert.Contains("Executive", account.Part.ClosedBecause, StringComparison.Ordinal));
        Assert.Equal(ProblemKind.Forbidden, (await _books.Get<KpiExplainService>().DayAsync(executive, _books.Tenant, Anchor, null, 10, default)).Problem?.Kind);

        // Why the margin moved: the beans, and who sells them.
        var why = (await _books.Get<KpiDriverService>().WhyAsync(Caller.Command, _books.Tenant, "grossMargin", new DateOnly(2026, 6, 30), "month", default)).Value;
        Assert.Equal("Green beans", why.Accounts[0].Name);
        Assert.True(why.Accounts[0].Effect < -0.03m);
        Assert.Contains(why.Contacts, contact => contact.Name.StartsWith("Cordillera", StringComparison.Ordinal) && contact.Effect < 0);
        Assert.InRange(why.Accounts.Count, 1, KpiDrivers.Most);

        // A share of customers is moved by customers, told by name to whoever sees KPIs.
        var shares = (await _books.Get<KpiDriverService>().WhyAsync(executive, _books.Tenant, "topCustomerShare", new DateOnly(2026, 6, 30), "month", default)).Value;
        Assert.InRange(shares.Contacts.Count, 1, KpiDrivers.Most);
        Assert.All(shares.Contacts, contact => Assert.True(contact is { Effect: not 0, ContactId: not null } && contact.Name != "No name"));

        // Debtor days and burn as others count them.
        var days = (await _books.Get<KpiExplainService>().ExplainAsync(Caller.Command, _books.Tenant, "dso", "2026-10", null, null, default)).Value;
        Assert.Equal(3, days.OtherWays.Count);
        Assert.All(days.OtherWays, way => Assert.Null(way.Value.Reason));
        Assert.InRange(days.OtherWays[0].Value.Value!.Value, 20, 60);
        Assert.InRange(days.OtherWays[2].Value.Value!.Value, 0.3m, 1);
        var burn = (await _books.Get<KpiExplainService>().ExplainAsync(Caller.Command, _books.Tenant, "netBurn", "2026-10", null, null, default)).Value;
        Assert.True(burn.OtherWays.Single().Value.Value > burn.Kpi.Value.Value);
    }

    private async Task<Overview> OverviewAsync(Caller caller, string? period, string? compare)
    {
        var found = await _books.Get<OverviewService>().GetAsync(caller, _books.Tenant, period, compare, default);
        Assert.True(found.Succeeded, found.Problem?.Message);
        return found.Value;
    }

    private static void Near(decimal told, decimal actual) => Assert.InRange(actual, told * 0.97m, told * 1.03m);
}
