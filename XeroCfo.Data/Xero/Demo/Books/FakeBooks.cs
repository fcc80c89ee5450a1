using System.Globalization;
using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Builds an organisation event by event. Each event writes Xero's JSON <em>and</em>, by its own simple rules, the double entry, so
/// the trial balance is right by construction and owes nothing to posting from documents.</summary>
public sealed partial class FakeBooks
{
    /// <summary>The control accounts that <see cref="WithUsualAccounts"/> makes.</summary>
    public const string Receivables = "610", Payables = "800", Gst = "820", Rounding = "860", RetainedEarnings = "960", BankRevaluations = "497", UnrealisedGains = "498", RealisedGains = "499";

    private readonly ulong _seed;
    private readonly Dictionary<string, KnownAccount> _accounts = [];
    private readonly Dictionary<string, Guid> _contacts = [];
    private readonly Dictionary<string, decimal> _taxPercents = [];
    private readonly Dictionary<string, (Guid Category, Dictionary<string, Guid> Options)> _tracking = [];
    private readonly Dictionary<string, string> _merged = [];
    private readonly Dictionary<Guid, Written> _written = [];
    private readonly Dictionary<string, int> _counters = [];
    private Dictionary<InvoiceState, DateTimeOffset>? _deferred;

    /// <param name="seed">All ids follow from it.</param>
    public FakeBooks(FakeOrganisationSettings? settings = null, ulong seed = 1)
    {
        _seed = seed;
        Organisation = new FakeOrganisation(settings ?? new FakeOrganisationSettings(DemoIds.For(seed, "tenant", "books"), "Fake Books Limited"), Journal) { CashTrialBalance = PaymentsOnly };
        Currency(Organisation.Settings.BaseCurrency);
        TaxRate("OUTPUT2", "15% GST on Income", 15m, "OUTPUT");
        TaxRate("INPUT2", "15% GST on Expenses", 15m, "INPUT");
        TaxRate("ZERORATED", "Zero Rated", 0m, "OUTPUT");
        TaxRate("NONE", "No GST", 0m, "NONE");
    }

    public FakeOrganisation Organisation { get; }

    public DemoJournal Journal { get; } = new();

    /// <summary>When set, what is written from now on is stamped with it; else each record is stamped on its own day.</summary>
    public DateTimeOffset? Now { get; set; }

    /// <summary>The UpdatedDateUTC of an event of a day; the id may spread events over the day.</summary>
    public Func<DateOnly, Guid, DateTimeOffset> StampOf { get; set; } = (day, _) => new DateTimeOffset(day, new TimeOnly(1, 0), TimeSpan.Zero);

    private DateTimeOffset Started => Now ?? Organisation.Settings.CreatedUtc;

    /// <summary>Books with a cheque account 090, savings 091, a USD account 092, the control and currency accounts, sales 200, purchases 300, general 429, stock 630, wages 477 and 803.</summary>
    public static FakeBooks WithUsualAccounts(FakeOrganisationSettings? settings = null, ulong seed = 1)
    {
        var books = new FakeBooks(settings, seed);
        books.Account("090", "Cheque Account", "BANK");
        books.Account("091", "Savings", "BANK");
        books.Account("200", "Sales", "REVENUE");
        books.Account("300", "Purchases", "DIRECTCOSTS");
        books.Account("429", "General Expenses", "EXPENSE");
        books.Account("477", "Wages", "WAGESEXPENSE");
        books.Account(Receivables, "Accounts Receivable", "CURRENT", "DEBTORS");
        books.Account("630", "Inventory", "INVENTORY");
        books.Account(Payables, "Accounts Payable", "CURRLIAB", "CREDITORS");
        books.Account("803", "Wages Payable", "CURRLIAB");
        books.Account(Gst, "GST", "CURRLIAB", "GST");
        books.Account(Rounding, "Rounding", "CURRLIAB", "ROUNDING");
        books.Account("840", "Historical Adjustment", "EQUITY", "HISTORICAL");
        books.Currency("USD");
        books.Account("092", "USD Account", "BANK", currency: "USD");
        books.Account(BankRevaluations, "Bank Revaluations", "EXPENSE", "BANKCURRENCYGAIN");
        books.Account(UnrealisedGains, "Unrealised Currency Gains", "EXPENSE", "UNREALISEDCURRENCYGAIN");
        books.Account(RealisedGains, "Realised Currency Gains", "EXPENSE", "REALISEDCURRENCYGAIN");
        books.Account(RetainedEarnings, "Retained Earnings", "EQUITY", "RETAINEDEARNINGS");
        return books;
    }

    /// <summary>The AccountID that an account of that key has in books of that seed.</summary>
    public static Guid AccountIdOf(ulong seed, string key) => DemoIds.For(seed, "account", key);

    /// <summary>Adds an account.</summary>
    /// <param name="key">What other calls name it by; also its code on the wire unless <paramref name="codeOnWire"/> is false.</param>
    public Guid Account(string key, string name, string type, string? systemAccount = null, string taxType = "NONE", bool codeOnWire = true, string status = "ACTIVE", string? currency = null)
    {
        var id = AccountIdOf(_seed, key);
        _accounts[key] = new KnownAccount(id, key, name, type, systemAccount, codeOnWire, currency ?? Organisation.Settings.BaseCurrency);
        var json = new JsonObject { ["AccountID"] = WireFormat.Id(id) };
        if (codeOnWire)
        {
            json["Code"] = key;
        }

        json["Name"] = name;
        json["Status"] = status;
        json["Type"] = type;
        json["TaxType"] = taxType;
        json["Class"] = FakeAccount.ClassOf(type);
        if (systemAccount is not null)
        {
            json["SystemAccount"] = systemAccount;
        }

        json["EnablePaymentsToAccount"] = false;
        json["ShowInExpenseClaims"] = false;
        if (type == "BANK")
        {
            json["BankAccountNumber"] = "0209" + DemoRandom.For(_seed, "bank-number", key).Between(100_000_000, 999_999_999).ToString("D12", CultureInfo.InvariantCulture);
            json["BankAccountType"] = "BANK";
            json["CurrencyCode"] = _accounts[key].Currency;
        }

        json["ReportingCode"] = "";
        json["HasAttachments"] = false;
        json["AddToWatchlist"] = false;
        Organisation.Put("Accounts", json, Started);
        return id;
    }

    /// <summary>Adds a contact, or finds the one of that name.</summary>
    public Guid Contact(string name, bool customer = false, bool supplier = false, string? email = null, string? number = null, string status = "ACTIVE")
    {
        if (_contacts.TryGetValue(name, out var known))
        {
            return known;
        }

        var id = _contacts[name] = DemoIds.For(_seed, "contact", name);
        var json = new JsonObject { ["ContactID"] = WireFormat.Id(id), ["ContactStatus"] = status, ["Name"] = name, ["EmailAddress"] = email ?? "" };
        if (number is not null)
        {
            json["AccountNumber"] = number;
        }

        json["BankAccountDetails"] = "";
        json["TaxNumber"] = "";
        json["Addresses"] = new JsonArray();
        json["Phones"] = new JsonArray();
        json["ContactGroups"] = new JsonArray();
        json["IsSupplier"] = supplier;
        json["IsCustomer"] = customer;
        json["ContactPersons"] = new JsonArray();
        json["HasAttachments"] = false;
        json["HasValidationErrors"] = false;
        Organisation.Put("Contacts", json, Started);
        return id;
    }

    /// <summary>Adds a currency to the organisation's list.</summary>
    public void Currency(string code) => Organisation.Put("Currencies", new JsonObject { ["Code"] = code, ["Description"] = code }, Started);

    /// <summary>Adds a tax rate with a single component.</summary>
    public void TaxRate(string taxType, string name, decimal percent, string reportTaxType)
    {
        _taxPercents[taxType] = percent;
        var json = new JsonObject { ["Name"] = name, ["TaxType"] = taxType, ["ReportTaxType"] = reportTaxType };
        foreach (var kind in new[] { "Assets", "Equity", "Expenses", "Liabilities", "Revenue" })
        {
            json["CanApplyTo" + kind] = true;
        }

        json["DisplayTaxRate"] = percent;
        json["EffectiveRate"] = percent;
        json["Status"] = "ACTIVE";
        json["TaxComponents"] = new JsonArray(new JsonObject { ["Name"] = "GST", ["Rate"] = percent, ["IsCompound"] = false, ["IsNonRecoverable"] = false });
        Organisation.Put("TaxRates", json, Started);
    }

    /// <summary>Adds a tracking category with its options.</summary>
    public Guid Tracking(string category, params string[] options)
    {
        var id = DemoIds.For(_seed, "tracking", category);
        var known = options.ToDictionary(option => option, option => DemoIds.For(_seed, "option", category + "/" + option));
        _tracking[category] = (id, known);
        Organisation.Put(
            "TrackingCategories",
            new JsonObject
            {
                ["Name"] = category,
                ["Status"] = "ACTIVE",
                ["TrackingCategoryID"] = WireFormat.Id(id),
                ["Options"] = new JsonArray([.. known.Select(option => new JsonObject
                {
                    ["TrackingOptionID"] = WireFormat.Id(option.Value),
                    ["Name"] = option.Key,
                    ["Status"] = "ACTIVE",
                })]),
            },
            Started);
        return id;
    }

    /// <summary>An entry that no document tells of: opening balances, payroll, depreciation. Debit +; must sum to 0.00.</summary>
    public JournalEntry XeroOnly(DateOnly date, string memo, params (string Account, decimal Amount)[] lines)
    {
        var entry = Journal.Post(date, memo, lines.Select(line => new JournalLine(IdOf(line.Account), line.Amount)));
        _xeroOnly.Add(entry);
        return entry;
    }

    /// <summary>Writes a note into the history of an invoice, bill or credit note, as a person would in Xero.</summary>
    public void Note(Guid document, DateOnly day, string text) => Organisation.AddNote(_written[document].Endpoint, document, text, Stamp(day, document));

    /// <summary>The id of an account by its key.</summary>
    public Guid IdOf(string account) => _accounts[account].Id;

    /// <summary>The journal's balance by account key, debit +.</summary>
    public decimal Balance(string account, DateOnly through) => Journal.Balance(IdOf(account), through);

    private string NextKey(string kind)
    {
        _counters[kind] = _counters.GetValueOrDefault(kind) + 1;
        return _counters[kind].ToString("D4", CultureInfo.InvariantCulture);
    }

    private DateTimeOffset Stamp(DateOnly day, Guid id) => Now ?? StampOf(day, id);

    private Guid Control(string systemAccount) => _accounts.Values.First(account => account.System == systemAccount).Id;

    private sealed record KnownAccount(Guid Id, string Key, string Name, string Type, string? System, bool CodeOnWire, string Currency);

    /// <summary>What was written under an id, so that it can be paid, changed, voided or spoilt.</summary>
    private sealed class Written(string endpoint, DateOnly date)
    {
        public string Endpoint { get; } = endpoint;

        public DateOnly Date { get; } = date;

        public JournalEntry? Entry { get; set; }

        public InvoiceState? Invoice { get; init; }

        public PaymentState? Payment { get; init; }

        public CreditState? Credit { get; init; }

        public BatchState? Batch { get; init; }

        /// <summary>What was written, of the kinds that can be changed and have no state of their own.</summary>
        public object? Document { get; set; }
    }
}
