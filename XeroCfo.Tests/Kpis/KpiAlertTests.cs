using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Kpis;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Custom;
using XeroCfo.Domain.Kpis.Targets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Kpis;

/// <summary>Targets, levels of alert, and who is told when.</summary>
public sealed class KpiAlertTests
{
    [Theory]
    [InlineData("01+", "")] // never beyond
    [InlineData("01-", "01")] // crossed
    [InlineData("01- 01+ 01-", "01")] // once a month, whatever it does in it
    [InlineData("01- 02- 03-", "01")] // beyond and staying there is no crossing
    [InlineData("01- 02+ 03-", "01 03")] // a whole month inside clears it
    [InlineData("01- 02~ 02-", "01")] // a month that is not over clears nothing
    [InlineData("01- 02~ 02+ 03-", "01 03")]
    [InlineData("01- 01+ 02- 03+ 04-", "01 04")] // inside at the end of the month that crossed it is not a whole month
    [InlineData("02- 01+ 02-", "02")] // an older month says nothing new
    [InlineData("01- 02? 03-", "01")] // without a value nothing changes
    public void An_alert_is_told_on_crossing_once_a_month_and_clears_after_a_whole_month_inside(string values, string told)
    {
        var (state, heard) = (default(AlertState), new List<string>());
        foreach (var value in values.Split(' '))
        {
            var month = new Month(2026, int.Parse(value[..2], System.Globalization.CultureInfo.InvariantCulture));
            (state, var tell) = AlertRule.Judge(state, month, value[2] != '~', value[2] == '?' ? null : value[2] == '-');
            if (tell)
            {
                heard.Add(value[..2]);
            }
        }

        Assert.Equal(told, string.Join(' ', heard));
    }

    [Theory]
    [InlineData(0.61, GoodDirection.Up, KpiStatus.OnTarget)]
    [InlineData(0.60, GoodDirection.Up, KpiStatus.OnTarget)]
    [InlineData(0.59, GoodDirection.Up, KpiStatus.OffTarget)]
    [InlineData(0.57, GoodDirection.Up, KpiStatus.Alert)]
    [InlineData(0.59, GoodDirection.Down, KpiStatus.Alert)]
    [InlineData(0.58, GoodDirection.Down, KpiStatus.OnTarget)]
    public void A_value_stands_against_target_and_level(double value, GoodDirection good, KpiStatus expected) =>
        Assert.Equal(expected, new KpiTarget { Key = "k", Target = 0.6m, AlertLevel = 0.58m }.StatusOf((decimal)value, good));

    [BothDatabases]
    public async Task Targets_are_kept_with_their_versions_and_their_alerts(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var other = await TransactionSamples.OrganisationAsync(database, "Bolt");
        var book = new KpiTargetBook(database.Factory);

        var made = await book.SetAsync(Caller.Command, tenant, "grossMargin", default, new KpiTargetInput(0.6m, 0.58m), default);
        var stale = await book.SetAsync(Caller.Command, tenant, "grossMargin", default, new KpiTargetInput(0.7m, null), default);
        await book.KeepAsync(tenant, new Dictionary<string, AlertState> { ["grossMargin"] = new(true, "2026-10", "2026-10") }, [new KpiAlerted("grossMargin", "Gross margin", new Month(2026, 10))], default);
        var known = await book.FindAsync(tenant, "grossMargin", default);
        var changed = await book.SetAsync(Caller.Command, tenant, "grossMargin", ReadVersion.Of(known!.UpdatedAt), new KpiTargetInput(0.62m, 0.58m), default);
        var moved = await book.SetAsync(Caller.Command, tenant, "grossMargin", ReadVersion.Any, new KpiTargetInput(0.62m, 0.57m), default);

        Assert.Equal((0.6m, 0.58m), (made.Value.Target, made.Value.AlertLevel));
        Assert.Equal("if-match-missing", stale.Problem?.Code);
        Assert.Equal(new AlertState(true, "2026-10", "2026-10"), known.Alert);
        Assert.Equal(new AlertState(true, "2026-10", "2026-10"), changed.Value.Alert);
        Assert.Equal(default, moved.Value.Alert);
        Assert.Empty(await book.AllAsync(other, default));
        Assert.Equal("kpi-target-not-found", (await book.DeleteAsync(Caller.Command, other, "grossMargin", ReadVersion.Any, default)).Problem?.Code);
        await using var db = database.Open();
        var told = Assert.Single(await db.OutboxEvents.AsNoTracking().Where(row => row.Type == KpiAlerted.Event).ToListAsync());
        Assert.Contains("kpis/grossMargin/trend?date=2026-10-31", told.Data, StringComparison.Ordinal);
        Assert.True((await book.DeleteAsync(Caller.Command, tenant, "grossMargin", ReadVersion.Any, default)).Succeeded);
        Assert.Empty(await book.AllAsync(tenant, default));
    }

    [BothDatabases]
    public async Task Own_kpis_are_kept_with_their_versions(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var other = await TransactionSamples.OrganisationAsync(database, "Bolt");
        var book = new CustomKpiBook(database.Factory);
        var input = new CustomKpiInput("Rent share", "account(469) / group(income)", KpiUnit.Percent, GoodDirection.Down, [new TypedFigure("People", [new("2026-04", 13.5m)])]);
        static Problem? Fine(IReadOnlyList<CustomKpi> known) => null;

        var made = await book.CreateAsync(Caller.Command, tenant, input, Fine, default);
        var second = await book.CreateAsync(Caller.Command, tenant, input with { Name = "Rent share!" }, Fine, default);
        var refused = await book.CreateAsync(Caller.Command, tenant, input, _ => KpiProblems.Unknown, default);
        var stale = await book.UpdateAsync(Caller.Command, tenant, made.Value.Id, default, input, Fine, default);
        var changed = await book.UpdateAsync(Caller.Command, tenant, made.Value.Id, ReadVersion.Of(made.Value.UpdatedAt), input with { Name = "Rent" }, Fine, default);
        await new KpiTargetBook(database.Factory).SetAsync(Caller.Command, tenant, "rentShare", default, new KpiTargetInput(0.05m, null), default);

        Assert.Equal(("rentShare", "rentShare2"), (made.Value.Key, second.Value.Key));
        Assert.Equal("kpi-not-found", refused.Problem?.Code);
        Assert.Equal("if-match-missing", stale.Problem?.Code);
        Assert.Equal(("Rent", "rentShare"), (changed.Value.Name, changed.Value.Key));
        Assert.Equal(13.5m, (await book.AllAsync(tenant, default))[0].Figures[0].Values[0].Value);
        Assert.Empty(await book.AllAsync(other, default));
        Assert.Equal("kpi-not-found", (await book.DeleteAsync(Caller.Command, other, made.Value.Id, ReadVersion.Any, Fine, default)).Problem?.Code);
        Assert.True((await book.DeleteAsync(Caller.Command, tenant, made.Value.Id, ReadVersion.Any, Fine, default)).Succeeded);
        Assert.Empty(await new KpiTargetBook(database.Factory).AllAsync(tenant, default));
        Assert.Single(await book.AllAsync(tenant, default));
    }

    [Fact]
    public async Task A_sync_that_takes_a_kpi_over_its_level_is_told_once()
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock);
        await books.SyncWellAsync();
        await books.Get<IKpiTargetBook>().SetAsync(Caller.Command, books.Tenant, "income", default, new KpiTargetInput(null, 50m), default);
        await books.Get<IKpiTargetBook>().SetAsync(Caller.Command, books.Tenant, "cash", default, new KpiTargetInput(null, -1_000_000m), default);

        await AgainAsync();
        Assert.Empty(await ToldAsync());
        small.Books.Void(small.Invoices[13], new DateOnly(2026, 3, 20));
        await AgainAsync();
        await AgainAsync();

        var told = Assert.Single(await ToldAsync());
        Assert.Contains("\"ids\":[\"income\"]", told, StringComparison.Ordinal);
        Assert.Contains("2026-02-28", told, StringComparison.Ordinal);
        var stands = (await books.Get<IKpiTargetBook>().FindAsync(books.Tenant, "income", default))!;
        Assert.Equal(new AlertState(true, "2026-02", "2026-02"), stands.Alert);

        async Task AgainAsync()
        {
            small.Clock.Advance(TimeSpan.FromMinutes(10));
            small.Books.Now = small.Clock.Now;
            await books.SyncWellAsync();
        }

        async Task<List<string>> ToldAsync()
        {
            await using var db = books.Open();
            return [.. (await db.OutboxEvents.AsNoTracking().Where(row => row.Type == KpiAlerted.Event).ToListAsync()).Select(row => row.Data.Replace(" ", "", StringComparison.Ordinal))];
        }
    }

    [Fact]
    public async Task A_balance_that_ended_a_month_inside_is_no_alert_any_more_whatever_day_it_is_looked_at()
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock);
        await books.SyncWellAsync();
        await books.Get<IKpiTargetBook>().SetAsync(Caller.Command, books.Tenant, "cash", default, new KpiTargetInput(null, -1_000_000m), default);
        await books.Get<IKpiAlerts>().KeepAsync(books.Tenant, new Dictionary<string, AlertState> { ["cash"] = new(true, "2026-01", "2026-01") }, [], default);

        Assert.Empty(await books.Get<KpiWatch>().LookAsync(books.Tenant, default));

        Assert.Equal(new AlertState(false, "2026-01", "2026-01"), (await books.Get<IKpiTargetBook>().FindAsync(books.Tenant, "cash", default))!.Alert);
    }

    [Fact]
    public async Task A_target_that_makes_no_sense_is_refused_by_name()
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock);
        await books.SyncWellAsync();
        var targets = books.Get<KpiTargetService>();

        async Task<Problem?> SetAsync(string key, decimal? target, decimal? level) => (await targets.SetAsync(Caller.Command, books.Tenant, key, ReadVersion.Any, new KpiTargetInput(target, level), default)).Problem;

        var without = await SetAsync("workingCapital", 1m, null);
        Assert.Equal(("kpi-without-direction", ProblemKind.Refused), (without?.Code, without?.Kind));
        Assert.Contains("Working capital (workingCapital)", without!.Message, StringComparison.Ordinal);
        Assert.Equal("alert-beyond-target", (await SetAsync("dso", 40m, 30m))?.Code);
        Assert.Equal("target", (await SetAsync("dso", null, null))?.Field);
        Assert.Equal("alertLevel", (await SetAsync("dso", null, 1.23456m))?.Field);
        Assert.Equal("kpi-not-found", (await SetAsync("nothing", 1m, null))?.Code);
        Assert.Null(await SetAsync("dso", 30m, 40m));
        Assert.Equal(ProblemKind.Forbidden, (await targets.SetAsync(FakeCaller.Person(Roles.Standard, await books.OrganisationAsync()), books.Tenant, "dso", ReadVersion.Any, new KpiTargetInput(1m, null), default)).Problem?.Kind);
    }
}
