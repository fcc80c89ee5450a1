using System.Text.RegularExpressions;

namespace XeroCfo.Tests.Architecture;

/// <summary>What a reviewer would look for in the text of the sources.</summary>
public sealed partial class SourceTests
{
    /// <summary>
    /// Every use of the bypass of the organisation filter, as <c>file: reason</c>. A new one is reviewed and added here by hand.
    /// </summary>
    private static readonly string[] AcrossTenants =
    [
        "XeroCfo.Data/Saving/UnitOfWork.cs: reason",

        // A key is found before its organisations are known; what comes back is cut to the owner's grants.
        "XeroCfo.Data/ApiKeys/ApiKeyRepository.cs: Reason",
        "XeroCfo.Data/ApiKeys/ApiKeyRepository.cs: Reason",
        "XeroCfo.Data/ApiKeys/ApiKeyRepository.cs: Reason",
        "XeroCfo.Data/ApiKeys/ApiKeyRepository.cs: A key belongs to a person, its limits to several organisations.",
        "XeroCfo.Data/ApiKeys/ApiKeyRepository.cs: A key belongs to a person, not to an organisation.",
        "XeroCfo.Data/ApiKeys/ApiKeyRepository.cs: A key belongs to a person, not to an organisation.",
        "XeroCfo.Data/ApiKeys/ApiKeyRepository.cs: A key's end is told to every organisation that it reaches.",
        "XeroCfo.Data/ApiKeys/ApiKeyUseBook.cs: a key is turned away before its organisations are looked at",

        // Each writes one entry that names no organisation.
        "XeroCfo.Data/Storage/DatabaseLifecycle.cs: the database's shape belongs to no organisation",
        "XeroCfo.Data/Storage/RestoreNote.cs: the audit trail's end belongs to no organisation",
        "XeroCfo.Data/Webhooks/AllowedTargetsNote.cs: Reason",
        "XeroCfo.Data/Audit/AuditTrail.cs: an entry of the audit trail that belongs to no organisation",

        // Before anything is served; counts only.
        "XeroCfo.Data/Encryption/KeyCheck.cs: start-up: is anything encrypted in this database?",

        // What readers of all organisations find rows by; rows are only counted.
        "XeroCfo.Data/Ledger/FirstLoad.cs: indexes are of all organisations",

        // Everything is kept and put back; whose it is plays no part, and only admins and the console may ask.
        "XeroCfo.Data/Backups/Snapshot.cs: a backup holds every organisation",
        "XeroCfo.Data/Backups/BackupArchive.cs: a backup holds every organisation",
        "XeroCfo.Data/Backups/BackupRestore.cs: Reason",
        "XeroCfo.Data/Backups/BackupRestore.cs: Reason",
        "XeroCfo.Data/Backups/BackupNames.cs: Reason",
        "XeroCfo.Data/Backups/BackupBook.cs: Reason",
        "XeroCfo.Data/Backups/BackupBook.cs: Reason",
        "XeroCfo.Data/Backups/BackupBook.cs: Reason",
        "XeroCfo.Data/Backups/BackupBook.cs: Reason",
        "XeroCfo.Data/Backups/BackupBook.cs: Reason",

        // Every secret of the installation gets a new seal; whose it is plays no part.
        "XeroCfo.Data/Encryption/KeyRotation.cs: Reason",
        "XeroCfo.Data/Encryption/KeyRotation.cs: Reason",
        "XeroCfo.Data/Encryption/KeyRotation.cs: Reason",

        // One consent, or one notice, is about several organisations; which ones, Xero says.
        "XeroCfo.Data/Sync/NoticeBook.cs: a notice of Xero's tells of several organisations",
        "XeroCfo.Data/Xero/Consents/ConnectionBook.cs: one consent brings several organisations",
        "XeroCfo.Data/Xero/Consents/ConnectionBook.cs: an organisation is deleted, and what is told of it must outlive it",
        "XeroCfo.Data/Xero/Consents/TokenBook.cs: a consent covers several organisations",
        "XeroCfo.Data/Xero/Consents/TokenBook.cs: a consent covers several organisations",
        "XeroCfo.Data/Xero/Consents/TokenBook.cs: a consent covers several organisations",
        "XeroCfo.Data/Xero/Consents/TokenBook.cs: consents of all organisations are kept alive",
        "XeroCfo.Data/Xero/Consents/XeroLeaving.cs: a consent covers several organisations",

        // People belong to no organisation; the service shows of their grants what the caller sees.
        "XeroCfo.Data/Users/PeopleRepository.cs: Reason",
        "XeroCfo.Data/Users/PeopleRepository.cs: Reason",

        // Nobody calls: the product's own schedule.
        "XeroCfo.Data/Sync/SyncQueue.cs: the schedule looks at all organisations",
        "XeroCfo.Data/Rules/RuleRunQueue.cs: the queue of rule runs belongs to all organisations",
        "XeroCfo.Data/Sync/SyncQueue.cs: the queue of runs belongs to all organisations",
        "XeroCfo.Data/Webhooks/DeliveryQueue.cs: events of all organisations are handed out together",
        "XeroCfo.Data/Webhooks/DeliveryQueue.cs: the queue of deliveries belongs to all organisations",
        "XeroCfo.Data/Webhooks/DeliveryQueue.cs: what is old is forgotten, whose it is plays no part",
        "XeroCfo.Data/Sync/SyncQueue.cs: the schedule looks at all organisations",
        "XeroCfo.Web/Hosting/Metrics.cs: metrics count the work of all organisations",
        "XeroCfo.Data/Sync/SyncQueue.cs: the schedule looks at all organisations",
        "XeroCfo.Data/Reports/Schedules/ScheduleQueue.cs: the schedule looks at all organisations",
        "XeroCfo.Data/Reports/Schedules/ScheduleQueue.cs: the queue of scheduled reports belongs to all organisations",
        "XeroCfo.Data/Xero/DemoCompanyInstaller.cs: the demo company is given to every admin",

        // The old organisation goes and the new one comes in one transaction; found by its id, and only where it is the demo.
        "XeroCfo.Data/Xero/DemoCompanyInstaller.cs: the demo company is made anew, and who sees it stays",

        // Each filters by the person's own id.
        "XeroCfo.Data/Tenants/TenantRepository.cs: a person's own selection",
        "XeroCfo.Data/Tenants/TenantRepository.cs: a person's own selection",
        "XeroCfo.Data/Tenants/TenantRepository.cs: a person's own selection",
        "XeroCfo.Data/Users/SignInRecord.cs: sign-in",
        "XeroCfo.Data/Users/SignInRecord.cs: sign-in",
        "XeroCfo.Data/Users/SessionBook.cs: a token's person decides which organisations a request may see",
        "XeroCfo.Data/Users/UserRepository.cs: a person's own grants",
        "XeroCfo.Data/Users/UserRepository.cs: Reason",
    ];

    /// <summary>The files that may hold SQL of our own: it goes round the interceptors, so each sets what they would have set.</summary>
    private static readonly string[] RawSql =
    [
        // Bulk writes: every row brings its organisation and its times.
        "XeroCfo.Data/Storage/Bulk.cs",

        // Pragmas, the check of a file before it is opened, locks around migration: no rows of ours.
        "XeroCfo.Data/Storage/SqliteInspection.cs",
        "XeroCfo.Data/Storage/SqliteSetup.cs",
        "XeroCfo.Data/Storage/StartLock.cs",

        // The migrations' own statements, when a restore takes them in its transaction.
        "XeroCfo.Data/Backups/Postgres/PostgresShape.cs",

        // A lock of one row.
        "XeroCfo.Data/Users/UserRepository.cs",
    ];

    /// <summary>The edges where everything is caught, logged and answered.</summary>
    private static readonly string[] CatchesAll =
    [
        // Before and around every endpoint of the API.
        "XeroCfo.Web/Hosting/Api/ApiKeyAuthentication.cs", "XeroCfo.Web/Hosting/Api/ApiGuard.cs",

        // The database's own faults, told apart by its kind; the rest is thrown on.
        "XeroCfo.Data/Storage/Refusals.cs",

        // A heartbeat that does not get through.
        "XeroCfo.Domain/Pipeline/SyncRunner.cs", "XeroCfo.Domain/Backups/BackupRunner.cs",

        // The executable's verbs, the monitor's question, the worker's loop.
        "XeroCfo.Web/Commands/CommandLine.cs", "XeroCfo.Web/Hosting/Health.cs", "XeroCfo.Web/Workers/RuleWorker.cs", "XeroCfo.Web/Workers/ScheduleWorker.cs", "XeroCfo.Web/Workers/SyncWorker.cs",
        "XeroCfo.Web/Workers/AuditWorker.cs", "XeroCfo.Web/Workers/ApiKeyWorker.cs", "XeroCfo.Web/Workers/WebhookWorker.cs", "XeroCfo.Web/Workers/BackupWorker.cs",
        "XeroCfo.Web/Workers/OverviewWorker.cs", "XeroCfo.Web/Workers/ConsentWorker.cs",
    ];

    /// <summary>What lives longer than a request or a page. None of it holds what belongs to an organisation, or it is found by ids that no two organisations share.</summary>
    private static readonly string[] Remembers =
    [
        // When something was last noted, by key, person or action.
        "XeroCfo.Domain/Audit/AuditNotes.cs", "XeroCfo.Data/ApiKeys/ApiKeyUseBook.cs", "XeroCfo.Data/Users/SessionBook.cs",

        // How many calls of an organisation are under way, by its id.
        "XeroCfo.Data/Xero/XeroPace.cs",

        // Endpoints that are being served, and pages that are open, by endpoint and person.
        "XeroCfo.Web/Workers/WebhookWorker.cs", "XeroCfo.Web/Hosting/CircuitLimit.cs",

        // The organisations of the Xero that plays itself.
        "XeroCfo.Data/Xero/Demo/Wire/FakeXero.cs",
    ];

    [Fact]
    public void Looking_across_organisations_is_reviewed() => Assert.Equal(AcrossTenants.Order(), UsesAcross(SourceTree.Product).Order());

    [Fact]
    public void SQL_of_our_own_is_in_named_files_only() => Assert.Equal(RawSql.Order(), Matching(SourceTree.Product, RawSqlPattern()).Order());

    [Fact]
    public void Everything_is_caught_at_the_edges_only() => Assert.Equal(CatchesAll.Order(), Matching(SourceTree.Product, CatchPattern()).Order());

    [Fact]
    public void Nothing_is_written_as_markup_and_no_other_site_is_let_in() => Assert.Empty(Matching(SourceTree.Product, OpenDoorPattern()));

    [Fact]
    public void Pages_hand_nothing_over_from_their_first_drawing_and_no_text_says_which_type_it_is() => Assert.Empty(Matching(SourceTree.Product, TrustedTextPattern()));

    [Fact]
    public void What_is_remembered_between_requests_is_reviewed() => Assert.Equal(Remembers.Order(), Matching(SourceTree.Product, MemoryPattern()).Order());

    [Fact]
    public void No_folder_has_a_name_that_says_nothing()
    {
        string[] empty = ["Services", "Models", "Helpers", "Common", "Utils"];

        var folders = SourceTree.Files.SelectMany(file => file.Path.Split('/').SkipLast(1)).Distinct().ToList();

        Assert.True(folders.Count > 15);
        Assert.Empty(folders.Intersect(empty));
    }

    [Fact]
    public void Each_of_these_would_be_found()
    {
        Assert.True(SourceTree.Product.Count > 60);
        Assert.Equal(["a.cs: audit"], UsesAcross([new("a.cs", "await using var db = factory.AcrossTenants(\"audit\");")]));
        Assert.Equal(["a.cs: seal"], UsesAcross([new("a.cs", "UnitOfWork.BeginAcrossAsync(factory, caller, \"seal\", ct)")]));
        Assert.Empty(UsesAcross([new("a.cs", "public static XeroCfoDb AcrossTenants(this IDbFactory factory, string reason)")]));
        Assert.All(
            ["db.Rules.FromSqlRaw(sql)", "db.Rules.FromSql($\"\")", "ExecuteSqlRawAsync(sql)", "command.CommandText = sql", "new NpgsqlCommand(sql)", "SqlQuery<int>("],
            text => Assert.Single(Matching([new("a.cs", text)], RawSqlPattern())));
        Assert.All(["catch (Exception)", "catch (Exception e)", "catch (System.Exception)", "catch\n{"], text => Assert.Single(Matching([new("a.cs", text)], CatchPattern())));
        Assert.Empty(Matching([new("a.cs", "catch (HttpRequestException)")], CatchPattern()));
        Assert.All(["(MarkupString)row.Name", "builder.AddMarkupContent(0, text)", "services.AddCors()", "app.UseCors()"], text => Assert.Single(Matching([new("a.cs", text)], OpenDoorPattern())));
    }

    [Fact]
    public void Each_of_those_would_be_found_too()
    {
        Assert.All(["PersistentComponentState state", "[PersistentState]", "[JsonPolymorphic]", "[JsonDerivedType(typeof(A))]", "TypeNameHandling.All", "new XmlTextReader(s)", "DtdProcessing.Parse"],
            text => Assert.Single(Matching([new("a.cs", text)], TrustedTextPattern())));
        Assert.All(["IMemoryCache cache", "ConcurrentDictionary<Guid, bool> _x", "private static readonly Dictionary<string, int> _x = [];"], text => Assert.Single(Matching([new("a.cs", text)], MemoryPattern())));
        Assert.Empty(Matching([new("a.cs", "var ofThisCall = new Dictionary<string, int>();")], MemoryPattern()));
    }

    private static IEnumerable<string> UsesAcross(IEnumerable<SourceFile> files) =>
        from file in files
        from Match use in AcrossPattern().Matches(file.Text)
        select $"{file.Path}: {use.Groups["reason"].Value.Trim('"')}";

    private static IEnumerable<string> Matching(IEnumerable<SourceFile> files, Regex pattern) =>
        from file in files
        where pattern.IsMatch(file.Text)
        select file.Path;

    [GeneratedRegex("""(\.AcrossTenants\(|\.BeginAcrossAsync\(\w+, [\w.]+, )(?<reason>"[^"]*"|\w+)""")]
    private static partial Regex AcrossPattern();

    [GeneratedRegex(@"\b(FromSql(Raw|Interpolated)?|SqlQuery(Raw)?|ExecuteSql(Raw|Interpolated)?(Async)?)[<(]|\bCommandText\b|new (Npgsql|Sqlite)Command\(")]
    private static partial Regex RawSqlPattern();

    [GeneratedRegex(@"\b(MarkupString|AddMarkupContent|AddCors|UseCors)\b")]
    private static partial Regex OpenDoorPattern();

    [GeneratedRegex(@"\b(PersistentComponentState|PersistentState(Attribute)?|JsonPolymorphic|JsonDerivedType|TypeNameHandling|XmlTextReader|DtdProcessing)\b")]
    private static partial Regex TrustedTextPattern();

    [GeneratedRegex(@"\b(IMemoryCache|MemoryCache|HybridCache|ConcurrentDictionary<)|static (readonly )?(Dictionary|HashSet|List)<[^;(]*> _\w+ = (\[\]|new)")]
    private static partial Regex MemoryPattern();

    // A bare catch that throws again is a clean-up, and one that names its kinds in a filter catches only those.
    [GeneratedRegex(@"catch \((System\.)?Exception\b(?! \w+\) when \(\w+ is (?!not))|catch\s*\{(?![^}]*\bthrow;)")]
    private static partial Regex CatchPattern();
}
