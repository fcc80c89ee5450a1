using XeroCfo.Domain.Kpis.Overviews;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Drill;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Kpis;

/// <summary>What an account gives to a part of a formula. Display sign of the part.</summary>
public sealed record PartAccount(MakeUpPart Part)
{
    public decimal Amount => Part.Amount;
}

/// <summary>A part of a formula with the accounts that make it.</summary>
/// <param name="Part">The part.</param>
/// <param name="Accounts">The largest first.</param>
public sealed record ExplainedPart(KpiPart Part, IReadOnlyList<PartAccount> Accounts)
{
    /// <summary>What of the part no account tells: profit that equity keeps.</summary>
    public decimal Rest => (Part.Value ?? 0) - Accounts.Sum(account => account.Amount);
}

/// <summary>A figure with everything that makes it.</summary>
public sealed record KpiExplained(Kpi Kpi, Days Days, string Currency, IReadOnlyList<ExplainedPart> Parts)
{
    /// <summary>The days of the value before; null where the books do not reach.</summary>
    public Days? Before { get; init; }

    /// <summary>What it comes to when it is counted otherwise.</summary>
    public IReadOnlyList<KpiOtherWay> OtherWays { get; init; } = [];

    /// <summary>The day when the bank is empty at the pace of a runway, by months and then days of 365 / 12 a month; null for other figures, without a value, or beyond a century.</summary>
    public DateOnly? EmptyOn => Kpi is { Definition.Key: "runway", Value.Value: >= 0 and < 1_200 and var months }
        ? Days.Last.AddMonths((int)months).AddDays((int)Math.Round((months - Math.Truncate(months)) * 365 / 12, MidpointRounding.AwayFromZero))
        : null;

    /// <summary>One of <see cref="KpiPeriods.Names"/>; null for days of one's own.</summary>
    public string? Interval { get; init; }

    /// <summary>Accounts with nothing in these days that had something in the days before, with what they had then: they moved the figure too.</summary>
    public IReadOnlyList<PartAccount> Gone { get; init; } = [];

    public PartAccount? Find(Guid account) => Parts.SelectMany(part => part.Accounts).FirstOrDefault(one => one.Part.AccountId == account);
}

/// <summary>
/// Opens a KPI: its parts, their accounts, the accounts' lines. Each level adds up to the one above. Who sees no documents ends at accounts.
/// </summary>
public sealed class KpiExplainService(ITenantRepository tenants, KpiReading reading, KpiBook book, ReportDrillService drill, KpiOtherWays ways, TimeProvider clock)
{
    /// <summary>A KPI of some days as the overview counts it.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="key">Of the KPI.</param>
    /// <param name="period">See <see cref="OverviewDays.Of"/>.</param>
    /// <param name="compare">See <see cref="OverviewDays.Of"/>.</param>
    /// <param name="over">Counted over so many months up to the last day; null: over the days.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Result<KpiExplained>> ExplainAsync(Caller caller, TenantId tenant, string key, string? period, string? compare, int? over, CancellationToken ct)
    {
        var found = await FindAsync(caller, tenant, ct);
        if (found.Problem is { } refused)
        {
            return refused;
        }

        var asked = OverviewDays.Of(found.Value, found.Value.Today(clock), period, compare);
        return asked.Problem is { } wrong ? wrong
            : await ExplainAsync(caller, found.Value, key, over is { } months ? asked.Value.Over(months) : asked.Value.Periods, asked.Value.Interval, ct);
    }

    /// <summary>A KPI of the month, the financial quarter or the financial year that holds a day, up to that day; see <see cref="KpiService.GetAsync"/>.</summary>
    public async Task<Result<KpiExplained>> ExplainAsync(Caller caller, TenantId tenant, string key, DateOnly? date, string? period, CancellationToken ct)
    {
        var found = await FindAsync(caller, tenant, ct);
        if (found.Problem is { } refused)
        {
            return refused;
        }

        var asked = KpiService.DaysOf(found.Value, found.Value.Today(clock), date, period);
        return asked.Problem is { } wrong ? wrong : await ExplainAsync(caller, found.Value, key, asked.Value, asked.Value.Name, ct);
    }

    private async Task<Result<XeroTenant>> FindAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.KpisRead, tenant) is { } refused ? refused
        : await tenants.FindAsync(tenant, ct) is { } organisation ? organisation
        : TenantProblems.Unknown;

    private async Task<Result<KpiExplained>> ExplainAsync(Caller caller, XeroTenant organisation, string key, KpiPeriods periods, string interval, CancellationToken ct)
    {
        var set = await book.SetAsync(new TenantId(organisation.Id), ct);
        if (set.Find(key) is null)
        {
            return KpiProblems.Unknown;
        }

        var books = await reading.ReadAsync(organisation, [periods], ct);
        var kpi = set.Compute(books, periods).First(one => one.Definition.Key == key);
        var now = new Opened(caller, organisation, books, set, key, periods.Now, books.Context(periods, periods.Now, periods.Prior));
        return new KpiExplained(kpi, periods.Now, organisation.BaseCurrency, [.. kpi.Parts.Select((part, index) => Explain(now, part, index, _ => true))])
        {
            Before = periods.Prior,
            OtherWays = await ways.OfAsync(books, key, periods, ct),
            Interval = KpiPeriods.Names.Contains(interval) ? interval : null,
            Gone = periods.Prior is { } prior ? Gone(now with { Days = prior, Context = books.Context(periods, prior, periods.BeforePrior) }, books.Figures(periods.Now)) : [],
        };
    }

    /// <summary>A page of the lines that make an account's share.</summary>
    public Task<Result<MakeUpLines>> LinesAsync(Caller caller, TenantId tenant, PartAccount account, string? cursor, int limit, CancellationToken ct) =>
        drill.LinesAsync(caller, tenant, account.Part, cursor, limit, ct);

    /// <summary>A page of what moved on the bank accounts on a day.</summary>
    public async Task<Result<MakeUpLines>> DayAsync(Caller caller, TenantId tenant, DateOnly day, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var books = await reading.BooksAsync(organisation, [day.AddDays(-1), day], ct);
        var banks = books.Accounts.Where(account => account.Type == "BANK").Select(account => account.AccountId).ToList();
        var moved = books.Movements.InLedger(day, day).Where(amount => banks.Contains(amount.Key)).Sum(amount => amount.Value.Total);
        var scope = new LineScope { Accounts = banks, From = day, To = day, XeroOnlyFrom = AccountingDays.First, Opening = true, Provisional = true };
        return await drill.LinesAsync(caller, tenant, new MakeUpPart("day", "Bank accounts", moved) { AccountId = banks.FirstOrDefault(), Lines = scope }, cursor, limit, ct);
    }

    // What an account gives to a part is what the part would miss without it.
    private static ExplainedPart Explain(Opened of, KpiPart part, int index, Func<Account, bool> which)
    {
        var figures = of.Books.Figures(of.Days);
        var accounts = new List<PartAccount>();
        foreach (var account in figures.Accounts.Where(account => part.AccountIds.Contains(account.AccountId) && which(account)))
        {
            var debit = figures.Debit(account);
            if (debit == 0 || of.Set.Value(of.Key, of.Books.Suppose(of.Days, new Dictionary<Guid, decimal> { [account.AccountId] = -debit }), of.Context).Parts is not { } without || without.Count <= index)
            {
                continue;
            }

            var amount = (part.Value ?? 0) - (without[index].Value ?? 0);
            if (amount == debit || amount == -debit)
            {
                accounts.Add(new PartAccount(PartOf(of.Caller, of.Organisation, account, amount, amount == debit ? 1 : -1, of.Days)));
            }
        }

        return new ExplainedPart(part, [.. accounts.OrderByDescending(account => Math.Abs(account.Amount))]);
    }

    private static List<PartAccount> Gone(Opened before, KpiFigures now) =>
        [.. before.Set.Value(before.Key, before.Books.Figures(before.Days), before.Context).Parts.SelectMany((part, index) => Explain(before, part, index, account => now.Debit(account) == 0).Accounts)];

    private static MakeUpPart PartOf(Caller caller, XeroTenant organisation, Account account, decimal amount, int sign, Days days)
    {
        var lines = account.IsProfitAndLoss
            ? LineScope.Statement(account.AccountId, days, organisation.FinancialYear, organisation.BooksStart)
            : LineScope.Ledger(account.AccountId, organisation.FinancialYear.StartOf(days.Last), days.Last) with { IsBalance = true };
        var part = new MakeUpPart($"account:{account.AccountId:D}", account.Name, amount) { AccountId = account.AccountId, Code = account.Code, Sign = sign, Lines = lines, IsPayroll = PayrollRules.IsPayroll(account) };
        return ReportDrillService.For(caller, part);
    }

    /// <summary>The days of which a KPI is opened, with what it is counted from.</summary>
    private sealed record Opened(Caller Caller, XeroTenant Organisation, KpiBooks Books, KpiSet Set, string Key, Days Days, KpiContext Context);
}
