using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Reports;

/// <summary>The profit and loss statement. Pure. Display signs.</summary>
public static class ProfitAndLoss
{
    /// <summary>Rows over periods.</summary>
    /// <param name="accounts">The chart, in the order of the rows.</param>
    /// <param name="periods">Income and expense by account in each period, debit +; null where a period has no figures.</param>
    /// <param name="showZero">Accounts without any amount too.</param>
    /// <param name="managementLines">Operating profit, EBIT, EBITDA and profit before tax below net profit.</param>
    public static IReadOnlyList<StatementRow> Rows(IReadOnlyList<Account> accounts, IReadOnlyList<IReadOnlyDictionary<Guid, SourcedAmount>?> periods, bool showZero, bool managementLines = false)
    {
        var filled = periods.Select(period => period is not null).ToList();
        var income = accounts.Where(account => account.IsProfitAndLoss).ToList();
        var table = new StatementTable(periods.Count, showZero);
        var sales = table.AddSection(StatementSection.Income, income, periods, Favour.Up);
        var costs = table.AddSection(StatementSection.CostOfSales, income, periods, Favour.Down);
        var gross = StatementTable.Sum(filled, (1, sales), (-1, costs));
        table.AddTotal("grossProfit", "Gross profit", gross, Favour.Up);
        var other = table.AddSection(StatementSection.OtherIncome, income, periods, Favour.Up);
        var expenses = table.AddSection(StatementSection.OperatingExpenses, income, periods, Favour.Down);
        table.AddTotal("netProfit", "Net profit", StatementTable.Sum(filled, (1, gross), (1, other), (-1, expenses)), Favour.Up);
        return managementLines ? [.. table.Rows, .. ManagementLine.Rows(accounts, periods)] : table.Rows;
    }
}
