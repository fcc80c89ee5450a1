using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Ledger;

/// <summary>Which invoices were told to be overdue.</summary>
public interface IOverdueBook
{
    /// <summary>
    /// Tells of every sales invoice that is open and fell due before <paramref name="today"/> and was not told of for that day; how many. What
    /// fell due before <paramref name="since"/> is only noted.
    /// </summary>
    Task<int> TellAsync(TenantId tenant, DateOnly today, DateOnly since, CancellationToken ct);
}

/// <summary>Looks after every sync which invoices have become overdue. Each is told of once, and again when it was given another day.</summary>
public sealed class OverdueWatch(ITenantRepository tenants, IOverdueBook book, TimeProvider clock)
{
    /// <summary>Debts that are older when they are first seen are no news.</summary>
    private const int NewsDays = 31;

    /// <summary>How many became overdue since the last look.</summary>
    public async Task<int> LookAsync(TenantId tenant, CancellationToken ct)
    {
        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return 0;
        }

        var today = organisation.Today(clock);
        return await book.TellAsync(tenant, today, today.AddDays(-NewsDays), ct);
    }
}
