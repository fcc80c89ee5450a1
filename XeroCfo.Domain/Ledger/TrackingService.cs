using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Ledger;

/// <summary>A tracking category with its options, those that are gone too.</summary>
public sealed record TrackingCategory(Guid Id, string Name, IReadOnlyList<TrackingOption> Options);

/// <summary>One account by the options of a category. Base currency, debit +.</summary>
/// <param name="Account">The account.</param>
/// <param name="Options">Movement of each option, in the category's order.</param>
/// <param name="Unassigned">Documents without an option of the category.</param>
/// <param name="NotInTracking">What comes from Xero's trial balance: it has no option.</param>
public sealed record TrackingRow(Account Account, IReadOnlyList<decimal> Options, decimal Unassigned, decimal NotInTracking)
{
    /// <summary>All columns together: the account's movement.</summary>
    public decimal Total => Options.Sum() + Unassigned + NotInTracking;
}

/// <summary>Income and expense of whole months by the options of a tracking category.</summary>
public sealed record TrackingTable(
    Month From, Month To, IReadOnlyList<TrackingCategory> Categories, TrackingCategory? Category, IReadOnlyList<TrackingRow> Rows, bool SyncInProgress);

/// <summary>Reads what was tracked.</summary>
public interface ITrackingReader
{
    /// <summary>Every category, by name; options by name.</summary>
    Task<IReadOnlyList<TrackingCategory>> CategoriesAsync(TenantId tenant, CancellationToken ct);

    /// <summary>Movements by account and options from one month to another, both included.</summary>
    Task<IReadOnlyList<TrackingBalance>> MovementsAsync(TenantId tenant, Month from, Month to, CancellationToken ct);
}

/// <summary>Income and expense by tracking option; what is not tracked is always shown beside it.</summary>
public sealed class TrackingService(ITenantRepository tenants, ILedgerReader ledger, ITrackingReader tracking, TimeProvider clock)
{
    /// <summary>Every tracking category with its options.</summary>
    public async Task<Result<IReadOnlyList<TrackingCategory>>> CategoriesAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.LedgerRead, tenant) is { } refused ? refused : Result<IReadOnlyList<TrackingCategory>>.Of(await tracking.CategoriesAsync(tenant, ct));

    /// <summary>The table; without a category the first one, without months the financial year so far to the last whole month.</summary>
    public async Task<Result<TrackingTable>> TableAsync(Caller caller, TenantId tenant, Guid? categoryId, Month? from, Month? to, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var last = to ?? Month.Of(organisation.Today(clock)).Previous;
        var first = from ?? Month.Of(organisation.FinancialYear.StartOf(last.End));
        if (first > last)
        {
            return Problem.Invalid("from", "The first month lies after the last one.");
        }

        var categories = await tracking.CategoriesAsync(tenant, ct);
        var category = categoryId is { } id ? categories.FirstOrDefault(candidate => candidate.Id == id) : categories.Count > 0 ? categories[0] : null;
        if (category is null && categoryId is not null)
        {
            return Problem.Invalid("category", "There is no such tracking category in this organisation.");
        }

        var movements = await ledger.MovementsAsync(tenant, first.Start, last.End, ct);
        var tracked = category is null ? [] : await tracking.MovementsAsync(tenant, first, last, ct);
        var accounts = (await ledger.AccountsAsync(tenant, ct)).Where(account => account.IsProfitAndLoss).ToList();
        return new TrackingTable(first, last, categories, category, Rows(accounts, movements, tracked, category), organisation.SyncInProgress);
    }

    /// <summary>One row for each account that moved. Pure.</summary>
    public static IReadOnlyList<TrackingRow> Rows(
        IReadOnlyList<Account> accounts, IReadOnlyList<AccountMovement> movements, IReadOnlyList<TrackingBalance> tracked, TrackingCategory? category)
    {
        var byAccount = movements.ToDictionary(movement => movement.AccountId);
        var byOption = tracked.ToLookup(balance => balance.AccountId);
        var options = category?.Options.Select(option => option.OptionId).ToList() ?? [];
        var rows = new List<TrackingRow>(accounts.Count);
        foreach (var account in accounts)
        {
            var movement = byAccount.GetValueOrDefault(account.AccountId);

            // Which of its two places an option stands in depends on the document, not on the category.
            var amounts = options.ConvertAll(option => byOption[account.AccountId].Where(balance => balance.Option1 == option || balance.Option2 == option).Sum(balance => balance.Movement));
            var row = new TrackingRow(account, amounts, movement.Documents - amounts.Sum(), movement.Opening + movement.ExpectedXeroOnly + movement.Unexplained);
            if (row.Options.Any(amount => amount != 0) || row.Unassigned != 0 || row.NotInTracking != 0)
            {
                rows.Add(row);
            }
        }

        return rows;
    }
}
