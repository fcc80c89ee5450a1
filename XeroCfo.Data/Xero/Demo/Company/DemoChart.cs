namespace XeroCfo.Data.Xero.Demo;

/// <summary>The whole chart of accounts of the demo company: 71 accounts. Keys 091 and 095 only name accounts that have no code on the wire.</summary>
internal static class DemoChart
{
    public const string Cheque = "090", TaxSavings = "091", Visa = "094", CardClearing = "095";

    private static readonly (string Key, string Name, string Type, string? System)[] Accounts =
    [
        ("090", "Cheque", "BANK", null), ("091", "Tax savings", "BANK", null), ("092", "USD account", "BANK", null),
        ("093", "AUD account", "BANK", null), ("094", "Business Visa", "BANK", null), ("095", "Card clearing", "BANK", null),
        ("200", "Wholesale sales", "REVENUE", null), ("205", "Online sales", "REVENUE", null), ("210", "Roastery shop", "REVENUE", null),
        ("215", "Export sales", "REVENUE", null), ("220", "Freight recovered", "REVENUE", null),
        ("260", "Other income", "OTHERINCOME", null), ("270", "Interest received", "OTHERINCOME", null),
        ("300", "Green beans", "DIRECTCOSTS", null), ("305", "Packaging", "DIRECTCOSTS", null), ("310", "Freight in and duty", "DIRECTCOSTS", null),
        ("320", "Outward freight", "DIRECTCOSTS", null), ("330", "Stock movement", "DIRECTCOSTS", null),
        ("400", "Advertising", "EXPENSE", null), ("404", "Bank and merchant fees", "EXPENSE", null), ("408", "Cleaning", "EXPENSE", null),
        ("412", "Accounting", "EXPENSE", null), ("416", "Depreciation", "DEPRECIATN", null), ("418", "Bad debts", "EXPENSE", null),
        ("420", "Entertainment", "EXPENSE", null), ("425", "Courier", "EXPENSE", null), ("429", "General", "EXPENSE", null),
        ("433", "Insurance", "EXPENSE", null), ("437", "Interest paid", "EXPENSE", null), ("441", "Legal", "EXPENSE", null),
        ("445", "Power and gas", "EXPENSE", null), ("449", "Vehicles", "EXPENSE", null), ("452", "Old van lease", "EXPENSE", null),
        ("453", "Office", "EXPENSE", null), ("463", "Software", "EXPENSE", null), ("469", "Rent", "EXPENSE", null),
        ("473", "Repairs", "EXPENSE", null), ("477", "Wages", "WAGESEXPENSE", null), ("478", "KiwiSaver employer", "EXPENSE", null),
        ("479", "ACC levies", "EXPENSE", null), ("489", "Phone and internet", "EXPENSE", null), ("493", "Travel NZ", "EXPENSE", null),
        ("494", "Travel overseas", "EXPENSE", null), ("497", "Bank revaluations", "EXPENSE", "BANKCURRENCYGAIN"),
        ("498", "Unrealised gains", "EXPENSE", "UNREALISEDCURRENCYGAIN"), ("499", "Realised gains", "EXPENSE", "REALISEDCURRENCYGAIN"),
        ("505", "Income tax", "EXPENSE", null),
        ("610", "Accounts receivable", "CURRENT", "DEBTORS"), ("615", "Supplier deposits", "CURRENT", null), ("620", "Prepayments", "PREPAYMENT", null),
        ("630", "Stock", "INVENTORY", null), ("710", "Fit-out and office", "FIXED", null), ("711", "Less depreciation on fit-out and office", "FIXED", null),
        ("730", "Roasting plant", "FIXED", null), ("731", "Less depreciation on roasting plant", "FIXED", null),
        ("740", "Vehicles owned", "FIXED", null), ("741", "Less depreciation on vehicles", "FIXED", null),
        ("800", "Accounts payable", "CURRLIAB", "CREDITORS"), ("801", "Unpaid expense claims", "CURRLIAB", "UNPAIDEXPCLM"),
        ("803", "Wages payable", "CURRLIAB", "WAGEPAYABLES"), ("820", "GST", "CURRLIAB", "GST"),
        ("825", "PAYE and KiwiSaver payable", "CURRLIAB", null), ("830", "Income tax payable", "CURRLIAB", null),
        ("840", "Historical adjustment", "EQUITY", "HISTORICAL"), ("850", "Suspense", "CURRLIAB", null), ("860", "Rounding", "CURRLIAB", "ROUNDING"),
        ("877", "Tracking transfers", "CURRLIAB", "TRACKINGTRANSFERS"), ("900", "Plant loan", "TERMLIAB", null),
        ("960", "Retained earnings", "EQUITY", "RETAINEDEARNINGS"), ("970", "Share capital", "EQUITY", null), ("980", "Dividends", "EQUITY", null),
    ];

    public static IReadOnlyList<string> Banks { get; } = [.. Accounts.Where(account => account.Type == "BANK").Select(account => account.Key)];

    /// <summary>The income and expense accounts.</summary>
    public static IReadOnlyList<string> IncomeAndExpense { get; } =
        [.. Accounts.Where(account => FakeAccount.ClassOf(account.Type) is "REVENUE" or "EXPENSE").Select(account => account.Key)];

    public static void Write(FakeBooks books)
    {
        foreach (var (key, name, type, system) in Accounts)
        {
            books.Account(key, name, type, system, TaxTypeOf(key, type), key is not (TaxSavings or CardClearing), key == "452" ? "ARCHIVED" : "ACTIVE", CurrencyOf(key));
        }

        books.Currency("USD");
        books.Currency("AUD");
        books.Tracking("Region", "Wellington", "Auckland", "South Island", "Export");
        books.Tracking("Channel", "Wholesale", "Online", "Shop");
    }

    private static string? CurrencyOf(string key) => key switch { "092" => "USD", "093" => "AUD", _ => null };

    private static string TaxTypeOf(string key, string type) => (key, type) switch
    {
        ("215", _) => "ZERORATED",
        ("404" or "437" or "479" or "505" or "497" or "498" or "499" or "494" or "330", _) => "NONE",
        (_, "REVENUE") => "OUTPUT2",
        (_, "DIRECTCOSTS" or "EXPENSE") => "INPUT2",
        _ => "NONE",
    };
}
