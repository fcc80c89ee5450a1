using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger.Ties;

/// <summary>The ties of a month beside those of single accounts.</summary>
/// <param name="Banks">Every bank account that is in use, by code.</param>
/// <param name="Cash">All of them together in the month; null where there is none.</param>
/// <param name="Tax">The sales-tax account by period, newest first; none where there is no such account.</param>
/// <param name="TaxMonths">How many months a period has.</param>
public sealed record BookTies(IReadOnlyList<BankTie> Banks, CashTie? Cash, IReadOnlyList<TaxTie> Tax, int TaxMonths);

/// <summary>Compares what the ledger holds with sums over the documents themselves, and with Xero: no figure here is both sides of its own check.</summary>
public sealed class BookTieService(ITenantRepository tenants, ILedgerReader ledger, ITieOutBook book, IDocumentSums sums)
{
    private const int MostPeriods = 6;

    /// <summary>What documents state their own tax; what else moves the tax account has no second witness but Xero.</summary>
    private static readonly DocumentKind[] StateTax = [DocumentKind.Invoice, DocumentKind.CreditNote, DocumentKind.BankTransaction];

    /// <summary>The ties at the end of a month.</summary>
    public async Task<Result<BookTies>> AtAsync(Caller caller, TenantId tenant, Month month, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var accounts = await ledger.AccountsAsync(tenant, ct);
        List<Account> banks = [.. accounts.Where(account => account.Type == "BANK")];
        var tax = accounts.FirstOrDefault(account => account.SystemAccount == SystemAccounts.SalesTax);
        return new BookTies(
            await BanksAsync(tenant, banks, month.End, ct),
            banks.Count == 0 ? null : await CashAsync(tenant, banks, month, ct),
            tax is null ? [] : await TaxAsync(organisation, tax, month, ct),
            TaxPeriods.Months(organisation.SalesTaxPeriod));
    }

    private async Task<IReadOnlyList<BankTie>> BanksAsync(TenantId tenant, List<Account> banks, DateOnly day, CancellationToken ct)
    {
        var balances = (await ledger.MovementsAsync(tenant, null, day, ct)).ToDictionary(movement => movement.AccountId);
        var xero = await ledger.XeroTrialBalanceAsync(tenant, day, ct);
        var open = (await sums.UnreconciledAsync(tenant, day, ct)).ToDictionary(items => items.AccountId);
        return
        [
            .. banks.Where(bank => bank.Status == "ACTIVE" || balances.GetValueOrDefault(bank.AccountId).Total != 0 || open.ContainsKey(bank.AccountId))
                .Select(bank => new BankTie(
                    bank, balances.GetValueOrDefault(bank.AccountId).Total, xero?.Balances.GetValueOrDefault(bank.AccountId), open.GetValueOrDefault(bank.AccountId))),
        ];
    }

    private async Task<CashTie> CashAsync(TenantId tenant, List<Account> banks, Month month, CancellationToken ct)
    {
        var days = Days.Of(month);
        var kinds = new List<KindTotal>();
        foreach (var bank in banks)
        {
            kinds.AddRange(await book.KindsAsync(tenant, bank.AccountId, days.First, days.Last, ct));
        }

        var ids = banks.Select(bank => bank.AccountId).ToHashSet();
        var moved = (await ledger.MovementsAsync(tenant, days.First, days.Last, ct)).Where(movement => ids.Contains(movement.AccountId)).ToList();
        var between = kinds.Where(kind => kind.Kind == DocumentKind.BankTransfer).Sum(kind => kind.Amount);
        var (before, after) = (await ledger.XeroTrialBalanceAsync(tenant, month.Previous.End, ct), await ledger.XeroTrialBalanceAsync(tenant, days.Last, ct));
        return new CashTie(
            await sums.MoneyAsync(tenant, days, ct),
            moved.Sum(movement => movement.Documents) - between,
            between,
            moved.Sum(movement => movement.ExpectedXeroOnly + movement.Unexplained),
            before is null || after is null ? null : ids.Sum(id => after.Balances.GetValueOrDefault(id) - before.Balances.GetValueOrDefault(id)));
    }

    private async Task<IReadOnlyList<TaxTie>> TaxAsync(XeroTenant organisation, Account tax, Month month, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var ties = new List<TaxTie>(MostPeriods);
        decimal? opening = null;
        foreach (var days in TaxPeriods.UpTo(organisation, month, MostPeriods))
        {
            opening ??= Of(tax, await ledger.MovementsAsync(tenant, null, days.First.AddDays(-1), ct)).Total;
            var kinds = await book.KindsAsync(tenant, tax.AccountId, days.First, days.Last, ct);
            var moved = Of(tax, await ledger.MovementsAsync(tenant, days.First, days.Last, ct));
            var stated = kinds.Where(kind => StateTax.Contains(kind.Kind)).Sum(kind => kind.Amount);
            var xero = await ledger.XeroTrialBalanceAsync(tenant, days.Last, ct);
            var tie = new TaxTie(
                days, opening.Value, await sums.TaxAsync(tenant, tax.AccountId, days, organisation.BaseCurrency, ct), stated, moved.Documents - stated,
                moved.ExpectedXeroOnly + moved.Unexplained, xero?.Balances.GetValueOrDefault(tax.AccountId));
            ties.Add(tie);
            opening = tie.Closing;
        }

        ties.Reverse();
        return ties;
    }

    private static AccountMovement Of(Account account, IReadOnlyList<AccountMovement> movements) => movements.FirstOrDefault(movement => movement.AccountId == account.AccountId);
}
