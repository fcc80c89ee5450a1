using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Ledger.Accounts;

/// <summary>An account with where it stands. Base currency, debit +.</summary>
/// <param name="Account">The account.</param>
/// <param name="Balance">As in the trial balance of the day.</param>
/// <param name="Moved">In the days of <see cref="AccountList.Moved"/>.</param>
/// <param name="MovedBefore">In the days of <see cref="AccountList.MovedBefore"/>.</param>
public sealed record AccountStanding(Account Account, decimal Balance, decimal Moved, decimal MovedBefore);

/// <summary>The chart of accounts at the end of a day.</summary>
public sealed record AccountList
{
    public required DateOnly Date { get; init; }

    /// <summary>By code and name, archived ones too.</summary>
    public required IReadOnlyList<AccountStanding> Rows { get; init; }

    /// <summary>The day's month, up to the day.</summary>
    public required Days Moved { get; init; }

    /// <summary>As many days of the month before; of a whole month the whole one.</summary>
    public required Days MovedBefore { get; init; }

    /// <summary>Both are whole months. Else the movements are those of documents: what only Xero's trial balance knows comes at a month's end.</summary>
    public required bool WholeMonths { get; init; }

    public required bool SyncInProgress { get; init; }
}

/// <summary>The chart of accounts with balances: names and totals, which everybody may see.</summary>
public sealed class AccountListService(ITenantRepository tenants, TrialBalanceService trialBalances, ILedgerReader ledger, TimeProvider clock)
{
    /// <summary>At the end of <paramref name="date"/>; null: the organisation's today.</summary>
    public async Task<Result<AccountList>> AtAsync(Caller caller, TenantId tenant, DateOnly? date, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ReportsRead, tenant) is { } refused)
        {
            return refused;
        }

        if (date is { } asked && !AccountingDays.Contain(asked))
        {
            return Problem.Invalid("date", "Choose a day from 1900 to 2199.");
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var day = date ?? organisation.Today(clock);
        var accounts = await ledger.AccountsAsync(tenant, ct);
        var known = accounts.Select(account => account.AccountId).ToHashSet();
        var balance = await trialBalances.ComputeAsync(organisation, day, ct);
        var balances = balance.Rows.ToDictionary(row => row.AccountId, row => row.Balance);
        var (moved, before) = Compared(day);
        var isWhole = moved.Last == Month.Of(day).End;
        var (now, then) = (await MovedAsync(tenant, moved, isWhole, ct), await MovedAsync(tenant, before, isWhole, ct));
        return new AccountList
        {
            Date = day,
            Rows =
            [
                // The trial balance leaves out what never moved; the chart does not.
                .. accounts.Concat(balance.Rows.Where(row => !known.Contains(row.AccountId)).Select(Stranger)).Select(account => new AccountStanding(
                    account, balances.GetValueOrDefault(account.AccountId), now.GetValueOrDefault(account.AccountId), then.GetValueOrDefault(account.AccountId))),
            ],
            Moved = moved,
            MovedBefore = before,
            WholeMonths = isWhole,
            SyncInProgress = organisation.SyncInProgress,
        };
    }

    /// <summary>The month up to the day, and what it is compared with: like with like.</summary>
    public static (Days Moved, Days Before) Compared(DateOnly day)
    {
        var month = Month.Of(day);
        var before = month.Previous;
        var last = day == month.End ? before.End : before.Start.AddDays(Math.Min(day.Day, before.End.Day) - 1);
        return (new Days(month.Start, day), new Days(before.Start, last));
    }

    private async Task<Dictionary<Guid, decimal>> MovedAsync(TenantId tenant, Days days, bool isWhole, CancellationToken ct) =>
        (await ledger.MovementsAsync(tenant, days.First, days.Last, ct)).ToDictionary(
            movement => movement.AccountId,
            movement => isWhole ? movement.Documents + movement.ExpectedXeroOnly + movement.Unexplained : movement.Documents);

    private static Account Stranger(TrialBalanceRow row) => new() { AccountId = row.AccountId, Name = row.Name, Type = row.Type, Class = row.Class };
}
