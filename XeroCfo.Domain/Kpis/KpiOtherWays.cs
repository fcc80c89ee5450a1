using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Kpis;

/// <summary>What a KPI comes to when it is counted another usual way.</summary>
/// <param name="Name">For people.</param>
/// <param name="Value">Or why there is none.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Formula">In words.</param>
public sealed record KpiOtherWay(string Name, KpiValue Value, KpiUnit Unit, string Formula);

/// <summary>
/// Counts debtor days and net burn the other usual ways, beside the one of the catalogue. They need documents and dates of payment, so they are read when somebody opens the KPI
/// and not with all others.
/// </summary>
public sealed class KpiOtherWays(IKpiReader sums, IOpenItemReader items, ICashFlowReader cashFlow)
{
    private const int MonthsBack = 24;

    /// <summary>None for KPIs that have one way only.</summary>
    /// <param name="books">Cut where <paramref name="asked"/> says.</param>
    /// <param name="key">Of the KPI.</param>
    /// <param name="asked">The period.</param>
    /// <param name="ct">Stops.</param>
    public async Task<IReadOnlyList<KpiOtherWay>> OfAsync(KpiBooks books, string key, KpiPeriods asked, CancellationToken ct) => key switch
    {
        "dso" when books.Books.Accounts.FirstOrDefault(account => account.SystemAccount == SystemAccounts.Debtors) is { } receivable => await CollectionAsync(books, receivable, asked.Now, ct),
        "netBurn" or "runway" when asked.CashMonths(asked.Now.Last) is { } months => [await GrossBurnAsync(books, months, ct)],
        _ => [],
    };

    private async Task<IReadOnlyList<KpiOtherWay>> CollectionAsync(KpiBooks books, Account receivable, Days days, CancellationToken ct)
    {
        var (tenant, day) = (new TenantId(books.Organisation.Id), days.Last);
        var first = Month.Of(day).Add(-MonthsBack).Start;
        var invoiced = await sums.InvoicedAsync(tenant, new Days(first < days.First ? first : days.First, day), receivable.AccountId, ct);
        var open = await items.ByAgeAsync(tenant, true, day, new OpenAges(true, [day.AddDays(-1)]), false, ct);
        var figures = books.Figures(days);
        var closing = figures.Receivables.Value ?? 0;
        var opening = figures.Opening(receivable);
        var sales = invoiced.Where(amount => amount.Date >= days.First).Sum(amount => amount.Amount);

        // Due today is not overdue; what is not an invoice is never overdue.
        var overdue = open.Sums.Where(sum => sum.Age > 0).Sum(sum => sum.BaseOpen)
            + open.Items.Where(item => item.Kind == OpenItemKind.Invoice && (item.Document.DueDate ?? item.Document.Date) < day).Sum(item => item.BaseOpen);
        return
        [
            new("On invoiced totals incl. tax", KpiValue.Over(closing * figures.Days, sales, "What was invoiced"), KpiUnit.Days, "accounts receivable × days / invoiced less credit notes, with sales tax"),
            new("Counting back", CollectionMeasures.CountbackDays(closing, day, invoiced), KpiUnit.Days, "whole months of invoiced totals, the latest first, until accounts receivable are used up"),
            new("Collection effectiveness", CollectionMeasures.Effectiveness(opening, sales, closing, closing - overdue), KpiUnit.Percent, "(opening + invoiced − closing) / (opening + invoiced − closing that is not overdue)"),
        ];
    }

    private async Task<KpiOtherWay> GrossBurnAsync(KpiBooks books, IReadOnlyList<Days> months, CancellationToken ct)
    {
        var (tenant, accounts) = (new TenantId(books.Organisation.Id), books.Books.Accounts);
        var banks = accounts.Where(account => CashFlowBuckets.Of(account) == CashFlowBucket.Cash).Select(account => account.AccountId).ToList();
        var spent = 0m;
        foreach (var month in months)
        {
            var flow = books.Books.Flow(month, 0, await cashFlow.CountersAsync(tenant, month, banks, ct));
            spent -= new CashFlow(accounts, books.Organisation.BaseCurrency, [flow]).Direct()
                .Where(row => row.Key.StartsWith("operating:", StringComparison.Ordinal)).Sum(row => row.Amounts is [{ } amount, ..] ? Math.Min(0, amount.Total) : 0);
        }

        return new KpiOtherWay("Gross burn", KpiValue.Of(Math.Round(spent / months.Count, 4, MidpointRounding.AwayFromZero)), KpiUnit.Money, "mean of what operations paid out in each of the last three whole months");
    }
}
