using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Tests.Support;

/// <summary>
/// A small company's books behind fakes of the ports: seven months of documents that balance, opening balances and
/// payroll from Xero's trial balance. Today is 20 November 2026.
/// </summary>
internal sealed class SampleBooks
{
    public static readonly DateOnly Today = new(2026, 11, 20);
    private readonly Dictionary<string, Account> _accounts = [];
    private readonly Random _random = new(7);
    private long _nextLine = 1;

    public SampleBooks(bool filled = true)
    {
        Company = Organisation("Tūī & Ash Coffee Roasters Limited", "NZD", "NZ", ConnectionStatus.Demo);
        Other = Organisation("Pōhutukawa Holdings", "AUD", "AU", ConnectionStatus.NeedsReconnect);
        Other.ConnectionDetail = "Consent was withdrawn at Xero on 18 Nov 17:02.";
        Tenants.Organisations.AddRange([Company, Other]);
        Tenants.Active = Company.Id;
        if (!filled)
        {
            (Company.DataAsOf, Company.BooksStart) = (null, null);
            return;
        }

        new SampleDocuments(this).Write();
        Ledger.Accounts.AddRange(_accounts.Values.OrderBy(account => account.Code, StringComparer.Ordinal));
        SampleRuns.Write(this);
        foreach (var end in new[] { new DateOnly(2026, 10, 31), Today })
        {
            TieXero(end);
        }
    }

    public XeroTenant Company { get; }

    public XeroTenant Other { get; }

    public FakeTenantRepository Tenants { get; } = new();

    public FakeLedgerReader Ledger { get; } = new();

    public FakeTransactionReader Transactions { get; } = new();

    public FakeCategorising Categorising => field ??= new FakeCategorising(Transactions);

    public FakeRules Rules => field ??= new FakeRules(Transactions);

    public FakeSavedViews Views { get; } = new();

    public FakeBackups Backups { get; } = new(new FixedClock());

    public FakeTieOutBook TieOut => field ??= new FakeTieOutBook(Ledger);

    public FakeOpenItemReader OpenItems { get; } = new();

    public FakeDocumentSums Sums { get; } = new();

    public FakeCallBudget Calls { get; } = new();

    public FakeTrackingReader Tracking { get; } = new();

    public FakeFollowUps FollowUps { get; } = new(new FixedClock());

    public FakeKpis Kpis => field ??= new FakeKpis(Ledger);

    public FakeBudgets Budgets { get; } = new();

    public FakeWebhooks Webhooks { get; } = new();

    public FakeLayouts Layouts { get; } = new();

    public FakeAccountBook AccountBook => field ??= new FakeAccountBook(Ledger);

    public FakeContactBook ContactBook { get; } = new();

    public FakeSyncRuns SyncRuns { get; } = new();

    public FakeNotices Notices { get; } = new();

    public FakeConnections Connections => field ??= new FakeConnections(this);

    public Account Account(string code) => _accounts[code];

    public Account Add(string code, string name, string type, string accountClass, string? systemAccount = null) => _accounts[code] = new Account
    {
        TenantId = Company.Id,
        AccountId = Guid.CreateVersion7(),
        Code = code,
        Name = name,
        Type = type,
        Class = accountClass,
        SystemAccount = systemAccount,
    };

    public decimal Between(int from, int to) => _random.Next(from * 100, to * 100) / 100m;

    public int Pick(int below) => _random.Next(below);

    /// <summary>A ledger line, debit +.</summary>
    public LedgerLineView Post(DateOnly date, string code, decimal amount, string source = LineSources.Document, Transaction? document = null, string? kind = null)
    {
        var line = new LedgerLine
        {
            Id = _nextLine++,
            TenantId = Company.Id,
            Date = date,
            AccountId = Account(code).AccountId,
            Amount = amount,
            Source = source,
            Kind = kind,
            DocumentKind = document is null ? null : document.Type is TransactionTypes.Invoice or TransactionTypes.Bill ? DocumentKind.Invoice : DocumentKind.BankTransaction,
            DocumentXeroId = document?.XeroId,
            ContactId = document?.ContactId,
            Description = document?.Description ?? kind,
        };
        var view = new LedgerLineView(line, code, Account(code).Name, document?.Id, document?.Number, document?.ContactName, null);
        Ledger.Lines.Add(view);
        return view;
    }

    /// <summary>Xero reads the same as we do at that day, but for <paramref name="off"/> on one account.</summary>
    public void TieXero(DateOnly date, string? code = null, decimal off = 0)
    {
        var yearStart = Company.FinancialYear.StartOf(date);
        var balances = new Dictionary<Guid, decimal>();
        foreach (var line in Ledger.Lines.Select(view => view.Line).Where(line => line.Date <= date))
        {
            var account = _accounts.Values.First(one => one.AccountId == line.AccountId);
            var target = account.IsProfitAndLoss && line.Date < yearStart ? Account("960") : account;
            balances[target.AccountId] = balances.GetValueOrDefault(target.AccountId) + line.Amount;
        }

        if (code is not null)
        {
            balances[Account(code).AccountId] = balances.GetValueOrDefault(Account(code).AccountId) + off;
        }

        Ledger.XeroBalances[date] = new StoredTrialBalance(date, new DateTime(2026, 11, 19, 20, 14, 0, DateTimeKind.Utc), balances);
    }

    private static XeroTenant Organisation(string name, string currency, string country, string connection) => new()
    {
        XeroTenantId = Guid.NewGuid().ToString("D"),
        Name = name,
        BaseCurrency = currency,
        CountryCode = country,
        TimeZone = "NEWZEALANDSTANDARDTIME",
        ShortCode = "!tU1aS",
        FinancialYearEndDay = 31,
        FinancialYearEndMonth = 3,
        Connection = connection,
        BooksStart = new DateOnly(2026, 5, 1),
        DataAsOf = new DateTime(2026, 11, 19, 20, 15, 0, DateTimeKind.Utc),
        LedgerVersion = 12,
    };
}
