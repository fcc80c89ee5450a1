using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Ledger;

/// <summary>Where a rate comes from.</summary>
public enum RateSource
{
    /// <summary>Xero's CurrencyRate of the document.</summary>
    Document,

    /// <summary>Foreign balance by what Xero's trial balance makes of it.</summary>
    ImpliedByXero,
}

/// <summary>A foreign bank account at the end of a day.</summary>
/// <param name="Account">The account.</param>
/// <param name="Foreign">Its balance in its own currency; null where the books begin with a balance whose foreign amount Xero does not tell.</param>
/// <param name="Book">Base currency at the rates of its documents, opening included.</param>
/// <param name="Revaluation">What Xero's trial balance holds beyond documents.</param>
/// <param name="ImpliedRate">Foreign / (book + revaluation); null where either is missing or nil.</param>
public sealed record ForeignBank(Account Account, decimal? Foreign, decimal Book, decimal Revaluation, decimal? ImpliedRate)
{
    /// <summary>Base currency as Xero shows it.</summary>
    public decimal Worth => Book + Revaluation;
}

/// <summary>The open documents of one side in one currency.</summary>
/// <param name="IsSale">Receivables, else payables.</param>
/// <param name="Currency">ISO code.</param>
/// <param name="Items">By date.</param>
public sealed record ForeignDocuments(bool IsSale, string Currency, IReadOnlyList<OpenItem> Items)
{
    public decimal Foreign => Items.Sum(item => item.Open);

    /// <summary>Base currency at the documents' own rates.</summary>
    public decimal Book => Items.Sum(item => item.BaseOpen);

    /// <summary>The average rate at which they stand; null when it says nothing.</summary>
    public decimal? AverageRate => Book == 0 ? null : decimal.Round(Foreign / Book, 6, MidpointRounding.AwayFromZero);
}

/// <summary>What Xero revalued on receivables or payables: one amount for all currencies together.</summary>
/// <param name="IsSale">Receivables, else payables.</param>
/// <param name="Amount">Base currency, debit +: taken to be currency in Xero's trial balance.</param>
/// <param name="ImpliedRate">The rate that it implies, when all open foreign documents of the side are in one currency.</param>
public sealed record ControlRevaluation(bool IsSale, decimal Amount, decimal? ImpliedRate);

/// <summary>All that stands in other currencies at the end of a day.</summary>
public sealed record CurrencyPosition
{
    public required DateOnly Date { get; init; }

    public required string BaseCurrency { get; init; }

    public required IReadOnlyList<ForeignBank> Banks { get; init; }

    public required IReadOnlyList<ForeignDocuments> Documents { get; init; }

    public required IReadOnlyList<ControlRevaluation> Revaluations { get; init; }

    /// <summary>When Xero's trial balance of that day was read; null: it was not, and revaluations are those of the last month end before it.</summary>
    public required DateTime? XeroReadAt { get; init; }

    public required bool SyncInProgress { get; init; }
}

/// <summary>Open foreign documents and bank accounts, with the rates they stand at.</summary>
public sealed class CurrencyService(ITenantRepository tenants, ILedgerReader ledger, IOpenItemReader items, TimeProvider clock)
{
    private static readonly bool[] Sides = [true, false];

    /// <summary>The position at the end of <paramref name="day"/>; null: the organisation's today.</summary>
    public async Task<Result<CurrencyPosition>> AtAsync(Caller caller, TenantId tenant, DateOnly? day, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        if (day is { } asked && !AccountingDays.Contain(asked))
        {
            return Problem.Invalid("date", "Choose a day from 1900 to 2199.");
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var date = day ?? organisation.Today(clock);
        var accounts = await ledger.AccountsAsync(tenant, ct);
        var movements = (await ledger.MovementsAsync(tenant, null, date, ct)).ToDictionary(movement => movement.AccountId);
        var foreign = await ledger.ForeignBalancesAsync(tenant, date, ct);
        var documents = new List<ForeignDocuments>();
        foreach (var isSale in Sides)
        {
            var open = await items.AtAsync(tenant, isSale, date, organisation.BaseCurrency, PayrollRules.AreHiddenFrom(caller), ct);
            documents.AddRange(open.GroupBy(item => item.Document.CurrencyCode).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new ForeignDocuments(isSale, group.Key, [.. group])));
        }

        return new CurrencyPosition
        {
            Date = date,
            BaseCurrency = organisation.BaseCurrency,
            Banks =
            [
                .. from account in accounts
                   where account.Type == "BANK" && Conversion.Foreign(account.CurrencyCode, organisation.BaseCurrency) is not null
                   select Bank(account, movements.GetValueOrDefault(account.AccountId), foreign.GetValueOrDefault(account.AccountId)),
            ],
            Documents = documents,
            Revaluations = [.. Sides.Select(isSale => Revaluation(isSale, accounts, movements, documents)).OfType<ControlRevaluation>()],
            XeroReadAt = (await ledger.XeroTrialBalanceAsync(tenant, date, ct))?.ReadAt,
            SyncInProgress = organisation.SyncInProgress,
        };
    }

    private static ForeignBank Bank(Account account, AccountMovement movement, decimal foreign)
    {
        var (book, revaluation) = (movement.Opening + movement.Documents, movement.ExpectedXeroOnly + movement.Unexplained);
        decimal? known = movement.Opening == 0 ? foreign : null;
        return new ForeignBank(account, known, book, revaluation, Rate(known, book + revaluation));
    }

    private static ControlRevaluation? Revaluation(
        bool isSale, IReadOnlyList<Account> accounts, Dictionary<Guid, AccountMovement> movements, List<ForeignDocuments> documents)
    {
        if (accounts.FirstOrDefault(account => account.SystemAccount == PostingRules.Control(isSale)) is not { } control)
        {
            return null;
        }

        var amount = movements.GetValueOrDefault(control.AccountId).ExpectedXeroOnly;
        var side = documents.Where(group => group.IsSale == isSale).ToList();
        return amount == 0 && side.Count == 0 ? null : new ControlRevaluation(isSale, amount, side is [var only] ? Rate(only.Foreign, only.Book + amount) : null);
    }

    private static decimal? Rate(decimal? foreign, decimal worth) =>
        foreign is not { } amount || amount == 0 || worth == 0 || Math.Sign(amount) != Math.Sign(worth) ? null : decimal.Round(amount / worth, 6, MidpointRounding.AwayFromZero);
}
