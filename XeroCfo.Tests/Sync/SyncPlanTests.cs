using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Tests.Sync;

public sealed class SyncPlanTests
{
    private static readonly XeroTenant Wellington = new() { XeroTenantId = "1", Name = "Acme", TimeZone = "NEWZEALANDSTANDARDTIME" };

    /// <summary>Friday 20 November 2026, 22:30 in Wellington.</summary>
    private static readonly DateTime Evening = new(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(0, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(10, true)]
    [InlineData(26, true)]
    public void The_night_begins_at_two_of_the_organisations_own_time(int hours, bool due)
    {
        var state = new CheckState(Evening, Evening.AddDays(-2));

        Assert.Equal(due, SyncPlan.IsCheckDue(Wellington, state, Evening.AddHours(hours)));
        Assert.Equal(due, SyncPlan.IsCheckDue(Wellington, new CheckState(null, Evening), Evening.AddHours(hours)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 8)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(1_000, 60)]
    public void The_wait_after_failures_doubles_up_to_the_interval(int failures, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), SyncPlan.AfterFailures(failures, TimeSpan.FromHours(1)));

    [Theory]
    [InlineData(null, false, 60)]
    [InlineData(null, true, 1)]
    [InlineData(900, false, 60)]
    [InlineData(600, true, 1)]
    [InlineData(400, true, 71)]
    [InlineData(200, false, 171)]
    [InlineData(10, false, 1_200)]
    public void The_next_look_comes_after_the_interval_or_later_when_calls_run_short(int? left, bool settling, int minutes)
    {
        var organisation = new XeroTenant { XeroTenantId = "1", Name = "Acme", SettlingFrom = settling ? new DateOnly(2026, 11, 1) : null };
        var last = new SyncRun { Trigger = SyncTriggers.Schedule, CreatedAt = Evening, Calls = 20 };
        var today = left is { } calls ? new CallsToday(900 - calls, 900, calls, null, Evening.AddHours(20), new Dictionary<string, int>()) : null;

        Assert.Equal(Evening.AddMinutes(minutes), SyncPlan.NextLook(organisation, last, TimeSpan.FromHours(1), today, Evening), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void What_was_never_checked_is_due() => Assert.True(SyncPlan.IsCheckDue(Wellington, new CheckState(null, null), Evening));

    [Theory]
    [InlineData(6, 100_000, 900, SyncTriggers.Check)]
    [InlineData(7, 100_000, 900, SyncTriggers.Sweep)]
    [InlineData(7, 100_000, 300, SyncTriggers.Check)]
    [InlineData(7, 100_000, 59, null)]
    [InlineData(7, 5_000, 300, SyncTriggers.Sweep)]
    [InlineData(40, 9_000_000, 700, SyncTriggers.Sweep)]
    [InlineData(40, 9_000_000, 600, SyncTriggers.Check)]
    public void Once_a_week_everything_is_read_where_the_days_calls_carry_it(int days, int documents, int left, string? expected)
    {
        var state = new CheckState(Evening.AddDays(days - 1), Evening);
        var today = new CallsToday(900 - left, 900, left, null, Evening.AddDays(days + 1), new Dictionary<string, int>());

        Assert.Equal(expected, SyncPlan.CheckOf(Wellington, state, documents, today, Evening.AddDays(days)));
        Assert.Equal(days >= 7 ? SyncTriggers.Sweep : SyncTriggers.Check, SyncPlan.CheckOf(Wellington, state, documents, null, Evening.AddDays(days)));
    }

    [Theory]
    [InlineData(900, 90)]
    [InlineData(300, 60)]
    [InlineData(40, 20)]
    [InlineData(0, 0)]
    public void A_tenth_and_at_least_a_checks_calls_are_kept(int left, int kept) => Assert.Equal(kept, SyncPlan.Reserved(left));
}
