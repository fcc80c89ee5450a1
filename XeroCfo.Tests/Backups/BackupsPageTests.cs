using Bunit;
using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Backups;

namespace XeroCfo.Tests.Backups;

public sealed class BackupsPageTests : PageTest
{
    private static readonly DateTime Snapshot = new(2026, 11, 20, 2, 0, 0, DateTimeKind.Utc);

    public BackupsPageTests() => SignInAs(Roles.Admin);

    [Fact]
    public void Whoever_is_no_admin_is_told_so_and_sees_nothing()
    {
        SignInAs(Roles.Accountant);
        AddGood();

        var page = Render<BackupsPage>();

        Assert.Contains("Your role (Accountant) does not see this page.", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("table, form"));
    }

    [Fact]
    public void Before_the_first_one_it_says_what_to_do()
    {
        var page = Render<BackupsPage>();

        Assert.Contains("No backup yet", page.Markup, StringComparison.Ordinal);
        Assert.False(page.Find(".btn.primary").HasAttribute("disabled"));
    }

    [Fact]
    public void Each_has_its_age_size_and_what_became_of_it_and_only_files_that_are_here_can_be_taken()
    {
        var good = AddGood();
        Books.Backups.Runs.Add(new BackupRun { Trigger = BackupTriggers.Manual, By = "ada@example.com", Status = BackupStatus.Succeeded, FileName = "away", Node = "node-2", SnapshotAt = Snapshot });
        Books.Backups.Runs.Add(new BackupRun { Trigger = BackupTriggers.Schedule, By = "worker", Status = BackupStatus.Failed, ErrorMessage = "The disk is full.", CreatedAt = Snapshot.AddHours(7) });

        var page = Render<BackupsPage>();

        var rows = page.FindAll("tbody tr");
        Assert.Equal(3, rows.Count);
        Assert.Contains("✕Failed", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("The disk is full.", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("on node-2", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("20 Nov 2026 02:00 UTC", rows[2].TextContent, StringComparison.Ordinal);
        Assert.Contains("8 h ago", rows[2].TextContent, StringComparison.Ordinal);
        Assert.Contains("✓Verified", rows[2].TextContent, StringComparison.Ordinal);
        Assert.Contains("1.0 MB", rows[2].TextContent, StringComparison.Ordinal);
        Assert.Equal($"/backups/{good.Id:D}/file", page.Find("tbody a").GetAttribute("href"));
        Assert.Contains("The last backup failed: The disk is full.", page.Find(".notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void One_is_asked_for_once_and_watched()
    {
        var page = Render<BackupsPage>();

        page.Find(".btn.primary").Click();

        page.WaitForAssertion(() => Assert.Contains("Waits", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
        Assert.True(page.Find(".btn.primary").HasAttribute("disabled"));
        Assert.Equal((BackupTriggers.Manual, Who.Caller.Name), (Books.Backups.Runs.Single().Trigger, Books.Backups.Runs.Single().By));
    }

    [Fact]
    public async Task The_schedule_is_kept_and_an_impossible_one_is_refused_in_words()
    {
        var page = Render<BackupsPage>();
        await page.Find("input[type=number][max='23']").ChangeAsync(new() { Value = "4" });
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Saved.", page.Markup, StringComparison.Ordinal));
        Assert.Equal((true, 4, 14), (Books.Backups.Schedule!.Daily, Books.Backups.Schedule.HourUtc, Books.Backups.Schedule.Keep));

        await page.Find("input[type=number][max='365']").ChangeAsync(new() { Value = "0" });
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("At least one backup stays", page.Markup, StringComparison.Ordinal));
        Assert.Equal(14, Books.Backups.Schedule!.Keep);
    }

    [Fact]
    public async Task Daily_backups_can_be_turned_off_and_the_page_shows_what_holds()
    {
        var page = Render<BackupsPage>();
        Assert.Equal("daily", page.Find("select").GetAttribute("value"));

        await page.Find("select").ChangeAsync(new() { Value = "asked" });
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.False(Books.Backups.Schedule?.Daily));
        Assert.True(page.Find("input[type=number][max='23']").HasAttribute("disabled"));
    }

    [Fact]
    public void A_failure_is_told_to_an_admin_on_whatever_page()
    {
        Books.Backups.Runs.Add(new BackupRun { Trigger = BackupTriggers.Schedule, By = "worker", Status = BackupStatus.Failed, ErrorMessage = "The disk is full." });

        Assert.Contains("The disk is full.", Render<BackupNotice>(notice => notice.Add(n => n.Caller, Who.Caller)).Markup, StringComparison.Ordinal);
        Assert.Empty(Render<BackupNotice>(notice => notice.Add(n => n.Caller, FakeCaller.Person(Roles.Accountant))).Markup);
    }

    private BackupRun AddGood()
    {
        var run = new BackupRun { Trigger = BackupTriggers.Schedule, By = "worker", Status = BackupStatus.Succeeded, FileName = "books.backup", Node = "node-1", SnapshotAt = Snapshot, Rows = 5_612, Bytes = 1_048_576 };
        Books.Backups.Runs.Add(run);
        Books.Backups.Files.Add("books.backup");
        return run;
    }
}
