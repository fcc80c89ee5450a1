using System.Net;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Backups;
using XeroCfo.Tests.SignIn;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Commands;

/// <summary>The verbs and the page's file, on the data of a server that runs.</summary>
public sealed class BackupVerbTests : IAsyncLifetime, IDisposable
{
    private const string Admin = "cfo@acme.test";
    private const string Password = "correct horse battery";
    private readonly RunningServer _server = new(("Admin__Email", Admin), ("Admin__Password", Password), ("Demo__Enabled", "true"), ("RateLimit__SignInPerMinute", "1000"));
    private readonly string _folder = Directory.CreateTempSubdirectory("xerocfo-verbs").FullName;

    private string File => Path.Combine(_folder, "books.backup");

    public Task InitializeAsync() => _server.StartAsync();

    public Task DisposeAsync() => _server.KillAsync();

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_one_installation_backs_up_while_it_serves_another_one_serves()
    {
        await _server.SyncedAsync();
        var (transactions, lines) = await CountAsync(_server);

        var made = await _server.CommandAsync($"backup \"{File}\"");
        Assert.True(made.Exit == 0 && made.Error.Length == 0 && made.Output.StartsWith("Backed up and verified: ", StringComparison.Ordinal), made.Error);

        await WholeTrailAsync(_server);
        await RefuseAsync(_server);
        await using (var other = new RunningServer(("Encryption__Key", (await System.IO.File.ReadAllTextAsync(Path.Combine(_server.DataFolder, "encryption.key"))).Trim())))
        {
            var restored = await other.CommandAsync($"restore \"{File}\"");
            Assert.True(restored.Exit == 0, restored.Error);
            await other.StartAsync();
            using var browser = other.Client();
            Assert.Equal(HttpStatusCode.Redirect, (await RunningApp.SignInAsync(browser, Admin, Password)).StatusCode);
            Assert.Equal((transactions, lines), await CountAsync(other));
            await WholeTrailAsync(other);
        }

        await ReplaceWhileItServesAsync(transactions);
        await TakeTheFileAsync();
    }

    // What the verbs wrote beside the server carries the installation's mark, before and after.
    private static async Task WholeTrailAsync(RunningServer server)
    {
        var trail = await server.CommandAsync("audit verify");
        Assert.True(trail is { Exit: 0, Error: "" }, trail.Error);
    }

    /// <summary>Each refusal is one line, and exit 1 or 2.</summary>
    private async Task RefuseAsync(RunningServer server)
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(_folder, "notes"), "mine");
        foreach (var (arguments, exit, told) in new[]
        {
            ("restore", 2, "FILE"), ($"restore \"{File}\"", 1, "--force"), ($"restore \"{_folder}/notes\" --force", 1, "no backup"), ($"backup \"{_folder}/nowhere/x\"", 1, "could not be written"),
        })
        {
            var refused = await server.CommandAsync(arguments);
            Assert.True((refused.Exit, refused.Output) == (exit, "") && !refused.Error.Contains('\n') && refused.Error.Contains(told, StringComparison.Ordinal), $"{arguments}: {refused}");
        }

        using var empty = new Executable();
        var nothing = await empty.RunAsync($"backup \"{_folder}/none\"");
        var noKey = await empty.RunAsync($"restore \"{File}\"");
        Assert.Equal((1, "There is no database yet, so there is nothing to back up."), (nothing.Exit, nothing.Error));
        Assert.True(noKey.Exit == 1 && noKey.Error.Contains("Encryption:Key", StringComparison.Ordinal), noKey.Error);
        Assert.False(System.IO.File.Exists(Path.Combine(empty.DataFolder, "xerocfo.db")));
    }

    private async Task ReplaceWhileItServesAsync(int transactions)
    {
        await using (var db = _server.Open())
        {
            await db.Transactions.ExecuteDeleteAsync();
        }

        var restored = await _server.CommandAsync($"restore \"{File}\" --force");

        Assert.True(restored.Exit == 0, restored.Error);
        using var browser = _server.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await RunningApp.SignInAsync(browser, Admin, Password)).StatusCode);
        Assert.Equal(transactions, (await CountAsync(_server)).Transactions);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/health/ready")).StatusCode);
        await WholeTrailAsync(_server);
    }

    /// <summary>The server makes one that is asked for; its file is for admins, and taking it is noted.</summary>
    private async Task TakeTheFileAsync()
    {
        Assert.Equal(0, (await _server.CommandAsync("user add --email reader@acme.test --role Accountant --tenants all --password-stdin", Password + "\n")).Exit);
        var asked = new BackupRun { Trigger = BackupTriggers.Manual, By = Admin };
        await using (var db = _server.Open())
        {
            db.Add(asked);
            await db.SaveChangesAsync();
        }

        await _server.WaitAsync(async db => await db.BackupRuns.AnyAsync(run => run.Id == asked.Id && run.FinishedAt != null));
        await using (var db = _server.Open())
        {
            var run = await db.BackupRuns.SingleAsync(run => run.Id == asked.Id);
            Assert.True(run.Status == BackupStatus.Succeeded, run.ErrorMessage);
        }

        using var admin = await SignedInAsync(Admin);
        using var accountant = await SignedInAsync("reader@acme.test");
        var taken = await admin.GetAsync($"/backups/{asked.Id}/file");
        Assert.Equal("attachment", taken.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("XeroCfoB"u8.ToArray(), (await taken.Content.ReadAsByteArrayAsync())[..8]);
        Assert.Equal(HttpStatusCode.Forbidden, (await accountant.GetAsync($"/backups/{asked.Id}/file")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/backups/{Guid.NewGuid()}/file")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await _server.Client().GetAsync($"/backups/{asked.Id}/file")).StatusCode);
        await using var after = _server.Open();
        Assert.Equal(1, await after.AuditLogs.CountAsync(entry => entry.Action == "backup.downloaded"));
    }

    private async Task<HttpClient> SignedInAsync(string email)
    {
        var browser = _server.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await RunningApp.SignInAsync(browser, email, Password)).StatusCode);
        return browser;
    }

    private static async Task<(int Transactions, int Lines)> CountAsync(RunningServer server)
    {
        await using var db = server.Open();
        return (await db.Transactions.CountAsync(), await db.LedgerLines.CountAsync());
    }
}
