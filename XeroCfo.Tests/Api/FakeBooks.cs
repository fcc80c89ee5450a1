using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Tests.Api;

/// <summary>Books that live in memory and remember what they were asked for.</summary>
internal sealed class FakeBooks : ILedgerReader, ITransactionReader, ISyncRunRepository
{
    public static readonly Guid Bank = Guid.Parse("11111111-0000-0000-0000-000000000001");
    public static readonly Guid Sales = Guid.Parse("11111111-0000-0000-0000-000000000002");

    public FakeBooks()
    {
        Accounts = [Account(Bank, "090", "Bank", "BANK", "ASSET"), Account(Sales, "200", "Sales", "REVENUE", "REVENUE")];
        Transaction = new Transaction
        {
            TenantId = ApiHost.Acme.Id,
            XeroId = Guid.Parse("22222222-0000-0000-0000-000000000001"),
            Type = TransactionTypes.Invoice,
            Status = "PAID",
            CurrencyCode = "USD",
            CurrencyRate = new FxRate(0.6125m),
            Direction = Directions.In,
            Amount = 12345.6789m,
            BaseAmount = 20156.21m,
            Date = new DateOnly(2026, 10, 3),
            DueDate = new DateOnly(2026, 10, 20),
            Number = "INV-1",
            SearchText = "secret search text",
            CreatedAt = new DateTime(2026, 10, 4, 1, 0, 0, DateTimeKind.Utc),
            UpdatedAt = new DateTime(2026, 10, 4, 1, 2, 3, DateTimeKind.Utc).AddTicks(4_567_890),
        };
        Run = new SyncRun
        {
            TenantId = ApiHost.Acme.Id,
            Trigger = SyncTriggers.Manual,
            Status = SyncStatus.Running,
            StartedAt = new DateTime(2026, 11, 24, 8, 0, 0, DateTimeKind.Utc),
            Step = "Invoices",
            Done = 3,
            Calls = 2,
            Counts = new() { ["Invoice"] = new SyncCounts(3, 1, 1, 1, 0) },
            MovedMonths = [new MovedMonth("2026-09", Sales, -10m, -20.5m)],
        };
    }

    public List<Account> Accounts { get; }

    public Transaction Transaction { get; }

    public SyncRun Run { get; }

    public TransactionFilter? AskedFilter { get; private set; }

    public LedgerLineFilter? AskedLines { get; private set; }

    public TransactionSort? AskedSort { get; private set; }

    public string? AskedCursor { get; private set; }

    public int AskedLimit { get; private set; }

    public Caller? LastCaller { get; private set; }

    public bool? AskedFull { get; private set; }

    public Exception? Failure { get; set; }

    public Problem? Refusal { get; set; }

    public string? Next { get; set; }

    public static Account Account(Guid id, string code, string name, string type, string @class) => new()
    {
        TenantId = ApiHost.Acme.Id,
        AccountId = id,
        Code = code,
        Name = name,
        Type = type,
        Class = @class,
    };

    public Task<IReadOnlyList<Account>> AccountsAsync(TenantId tenant, CancellationToken ct) => Answer<IReadOnlyList<Account>>(Accounts);

    public Task<IReadOnlyList<AccountMovement>> MovementsAsync(TenantId tenant, DateOnly? from, DateOnly to, CancellationToken ct) =>
        Answer<IReadOnlyList<AccountMovement>>(from is null ? [] : [new(Bank, 0, 100.10m, 0, 0), new(Sales, 0, -100.10m, 0, 0)]);

    public Task<Result<Page<LedgerLineView>>> LinesAsync(TenantId tenant, LedgerLineFilter filter, PagePlace place, int limit, CancellationToken ct)
    {
        (AskedLines, AskedCursor, AskedLimit) = (filter, place.Cursor, limit);
        return Answer<Result<Page<LedgerLineView>>>(new Page<LedgerLineView>([Line(tenant)], Next));
    }

    public Task<CappedCount> CountAsync(TenantId tenant, LedgerLineFilter filter, CancellationToken ct) => Answer(new CappedCount(CappedCount.Cap, true));

    public Task<IReadOnlyDictionary<Guid, decimal>> ForeignBalancesAsync(TenantId tenant, DateOnly date, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<Guid, decimal>>(new Dictionary<Guid, decimal>());

    public Task<StoredTrialBalance?> XeroTrialBalanceAsync(TenantId tenant, DateOnly date, CancellationToken ct) =>
        Answer(date == new DateOnly(2026, 10, 31)
            ? new StoredTrialBalance(date, new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc), new Dictionary<Guid, decimal> { [Bank] = 100.10m, [Sales] = -100.20m })
            : null);

    public Task<Result<Page<Transaction>>> ListAsync(TenantId tenant, TransactionFilter filter, TransactionSort sort, PagePlace place, int limit, CancellationToken ct)
    {
        (AskedFilter, AskedSort, AskedCursor, AskedLimit) = (filter, sort, place.Cursor, limit);
        return Answer<Result<Page<Transaction>>>(place.Cursor == "bad" ? ListProblems.BadCursor : new Page<Transaction>([Transaction], Next));
    }

    public Task<CappedCount> CountAsync(TenantId tenant, TransactionFilter filter, CancellationToken ct) => Answer(new CappedCount(1, false));

    public Task<TransactionDetail?> FindAsync(TenantId tenant, Guid id, bool hidePayroll, CancellationToken ct) => Answer(
        id == Transaction.Id && tenant.Value == Transaction.TenantId
            ? new TransactionDetail(
                Transaction,
                [new TransactionLine { LineNumber = 1, Net = 12345.6789m }],
                [new AllocationView(new Allocation { Id = Guid.NewGuid(), Amount = 5m, EffectiveDate = new DateOnly(2026, 10, 5) }, false, null)],
                [Line(tenant)],
                "https://go.xero.com/x")
            : null);

    public Task<Result<SyncRun>> EnqueueAsync(Caller caller, TenantId tenant, bool full, string trigger, CancellationToken ct)
    {
        (LastCaller, AskedFull) = (caller, full);
        return Answer<Result<SyncRun>>(Refusal is { } refused ? refused : Run);
    }

    public Task<Result<Page<SyncRunDetail>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct) =>
        Answer<Result<Page<SyncRunDetail>>>(new Page<SyncRunDetail>([Detail()], Next));

    public Task<SyncRun?> LastLookAsync(TenantId tenant, CancellationToken ct) => Answer<SyncRun?>(tenant.Value == Run.TenantId ? Run : null);

    Task<SyncRunDetail?> ISyncRunRepository.FindAsync(TenantId tenant, Guid runId, CancellationToken ct) =>
        Answer(runId == Run.Id && tenant.Value == Run.TenantId ? Detail() : null);

    public Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct) => Answer(CappedCount.Of(1));

    public Task<Result<Done>> CancelAsync(Caller caller, TenantId tenant, Guid runId, CancellationToken ct) =>
        Answer<Result<Done>>(SyncStatus.IsOver(Run.Status) ? SyncProblems.AlreadyOver : Done.Value);

    private static LedgerLineView Line(TenantId tenant) => new(
        new LedgerLine
        {
            TenantId = tenant.Value,
            Date = new DateOnly(2026, 10, 3),
            AccountId = Sales,
            Amount = -100.10m,
            Source = LineSources.Document,
            DocumentKind = DocumentKind.BankTransaction,
            DocumentXeroId = Guid.Parse("22222222-0000-0000-0000-000000000001"),
        },
        "200",
        "Sales",
        null,
        "INV-1",
        "A customer",
        null);

    private SyncRunDetail Detail() => new(Run, [new SyncIssue { Kind = "Invoice", XeroId = "x", Code = "no-account", Message = "No such account." }]);

    private Task<T> Answer<T>(T value) => Failure is { } failure ? Task.FromException<T>(failure) : Task.FromResult(value);
}
