using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Ledger;

/// <summary>Base currency, debit +, credit −. <c>balance</c> is the four before it; <c>difference</c> is Xero's less ours.</summary>
internal sealed record TrialBalanceRowAnswer(
    Guid AccountId,
    string? Code,
    string Name,
    string Type,
    string Class,
    decimal Opening,
    decimal Documents,
    decimal ExpectedXeroOnly,
    decimal Unexplained,
    decimal Balance,
    decimal? XeroBalance,
    decimal? Difference);

internal sealed record TrialBalanceTotalsAnswer(
    decimal Opening, decimal Documents, decimal ExpectedXeroOnly, decimal Unexplained, decimal Balance, decimal? XeroBalance, decimal? Difference);

internal sealed record TrialBalanceAnswer(
    DateOnly Date,
    IReadOnlyList<TrialBalanceRowAnswer> Rows,
    TrialBalanceTotalsAnswer Totals,
    CheckStatus TiesToXero,
    CheckStatus StandsOnDocuments,
    bool Settled,
    DateTime? XeroReadAt,
    bool SyncInProgress) : IExample<TrialBalanceAnswer>
{
    public static TrialBalanceAnswer Example => new(
        new DateOnly(2026, 10, 31),
        [new TrialBalanceRowAnswer(Examples.Account, "200", "Sales", "REVENUE", "REVENUE", 0m, -48_210.55m, -120m, 0m, -48_330.55m, -48_330.55m, 0m)],
        new TrialBalanceTotalsAnswer(0m, 0m, 0m, 0m, 0m, 0m, 0m), CheckStatus.Pass, CheckStatus.Pass, true, Examples.Instant, false);

    public static TrialBalanceAnswer Of(TrialBalance balance) => new(
        balance.Date,
        [.. balance.Rows.Select(Row)],
        new TrialBalanceTotalsAnswer(
            balance.Totals.Opening,
            balance.Totals.Documents,
            balance.Totals.ExpectedXeroOnly,
            balance.Totals.Unexplained,
            balance.Totals.Balance,
            balance.Totals.XeroBalance,
            balance.Totals.Difference),
        balance.TiesToXero,
        balance.StandsOnDocuments,
        balance.Settled,
        balance.XeroReadAt,
        balance.SyncInProgress);

    private static TrialBalanceRowAnswer Row(TrialBalanceRow row) => new(
        row.AccountId,
        row.Code,
        row.Name,
        row.Type,
        row.Class,
        row.Opening,
        row.Documents,
        row.ExpectedXeroOnly,
        row.Unexplained,
        row.Balance,
        row.XeroBalance,
        row.Difference);
}

internal static class TrialBalanceApi
{
    private static readonly ApiParameter<DateOnly?> Date = ApiParameters.Date("date", "The day at whose end the balances stand; without it the organisation's today.");

    public static void Map(RouteGroupBuilder api) => api.MapGet("/tenants/{tenant}/trial-balance", GetAsync)
        .WithName("GetTrialBalance").WithTags("Ledger").WithSummary("All balances at the end of a day, beside Xero's where they were read.")
        .Needs(Permissions.LedgerRead).Takes(Date);

    private static async Task<ApiAnswer<TrialBalanceAnswer>> GetAsync(HttpContext http, TrialBalanceService balances, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var date = query.Read(Date);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var balance = await balances.AtAsync(http.Caller(), http.Tenant(), date, ct);
        return balance.Problem is { } refused ? refused : TrialBalanceAnswer.Of(balance.Value);
    }
}
