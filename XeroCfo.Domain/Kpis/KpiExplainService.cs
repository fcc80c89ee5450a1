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
        if (caller.Lacks(Permissions.KpisRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var asked = OverviewDays.Of(organisation, organisation.Today(clock), period, compare);
        if (asked.Problem is { } wrong)
        {
            return wrong;
        }

        var set = await book.SetAsync(tenant, ct);
        if (set.Find(key) is null)
        {
            return KpiProblems.Unknown;
        }

        var periods = over is { } months ? asked.Value.Over(months) : asked.Value.Periods;
        var books = await reading.ReadAsync(organisation, [periods], ct);
        var kpi = set.Compute(books, periods).First(one => one.Definition.Key == key);
        return new KpiExplained(kpi, periods.Now, organisation.BaseCurrency, [.. kpi.Parts.Select((part, index) => Explain(caller, organisation, books, set, periods, kpi, part, index))])
        {
            Before = periods.Prior,
            OtherWays = await ways.OfAsync(books, key, periods, ct),
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
    private static ExplainedPart Explain(Caller caller, XeroTenant organisation, KpiBooks books, KpiSet set, KpiPeriods periods, Kpi kpi, KpiPart part, int index)
    {
        var figures = books.Figures(periods.Now);
        var context = books.Context(periods, periods.Now, periods.Prior);
        var accounts = new List<PartAccount>();
        foreach (var account in figures.Accounts.Where(account => part.AccountIds.Contains(account.AccountId)))
        {
            var debit = figures.Debit(account);
            if (debit == 0 || set.Value(kpi.Definition.Key, books.Suppose(periods.Now, new Dictionary<Guid, decimal> { [account.AccountId] = -debit }), context).Parts is not { } without || without.Count <= index)
            {
                continue;
            }

            var amount = (part.Value ?? 0) - (without[index].Value ?? 0);
            if (amount == debit || amount == -debit)
            {
                accounts.Add(new PartAccount(PartOf(caller, organisation, account, amount, amount == debit ? 1 : -1, periods.Now)));
            }
        }

        return new ExplainedPart(part, [.. accounts.OrderByDescending(account => Math.Abs(account.Amount))]);
    }

    private static MakeUpPart PartOf(Caller caller, XeroTenant organisation, Account account, decimal amount, int sign, Days days)
    {
        var lines = account.IsProfitAndLoss
            ? LineScope.Statement(account.AccountId, days, organisation.FinancialYear, organisation.BooksStart)
            : LineScope.Ledger(account.AccountId, organisation.FinancialYear.StartOf(days.Last), days.Last) with { IsBalance = true };
        var part = new MakeUpPart($"account:{account.AccountId:D}", account.Name, amount) { AccountId = account.AccountId, Code = account.Code, Sign = sign, Lines = lines, IsPayroll = PayrollRules.IsPayroll(account) };
        return ReportDrillService.For(caller, part);
    }
}
