using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Hosting;

/// <summary>A real process over a consent at Xero that dies in the middle of pages and of renewals, while tokens end between two pages: its books are those of a quiet day.</summary>
public sealed class ConsentKillTests : IAsyncLifetime
{
    private const string Renewal = "/connect/token";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly SmallBooks _small = new();
    private FakeXeroServer _xero = null!;

    private FakeConsents Consents => _xero.Xero.Consents!;

    public async Task InitializeAsync()
    {
        var xero = new FakeXero(TimeProvider.System) { Consents = new FakeConsents(TimeProvider.System) };
        xero.Add(_small.Books.Organisation);
        _xero = await FakeXeroServer.StartAsync(xero);
        Consents.Chosen = [_small.Books.Organisation.Settings.TenantId];
    }

    public async Task DisposeAsync() => await _xero.DisposeAsync();

    [LongFact]
    public async Task Deaths_in_pages_and_renewals_while_tokens_end_leave_the_books_of_a_quiet_day()
    {
        await using var server = Server();
        await server.StartAsync();
        await ConsentVisit.ConnectAsync(server);
        await DieAsync(server, request => request.Asked("page") == "2");
        await DieAsync(server, request => request.Path == Renewal);
        await DieAsync(server, request => request.Endpoint == "Reports/TrialBalance");
        await EndedAsync(server, runs: 1);

        Work();
        await AskAsync(server);
        await DieAsync(server, request => request.Endpoint == "Payments");
        await DieAsync(server, request => request.Path == Renewal);
        await EndedAsync(server, runs: 2);

        await using var quiet = Server();
        _xero.Xero.Faults = null;
        await quiet.StartAsync();
        await ConsentVisit.ConnectAsync(quiet);
        await EndedAsync(quiet, runs: 1);
        await using var books = server.Open();
        await using var clean = quiet.Open();
        var expected = await BookContent.OfAsync(clean);
        var actual = await BookContent.OfAsync(books);
        Assert.True(expected.Count > 100);
        Assert.True(expected.SequenceEqual(actual), $"missing {string.Join(" | ", expected.Except(actual).Take(5))}; too many {string.Join(" | ", actual.Except(expected).Take(5))}");
        Assert.False(await books.XeroTokens.AnyAsync(token => token.BrokenAt != null));
    }

    private RunningServer Server() => new(
    [
        .. ConsentVisit.Settings(_xero), ("Admin__Email", TwoNodes.Admin), ("Admin__Password", TwoNodes.Password), ("RateLimit__SignInPerMinute", "1000"), ("Xero__PageSize", "10"),
    ]);

    /// <summary>
    /// Kills the process while Xero holds back the first answer of that kind, and starts it again. Once in each of its lives the token ends, between two
    /// pages where there are two. The answer itself is lost, so that a renewal which is cut off has used its token up.
    /// </summary>
    private async Task DieAsync(RunningServer server, Func<FakeRequest, bool> when)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var dead = new ManualResetEventSlim();
        var (calls, ended) = (0, 0);
        _xero.Xero.Faults = request =>
        {
            if (request.Path != Renewal && (Interlocked.Increment(ref calls) == 9 || request.Asked("page") == "2") && Interlocked.Exchange(ref ended, 1) == 0)
            {
                Consents.EndAccessTokens();
            }

            if (when(request) && reached.TrySetResult())
            {
                dead.Wait(Patience);
            }

            return null;
        };
        try
        {
            await reached.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            await using var db = server.Open();
            var runs = await db.SyncRuns.Select(run => new { run.Status, run.Step, run.ErrorCode, run.ErrorMessage }).ToListAsync();
            Assert.Fail($"Xero was never asked for it. Runs: {string.Join("; ", runs)}. Calls: {string.Join(", ", _xero.Xero.Calls.TakeLast(12).Select(call => $"{call.Request.Endpoint} {call.Request.Asked("page")}"))}");
        }

        await server.KillAsync();
        dead.Set();
        await server.StartAsync();
    }

    private static async Task EndedAsync(RunningServer server, int runs)
    {
        await server.WaitAsync(async db => await db.SyncRuns.CountAsync(run => run.FinishedAt != null) == runs);
        await using var db = server.Open();
        Assert.All(await db.SyncRuns.ToListAsync(), run => Assert.True(run.Status == SyncStatus.Succeeded, $"{run.ErrorCode} {run.ErrorMessage}"));
        var organisation = await db.XeroTenants.SingleAsync();
        Assert.Equal((ConnectionStatus.Connected, false), (organisation.Connection, organisation.SyncInProgress));
    }

    private static async Task AskAsync(RunningServer server)
    {
        await using var db = server.Open();
        db.Add(new SyncRun { TenantId = (await db.XeroTenants.SingleAsync()).Id, Trigger = SyncTriggers.Manual });
        await db.SaveChangesAsync();
    }

    private void Work()
    {
        _small.Books.Now = TimeProvider.System.GetUtcNow();
        _small.Books.Void(_small.Invoices[1], new DateOnly(2026, 3, 20));
        _small.Books.Bill(new DateOnly(2025, 5, 2), "Late supplier", new FakeLine("429", 77m, "INPUT2"));
        _small.Books.Edit(_small.Bills[3], bill => bill with { Date = new DateOnly(2025, 6, 30) }, new DateOnly(2026, 3, 20));
        _small.Books.Void(_small.Payments[^1], new DateOnly(2026, 3, 20));
    }
}
