using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger;

/// <summary>A line that comes from Xero's trial balance instead of a document. Base currency, debit +.</summary>
public sealed record XeroOnlyLine(DateOnly Date, Guid AccountId, decimal Amount, string Source, string? Kind)
{
    /// <summary>The person who confirmed the kind; null: suggested, or shipped with the demo company.</summary>
    public Guid? ConfirmedBy { get; init; }
}

/// <summary>What documents moved between two days at which Xero's trial balance was read: after <paramref name="After"/>, up to <paramref name="UpTo"/>.</summary>
public sealed record DocumentPiece(DateOnly After, DateOnly UpTo, IReadOnlyDictionary<Guid, decimal> Movements);

/// <summary>A known document that is not in the ledger, so that nothing it may explain is taken for expected.</summary>
/// <param name="Date">Its day; null when not even that could be read.</param>
/// <param name="Accounts">The accounts that it would move; null when not known.</param>
public sealed record TroubledDocument(DateOnly? Date, IReadOnlySet<Guid>? Accounts);

/// <summary>
/// Compares Xero's trial balances with what documents moved, and makes the lines that stand for the rest. Pure.
/// The lines make our balance equal Xero's; their kind says whether that proves anything.
/// </summary>
public sealed class TieOut(FinancialYear financialYear, ChartOfAccounts chart, string baseCurrency, IReadOnlyList<TroubledDocument> troubled)
{
    private Dictionary<(DateOnly Date, Guid Account), XeroDifference> _confirmed = [];

    /// <summary>What persons confirmed; holds while the amount is what it was then.</summary>
    public IReadOnlyList<XeroDifference> Confirmed
    {
        init => _confirmed = value.Where(difference => difference.ConfirmedKind is not null).ToDictionary(difference => (difference.Date, difference.AccountId));
    }

    /// <summary>There are documents in other currencies, so that receivables and payables may be revalued.</summary>
    public bool OpenForeignDocuments { get; init; } = true;

    /// <summary>The days at whose end Xero is to be read: the day before the books start, every month end and year end before today.</summary>
    public static IReadOnlyList<DateOnly> CutPoints(DateOnly booksStart, DateOnly today, FinancialYear financialYear)
    {
        var points = new SortedSet<DateOnly> { booksStart.AddDays(-1) };
        foreach (var month in Month.Range(Month.Of(booksStart), Month.Of(today)))
        {
            points.Add(month.End);
        }

        for (var end = financialYear.EndOf(booksStart); end < today; end = financialYear.EndOf(end.AddDays(1)))
        {
            points.Add(end);
        }

        return [.. points.Where(point => point < today && point >= booksStart.AddDays(-1))];
    }

    /// <summary>The opening lines: Xero's balances on the day before the books start.</summary>
    public static IEnumerable<XeroOnlyLine> Opening(StoredTrialBalance opening) =>
        from balance in opening.Balances
        where balance.Value != 0
        select new XeroOnlyLine(opening.Date, balance.Key, balance.Value, LineSources.Opening, null);

    /// <summary>The lines of one piece between two readings of Xero.</summary>
    /// <param name="from">Xero at the end of the day before the piece.</param>
    /// <param name="to">Xero at the end of the piece's last day.</param>
    /// <param name="documents">What documents moved in it.</param>
    /// <param name="source">Of a closed piece <see cref="LineSources.XeroTrialBalance"/>, of the open month the provisional one.</param>
    public IEnumerable<XeroOnlyLine> Lines(StoredTrialBalance from, StoredTrialBalance to, DocumentPiece documents, string source)
    {
        var differences = Differences(from, to, documents);
        var revalued = Revalued(differences);
        foreach (var (account, amount) in differences)
        {
            if (IsTroubled(account, documents))
            {
                yield return new XeroOnlyLine(to.Date, account, amount, source, DifferenceKinds.Unexplained);
            }
            else if (source == LineSources.XeroTrialBalance && _confirmed.TryGetValue((to.Date, account), out var confirmed) && confirmed.Amount == amount)
            {
                yield return new XeroOnlyLine(to.Date, account, amount, source, confirmed.ConfirmedKind) { ConfirmedBy = confirmed.ConfirmedBy };
            }
            else
            {
                foreach (var part in Split(amount, DifferenceKindRules.Guess(chart.Find(account), amount, differences, chart, baseCurrency), revalued.GetValueOrDefault(account)))
                {
                    yield return new XeroOnlyLine(to.Date, account, part.Amount, source, part.Kind);
                }
            }
        }
    }

    /// <summary>Xero's movement between two readings: income and expense start anew with each financial year, their sum rolls into retained earnings.</summary>
    public IReadOnlyDictionary<Guid, decimal> Movements(StoredTrialBalance from, StoredTrialBalance to)
    {
        var yearTurned = financialYear.StartOf(to.Date) > from.Date;
        var rolled = yearTurned ? from.Balances.Where(balance => IsProfitAndLoss(balance.Key)).Sum(balance => balance.Value) : 0;
        var movements = new Dictionary<Guid, decimal>();
        foreach (var account in from.Balances.Keys.Union(to.Balances.Keys))
        {
            var start = yearTurned && IsProfitAndLoss(account) ? 0 : from.Balances.GetValueOrDefault(account);
            movements[account] = to.Balances.GetValueOrDefault(account) - start;
        }

        if (rolled != 0 && chart.System(SystemAccounts.RetainedEarnings) is { } retained)
        {
            movements[retained.AccountId] = movements.GetValueOrDefault(retained.AccountId) - rolled;
        }

        return movements;
    }

    private Dictionary<Guid, decimal> Differences(StoredTrialBalance from, StoredTrialBalance to, DocumentPiece documents)
    {
        var movements = Movements(from, to);
        return movements.Keys.Union(documents.Movements.Keys)
            .Select(account => (Account: account, Amount: movements.GetValueOrDefault(account) - documents.Movements.GetValueOrDefault(account)))
            .Where(difference => difference.Amount != 0)
            .ToDictionary(difference => difference.Account, difference => difference.Amount);
    }

    /// <summary>
    /// How much of the differences of receivables and payables is revaluation: together they may be revalued by the opposite of the unrealised
    /// gain of the piece, and no cent more.
    /// </summary>
    private Dictionary<Guid, decimal> Revalued(Dictionary<Guid, decimal> differences)
    {
        var left = OpenForeignDocuments && chart.System(SystemAccounts.UnrealisedCurrencyGain) is { } gain ? -differences.GetValueOrDefault(gain.AccountId) : 0;
        var controls = new[] { SystemAccounts.Debtors, SystemAccounts.Creditors }.Select(chart.System).OfType<Account>()
            .Select(account => (account.AccountId, Amount: differences.GetValueOrDefault(account.AccountId)))
            .ToList();

        // Where both together are the gain, each is revalued by all it has, also against each other.
        if (left != 0 && controls.Sum(control => control.Amount) == left)
        {
            return controls.ToDictionary(control => control.AccountId, control => control.Amount);
        }

        var revalued = new Dictionary<Guid, decimal>();
        foreach (var (account, amount) in controls.Where(control => Math.Sign(control.Amount) == Math.Sign(left)))
        {
            var part = Math.Sign(left) * Math.Min(Math.Abs(amount), Math.Abs(left));
            revalued[account] = part;
            left -= part;
        }

        return revalued;
    }

    private static IEnumerable<(decimal Amount, string Kind)> Split(decimal amount, string kind, decimal revalued) =>
        kind != DifferenceKinds.Unexplained || revalued == 0 ? [(amount, kind)]
        : revalued == amount ? [(amount, DifferenceKinds.Currency)]
        : [(revalued, DifferenceKinds.Currency), (amount - revalued, kind)];

    private bool IsTroubled(Guid account, DocumentPiece piece) => troubled.Any(document =>
        (document.Date is not { } day || (day > piece.After && day <= piece.UpTo))
        && (document.Accounts is null || document.Accounts.Contains(account)));

    private bool IsProfitAndLoss(Guid account) => chart.Find(account)?.IsProfitAndLoss ?? false;
}
