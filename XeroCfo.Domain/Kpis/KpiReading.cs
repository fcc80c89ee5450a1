using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Kpis;

/// <summary>An amount on a day. Debit +.</summary>
public readonly record struct DayAmount(DateOnly Date, decimal Amount);

/// <summary>An amount of a contact in a month. Debit +.</summary>
public readonly record struct ContactMonth(Guid ContactId, DateOnly Month, decimal Amount);

/// <summary>What only sums by day and contact can tell.</summary>
public interface IKpiReader
{
    /// <summary>Documents' movement on <paramref name="accounts"/> by contact between two days, both included; debit +, without what has no contact.</summary>
    Task<IReadOnlyList<decimal>> ByContactAsync(TenantId tenant, Days days, IReadOnlyCollection<Guid> accounts, CancellationToken ct);

    /// <summary>The same by contact and month; days that cut a month count in it.</summary>
    /// <param name="tenant">The organisation.</param>
    /// <param name="days">First and last day.</param>
    /// <param name="accounts">Which accounts.</param>
    /// <param name="contacts">Only of these; null: of all.</param>
    /// <param name="ct">Stops.</param>
    Task<IReadOnlyList<ContactMonth>> ByContactAndMonthAsync(TenantId tenant, Days days, IReadOnlyCollection<Guid> accounts, IReadOnlyCollection<Guid>? contacts, CancellationToken ct);

    /// <summary>Documents' movement on <paramref name="accounts"/> by day, oldest first; days without one are left out.</summary>
    Task<IReadOnlyList<DayAmount>> ByDayAsync(TenantId tenant, Days days, IReadOnlyCollection<Guid> accounts, CancellationToken ct);

    /// <summary>What invoices less credit notes put on a receivables account by day, oldest first: totals with sales tax; debit +.</summary>
    Task<IReadOnlyList<DayAmount>> InvoicedAsync(TenantId tenant, Days days, Guid receivables, CancellationToken ct);

    /// <summary>What bank transfers post to an account by day: the realised gain, expense +.</summary>
    Task<IReadOnlyList<DayAmount>> TransferGainsAsync(TenantId tenant, Days days, Guid realisedGainAccount, CancellationToken ct);

    /// <summary>Names of contacts, as they are called now; as documents say where Xero does not list one. Those that nobody knows are left out.</summary>
    Task<IReadOnlyDictionary<Guid, string>> NamesAsync(TenantId tenant, IReadOnlyCollection<Guid> contacts, CancellationToken ct);

    /// <summary>The day of the first document that stands, by contact.</summary>
    Task<IReadOnlyDictionary<Guid, DateOnly>> FirstDocumentsAsync(TenantId tenant, IReadOnlyCollection<Guid> contacts, CancellationToken ct);

    /// <summary>The day of the last invoice that stands, by contact.</summary>
    Task<IReadOnlyDictionary<Guid, DateOnly>> LastInvoicesAsync(TenantId tenant, IReadOnlyCollection<Guid> contacts, DateOnly upTo, CancellationToken ct);
}

/// <summary>What KPIs of some periods are made from, read once. It only computes.</summary>
public sealed class KpiBooks(XeroTenant organisation, StatementBooks books, IReadOnlyList<DayAmount>? transferGains, IReadOnlyDictionary<Days, IReadOnlyList<decimal>> customers)
{
    private readonly Dictionary<Days, KpiFigures> _figures = [];

    public XeroTenant Organisation => organisation;

    public StatementBooks Books => books;

    /// <summary>The organisation's today; null: of no account.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>The sums of some days.</summary>
    public KpiFigures Figures(Days days) => _figures.TryGetValue(days, out var known) ? known : _figures[days] = Suppose(days, new Dictionary<Guid, decimal>());

    /// <summary>
    /// The sums of some days as they stand beside others: where those end today with a month's last day, what comes at a month's end is in neither.
    /// </summary>
    public KpiFigures Beside(Days days, Days others) => others.Last == Today && Month.Of(others.Last).End == others.Last ? Make(days, new Dictionary<Guid, decimal>(), true) : Figures(days);

    /// <summary>The sums of some days, had these accounts moved otherwise by so much; debit +.</summary>
    public KpiFigures Suppose(Days days, IReadOnlyDictionary<Guid, decimal> otherwise) => Make(days, otherwise, false);

    /// <summary>What is needed beside the sums of <paramref name="days"/>.</summary>
    public KpiContext Context(KpiPeriods asked, Days days, Days? prior) => new(
        prior is { } before ? Beside(before, days) : null,
        asked.Last12(days) is { } last ? Figures(last).Income.Value : null,
        asked.Prior12(days) is { } earlier ? Figures(earlier).Income.Value : null,
        customers.GetValueOrDefault(days) ?? [],
        asked.CashMonths(days.Last)?.Select(MonthlyCash).ToList());

    private KpiFigures Make(Days days, IReadOnlyDictionary<Guid, decimal> otherwise, bool withoutLastMonthsEnd) =>
        new(books, organisation.FinancialYear, organisation.BaseCurrency, days, transferGains?.Where(gain => gain.Date >= days.First && gain.Date <= days.Last).Sum(gain => gain.Amount))
        {
            Supposed = otherwise,
            WithoutLastMonthsEnd = withoutLastMonthsEnd,
        };

    // What came in as new equity or debt is no income to live on; what is repaid or paid out is spent. What transfers gain is in neither.
    private decimal MonthlyCash(Days month)
    {
        var flow = books.Flow(month, 0, new Dictionary<Guid, decimal>());
        var change = KpiFigures.Flow(new CashFlow(books.Accounts, organisation.BaseCurrency, [flow]).Indirect(), "netChange");
        return change - books.Accounts.Where(account => CashFlowBuckets.Of(account) == CashFlowBucket.Financing).Sum(account => Math.Max(0, -flow.Movements.GetValueOrDefault(account.AccountId).Total));
    }
}

/// <summary>
/// Reads what KPIs are made from: the books in one go, whatever the number of periods. What customers bought in the days of one or two periods, largest first and without their
/// names, is remembered for each state of the ledger: a month in progress is compared with days that cut the month before, for which thousands of lines are added up.
/// </summary>
public sealed class KpiReading(ILedgerReader ledger, IMovementReader movements, IKpiReader reader, TimeProvider clock)
{
    // Several periods of each organisation that somebody looks at.
    private readonly Remembered<Bought> _customers = new(256);

    /// <summary>All accounts.</summary>
    public Task<IReadOnlyList<Account>> ChartAsync(TenantId tenant, CancellationToken ct) => ledger.AccountsAsync(tenant, ct);

    /// <inheritdoc cref="ReadAsync(XeroTenant, IReadOnlyList{Account}, IReadOnlyList{KpiPeriods}, CancellationToken, bool)"/>
    public async Task<KpiBooks> ReadAsync(XeroTenant organisation, IReadOnlyList<KpiPeriods> periods, CancellationToken ct, bool withCustomers = true) =>
        await ReadAsync(organisation, await ChartAsync(new TenantId(organisation.Id), ct), periods, ct, withCustomers);

    /// <summary>Everything that the catalogue needs for these periods; without customers what leans on them must not be asked for.</summary>
    public async Task<KpiBooks> ReadAsync(XeroTenant organisation, IReadOnlyList<Account> chart, IReadOnlyList<KpiPeriods> periods, CancellationToken ct, bool withCustomers = true)
    {
        var tenant = new TenantId(organisation.Id);
        var asked = periods.SelectMany(period => period.Asked).Distinct().ToList();

        // Beside each other, on threads of their own: SQLite answers on the one that asks.
        var moved = Task.Run(() => BooksAsync(organisation, chart, periods.SelectMany(period => period.Cuts), ct), ct);
        var gained = Task.Run(() => GainsAsync(tenant, chart, asked, ct), ct);
        var bought = withCustomers ? CustomersAsync(organisation, chart, periods, ct) : Task.FromResult<IReadOnlyDictionary<Days, IReadOnlyList<decimal>>>(new Dictionary<Days, IReadOnlyList<decimal>>());
        await Task.WhenAll(moved, gained, bought);
        return new KpiBooks(organisation, await moved, await gained, await bought) { Today = organisation.Today(clock) };
    }

    /// <summary>Only what is remembered of these periods, before somebody asks for them.</summary>
    public Task PrepareAsync(XeroTenant organisation, IReadOnlyList<Account> chart, IReadOnlyList<KpiPeriods> periods, CancellationToken ct) => CustomersAsync(organisation, chart, periods, ct);

    /// <summary>The statements' books cut at these days.</summary>
    public async Task<StatementBooks> BooksAsync(XeroTenant organisation, IEnumerable<DateOnly> cuts, CancellationToken ct) =>
        await BooksAsync(organisation, await ChartAsync(new TenantId(organisation.Id), ct), cuts, ct);

    /// <summary>The accounts of income.</summary>
    public static IReadOnlyList<Guid> Income(IEnumerable<Account> chart) =>
        [.. chart.Where(account => account.IsProfitAndLoss && StatementSection.Of(account) == StatementSection.Income).Select(account => account.AccountId)];

    private async Task<StatementBooks> BooksAsync(XeroTenant organisation, IReadOnlyList<Account> chart, IEnumerable<DateOnly> cuts, CancellationToken ct) =>
        new(chart, new BookMovements(organisation.FinancialYear, await movements.PiecesAsync(new TenantId(organisation.Id), [.. cuts.Distinct().Order()], ct)));

    private async Task<IReadOnlyList<DayAmount>> GainsAsync(TenantId tenant, IReadOnlyList<Account> chart, List<Days> asked, CancellationToken ct) =>
        chart.FirstOrDefault(account => account.SystemAccount == SystemAccounts.RealisedCurrencyGain) is { } realised
            ? await reader.TransferGainsAsync(tenant, new Days(asked.Min(days => days.First), asked.Max(days => days.Last)), realised.AccountId, ct)
            : [];

    // Whole months of many periods are read at once, what is cut apart.
    private async Task<IReadOnlyDictionary<Days, IReadOnlyList<decimal>>> CustomersAsync(
        XeroTenant organisation, IReadOnlyList<Account> chart, IReadOnlyList<KpiPeriods> periods, CancellationToken ct)
    {
        var (tenant, income) = (new TenantId(organisation.Id), Income(chart));
        var asked = periods.SelectMany(period => new[] { period.Now, period.Prior }).OfType<Days>().Distinct().ToList();
        var known = new Dictionary<Days, IReadOnlyList<decimal>>();
        var months = asked.Where(days => days == Days.Of(Month.Of(days.First))).ToList();
        if (months.Count > 2)
        {
            var read = await Task.Run(() => reader.ByContactAndMonthAsync(tenant, new Days(months.Min(days => days.First), months.Max(days => days.Last)), income, null, ct), ct);
            var byMonth = read.ToLookup(amount => amount.Month, amount => amount.Amount);
            months.ForEach(days => known[days] = Customers(byMonth[days.First]));
        }

        var others = asked.Where(days => !known.ContainsKey(days)).ToList();
        var sums = await Task.WhenAll(others.Select(days => BoughtAsync(organisation, days, income, ct)));
        foreach (var (days, amounts) in others.Zip(sums))
        {
            known[days] = amounts;
        }

        return known;
    }

    // A run that is not over may have put an account into another section, under the same version: what was made of others is not for these.
    private async Task<IReadOnlyList<decimal>> BoughtAsync(XeroTenant organisation, Days days, IReadOnlyList<Guid> income, CancellationToken ct)
    {
        var known = await _customers.OfAsync(organisation, days, false, MakeAsync);
        return (known.Income.SequenceEqual(income) ? known : await MakeAsync()).Amounts;

        Task<Bought> MakeAsync() => Task.Run(async () => new Bought(income, Customers(await reader.ByContactAsync(new TenantId(organisation.Id), days, income, ct))), ct);
    }

    /// <summary>What customers bought, the largest first, of movements on income (debit +); who bought nothing on balance is left out.</summary>
    public static IReadOnlyList<decimal> Customers(IEnumerable<decimal> amounts) => [.. amounts.Select(amount => -amount).Where(amount => amount > 0).OrderDescending()];

    private sealed record Bought(IReadOnlyList<Guid> Income, IReadOnlyList<decimal> Amounts);
}
