using System.ComponentModel.DataAnnotations;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Xero;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Reports;

/// <summary>A report with its proofs. Display signs: income, liabilities and equity as −ledger, expenses and assets as +ledger.</summary>
internal sealed record ReportDocumentAnswer : ReportDocument, IExample<ReportDocumentAnswer>
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public ReportDocumentAnswer(ReportDocument document)
        : base(document)
    {
    }

    public static ReportDocumentAnswer Example => new(new ReportDocument
    {
        Type = ReportTypes.ProfitAndLoss,
        Title = "Profit and loss",
        Organisation = "Tūī & Ash Coffee Roasters Limited",
        Currency = "NZD",
        Basis = ReportWords.Accrual,
        From = new DateOnly(2026, 10, 1),
        To = new DateOnly(2026, 10, 31),
        GeneratedAt = Examples.Instant,
        DataAsOf = Examples.Instant,
        LedgerVersion = 12,
        SyncInProgress = false,
        Parameters = new ReportParameters { From = new DateOnly(2026, 10, 1), To = new DateOnly(2026, 10, 31), Interval = "none", Compare = "none", Basis = "accrual", ShowZero = false },
        Columns = [new ReportColumn("actual", "1 Oct – 31 Oct 2026", new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 31), ReportColumnKind.Amount)],
        Rows =
        [
            new ReportRow { Key = "income:heading", Label = "Income", Kind = ReportRowKind.Section },
            new ReportRow { Key = $"account:{Examples.Account:D}", Label = "Sales", Kind = ReportRowKind.Line, Depth = 1, AccountId = Examples.Account, Values = [48_330.55m], XeroOnly = [120m] },
            new ReportRow { Key = "income", Label = "Total income", Kind = ReportRowKind.Subtotal, Values = [48_330.55m], XeroOnly = [120m] },
            new ReportRow { Key = "grossProfit", Label = "Gross profit", Kind = ReportRowKind.Total, Values = [48_330.55m], XeroOnly = [120m] },
            new ReportRow { Key = "netProfit", Label = "Net profit", Kind = ReportRowKind.Total, Values = [48_330.55m], XeroOnly = [120m] },
        ],
        Checks = [new ReportCheck(ReportChecks.TrialBalanceZero, "Trial balance", CheckStatus.Pass, 0m, 0m, 0m, "All balances at 31 Oct 2026 together")],
        Notes = [new ReportNote("left-out", "Wages: from Xero's trial balance at 31 Oct 2026 for a month that these days cut; left out.", Examples.Account, new DateOnly(2026, 10, 31), 92_744m)],
    });
}

/// <summary>What is asked of a report; what is left out is left to it.</summary>
internal sealed record ReportParametersRequest(
    DateOnly? From = null,
    DateOnly? To = null,
    DateOnly? Date = null,
    [property: AllowedValues(null, "none", "month", "quarter", "year")] string? Interval = null,
    [property: RegularExpression("^(none|lastYear|previous:([1-9]|1[0-9]|2[0-4])|budget:[0-9a-fA-F-]{36})$")] string? Compare = null,
    Guid? TrackingCategoryId = null,
    Guid? TrackingOptionId = null,
    [property: AllowedValues(null, "dueDate", "date")] string? AgeBy = null,
    bool? IncludeReportDateInCurrent = null,
    [property: AllowedValues(null, "contact", "document")] string? By = null,
    [property: RegularExpression("^(months|days|([1-9]|1[0-2])x[1-9][0-9]{0,2}(days|months))$")] string? Buckets = null,
    [property: RegularExpression("^[A-Z]{3}$")] string? Currency = null,
    [property: AllowedValues(null, "indirect", "direct")] string? Method = null,
    [property: AllowedValues(null, "accrual", "cash")] string? Basis = null,
    Guid? LayoutId = null,
    bool? ShowZero = null,
    bool? PercentOfIncome = null,
    bool? OverdraftsInLiabilities = null,
    bool? ManagementLines = null,
    [property: Range(0, 1)] decimal? MaterialShare = null,
    [property: Range(0L, ReportParameterRules.MostMaterial)] decimal? MaterialAmount = null)
{
    public ReportParameters ToParameters() => new()
    {
        From = From,
        To = To,
        Date = Date,
        Interval = Interval,
        Compare = Compare,
        TrackingCategoryId = TrackingCategoryId,
        TrackingOptionId = TrackingOptionId,
        AgeBy = AgeBy,
        IncludeReportDateInCurrent = IncludeReportDateInCurrent,
        By = By,
        Buckets = Buckets,
        Currency = Currency,
        Method = Method,
        Basis = Basis,
        LayoutId = LayoutId,
        ShowZero = ShowZero,
        PercentOfIncome = PercentOfIncome,
        OverdraftsInLiabilities = OverdraftsInLiabilities,
        ManagementLines = ManagementLines,
        MaterialShare = MaterialShare,
        MaterialAmount = MaterialAmount,
    };
}

/// <summary>Which report.</summary>
internal sealed record ReportRunRequest(
    [property: Required, AllowedValues(ReportTypes.ProfitAndLoss, ReportTypes.BalanceSheet, ReportTypes.CashFlow, ReportTypes.AgedReceivables, ReportTypes.AgedPayables, ReportTypes.BudgetVariance, ReportTypes.KpiDashboard, ReportTypes.Custom)] string? Type = null,
    ReportParametersRequest? Parameters = null) : IExample<ReportRunRequest>
{
    public static ReportRunRequest Example => new(ReportTypes.ProfitAndLoss, new ReportParametersRequest(From: new DateOnly(2026, 10, 1), To: new DateOnly(2026, 10, 31), Compare: "lastYear"));
}

/// <summary>Which report, and under what name it is kept.</summary>
internal sealed record ReportSaveRequest(
    [property: Required, AllowedValues(ReportTypes.ProfitAndLoss, ReportTypes.BalanceSheet, ReportTypes.CashFlow, ReportTypes.AgedReceivables, ReportTypes.AgedPayables, ReportTypes.BudgetVariance, ReportTypes.KpiDashboard, ReportTypes.Custom)] string? Type = null,
    [property: Required, StringLength(ReportService.NameLimit, MinimumLength = 1)] string? Name = null,
    ReportParametersRequest? Parameters = null) : IExample<ReportSaveRequest>
{
    public static ReportSaveRequest Example => new(ReportTypes.BalanceSheet, "Board pack, October", new ReportParametersRequest(Date: new DateOnly(2026, 10, 31)));
}

/// <summary>A kept report without its document.</summary>
internal sealed record ReportHeadAnswer(Guid Id, string Type, string Name, ReportParameters Parameters, Guid UserId, string UserName, DateTime CreatedAt, DateTime UpdatedAt) : IExample<ReportHeadAnswer>
{
    public static ReportHeadAnswer Example => new(
        Examples.Thing, ReportTypes.BalanceSheet, "Board pack, October", new ReportParameters { Date = new DateOnly(2026, 10, 31) }, Examples.Contact, "Admin", Examples.Instant, Examples.Instant);

    public static ReportHeadAnswer Of(ReportHead head) => new(head.Id, head.Type, head.Name, head.Parameters, head.UserId, head.UserName, head.CreatedAt, head.UpdatedAt);
}

/// <summary>A kept report; <c>data</c> is the report document as it was made.</summary>
internal sealed record ReportAnswer(Guid Id, string Type, string Name, ReportParameters Parameters, Guid UserId, DateTime CreatedAt, DateTime UpdatedAt, ReportDocumentAnswer Data) : IExample<ReportAnswer>
{
    public static ReportAnswer Example => new(
        Examples.Thing, ReportTypes.ProfitAndLoss, "October", new ReportParameters { From = new DateOnly(2026, 10, 1), To = new DateOnly(2026, 10, 31) }, Examples.Contact, Examples.Instant, Examples.Instant,
        ReportDocumentAnswer.Example);

    public static ReportAnswer Of(Report report) => new(
        report.Id, report.Type, report.Name, ReportJson.ReadParameters(report.Parameters), report.UserId, report.CreatedAt, report.UpdatedAt, new ReportDocumentAnswer(ReportJson.ReadDocument(report.Data)));
}

/// <summary>What moved in a kept report's days after it was made. Base currency, debit +; without documents for those who may see none.</summary>
internal sealed record ReportChangeAnswer(
    string Month, Guid AccountId, string? AccountCode, string AccountName, DocumentKind? DocumentKind, Guid? DocumentXeroId, string? Number, decimal Before, decimal After, decimal Difference, string? Reason, DateTime At);

internal sealed record ReportChangesAnswer(IReadOnlyList<ReportChangeAnswer> Items) : IExample<ReportChangesAnswer>
{
    public static ReportChangesAnswer Example => new(
        [new("2026-09", Examples.Account, "200", "Sales", Domain.Xero.DocumentKind.Invoice, Examples.Document, "INV-3107", -1_200m, 0m, 1_200m, "voided", Examples.Instant)]);

    public static ReportChangesAnswer Of(IReadOnlyList<ReportChange> changes) => new(
        [.. changes.Select(change => new ReportChangeAnswer(
            change.Month.ToString(), change.AccountId, change.AccountCode, change.AccountName, change.DocumentKind, change.DocumentXeroId, change.Number, change.Before, change.After, change.Difference,
            change.Reason, change.At))]);
}

/// <summary>An account in our statement and in Xero's own; display signs. Without an account: current year earnings.</summary>
internal sealed record ComparedAccountAnswer(Guid? AccountId, string Name, decimal Ours, decimal Theirs, decimal Difference);

/// <summary>Our statement beside the one that Xero itself reports.</summary>
internal sealed record XeroComparisonAnswer(ReportCheck Check, DateTime ReadAt, IReadOnlyList<ComparedAccountAnswer> Accounts) : IExample<XeroComparisonAnswer>
{
    public static XeroComparisonAnswer Example => new(
        new ReportCheck(XeroComparison.Key, "Same as Xero's report", CheckStatus.Pass, 35_500.30m, 35_500.30m, 0m, "All 31 accounts are the same"), Examples.Instant,
        [new ComparedAccountAnswer(Examples.Account, "Sales", 48_330.55m, 48_330.55m, 0m)]);

    public static XeroComparisonAnswer Of(XeroComparison comparison) => new(
        comparison.Check, comparison.ReadAt, [.. comparison.Accounts.Select(account => new ComparedAccountAnswer(account.AccountId, account.Name, account.Ours, account.Theirs, account.Difference))]);
}
