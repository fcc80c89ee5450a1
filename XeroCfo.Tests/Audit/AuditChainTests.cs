using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using XeroCfo.Data;
using XeroCfo.Data.Audit;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Audit;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Audit;

/// <summary>
/// The trail over each database, and what somebody with the whole database in hand can do to it: every trigger is taken away first.
/// </summary>
public sealed class AuditChainTests
{
    [BothDatabases]
    public Task A_sealed_trail_is_whole_also_after_its_people_and_organisations_have_gone(TestDatabaseKind kind) => InAsync(kind, async trail =>
    {
        var (user, tenant) = (SampleRows.User(), SampleRows.Tenant());
        await trail.AddAsync(user, tenant);
        await trail.WriteAsync(3, user.Id, tenant.Id);
        await trail.WriteAsync(2);

        Assert.Equal(5, await trail.Chain.SealAsync(default));
        Assert.Equal(0, await trail.Chain.SealAsync(default));
        await trail.DoAsync(db => db.Users.ExecuteDeleteAsync());
        await trail.DoAsync(db => db.XeroTenants.ExecuteDeleteAsync());
        await trail.WriteAsync(1);

        Assert.Equal(new AuditVerdict(5, 1, null), await trail.Chain.VerifyAsync(default));
        Assert.Equal([1, 2, 3, 4, 5], await trail.ReadAsync(db => db.AuditSeals.Select(seal => seal.Seq).Order().ToListAsync()));
    });

    [BothDatabases]
    public Task Several_processes_seal_each_entry_once_and_without_gaps(TestDatabaseKind kind) => InAsync(kind, async trail =>
    {
        var chains = Enumerable.Range(0, 4).Select(_ => trail.AnotherProcess()).ToList();
        for (var round = 0; round < 5; round++)
        {
            await trail.WriteAsync(7);
            await Task.WhenAll(chains.Select(chain => Task.Run(() => chain.SealAsync(default))));
        }

        while (await trail.Chain.SealAsync(default) > 0)
        {
        }

        Assert.Equal(new AuditVerdict(35, 0, null), await trail.Chain.VerifyAsync(default));
    });

    [BothDatabases]
    public Task Entries_of_a_long_transaction_are_sealed_when_they_come(TestDatabaseKind kind) => InAsync(kind, async trail =>
    {
        trail.Clock.Advance(TimeSpan.FromMinutes(-10));
        var late = Trail.Make(null, null);
        late.CreatedAt = trail.Clock.Now.UtcDateTime;
        trail.Clock.Advance(TimeSpan.FromMinutes(10));
        await trail.WriteAsync(3);
        Assert.Equal(3, await trail.Chain.SealAsync(default));

        trail.Clock.Advance(TimeSpan.FromMinutes(-10));
        await trail.AddAsync(late);
        trail.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(1, await trail.Chain.SealAsync(default));
        Assert.Null((await trail.Chain.VerifyAsync(default)).Fault);
    });

    [BothDatabases]
    public Task A_changed_entry_is_named(TestDatabaseKind kind) => InAsync(kind, async trail =>
    {
        var entries = await trail.SealedAsync(5);
        await trail.WithoutGuardsAsync();

        await trail.DoAsync(db => db.AuditLogs.Where(entry => entry.Id == entries[2]).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Details, "{\"amount\":1}")));

        var fault = (await trail.Chain.VerifyAsync(default)).Fault!;
        Assert.StartsWith($"The entry {entries[2]:D} (number 3, rule.created,", fault, StringComparison.Ordinal);
        Assert.EndsWith("was changed after it was written.", fault, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault);
    });

    [BothDatabases]
    public Task An_entry_that_was_given_to_somebody_else_is_named(TestDatabaseKind kind) => InAsync(kind, async trail =>
    {
        var (ada, bob) = (SampleRows.User(), SampleRows.User("bob@example.com"));
        await trail.AddAsync(ada, bob);
        await trail.WriteAsync(2, ada.Id);
        await trail.Chain.SealAsync(default);
        await trail.WithoutGuardsAsync();

        await trail.DoAsync(db => db.AuditLogs.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.UserId, bob.Id)));

        Assert.Contains("was given to another person", (await trail.Chain.VerifyAsync(default)).Fault, StringComparison.Ordinal);
    });

    [BothDatabases]
    public Task A_deleted_entry_is_named_with_and_without_its_seal(TestDatabaseKind kind) => InAsync(kind, async trail =>
    {
        var entries = await trail.SealedAsync(5);
        await trail.WithoutGuardsAsync();

        await trail.DoAsync(db => db.AuditLogs.Where(entry => entry.Id == entries[1]).ExecuteDeleteAsync());
        Assert.Equal($"The entry {entries[1]:D} (number 2) was deleted.", (await trail.Chain.VerifyAsync(default)).Fault);

        await trail.DoAsync(db => db.AuditSeals.Where(seal => seal.Seq == 2).ExecuteDeleteAsync());
        Assert.StartsWith($"The seal number 2 is missing: an entry before the entry {entries[2]:D} ", (await trail.Chain.VerifyAsync(default)).Fault, StringComparison.Ordinal);
    });

    [BothDatabases]
    public Task An_inserted_entry_gets_no_seal_and_is_named_whatever_its_time(TestDatabaseKind kind) => InAsync(kind, async trail =>
    {
        await trail.SealedAsync(3);
        trail.Clock.Advance(TimeSpan.FromMinutes(-30));
        var forged = await trail.ForgeAsync();
        trail.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(0, await trail.AnotherProcess().SealAsync(default));
        Assert.StartsWith($"The entry {forged:D} ", (await trail.Chain.VerifyAsync(default)).Fault, StringComparison.Ordinal);
        Assert.EndsWith("was inserted: XeroCfo did not write it.", (await trail.Chain.VerifyAsync(default)).Fault, StringComparison.Ordinal);
        await trail.WriteAsync(1);
        Assert.Equal(1, await trail.AnotherProcess().SealAsync(default));
    });

    [BothDatabases]
    public Task Who_makes_the_whole_chain_anew_is_found_out_all_the_same(TestDatabaseKind kind) => InAsync(kind, async trail =>
    {
        var entries = await trail.SealedAsync(4);
        await trail.WithoutGuardsAsync();
        await trail.DoAsync(db => db.AuditLogs.Where(entry => entry.Id == entries[1]).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Action, "rule.deleted")));

        await trail.ChainAnewAsync();

        Assert.Contains($"{entries[1]:D} (number 2, rule.deleted, ", (await trail.Chain.VerifyAsync(default)).Fault, StringComparison.Ordinal);
        Assert.EndsWith("its mark is not XeroCfo's.", (await trail.Chain.VerifyAsync(default)).Fault, StringComparison.Ordinal);
    });

    [BothDatabases]
    public Task An_end_that_was_cut_off_is_known_from_the_note_in_the_database(TestDatabaseKind kind) => InAsync(kind, async trail =>
    {
        var entries = await trail.SealedAsync(5);
        await trail.WithoutGuardsAsync();
        await trail.CutAsync(3);

        Assert.Equal($"The end of the trail was cut off: it ends at number 3, but the note in the database knows the entry {entries[4]:D} as number 5.", (await trail.Chain.VerifyAsync(default)).Fault);

        // The note cannot be made to fit without the key, nor taken away.
        await trail.DoAsync(db => db.Settings.Where(setting => setting.Name == "audit.anchor").ExecuteUpdateAsync(set => set.SetProperty(setting => setting.Value, setting => setting.Value.Replace("5 ", "3 "))));
        Assert.Contains("its mark is wrong", (await trail.Chain.VerifyAsync(default)).Fault, StringComparison.Ordinal);
        await trail.DoAsync(db => db.Settings.Where(setting => setting.Name == "audit.anchor").ExecuteDeleteAsync());
        Assert.Contains("is gone from the database", (await trail.Chain.VerifyAsync(default)).Fault, StringComparison.Ordinal);
    });

    [BothDatabases]
    public Task A_database_that_was_turned_back_as_a_whole_is_known_from_the_note_outside_of_it(TestDatabaseKind kind) => InAsync(kind, async trail =>
    {
        await trail.SealedAsync(3);
        var note = await trail.ReadAsync(db => db.Settings.Where(setting => setting.Name == "audit.anchor").Select(setting => setting.Value).SingleAsync());
        var entries = await trail.SealedAsync(2);
        await trail.WithoutGuardsAsync();

        await trail.CutAsync(3);
        await trail.DoAsync(db => db.Settings.Where(setting => setting.Name == "audit.anchor").ExecuteUpdateAsync(set => set.SetProperty(setting => setting.Value, note)));

        Assert.Equal($"The end of the trail was cut off: it ends at number 3, but the note in the data directory knows the entry {entries[1]:D} as number 5.", (await trail.Chain.VerifyAsync(default)).Fault);
    });

    [BothDatabases]
    public Task A_server_that_goes_on_sealing_never_writes_over_the_evidence(TestDatabaseKind kind) => InAsync(kind, async trail =>
    {
        var entries = await trail.SealedAsync(5);
        await trail.WithoutGuardsAsync();
        await trail.CutAsync(3);

        await trail.SealedAsync(4);
        Assert.Contains("is not the one that the note in the database knows under that number", (await trail.Chain.VerifyAsync(default)).Fault, StringComparison.Ordinal);

        // Nor does it help to take the note, or all seals, away.
        await trail.DoAsync(db => db.Settings.Where(setting => setting.Name == "audit.anchor").ExecuteDeleteAsync());
        await trail.SealedAsync(1);
        Assert.Contains("is gone from the database", (await trail.Chain.VerifyAsync(default)).Fault, StringComparison.Ordinal);
        await trail.DoAsync(db => db.AuditSeals.ExecuteDeleteAsync());
        Assert.Equal(8, await trail.AnotherProcess().SealAsync(default));
        Assert.Contains("is not the one that the note in the data directory knows", (await trail.Chain.VerifyAsync(default)).Fault, StringComparison.Ordinal);
        Assert.DoesNotContain(entries[4], await trail.ReadAsync(db => db.AuditSeals.Select(seal => seal.AuditLogId).ToListAsync()));
    });

    [BothDatabases]
    public Task An_entry_that_nobody_seals_is_named_after_a_minute(TestDatabaseKind kind) => InAsync(kind, async trail =>
    {
        await trail.SealedAsync(1);
        await trail.WriteAsync(1);
        Assert.Null((await trail.Chain.VerifyAsync(default)).Fault);

        trail.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Contains("has had no seal for 3 minutes", (await trail.Chain.VerifyAsync(default)).Fault, StringComparison.Ordinal);
    });

    private static async Task InAsync(TestDatabaseKind kind, Func<Trail, Task> act)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var folder = Directory.CreateTempSubdirectory("xerocfo-audit");
        try
        {
            await act(new Trail(database, new DataFolder(folder.FullName)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A trail with its key, and ways to do harm to it.</summary>
    private sealed class Trail
    {
        private readonly TestDatabase _database;
        private readonly DataFolder _folder;
        private readonly AuditKey _key = new();
        private readonly IDbFactory _factory;

        public Trail(TestDatabase database, DataFolder folder)
        {
            (_database, _folder) = (database, folder);
            _key.Use(new string('7', 64));
            _factory = new DbFactory(database.Options, database.Clock, _key);
            Chain = AnotherProcess();
        }

        public FixedClock Clock => _database.Clock;

        public AuditChain Chain { get; }

        public AuditChain AnotherProcess() => new(
            _factory, _key, new AuditAnchorNote(_key, Clock, NullLogger<AuditAnchorNote>.Instance, _folder), Clock, NullLogger<AuditChain>.Instance);

        public static AuditLog Make(Guid? user, Guid? tenant) => new()
        {
            UserId = user,
            TenantId = tenant,
            Action = "rule.created",
            Details = $$"""{"pattern":"R&D \u00e9","amount":1.50,"caller":{"userId":{{Text(user)}} },"tenantId":{{Text(tenant)}} }""",
            IpAddress = "203.0.113.7",
        };

        public async Task AddAsync(params object[] rows)
        {
            await using var db = _factory.AcrossTenants("a test writes anywhere");
            db.AddRange(rows);
            await db.SaveChangesAsync();
        }

        public async Task<List<Guid>> WriteAsync(int count, Guid? user = null, Guid? tenant = null)
        {
            var ids = new List<Guid>();
            for (var place = 0; place < count; place++)
            {
                Clock.Advance(TimeSpan.FromMilliseconds(1));
                var entry = Make(user, tenant);
                await AddAsync(entry);
                ids.Add(entry.Id);
            }

            return ids;
        }

        public async Task<List<Guid>> SealedAsync(int count)
        {
            var ids = await WriteAsync(count);
            Assert.Equal(count, await Chain.SealAsync(default));
            return ids;
        }

        /// <summary>As if by somebody with a database client: without the key.</summary>
        public async Task<Guid> ForgeAsync()
        {
            var entry = Make(null, null);
            await _database.AddAsync(entry);
            return entry.Id;
        }

        public async Task DoAsync(Func<XeroCfoDb, Task> act)
        {
            await using var db = _database.Open();
            await act(db);
        }

        public async Task<T> ReadAsync<T>(Func<XeroCfoDb, Task<T>> read)
        {
            await using var db = _database.Open();
            return await read(db);
        }

        /// <summary>Takes the triggers and the reference of the seals away.</summary>
        public Task WithoutGuardsAsync() => DoAsync(async db =>
        {
            string[] statements = _database.Kind == TestDatabaseKind.Sqlite
                ?
                [
                    "DROP TRIGGER \"AuditLogs_append_only_update\"", "DROP TRIGGER \"AuditLogs_append_only_delete\"", "DROP TRIGGER \"AuditLogs_append_only_insert\"",
                    "CREATE TABLE \"Copy\" (\"seq\" INTEGER NOT NULL PRIMARY KEY, \"auditLogId\" TEXT NOT NULL, \"hash\" TEXT NOT NULL)",
                    "INSERT INTO \"Copy\" SELECT \"seq\", \"auditLogId\", \"hash\" FROM \"AuditSeals\"", "DROP TABLE \"AuditSeals\"", "ALTER TABLE \"Copy\" RENAME TO \"AuditSeals\"",
                ]
                : ["ALTER TABLE \"AuditLogs\" DISABLE TRIGGER USER", "ALTER TABLE \"AuditSeals\" DROP CONSTRAINT \"FK_AuditSeals_AuditLogs_auditLogId\""];
            foreach (var statement in statements)
            {
                await db.Database.ExecuteSqlRawAsync(statement);
            }
        });

        /// <summary>Deletes everything after the number, entries and seals.</summary>
        public Task CutAsync(long after) => DoAsync(async db =>
        {
            await db.AuditLogs.Where(entry => db.AuditSeals.Any(seal => seal.AuditLogId == entry.Id && seal.Seq > after)).ExecuteDeleteAsync();
            await db.AuditSeals.Where(seal => seal.Seq > after).ExecuteDeleteAsync();
        });

        /// <summary>Every seal computed again over what stands there now.</summary>
        public Task ChainAnewAsync() => DoAsync(async db =>
        {
            var previous = "";
            foreach (var seal in await db.AuditSeals.OrderBy(seal => seal.Seq).ToListAsync())
            {
                previous = seal.Hash = AuditCanon.Seal(previous, await db.AuditLogs.AsNoTracking().SingleAsync(entry => entry.Id == seal.AuditLogId));
            }

            await db.SaveChangesAsync();
        });

        private static string Text(Guid? id) => id is { } known ? $"\"{known:D}\"" : "null";
    }
}
