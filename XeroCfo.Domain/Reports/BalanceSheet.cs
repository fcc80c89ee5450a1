using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Reports;

/// <summary>The balance sheet: earnings are told apart by each column's own financial year. Pure. Display signs.</summary>
public static class BalanceSheet
{
    /// <summary>Begins the key of the row that an overdrawn account has among the liabilities; in the bank it keeps its own.</summary>
    public const string OverdraftKey = "overdraft:";

    /// <param name="accounts">The chart, in the order of the rows.</param>
    /// <param name="days">What stands at each column's day; null where there are no figures.</param>
    /// <param name="retained">The retained-earnings account.</param>
    /// <param name="showZero">Accounts without any amount too.</param>
    /// <param name="overdraftsInLiabilities">A bank account is a current liability in each column in which it is overdrawn; else it stays in the bank as a negative.</param>
    public static IReadOnlyList<StatementRow> Rows(IReadOnlyList<Account> accounts, IReadOnlyList<StatementBalances?> days, Account? retained, bool showZero, bool overdraftsInLiabilities = false)
    {
        var filled = days.Select(day => day is not null).ToList();
        var amounts = days.Select(day => day?.Accounts).ToList();
        var sheet = accounts.Where(account => !account.IsProfitAndLoss && account != retained).ToList();
        var table = new StatementTable(days.Count, showZero);
        var overdrawn = overdraftsInLiabilities ? sheet.Where(account => StatementSection.Of(account) == StatementSection.Bank).ToList() : [];
        var overdrafts = overdrawn.ConvertAll(account => Overdraft(account, amounts)).Where(StatementTable.HasAmount).ToList();
        amounts = overdrafts.Count == 0 ? amounts : amounts.ConvertAll<IReadOnlyDictionary<Guid, SourcedAmount>?>(day => day is null ? null : WithoutOverdrafts(day, overdrawn));
        var assets = new[] { StatementSection.Bank, StatementSection.CurrentAssets, StatementSection.FixedAssets, StatementSection.NonCurrentAssets }
            .Select(section => (1, table.AddSection(section, sheet, amounts, Favour.Neutral))).ToArray();
        var totalAssets = StatementTable.Sum(filled, assets);
        table.AddTotal("totalAssets", "Total assets", totalAssets, Favour.Neutral);
        var liabilities = new[] { StatementSection.CurrentLiabilities, StatementSection.NonCurrentLiabilities }
            .Select(section => (1, table.AddSection(section, sheet, amounts, Favour.Neutral, section == StatementSection.CurrentLiabilities ? overdrafts : null))).ToArray();
        var totalLiabilities = StatementTable.Sum(filled, liabilities);
        table.AddTotal("totalLiabilities", "Total liabilities", totalLiabilities, Favour.Neutral);
        table.AddTotal("netAssets", "Net assets", StatementTable.Sum(filled, (1, totalAssets), (-1, totalLiabilities)), Favour.Neutral);

        StatementRow[] earnings =
        [
            new(
                "retainedEarnings", retained?.Name ?? "Retained earnings", ReportRowKind.Line, 1, retained?.AccountId,
                [.. days.Select(day => day is null ? (SourcedAmount?)null : -(day.EarlierYears + (retained is null ? default : day.Accounts.GetValueOrDefault(retained.AccountId))))],
                Favour.Neutral),
            new("currentYearEarnings", "Current year earnings", ReportRowKind.Line, 1, null, [.. days.Select(day => day is null ? (SourcedAmount?)null : -day.CurrentYear)], Favour.Neutral),
        ];
        var equity = sheet.Where(account => StatementSection.Of(account) == StatementSection.Equity)
            .Select(account => new StatementRow(
                $"account:{account.AccountId:D}", account.Name, ReportRowKind.Line, 1, account.AccountId,
                [.. amounts.Select(day => day is null ? (SourcedAmount?)null : -day.GetValueOrDefault(account.AccountId))], Favour.Neutral))
            .Where(row => showZero || StatementTable.HasAmount(row));
        table.AddGroup(StatementSection.Equity.Key, StatementSection.Equity.Heading, StatementSection.Equity.Total, [.. equity, .. earnings], Favour.Neutral, always: true);
        return table.Rows;
    }

    private static StatementRow Overdraft(Account account, IReadOnlyList<IReadOnlyDictionary<Guid, SourcedAmount>?> amounts) => new(
        $"{OverdraftKey}{account.AccountId:D}", $"{account.Name}, overdrawn", ReportRowKind.Line, 1, account.AccountId,
        [.. amounts.Select(day => day is null ? (SourcedAmount?)null : day.GetValueOrDefault(account.AccountId) is { Total: < 0 } below ? -below : default(SourcedAmount))], Favour.Neutral);

    private static Dictionary<Guid, SourcedAmount> WithoutOverdrafts(IReadOnlyDictionary<Guid, SourcedAmount> day, List<Account> banks)
    {
        var kept = new Dictionary<Guid, SourcedAmount>(day);
        banks.FindAll(bank => kept.GetValueOrDefault(bank.AccountId).Total < 0).ForEach(bank => kept.Remove(bank.AccountId));
        return kept;
    }
}
