namespace XeroCfo.Domain.Reports;

/// <summary>The kinds of reports.</summary>
public static class ReportTypes
{
    public const string ProfitAndLoss = "PROFIT_LOSS";
    public const string BalanceSheet = "BALANCE_SHEET";
    public const string CashFlow = "CASH_FLOW";
    public const string AgedReceivables = "AGED_RECEIVABLES";
    public const string AgedPayables = "AGED_PAYABLES";
    public const string BudgetVariance = "BUDGET_VARIANCE";
    public const string KpiDashboard = "KPI_DASHBOARD";
    public const string Custom = "CUSTOM";

    /// <summary>Every kind that can be made.</summary>
    public static readonly IReadOnlyList<string> All = [ProfitAndLoss, BalanceSheet, CashFlow, AgedReceivables, AgedPayables, BudgetVariance, KpiDashboard, Custom];

    /// <summary>Kinds that stand at a day and not over days.</summary>
    public static bool IsAtADay(string type) => type is BalanceSheet or AgedReceivables or AgedPayables;

    public static bool IsAged(string type) => type is AgedReceivables or AgedPayables;

    /// <summary>Kinds whose rows are income and expense.</summary>
    public static bool IsProfit(string type) => type is ProfitAndLoss or BudgetVariance;

    /// <summary>Kinds that can stand beside a budget.</summary>
    public static bool PlansProfit(string type) => IsProfit(type) || type == Custom;

    /// <summary>The name on the page.</summary>
    public static string TitleOf(string type) => type switch
    {
        ProfitAndLoss => "Profit and loss",
        BalanceSheet => "Balance sheet",
        CashFlow => "Cash-flow statement",
        AgedReceivables => "Aged receivables",
        AgedPayables => "Aged payables",
        BudgetVariance => "Budget variance",
        KpiDashboard => "KPI dashboard",
        Custom => "Custom report",
        _ => type,
    };
}

/// <summary>Names of the proofs.</summary>
public static class ReportChecks
{
    public const string TrialBalanceZero = "trialBalanceZero";
    public const string EarningsEqualProfit = "earningsEqualProfit";
    public const string Balances = "assetsEqualLiabilitiesPlusEquity";
    public const string CashFlowEndsAtBank = "cashFlowEndsAtBank";
    public const string AgedEqualsControl = "agedEqualsControl";
    public const string TiesToXero = "tiesToXero";
    public const string StandsOnDocuments = "standsOnDocuments";

    /// <summary>Of a custom report: its groups hold every income and expense account once.</summary>
    public const string LayoutIsComplete = "layoutIsComplete";
}

/// <summary>Words of parameters.</summary>
public static class ReportWords
{
    public const string None = "none", Month = "month", Quarter = "quarter", Year = "year";
    public const string DueDate = "dueDate", Date = "date";
    public const string Indirect = "indirect", Direct = "direct";
    public const string Accrual = "accrual", Cash = "cash";
    public const string ByContact = "contact", ByDocument = "document";
    public const string Months = "months", Days = "days";
    public const string LastYear = "lastYear", BudgetPrefix = "budget:";

    public static readonly IReadOnlyList<string> Intervals = [None, Month, Quarter, Year];
}

/// <summary>What is asked of a report; what is null is left to it. Which ones a kind of report takes, <see cref="ReportPlan"/> says.</summary>
public sealed record ReportParameters
{
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>The day of a report at a day.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>none, month, quarter or year: columns of a report over days; of a balance sheet how far its columns stand apart.</summary>
    public string? Interval { get; init; }

    /// <summary>none, previous:1 to previous:24, lastYear, or budget:{id}.</summary>
    public string? Compare { get; init; }

    /// <summary>By itself: a column for each of its options.</summary>
    public Guid? TrackingCategoryId { get; init; }

    /// <summary>Only documents with this option.</summary>
    public Guid? TrackingOptionId { get; init; }

    /// <summary>dueDate or date.</summary>
    public string? AgeBy { get; init; }

    /// <summary>What is due on the very day is current.</summary>
    public bool? IncludeReportDateInCurrent { get; init; }

    /// <summary>A row for each contact, or for each document too.</summary>
    public string? By { get; init; }

    /// <summary>months; days: 1–30, 31–60, 61–90, 90+; or so many periods of so many days or months, such as 6x15days.</summary>
    public string? Buckets { get; init; }

    /// <summary>ISO code: only documents in it, in it.</summary>
    public string? Currency { get; init; }

    /// <summary>indirect or direct.</summary>
    public string? Method { get; init; }

    /// <summary>accrual or cash.</summary>
    public string? Basis { get; init; }

    /// <summary>The layout of a custom report.</summary>
    public Guid? LayoutId { get; init; }

    /// <summary>Accounts without any amount too.</summary>
    public bool? ShowZero { get; init; }

    /// <summary>Bank accounts that are overdrawn stand under current liabilities, in each column by its own balance.</summary>
    public bool? OverdraftsInLiabilities { get; init; }

    /// <summary>Beside each amount its part of total income.</summary>
    public bool? PercentOfIncome { get; init; }

    /// <summary>Operating profit, EBIT, EBITDA and profit before tax below net profit.</summary>
    public bool? ManagementLines { get; init; }

    /// <summary>The part of what it is compared with from which on a change is material, as a fraction; left out: <see cref="Variance.MaterialShare"/>.</summary>
    public decimal? MaterialShare { get; init; }

    /// <summary>The amount from which on a change is material; left out: a hundredth of income, assets or cash.</summary>
    public decimal? MaterialAmount { get; init; }
}
