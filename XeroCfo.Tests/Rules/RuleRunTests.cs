using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Rules;

/// <summary>Runs of rules over synced books: what they change, what they leave, what one undo brings back; on both databases.</summary>
public sealed class RuleRunTests
{
    private static readonly DateOnly Day = new(2026, 2, 10);
    private readonly FakeBooks _books = FakeBooks.WithUsualAccounts();
    private readonly FixedClock _clock = new(new DateTimeOffset(2026, 3, 20, 0, 0, 0, TimeSpan.Zero));

    public RuleRunTests()
    {
        foreach (var i in Enumerable.Range(0, 6))
        {
            _books.Spend(Day.AddDays(i), "090", "Fuelco", new FakeLine("429", 10m + i) { Description = $"FUELCO {1400 + i} PETONE" });
        }

        _books.Spend(Day, "090", "Parkwell", new FakeLine("429", 5m) { Description = "PARKWELL WGTN" });
    }

    [BothDatabases]
    public async Task A_run_categorises_what_has_no_category_and_one_undo_brings_all_back(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        var before = await RowsAsync(books);
        var rule = await RuleAsync(books, new RuleInput("fuelco", "Fuel", "300"));

        var run = await RunAsync(books, RunScopes.Uncategorized);

        Assert.Equal((SyncStatus.Succeeded, 7, 6, 6, 0), (run.Status, run.Evaluated, run.Matched, run.Changed, run.SkippedManual));
        var after = await RowsAsync(books);
        Assert.Equal(6, after.Count(row => row.Category == "Fuel" && row.Source == "rule" && row.Rule == rule && row.Code == "300"));
        Assert.Equal(before.Single(row => row.Text.StartsWith("PARK", StringComparison.Ordinal)), after.Single(row => row.Text.StartsWith("PARK", StringComparison.Ordinal)));
        var view = (await books.Get<RuleService>().GetAsync(Caller.Command, books.Tenant, rule, default)).Value;
        Assert.Equal((6, 75m, _clock.UtcNow()), (view.Hits90Days, view.Amount90Days, view.Rule.LastHitAt));

        var undone = await books.Get<RuleRunService>().UndoAsync(Caller.Command, books.Tenant, run.Id, default);
        var again = await books.Get<RuleRunService>().UndoAsync(Caller.Command, books.Tenant, run.Id, default);

        Assert.Equal(new Undone(6, 0), undone.Value);
        Assert.Equal(("already-undone", ProblemKind.Conflict), (again.Problem!.Code, again.Problem.Kind));
        Assert.Equal(before, await RowsAsync(books));
    }

    [BothDatabases]
    public async Task A_persons_choice_outranks_every_rule_and_undo_leaves_what_a_person_changed_since(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        await RuleAsync(books, new RuleInput("fuelco", "Fuel", null));
        var rows = await RowsAsync(books);
        await books.Get<CategorisingService>().ChangeAsync(Caller.Command, books.Tenant, rows[0].Id, ReadVersion.Any, new CategoryWish(Wish.Of("Travel"), default), default);

        var run = await RunAsync(books, RunScopes.All);
        await books.Get<CategorisingService>().ChangeAsync(Caller.Command, books.Tenant, rows[1].Id, ReadVersion.Any, new CategoryWish(Wish.Of("Office"), default), default);
        var undone = await books.Get<RuleRunService>().UndoAsync(Caller.Command, books.Tenant, run.Id, default);

        Assert.Equal((7, 6, 5, 1), (run.Evaluated, run.Matched, run.Changed, run.SkippedManual));
        Assert.Equal(new Undone(4, 1), undone.Value);
        Assert.Equal(["Travel", "Office", null, null, null, null, null], (await RowsAsync(books)).Select(row => row.Category));
    }

    [BothDatabases]
    public async Task A_run_over_everything_replaces_rules_and_accounts_and_leaves_what_no_rule_matches(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        await books.Get<CategoryService>().CreateAsync(Caller.Command, books.Tenant, new CategoryInput("General", null, null, [_books.IdOf("429")]), default);
        await RuleAsync(books, new RuleInput("fuelco", "Fuel", "300"));
        await RuleAsync(books, new RuleInput("fuelco", "Diesel", null, 5, true, new RuleCondition { All = [new() { Field = "amount", Min = 14 }, new() { Field = "account", Is = ["429"] }] }));

        var nothing = await RunAsync(books, RunScopes.Uncategorized);
        var first = await RunAsync(books, RunScopes.All);
        var same = await RunAsync(books, RunScopes.All);
        var dated = await RunAsync(books, RunScopes.All, Day.AddDays(2), Day.AddDays(3));

        Assert.Equal((0, 6, 0, 2), (nothing.Evaluated, first.Changed, same.Changed, dated.Evaluated));
        Assert.Equal(["Fuel", "Fuel", "Fuel", "Fuel", "Diesel", "Diesel", "General"], (await RowsAsync(books)).Select(row => row.Category));
        Assert.Equal(["300", "300", "300", "300", "429", "429", "429"], (await RowsAsync(books)).Select(row => row.Code));
    }

    [BothDatabases]
    public async Task Rules_run_by_themselves_after_a_sync_when_there_are_any(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        Assert.Null(await books.Get<RuleRunner>().RunNextAsync(books.Tenant, default));
        await RuleAsync(books, new RuleInput("fuelco", "Fuel", null));

        await books.SyncWellAsync();
        await books.SyncWellAsync();
        var run = await books.Get<RuleRunner>().RunNextAsync(books.Tenant, default);

        Assert.Equal((RunTriggers.Sync, "worker", 6), (run?.Trigger, run?.By, run?.Changed));
        Assert.Null(await books.Get<RuleRunner>().RunNextAsync(books.Tenant, default));
    }

    [BothDatabases]
    public async Task A_run_that_was_killed_goes_on_behind_its_last_whole_page(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        await RuleAsync(books, new RuleInput("fuelco", "Fuel", null));
        var matcher = RuleMatcher.Of(await books.Get<IRuleRepository>().AllAsync(books.Tenant, default));
        var asked = (await books.Get<RuleRunService>().RequestAsync(Caller.Command, books.Tenant, new RunRequest(null, null, RunScopes.Uncategorized), default)).Value;
        var queue = books.Get<IRuleRunQueue>();
        var dying = (await queue.ClaimAsync("dying", books.Tenant, default))!;
        Assert.Equal(RunStep.Went, await queue.NextPageAsync(dying, matcher, default));

        // Alive, it keeps the run; dead for long enough, another process has it, and what the first still does counts for nothing.
        Assert.Null(await queue.ClaimAsync("other", books.Tenant, default));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await using var other = books.AnotherProcess();
        var run = await other.GetRequiredService<RuleRunner>().RunNextAsync(books.Tenant, default);

        Assert.Equal((asked.Id, SyncStatus.Succeeded, 7, 6), (run!.Id, run.Status, run.Evaluated, run.Changed));
        Assert.Equal(RunStep.Stopped, await queue.NextPageAsync(dying, matcher, default));
        await using var db = books.Open();
        Assert.Equal(6, await db.CategoryUndoRows.CountAsync());
        Assert.Equal(6, (await db.CategoryUndos.SingleAsync()).Changed);
    }

    [BothDatabases]
    public async Task A_rule_that_is_changed_while_a_run_is_under_way_decides_as_it_is_now(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        var (rules, queue) = (books.Get<IRuleRepository>(), books.Get<IRuleRunQueue>());
        var (fuel, park) = (await RuleAsync(books, new RuleInput("fuelco", "Fuel", null)), await RuleAsync(books, new RuleInput("park", "Parking", null)));
        await books.Get<RuleRunService>().RequestAsync(Caller.Command, books.Tenant, new RunRequest(null, null, RunScopes.All), default);
        var meanwhile = new Meanwhile(queue, async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Null((await books.Get<RuleService>().UpdateAsync(Caller.Command, books.Tenant, fuel, ReadVersion.Any, new RuleInput("fuelco", "Diesel", null), default)).Problem);
            Assert.Null((await books.Get<RuleService>().DeleteAsync(Caller.Command, books.Tenant, park, ReadVersion.Any, default)).Problem);
        });

        var run = await new RuleRunner(meanwhile, rules, _clock, NullLogger<RuleRunner>.Instance).RunNextAsync(books.Tenant, default);

        Assert.Equal([RunStep.RulesChanged, RunStep.Went, RunStep.Ended], meanwhile.Steps);
        Assert.Equal((SyncStatus.Succeeded, 7, 6), (run!.Status, run.Evaluated, run.Changed));
        Assert.Equal(6, (await RowsAsync(books)).Count(row => row.Category == "Diesel"));
        Assert.Null((await RowsAsync(books)).Single(row => row.Text.StartsWith("PARK", StringComparison.Ordinal)).Category);
    }

    [BothDatabases]
    public async Task A_page_that_fails_leaves_nothing_of_itself(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        await RuleAsync(books, new RuleInput("fuelco", "Fuel", null));
        await books.Get<RuleRunService>().RequestAsync(Caller.Command, books.Tenant, new RunRequest(null, null, RunScopes.Uncategorized), default);
        var queue = books.Get<IRuleRunQueue>();
        var run = (await queue.ClaimAsync("me", books.Tenant, default))!;
        await using (var db = books.Open())
        {
            await db.CategoryUndos.ExecuteDeleteAsync();
        }

        var matcher = RuleMatcher.Of(await books.Get<IRuleRepository>().AllAsync(books.Tenant, default));
        await Assert.ThrowsAnyAsync<Exception>(() => queue.NextPageAsync(run, matcher, default));

        await using var after = books.Open();
        Assert.All(await RowsAsync(books), row => Assert.Null(row.Category));
        Assert.Equal(0, (await after.RuleRuns.SingleAsync()).Evaluated);
    }

    [BothDatabases]
    public async Task A_run_is_cancelled_and_what_it_did_can_be_taken_back_only_then(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        await RuleAsync(books, new RuleInput("fuelco", "Fuel", null));
        var (service, queue) = (books.Get<RuleRunService>(), books.Get<IRuleRunQueue>());
        var asked = (await service.RequestAsync(Caller.Command, books.Tenant, new RunRequest(null, null, RunScopes.Uncategorized), default)).Value;
        var run = (await queue.ClaimAsync("me", books.Tenant, default))!;
        await queue.NextPageAsync(run, RuleMatcher.Of(await books.Get<IRuleRepository>().AllAsync(books.Tenant, default)), default);

        var early = await service.UndoAsync(Caller.Command, books.Tenant, asked.Id, default);
        var direct = await books.Get<CategorisingService>().UndoAsync(Caller.Command, books.Tenant, run.UndoId!.Value, default);
        Assert.True((await service.CancelAsync(Caller.Command, books.Tenant, asked.Id, default)).Succeeded);
        Assert.Equal(RunStep.Stopped, await queue.NextPageAsync(run, RuleMatcher.Of([]), default));
        (run.Status, run.FinishedAt) = (SyncStatus.Cancelled, _clock.UtcNow());
        await queue.FinishAsync(run, default);

        Assert.Equal(("rule-run-running", "rule-run-running"), (early.Problem?.Code, direct.Problem?.Code));
        Assert.Equal("rule-run-over", (await service.CancelAsync(Caller.Command, books.Tenant, asked.Id, default)).Problem?.Code);
        Assert.Equal(6, (await service.UndoAsync(Caller.Command, books.Tenant, asked.Id, default)).Value.Restored);
        Assert.Equal(6, (await service.GetAsync(Caller.Command, books.Tenant, asked.Id, default)).Value.Restored);
    }

    [BothDatabases]
    public async Task A_preview_says_what_a_run_would_do(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        var vehicles = await RuleAsync(books, new RuleInput("petone", "Vehicles", null, 0, true, new RuleCondition { Field = "amount", Max = 12 }));
        var rows = await RowsAsync(books);
        await books.Get<CategorisingService>().ChangeAsync(Caller.Command, books.Tenant, rows[5].Id, ReadVersion.Any, new CategoryWish(Wish.Of("Travel"), default), default);

        foreach (var pattern in new[] { "fuelco", "/fuel../", "FUELCO*PETONE", "/[f]u.lco/" })
        {
            var preview = (await books.Get<RulePreviewService>().LookAsync(Caller.Command, books.Tenant, new RuleInput(pattern, "Fuel", "300", 1), null, default)).Value;

            Assert.Equal((6, 7, 5, 1), (preview.Matches, preview.Total, preview.Uncategorised, preview.Locked));
            Assert.Equal([(vehicles, 3, ConflictWinners.This)], preview.Conflicts.Select(conflict => (conflict.Rule.Id, conflict.Count, conflict.Winner)));
            Assert.Equal(["Travel", "Fuel", "Fuel", "Fuel", "Fuel", "Fuel"], preview.Sample.Select(one => one.After.Category));
        }

        var weaker = (await books.Get<RulePreviewService>().LookAsync(Caller.Command, books.Tenant, new RuleInput("fuelco", "Fuel", null, -1), null, default)).Value;
        Assert.Equal([(vehicles, 3, ConflictWinners.Other)], weaker.Conflicts.Select(conflict => (conflict.Rule.Id, conflict.Count, conflict.Winner)));
        Assert.Equal(3, weaker.Sample.Count(one => one.After.Category == "Vehicles"));
        Assert.Empty((await books.Get<RulePreviewService>().LookAsync(Caller.Command, books.Tenant, new RuleInput("fuelco", "Fuel", null), vehicles, default)).Value.Conflicts);
        Assert.Equal(7, (await RowsAsync(books)).Count(row => row.Category is null or "Travel"));
    }

    [BothDatabases]
    public async Task A_preview_sees_the_code_of_the_lines_where_a_rule_gave_another_as_a_run_does(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        await RuleAsync(books, new RuleInput("fuelco", "Fuel", "300"));
        await RunAsync(books, RunScopes.All);
        var stronger = new RuleInput("fuelco", "Diesel", null, 5, true, new RuleCondition { Field = "account", Is = ["429"] });

        var preview = (await books.Get<RulePreviewService>().LookAsync(Caller.Command, books.Tenant, stronger, null, default)).Value;
        var none = (await books.Get<RulePreviewService>().LookAsync(Caller.Command, books.Tenant, stronger with { Conditions = new RuleCondition { Field = "account", Is = ["300"] } }, null, default)).Value;
        await RuleAsync(books, stronger);
        var run = await RunAsync(books, RunScopes.All);

        Assert.Equal((6, 0, 6), (preview.Matches, none.Matches, run.Changed));
        Assert.All(preview.Sample, one => Assert.Equal(("Fuel", "300", "Diesel", "429"), (one.Before.Category, one.Before.AccountCode, one.After.Category, one.After.AccountCode)));
        Assert.Equal(6, (await RowsAsync(books)).Count(row => row.Category == "Diesel" && row.Code == "429"));
    }

    private static async Task<Guid> RuleAsync(SyncedBooks books, RuleInput input)
    {
        var made = await books.Get<RuleService>().CreateAsync(Caller.Command, books.Tenant, input, default);
        Assert.Null(made.Problem);
        return made.Value.Rule.Id;
    }

    private static async Task<RuleRun> RunAsync(SyncedBooks books, string scope, DateOnly? from = null, DateOnly? to = null)
    {
        Assert.Null((await books.Get<RuleRunService>().RequestAsync(Caller.Command, books.Tenant, new RunRequest(from, to, scope), default)).Problem);
        return (await books.Get<RuleRunner>().RunNextAsync(books.Tenant, default))!;
    }

    private static async Task<List<Said>> RowsAsync(SyncedBooks books)
    {
        await using var db = books.Open();
        return (await db.Transactions.AsNoTracking().ToListAsync()).OrderBy(row => row.Description, StringComparer.Ordinal)
            .Select(row => new Said(row.Id, row.Description!, row.Category, row.CategorySource, row.CategoryRuleId, row.OwnAccountCode, row.AccountCode, row.LockedByPerson)).ToList();
    }

    private async Task<SyncedBooks> SyncedAsync(TestDatabaseKind kind)
    {
        var books = await SyncedBooks.OfAsync(_books, _clock, kind);
        await books.SyncWellAsync();
        await using var db = books.Open();
        var admin = Storage.SampleRows.User();
        admin.Role = Roles.Admin;
        db.Users.Add(admin);
        await db.SaveChangesAsync();
        return books;
    }

    /// <summary>Somebody does something between two steps of a run.</summary>
    private sealed class Meanwhile(IRuleRunQueue queue, Func<Task> work) : IRuleRunQueue
    {
        public List<RunStep> Steps { get; } = [];

        public Task<RuleRun?> ClaimAsync(string owner, TenantId? only, CancellationToken ct) => queue.ClaimAsync(owner, only, ct);

        public async Task<RunStep> NextPageAsync(RuleRun run, RuleMatcher matcher, CancellationToken ct)
        {
            await (Steps.Count == 0 ? work() : Task.CompletedTask);
            Steps.Add(await queue.NextPageAsync(run, matcher, ct));
            return Steps[^1];
        }

        public Task FinishAsync(RuleRun run, CancellationToken ct) => queue.FinishAsync(run, ct);

        public Task EnqueueAfterSyncAsync(TenantId tenant, CancellationToken ct) => queue.EnqueueAfterSyncAsync(tenant, ct);
    }

    private sealed record Said(Guid Id, string Text, string? Category, string Source, Guid? Rule, string? Own, string? Code, bool Locked);
}
