using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Drill;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Kpis;

/// <summary>One cause of a KPI's movement.</summary>
/// <param name="Name">Of the account or contact.</param>
/// <param name="Effect">What the value would not have moved by, had this stayed as it was; in the KPI's unit.</param>
/// <param name="Now">Its amount, display sign.</param>
/// <param name="Before">And before.</param>
public sealed record KpiDriver(string Name, decimal Effect, decimal Now, decimal Before, Guid? AccountId, Guid? ContactId);

/// <summary>Why a KPI moved between two periods.</summary>
public sealed record KpiDrivers(KpiDefinition Definition, KpiValue Now, KpiValue Before, IReadOnlyList<KpiDriver> Accounts, IReadOnlyList<KpiDriver> Contacts)
{
    public const int Most = 3;

    /// <summary>Why contacts are not told; null where they are.</summary>
    public string? NoContacts { get; init; }
}

/// <summary>
/// Tells why a KPI moved: the largest causes by account and by contact. A cause's effect is what the value would be without it: what that
/// account moved is taken back while all others stay.
/// </summary>
public sealed class KpiDriverService(ITenantRepository tenants, KpiReading reading, KpiBook book, IDrillReader lines, IKpiReader sums, TimeProvider clock)
{
    // Among so many customers that moved most are the three that moved a share most.
    private const int Candidates = 50;

    /// <summary>The causes between the month, quarter or year of a day, up to it, and the one before.</summary>
    public async Task<Result<KpiDrivers>> WhyAsync(Caller caller, TenantId tenant, string key, DateOnly? date, string? period, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.KpisRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var days = KpiService.DaysOf(organisation, organisation.Today(clock), date, period);
        if (days.Problem is { } wrong)
        {
            return wrong;
        }

        var set = await book.SetAsync(tenant, ct);
        if (set.Find(key) is not { } definition)
        {
            return KpiProblems.Unknown;
        }

        var (asked, books) = (days.Value, await reading.ReadAsync(organisation, [days.Value], ct, set.NeedsCustomers(key)));
        var now = set.Value(key, books, asked);
        if (asked.Prior is not { } prior)
        {
            return new KpiDrivers(definition, now, KpiValue.None("The books do not reach back that far"), [], []) { NoContacts = "There is nothing to compare with" };
        }

        var before = set.Value(key, books.Beside(prior, asked.Now), books.Context(asked, prior, asked.BeforePrior)).Value;
        if (now.Value is null || before.Value is null)
        {
            return new KpiDrivers(definition, now, before, [], []) { NoContacts = "One of the two values is not there" };
        }

        if (KpiCatalogue.IsOfCustomers(key))
        {
            return new KpiDrivers(definition, now, before, [], await ByCustomerAsync(organisation, set, key, books, asked, prior, ct));
        }

        var accounts = ByAccount(set, key, books, asked, prior, now.Value.Value);
        return new KpiDrivers(
            definition, now, before, [.. accounts.Take(KpiDrivers.Most)], await ByContactAsync(caller, organisation, set, key, books, asked, prior, now.Value.Value, accounts, ct));
    }

    // A customer's effect is what the value would be had that customer bought as much as before.
    private async Task<IReadOnlyList<KpiDriver>> ByCustomerAsync(XeroTenant organisation, KpiSet set, string key, KpiBooks books, KpiPeriods asked, Days prior, CancellationToken ct)
    {
        var (tenant, income) = (new TenantId(organisation.Id), KpiReading.Income(books.Books.Accounts));
        var (now, before) = (await BoughtAsync(asked.Now), await BoughtAsync(prior));
        var (figures, context) = (books.Figures(asked.Now), books.Context(asked, asked.Now, prior));

        // Of the same customers as what it is compared with: a run that is not over may have merged some since the value was made.
        var value = Share(now.Values);
        var told = now.Keys.Union(before.Keys)
            .Select(contact => (Contact: contact, Now: now.GetValueOrDefault(contact), Before: before.GetValueOrDefault(contact)))
            .Where(moved => moved.Now != moved.Before)
            .OrderByDescending(moved => Math.Abs(moved.Now - moved.Before))
            .Take(Candidates)
            .Select(moved => (moved.Contact, moved.Now, moved.Before, Effect: value - Share(now.Where(one => one.Key != moved.Contact).Select(one => one.Value).Append(moved.Before)) ?? 0))
            .Where(moved => moved.Effect != 0)
            .OrderByDescending(moved => Math.Abs(moved.Effect))
            .Take(KpiDrivers.Most)
            .ToList();
        var names = await sums.NamesAsync(tenant, [.. told.Select(moved => moved.Contact)], ct);
        return [.. told.Select(moved => new KpiDriver(names.GetValueOrDefault(moved.Contact) ?? "No name", moved.Effect, moved.Now, moved.Before, null, moved.Contact))];

        async Task<Dictionary<Guid, decimal>> BoughtAsync(Days days) =>
            (await sums.ByContactAndMonthAsync(tenant, days, income, null, ct)).GroupBy(amount => amount.ContactId).ToDictionary(amounts => amounts.Key, amounts => -amounts.Sum(amount => amount.Amount));

        decimal? Share(IEnumerable<decimal> bought) => set.Value(key, figures, context with { Customers = KpiReading.Customers(bought.Select(amount => -amount)) }).Value.Value;
    }

    private static List<KpiDriver> ByAccount(KpiSet set, string key, KpiBooks books, KpiPeriods asked, Days prior, decimal value)
    {
        var (figures, earlier) = (books.Figures(asked.Now), books.Beside(prior, asked.Now));
        var context = books.Context(asked, asked.Now, prior);
        var members = set.Value(key, figures, context).Parts.Concat(set.Value(key, earlier, context).Parts).SelectMany(part => part.AccountIds).ToHashSet();
        return
        [
            .. figures.Accounts.Where(account => members.Contains(account.AccountId))
                .Select(account => (Account: account, Moved: figures.Debit(account) - earlier.Debit(account)))
                .Where(moved => moved.Moved != 0)
                .Select(moved => new KpiDriver(
                    moved.Account.Name, Effect(set, key, books, asked, context, value, new Dictionary<Guid, decimal> { [moved.Account.AccountId] = -moved.Moved }),
                    figures.OfAccount(moved.Account).Value ?? 0, earlier.OfAccount(moved.Account).Value ?? 0, moved.Account.AccountId, null))
                .Where(driver => driver.Effect != 0)
                .OrderByDescending(driver => Math.Abs(driver.Effect)),
        ];
    }

    // What each contact moved on the accounts that moved the value; payroll's documents are not told by contact to who may not see them.
    private async Task<IReadOnlyList<KpiDriver>> ByContactAsync(
        Caller caller, XeroTenant organisation, KpiSet set, string key, KpiBooks books, KpiPeriods asked, Days prior, decimal value, List<KpiDriver> accounts, CancellationToken ct)
    {
        var (tenant, hidePayroll) = (new TenantId(organisation.Id), PayrollRules.AreHiddenFrom(caller));
        var members = books.Books.Accounts.Where(account => accounts.Exists(driver => driver.AccountId == account.AccountId) && !(hidePayroll && PayrollRules.IsPayroll(account))).ToList();
        var moved = new Dictionary<(Guid Contact, Guid Account), (string Name, decimal Now, decimal Before)>();
        await AddAsync(members.Where(account => account.IsProfitAndLoss), asked.Now, 1, 0);
        await AddAsync(members.Where(account => account.IsProfitAndLoss), prior, 0, 1);
        await AddAsync(members.Where(account => !account.IsProfitAndLoss), new Days(prior.Last.AddDays(1), asked.Now.Last), 1, 0);
        var context = books.Context(asked, asked.Now, prior);
        return
        [
            .. moved.GroupBy(share => share.Key.Contact)
                .Select(contact => new KpiDriver(
                    contact.First().Value.Name,
                    Effect(set, key, books, asked, context, value, contact.GroupBy(share => share.Key.Account).ToDictionary(shares => shares.Key, shares => -shares.Sum(share => share.Value.Now - share.Value.Before))),
                    contact.Sum(share => Sign(share.Key.Account) * share.Value.Now), contact.Sum(share => Sign(share.Key.Account) * share.Value.Before), null, contact.Key))
                .Where(driver => driver.Effect != 0)
                .OrderByDescending(driver => Math.Abs(driver.Effect))
                .Take(KpiDrivers.Most),
        ];

        decimal Sign(Guid account) => StatementSection.Of(members.Find(one => one.AccountId == account)!).IsCredit ? -1 : 1;

        async Task AddAsync(IEnumerable<Account> some, Days days, int now, int before)
        {
            var ids = some.Select(account => account.AccountId).ToList();
            if (ids.Count == 0)
            {
                return;
            }

            foreach (var share in await lines.ByContactAsync(tenant, new LineScope { Accounts = ids, From = days.First, To = days.Last }, hidePayroll, ct))
            {
                if (share is { Id: { } contact, IsHidden: false })
                {
                    var known = moved.GetValueOrDefault((contact, share.AccountId));
                    moved[(contact, share.AccountId)] = (share.Name ?? "No name", known.Now + (now * share.Amount), known.Before + (before * share.Amount));
                }
            }
        }
    }

    private static decimal Effect(KpiSet set, string key, KpiBooks books, KpiPeriods asked, KpiContext context, decimal value, IReadOnlyDictionary<Guid, decimal> back) =>
        set.Value(key, books.Suppose(asked.Now, back), context).Value.Value is { } without ? value - without : 0;
}
