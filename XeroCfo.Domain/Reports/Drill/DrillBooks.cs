using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Reports.Drill;

/// <summary>Reads what makes those rows of a report that are more than accounts under a heading.</summary>
public sealed class DrillBooks(ILedgerReader ledger, IMovementReader movements, ICashFlowReader cashFlow, ITrackingReader tracking)
{
    public Task<IReadOnlyList<Account>> AccountsAsync(TenantId tenant, CancellationToken ct) => ledger.AccountsAsync(tenant, ct);

    /// <summary>The options of a tracking category.</summary>
    public async Task<IReadOnlyList<Guid>> OptionsAsync(TenantId tenant, Guid category, CancellationToken ct) =>
        [.. (await tracking.CategoriesAsync(tenant, ct)).Where(one => one.Id == category).SelectMany(one => one.Options).Select(option => option.OptionId)];

    /// <summary>The parts of a row, debit + turned to the row's sign; null where its parts cannot be told by account.</summary>
    public async Task<IReadOnlyList<MakeUpPart>?> PartsAsync(XeroTenant organisation, ReportDocument document, ReportRow row, ReportColumn column, CancellationToken ct)
    {
        var (year, tenant, to) = (organisation.FinancialYear, new TenantId(organisation.Id), column.To!.Value);
        return (document.Type, row.Key) switch
        {
            (ReportTypes.BalanceSheet, "currentYearEarnings") => await EarningsAsync(tenant, year, year.StartOf(to), to, ct),
            (ReportTypes.BalanceSheet, "retainedEarnings") => await RetainedAsync(tenant, year, to, ct),
            (ReportTypes.CashFlow, "netProfit") => await ProfitAsync(organisation, new Days(column.From!.Value, to), ct),
            (ReportTypes.CashFlow, "openingCash") => await CashAsync(tenant, year, column.From!.Value.AddDays(-1), ct),
            (ReportTypes.CashFlow, "closingCash") => await CashAsync(tenant, year, to, ct),
            (ReportTypes.CashFlow, "nonCash:transferGains") => await TransferGainsAsync(tenant, new Days(column.From!.Value, to), ct),
            (ReportTypes.CashFlow, _) when row.Key.StartsWith("operating:", StringComparison.Ordinal) => await CountersAsync(tenant, row.Key, new Days(column.From!.Value, to), ct),
            _ => null,
        };
    }

    private async Task<IReadOnlyList<MakeUpPart>> EarningsAsync(TenantId tenant, FinancialYear year, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var books = await BooksAsync(tenant, year, from, to, ct);
        var amounts = books.Movements.InLedger(from, to);
        return [.. books.Accounts.Where(account => account.IsProfitAndLoss).Select(account => Part(account, amounts, -1, LineScope.Ledger(account.AccountId, from, to)))];
    }

    // The account's own lines, and what earlier years left, account by account.
    private async Task<IReadOnlyList<MakeUpPart>> RetainedAsync(TenantId tenant, FinancialYear year, DateOnly to, CancellationToken ct)
    {
        var start = year.StartOf(to);
        var books = await BooksAsync(tenant, year, start, to, ct);
        var (own, earlier) = (books.Movements.InLedger(null, to), books.Movements.InLedger(null, start.AddDays(-1)));
        return
        [
            .. books.Accounts.Where(account => account == books.RetainedEarnings).Select(account => Part(account, own, -1, LineScope.Ledger(account.AccountId, null, to))),
            .. books.Accounts.Where(account => account.IsProfitAndLoss)
                .Select(account => Part(account, earlier, -1, LineScope.Ledger(account.AccountId, null, start.AddDays(-1)))).Select(part => part with { Label = $"{part.Label}, earlier years" }),
        ];
    }

    private async Task<IReadOnlyList<MakeUpPart>> ProfitAsync(XeroTenant organisation, Days days, CancellationToken ct)
    {
        var books = await BooksAsync(new TenantId(organisation.Id), organisation.FinancialYear, days.First, days.Last, ct);
        var amounts = books.Movements.InStatement(days);
        return
        [
            .. books.Accounts.Where(account => account.IsProfitAndLoss)
                .Select(account => Part(account, amounts, -1, LineScope.Statement(account.AccountId, days, organisation.FinancialYear, organisation.BooksStart))),
        ];
    }

    private async Task<IReadOnlyList<MakeUpPart>> CashAsync(TenantId tenant, FinancialYear year, DateOnly day, CancellationToken ct)
    {
        var books = await BooksAsync(tenant, year, day, day, ct);
        var amounts = books.Movements.InLedger(null, day);
        return
        [
            .. books.Accounts.Where(account => CashFlowBuckets.Of(account) == CashFlowBucket.Cash)
                .Select(account => Part(account, amounts, 1, LineScope.Ledger(account.AccountId, year.StartOf(day), day) with { IsBalance = true })),
        ];
    }

    private async Task<IReadOnlyList<MakeUpPart>> TransferGainsAsync(TenantId tenant, Days days, CancellationToken ct)
    {
        var accounts = await ledger.AccountsAsync(tenant, ct);
        if (accounts.FirstOrDefault(account => account.SystemAccount == SystemAccounts.RealisedCurrencyGain) is not { } realised)
        {
            return [];
        }

        var gains = await cashFlow.TransferGainsAsync(tenant, days, realised.AccountId, ct);
        return
        [
            new MakeUpPart($"account:{realised.AccountId:D}", realised.Name, gains)
            {
                AccountId = realised.AccountId, Code = realised.Code,
                Lines = new LineScope { Accounts = [realised.AccountId], From = days.First, To = days.Last, Kind = Xero.DocumentKind.BankTransfer },
            },
        ];
    }

    private async Task<IReadOnlyList<MakeUpPart>> CountersAsync(TenantId tenant, string row, Days days, CancellationToken ct)
    {
        var accounts = await ledger.AccountsAsync(tenant, ct);
        var banks = Banks(accounts);
        var counters = await cashFlow.CountersAsync(tenant, days, banks, ct);

        // Gains on transfers between own banks stand under exchange rates.
        var realised = accounts.FirstOrDefault(account => account.SystemAccount == SystemAccounts.RealisedCurrencyGain)?.AccountId;
        var gains = realised is { } gain ? await cashFlow.TransferGainsAsync(tenant, days, gain, ct) : 0;
        return
        [
            .. accounts.Where(account => CashFlow.DirectRowOf(account) == row).Select(account =>
                new MakeUpPart($"account:{account.AccountId:D}", account.Name, (account.AccountId == realised ? gains : 0) - counters.GetValueOrDefault(account.AccountId))
                {
                    AccountId = account.AccountId, Code = account.Code, Sign = -1, Lines = Moving(account.AccountId, days, banks) with { NotKind = account.AccountId == realised ? Xero.DocumentKind.BankTransfer : null }, IsPayroll = PayrollRules.IsPayroll(account),
                }),
        ];
    }

    /// <summary>Documents of an account that move cash.</summary>
    public static LineScope Moving(Guid account, Days days, IReadOnlyList<Guid> banks) => new() { Accounts = [account], From = days.First, To = days.Last, MovingCashOn = banks };

    /// <summary>The accounts that are cash.</summary>
    public static IReadOnlyList<Guid> Banks(IReadOnlyList<Account> accounts) =>
        [.. accounts.Where(account => CashFlowBuckets.Of(account) == CashFlowBucket.Cash).Select(account => account.AccountId)];

    private static MakeUpPart Part(Account account, IReadOnlyDictionary<Guid, SourcedAmount> amounts, int sign, LineScope lines) =>
        new($"account:{account.AccountId:D}", account.Name, sign * amounts.GetValueOrDefault(account.AccountId).Total) { AccountId = account.AccountId, Code = account.Code, Sign = sign, Lines = lines, IsPayroll = PayrollRules.IsPayroll(account) };

    private async Task<StatementBooks> BooksAsync(TenantId tenant, FinancialYear year, DateOnly from, DateOnly to, CancellationToken ct) =>
        new(await ledger.AccountsAsync(tenant, ct), new BookMovements(year, await movements.PiecesAsync(tenant, from > to ? [to] : [from.AddDays(-1), to], ct)));
}
