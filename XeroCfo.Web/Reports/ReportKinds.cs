using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Reports;

/// <summary>A kind of report as pages know it.</summary>
/// <param name="Type">One of <see cref="ReportTypes"/>.</param>
/// <param name="Slug">Its place in addresses.</param>
/// <param name="Sentence">What it answers.</param>
public sealed record ReportKind(string Type, string Slug, string Sentence)
{
    public string Title => ReportTypes.TitleOf(Type);
}

/// <summary>The kinds of reports in the order of the reports' first page.</summary>
public static class ReportKinds
{
    public static readonly IReadOnlyList<ReportKind> All =
    [
        new(ReportTypes.ProfitAndLoss, "profit-loss", "What was earned and what it cost: income, gross profit and net profit over any days."),
        new(ReportTypes.BalanceSheet, "balance-sheet", "What the organisation owns and owes at a day, and what is left for its owners."),
        new(ReportTypes.CashFlow, "cash-flow", "How net profit became cash: operations, investments and financing, from opening cash to the bank."),
        new(ReportTypes.AgedReceivables, "aged-receivables", "Who owes us at any day, and for how long."),
        new(ReportTypes.AgedPayables, "aged-payables", "Whom we owe at any day, and for how long."),
        new(ReportTypes.BudgetVariance, "budget-variance", "What was planned and what became of it, favourable or not, and where the year will end."),
        new(ReportTypes.KpiDashboard, "kpi-dashboard", "Every KPI of a month, quarter or year beside the one before."),
        new(ReportTypes.Custom, "custom", "Rows of your own: groups of accounts, subtotals, formulas and percents."),
    ];

    public static ReportKind Of(string type) => All.First(kind => kind.Type == type);

    public static ReportKind? BySlug(string slug) => All.FirstOrDefault(kind => kind.Slug == slug);

    /// <summary>What a kind opens with: whole months for statements, against last year; today for what stands at a day.</summary>
    public static ReportParameters Sensible(string type, XeroTenant organisation, DateOnly today) => type switch
    {
        ReportTypes.ProfitAndLoss or ReportTypes.CashFlow when ReportPresets.Over(organisation, today).FirstOrDefault(preset => preset.Name == ReportPresets.LastMonth) is { Name: not null } last
            => new ReportParameters { From = last.From, To = last.To, Compare = type == ReportTypes.ProfitAndLoss ? "lastYear" : "previous:1" },
        ReportTypes.BudgetVariance when Month.Of(today).Previous.End is var end && organisation.FinancialYear.StartOf(end) is var start && !(organisation.BooksStart > start) => new ReportParameters { From = start, To = end },
        ReportTypes.Custom when ReportPresets.Over(organisation, today).FirstOrDefault(preset => preset.Name == ReportPresets.LastMonth) is { Name: not null } last => new ReportParameters { From = last.From, To = last.To },
        ReportTypes.KpiDashboard => new ReportParameters { Date = ReportPresets.LastMonthEnd(organisation, today) },
        ReportTypes.BalanceSheet => new ReportParameters { Date = ReportPresets.LastMonthEnd(organisation, today), Compare = "lastYear" },
        _ => new ReportParameters(),
    };

    /// <summary>True where amounts stand beside a budget.</summary>
    public static bool IsAgainstBudget(ReportDocument document) => document.Columns.Any(column => column.Key == StatementPeriods.Budget);

    /// <summary>"1 Apr – 31 Oct 2026", "at 31 Oct 2026".</summary>
    public static string Days(ReportDocument document) =>
        document.From is { } from ? ReportPeriods.Words(new Domain.Primitives.Days(from, document.To)) : $"at {DateWords.Of(document.To)}";
}
