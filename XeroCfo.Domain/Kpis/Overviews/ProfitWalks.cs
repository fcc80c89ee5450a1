using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Kpis.Overviews;

/// <summary>Walks from one net profit to another by account. Pure.</summary>
public static class ProfitWalks
{
    /// <summary>How many steps are shown; the last holds all others.</summary>
    public const int Most = 8;

    public static ProfitWalk Between(KpiFigures before, KpiFigures now)
    {
        var (start, end) = (Effects(before), Effects(now));
        var moved = start.Keys.Union(end.Keys)
            .Select(id => (Account: (end.GetValueOrDefault(id).Account ?? start.GetValueOrDefault(id).Account)!, Effect: end.GetValueOrDefault(id).Effect - start.GetValueOrDefault(id).Effect))
            .Where(step => step.Effect != 0)
            .OrderByDescending(step => Math.Abs(step.Effect)).ThenBy(step => step.Account.Code, StringComparer.Ordinal)
            .ToList();
        var named = moved.Take(moved.Count > Most ? Most - 1 : Most).Select(step => new WalkStep(step.Account.Name, step.Effect, step.Account.AccountId)).ToList();
        var rest = moved.Skip(named.Count).Sum(step => step.Effect);
        return new ProfitWalk(before.NetProfit.Value ?? 0, moved.Count > named.Count ? [.. named, new WalkStep("Other", rest, null)] : named, now.NetProfit.Value ?? 0);
    }

    private static Dictionary<Guid, (Account? Account, decimal Effect)> Effects(KpiFigures figures) =>
        figures.Of(figures.NetProfit).ToDictionary(shown => shown.Account.AccountId, shown => ((Account?)shown.Account, (IsIncome(shown.Account) ? 1 : -1) * shown.Amount));

    private static bool IsIncome(Account account) => Reports.StatementSection.Of(account).IsCredit;
}
