using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Reports;

/// <summary>What statements are made from: the chart and what its accounts moved by. Base currency, debit +.</summary>
public sealed class StatementBooks
{
    private readonly HashSet<Guid> _income;

    public StatementBooks(IReadOnlyList<Account> chart, BookMovements movements)
    {
        var known = chart.Select(account => account.AccountId).ToHashSet();
        Movements = movements;
        Accounts = [.. chart, .. movements.Accounts.Where(known.Add).Select(Unknown)];
        _income = [.. Accounts.Where(account => account.IsProfitAndLoss).Select(account => account.AccountId)];
    }

    /// <summary>An account that only amounts know.</summary>
    public static Account Unknown(Guid id) => new() { AccountId = id, Name = "Unknown account", Type = "UNKNOWN", Class = "ASSET", Status = "DELETED" };

    public BookMovements Movements { get; }

    /// <summary>The chart, and what is no longer in it although it has amounts: shown, never dropped.</summary>
    public IReadOnlyList<Account> Accounts { get; }

    public Account? RetainedEarnings => Accounts.FirstOrDefault(account => account.SystemAccount == SystemAccounts.RetainedEarnings);

    public bool IsIncomeOrExpense(Guid account) => _income.Contains(account);

    /// <summary>Income and expense of a statement over days, by account.</summary>
    /// <param name="days">First and last day.</param>
    /// <param name="withoutLastMonthsEnd">See <see cref="BookMovements.InStatement"/>.</param>
    public IReadOnlyDictionary<Guid, SourcedAmount> Profit(Days days, bool withoutLastMonthsEnd = false) => Only(Movements.InStatement(days, withoutLastMonthsEnd), true);

    /// <summary>Balances at the end of a day, by balance-sheet account, with the profit of its financial year and that of all earlier ones apart.</summary>
    public StatementBalances BalancesAt(DateOnly day, FinancialYear year)
    {
        var all = Movements.InLedger(null, day);
        var current = Sum(Only(Movements.InLedger(year.StartOf(day), day), true).Values);
        return new StatementBalances(Only(all, false), current, Sum(Only(all, true).Values) + -current);
    }

    /// <summary>What every account moved by over days, for the cash-flow statement.</summary>
    public CashFlowPeriod Flow(Days days, decimal transferGains, IReadOnlyDictionary<Guid, decimal> counters) =>
        new(Movements.InStatement(days), Banks(days.First.AddDays(-1)), Banks(days.Last), transferGains, counters);

    private Dictionary<Guid, SourcedAmount> Banks(DateOnly day)
    {
        var balances = Movements.InLedger(null, day);
        return Accounts.Where(account => CashFlowBuckets.Of(account) == CashFlowBucket.Cash).ToDictionary(account => account.AccountId, account => balances.GetValueOrDefault(account.AccountId));
    }

    private Dictionary<Guid, SourcedAmount> Only(IReadOnlyDictionary<Guid, SourcedAmount> amounts, bool income) =>
        amounts.Where(amount => _income.Contains(amount.Key) == income).ToDictionary(amount => amount.Key, amount => amount.Value);

    private static SourcedAmount Sum(IEnumerable<SourcedAmount> amounts) => amounts.Aggregate(default(SourcedAmount), (sum, amount) => sum + amount);
}

/// <summary>What stands at the end of a day. Debit +.</summary>
/// <param name="Accounts">Balance-sheet accounts as the ledger has them.</param>
/// <param name="CurrentYear">Income and expense since the financial year began.</param>
/// <param name="EarlierYears">Income and expense before that: retained, though no journal says so.</param>
public sealed record StatementBalances(IReadOnlyDictionary<Guid, SourcedAmount> Accounts, SourcedAmount CurrentYear, SourcedAmount EarlierYears);
