using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data;
using XeroCfo.Data.Reports.Schedules;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Reports.Exports;
using XeroCfo.Web.Reports.Schedules;

namespace XeroCfo.Tests.Reports.Schedules;

/// <summary>Scheduled reports from falling due to the kept report and its mail, on both databases.</summary>
public sealed class ScheduleRunTests
{
    private readonly FakeMailer _mailer = new();
    private SyncedBooks _books = default!;
    private User _ana = default!;

    [BothDatabases]
    public Task A_report_falls_due_is_made_with_its_owners_rights_kept_announced_and_mailed(TestDatabaseKind kind) => InAsync(kind, async () =>
    {
        var made = (await Get<ScheduleService>().CreateAsync(await AnaAsync(), _books.Tenant, Input with { MailAs = ScheduleMail.Pdf, Recipients = ["board@tui.example", "cfo@tui.example"] }, default)).Value;
        Assert.Equal(new DateTime(2026, 4, 3, 7, 0, 0, DateTimeKind.Utc), made.NextRunAt);
        Assert.Null(await RunAsync());

        _books.Clock.Advance(TimeSpan.FromDays(15));
        var run = (await RunAsync())!;

        Assert.Equal((ScheduleRunStatus.Succeeded, ScheduleMailStatus.Sent, made.NextRunAt), (run.Status, run.MailStatus, run.DueAt));
        var report = (await Get<ReportService>().GetAsync(await AnaAsync(), _books.Tenant, run.ReportId!.Value, default)).Value;
        Assert.Equal(("Board pack, 31 Mar 2026", _ana.Id), (report.Name, report.UserId));
        var document = ReportJson.ReadDocument(report.Data);
        Assert.Equal((new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31)), (document.From, document.To));
        Assert.Equal(["board@tui.example", "cfo@tui.example"], _mailer.Sent.Select(mail => mail.To));
        Assert.All(_mailer.Sent, mail => Assert.StartsWith("%PDF", System.Text.Encoding.ASCII.GetString(Assert.Single(mail.Files).Content.Span[..4]), StringComparison.Ordinal));
        Assert.Contains($"https://books.example/{_books.Tenant}/reports/{report.Id:D}", _mailer.Sent[0].Text, StringComparison.Ordinal);
        await using var db = _books.Open();
        Assert.Equal(1, await db.OutboxEvents.CountAsync(row => row.Type == "report.created"));
        Assert.Equal(1, await db.AuditLogs.CountAsync(row => row.Action == "report-schedule.run_finished"));
        Assert.Equal(new DateTime(2026, 5, 3, 7, 0, 0, DateTimeKind.Utc), (await db.ReportSchedules.SingleAsync()).NextRunAt);
        Assert.Equal(made.UpdatedAt, (await db.ReportSchedules.SingleAsync()).UpdatedAt);
        Assert.Null(await RunAsync());
    });

    [BothDatabases]
    public Task Scheduled_kpis_are_of_the_quarter_that_the_schedule_names(TestDatabaseKind kind) => InAsync(kind, async () =>
    {
        var schedule = (await Get<ScheduleService>().CreateAsync(await AnaAsync(), _books.Tenant, Input with { Type = ReportTypes.KpiDashboard, Period = SchedulePeriods.LastQuarter }, default)).Value;
        await Get<ScheduleService>().RequestAsync(await AnaAsync(), _books.Tenant, schedule.Id, default);

        var run = (await RunAsync())!;

        var document = ReportJson.ReadDocument((await Get<ReportService>().GetAsync(await AnaAsync(), _books.Tenant, run.ReportId!.Value, default)).Value.Data);
        Assert.Equal((new DateOnly(2025, 12, 31), ReportWords.Quarter), (document.Parameters.Date, document.Parameters.Interval));
        Assert.Equal(330m, document.Rows.Single(row => row.Key == "kpi:income").Values[0].Number);
    });

    [BothDatabases]
    public Task What_was_missed_runs_once_and_of_many_nodes_one_has_it(TestDatabaseKind kind) => InAsync(kind, async () =>
    {
        await Get<ScheduleService>().CreateAsync(await AnaAsync(), _books.Tenant, Input with { DaysAfterMonthEnd = null, At = null, Cron = "0 6 * * 1" }, default);
        _books.Clock.Advance(TimeSpan.FromDays(40));
        await using var other = _books.AnotherProcess();
        IScheduleQueue[] nodes = [Get<IScheduleQueue>(), other.GetRequiredService<IScheduleQueue>()];
        var times = Get<ScheduleClock>();

        var queued = await Task.WhenAll(Enumerable.Range(0, 6).Select(index => Task.Run(() => nodes[index % 2].EnqueueDueAsync((schedule, organisation) => times.NextAfter(schedule, organisation, _books.Clock.GetUtcNow().UtcDateTime), default))));
        var claimed = await Task.WhenAll(Enumerable.Range(0, 6).Select(index => Task.Run(() => nodes[index % 2].ClaimAsync($"node {index}", default))));

        Assert.Equal(1, queued.Sum());
        var run = Assert.Single(claimed.OfType<ClaimedRun>()).Run;
        Assert.Equal((new DateTime(2026, 3, 23, 6, 0, 0, DateTimeKind.Utc), 1), (run.DueAt, run.Attempts));
        Assert.Null(await RunAsync());

        // The process died: once its lease is over another one makes the report, of the days that it was due for.
        _books.Clock.Advance(TimeSpan.FromMinutes(11));
        var taken = (await RunAsync())!;
        Assert.Equal((run.Id, ScheduleRunStatus.Succeeded, 2), (taken.Id, taken.Status, taken.Attempts));
        run.Status = ScheduleRunStatus.Failed;
        await nodes[0].FinishAsync(run, default);
        var kept = (await Get<ScheduleService>().RunAsync(await AnaAsync(), _books.Tenant, run.ScheduleId, run.Id, default)).Value;
        Assert.Equal((ScheduleRunStatus.Succeeded, taken.ReportId), (kept.Status, kept.ReportId));
        Assert.Equal(new DateOnly(2026, 2, 28), ReportJson.ReadDocument((await Get<ReportService>().GetAsync(await AnaAsync(), _books.Tenant, kept.ReportId!.Value, default)).Value.Data).To);
    });

    [BothDatabases]
    public Task A_run_that_another_process_repeats_keeps_one_report(TestDatabaseKind kind) => InAsync(kind, async () =>
    {
        var schedule = (await Get<ScheduleService>().CreateAsync(await AnaAsync(), _books.Tenant, Input, default)).Value;
        await Get<ScheduleService>().RequestAsync(await AnaAsync(), _books.Tenant, schedule.Id, default);
        var first = (await RunAsync())!;
        await using (var db = _books.Open())
        {
            await db.ScheduleRuns.ExecuteUpdateAsync(set => set.SetProperty(run => run.Status, ScheduleRunStatus.Running).SetProperty(run => run.LeaseUntil, (DateTime?)null));
        }

        var again = (await RunAsync())!;

        Assert.Equal((first.Id, first.ReportId), (again.Id, again.ReportId));
        Assert.Equal(1, (await Get<ReportService>().CountAsync(await AnaAsync(), _books.Tenant, null, default)).Value.Count);
        Assert.True(again.ByHand);
    });

    [BothDatabases]
    public Task Without_its_owners_rights_it_fails_says_why_and_the_owner_is_told_while_they_may_know(TestDatabaseKind kind) => InAsync(kind, async () =>
    {
        var schedule = (await Get<ScheduleService>().CreateAsync(await AnaAsync(), _books.Tenant, Input with { MailAs = ScheduleMail.Link, Recipients = ["cfo@tui.example"] }, default)).Value;
        await ChangeAnaAsync(ana => ana.Role = Roles.ReadOnly);
        await Get<ScheduleService>().RequestAsync(Caller.Command with { UserId = _ana.Id }, _books.Tenant, schedule.Id, default);

        var run = (await RunAsync())!;

        Assert.Equal((ScheduleRunStatus.Failed, "permission-missing", null), (run.Status, run.ErrorCode, run.ReportId));
        var told = Assert.Single(_mailer.Sent);
        Assert.Equal(_ana.Email, told.To);
        Assert.Contains("reports:write", told.Text, StringComparison.Ordinal);

        await ChangeAnaAsync(ana => ana.IsDisabled = true);
        await Get<ScheduleService>().RequestAsync(Caller.Command with { UserId = _ana.Id }, _books.Tenant, schedule.Id, default);
        Assert.Equal("schedule-owner-left", (await RunAsync())!.ErrorCode);
        Assert.Single(_mailer.Sent);
    });

    [BothDatabases]
    public Task Without_an_owner_the_organisations_admins_are_told(TestDatabaseKind kind) => InAsync(kind, async () =>
    {
        var schedule = (await Get<ScheduleService>().CreateAsync(await AnaAsync(), _books.Tenant, Input, default)).Value;
        await AddAsync("kiri@tui.example", Roles.Admin, sees: true);
        await AddAsync("elsewhere@tui.example", Roles.Admin, sees: false);
        await AddAsync("invited@tui.example", Roles.Admin, sees: true, user => user.PasswordHash = User.NoPassword);
        await AddAsync("disabled@tui.example", Roles.Admin, sees: true, user => user.IsDisabled = true);
        await AddAsync("tom@tui.example", Roles.Accountant, sees: true);

        await ChangeAnaAsync(ana => ana.IsDisabled = true);
        await RequestAsync();
        await using (var db = _books.Open())
        {
            await db.ReportSchedules.ExecuteUpdateAsync(set => set.SetProperty(row => row.UserId, (Guid?)null));
        }

        await RequestAsync();

        Assert.Equal(["kiri@tui.example", "kiri@tui.example"], _mailer.Sent.Select(mail => mail.To));
        Assert.Contains("may no longer sign in", _mailer.Sent[0].Text, StringComparison.Ordinal);
        Assert.Contains("is gone", _mailer.Sent[1].Text, StringComparison.Ordinal);

        async Task RequestAsync()
        {
            await Get<ScheduleService>().RequestAsync(Caller.Command, _books.Tenant, schedule.Id, default);
            Assert.Equal(ScheduleRunStatus.Failed, (await RunAsync())!.Status);
        }
    });

    [Fact]
    public Task A_mail_that_does_not_get_through_is_told_and_the_report_stays() => InAsync(TestDatabaseKind.Sqlite, async () =>
    {
        var input = Input with { MailAs = ScheduleMail.Link, Recipients = ["cfo@tui.example", "gone@tui.example"] };
        var schedule = (await Get<ScheduleService>().CreateAsync(await AnaAsync(), _books.Tenant, input, default)).Value;
        _mailer.Refuses = "gone@tui.example";

        var (failed, without) = (await NowAsync(), await WithoutServerAsync());

        Assert.Equal((ScheduleRunStatus.Succeeded, ScheduleMailStatus.Failed), (failed.Status, failed.MailStatus));
        Assert.Equal((ScheduleRunStatus.Succeeded, ScheduleMailStatus.NotSet), (without.Status, without.MailStatus));
        Assert.Equal(["cfo@tui.example", _ana.Email], _mailer.Sent.Select(mail => mail.To));
        Assert.Contains("did not get through to all of: cfo@tui.example, gone@tui.example.", _mailer.Sent[1].Text, StringComparison.Ordinal);
        Assert.Contains($"https://books.example/{_books.Tenant}/reports/{failed.ReportId:D}", _mailer.Sent[1].Text, StringComparison.Ordinal);
        Assert.All(_mailer.Sent, mail => Assert.Empty(mail.Files));

        async Task<ScheduleRun> NowAsync()
        {
            await Get<ScheduleService>().RequestAsync(await AnaAsync(), _books.Tenant, schedule.Id, default);
            return (await RunAsync())!;
        }

        Task<ScheduleRun> WithoutServerAsync()
        {
            _mailer.IsSet = false;
            return NowAsync();
        }
    });

    [Fact]
    public Task What_cannot_be_made_or_may_not_is_refused_when_it_is_written() => InAsync(TestDatabaseKind.Sqlite, async () =>
    {
        var ana = await AnaAsync();
        (string Code, string? Field, ScheduleInput Input)[] wrong =
        [
            ("invalid-value", "name", Input with { Name = " " }), ("invalid-value", "cron", Input with { DaysAfterMonthEnd = null, At = null }), ("invalid-value", "cron", Input with { Cron = "0 6 * * 1" }),
            ("invalid-value", "cron", Input with { DaysAfterMonthEnd = null, At = null, Cron = "* * * * *" }), ("invalid-value", "at", Input with { At = "25:00" }), ("invalid-value", "daysAfterMonthEnd", Input with { DaysAfterMonthEnd = 29 }),
            ("invalid-value", "recipients", Input with { MailAs = ScheduleMail.Pdf }), ("invalid-value", "recipients", Input with { MailAs = ScheduleMail.Pdf, Recipients = ["nobody"] }), ("invalid-value", "recipients", Input with { Recipients = ["cfo@tui.example"] }),
            ("invalid-value", "parameters", Input with { Parameters = new ReportParameters { To = new DateOnly(2026, 3, 1) } }), ("invalid-value", "period", Input with { Period = "soon" }), ("invalid-value", "type", Input with { Type = "GUESS" }),
            ("invalid-value", "period", Input with { Type = ReportTypes.KpiDashboard, Period = SchedulePeriods.TwelveMonths }),
            ("cash-basis-unavailable", "basis", Input with { Parameters = new ReportParameters { Basis = "cash" } }),
        ];
        foreach (var (code, field, input) in wrong)
        {
            var refused = (await Get<ScheduleService>().CreateAsync(ana, _books.Tenant, input, default)).Problem;
            Assert.Equal((code, field), (refused?.Code, refused?.Field));
        }

        var narrow = ana with { Permissions = new HashSet<string> { Permissions.ReportsRead, Permissions.ReportsWrite } };
        Assert.Equal("permission-missing", (await Get<ScheduleService>().CreateAsync(narrow, _books.Tenant, Input with { Type = ReportTypes.KpiDashboard, Parameters = new() }, default)).Problem!.Code);
        Assert.Equal("permission-missing", (await Get<ScheduleService>().CreateAsync(ana with { Permissions = Permissions.Of(Roles.ReadOnly).ToHashSet() }, _books.Tenant, Input, default)).Problem!.Code);
        Assert.Equal("tenant-not-found", (await Get<ScheduleService>().CreateAsync(ana with { Tenants = new HashSet<Guid>() }, _books.Tenant, Input, default)).Problem!.Code);
    });

    private static ScheduleInput Input => new() { Name = "Board pack", Type = ReportTypes.ProfitAndLoss, Period = SchedulePeriods.LastMonth, DaysAfterMonthEnd = 3, At = "07:00" };

    private T Get<T>()
        where T : notnull => _books.Get<T>();

    private Task<ScheduleRun?> RunAsync() => Get<ScheduleRunner>().RunNextAsync(default);

    private async Task<Caller> AnaAsync() => (await Get<CallerService>().ForUserAsync(_ana.Id, new Origin(), default)).Value;

    private async Task ChangeAnaAsync(Action<User> change)
    {
        await using var db = _books.Open();
        change(await db.Users.SingleAsync(user => user.Id == _ana.Id));
        await db.SaveChangesAsync();
    }

    private async Task AddAsync(string address, string role, bool sees, Action<User>? change = null)
    {
        var user = SampleRows.User(address);
        user.Role = role;
        change?.Invoke(user);
        await using var db = _books.Open();
        db.Users.Add(user);
        if (sees)
        {
            db.UserTenants.Add(new UserTenant { UserId = user.Id, TenantId = _books.Tenant.Value });
        }

        await db.SaveChangesAsync();
    }

    private async Task InAsync(TestDatabaseKind kind, Func<Task> act)
    {
        var small = new SmallBooks();
        _books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind, configure: services => services.AddSingleton<ReportFiles>()
            .AddSingleton<IReportPost>(provider => new ReportPost(_mailer, provider.GetRequiredService<ReportFiles>(), new Domain.Xero.XeroOptions { RedirectUri = "https://books.example/xero/callback" })));
        try
        {
            await _books.SyncWellAsync();
            _ana = SampleRows.User("ana@tui.example");
            _ana.Role = Roles.Accountant;
            await using (var db = _books.Open())
            {
                db.Users.Add(_ana);
                db.UserTenants.Add(new UserTenant { UserId = _ana.Id, TenantId = _books.Tenant.Value });
                await db.SaveChangesAsync();
                await db.XeroTenants.ExecuteUpdateAsync(set => set.SetProperty(row => row.TimeZone, "UTC"));
            }

            await act();
        }
        finally
        {
            await _books.DisposeAsync();
        }
    }
}
