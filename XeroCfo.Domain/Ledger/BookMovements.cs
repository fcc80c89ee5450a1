using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Ledger;

/// <summary>What accounts moved by in a piece of time. Base currency, debit +.</summary>
/// <param name="First">Its first day; null: since the beginning, the opening included.</param>
/// <param name="Last">Its last day.</param>
/// <param name="Documents">By account, from documents and journals.</param>
/// <param name="XeroOnly">
/// Lines that come from Xero's trial balance, the opening too, each under its own day; of a piece without a first day summed by account,
/// source and kind under the last of their days.
/// </param>
public sealed record MovementPiece(DateOnly? First, DateOnly Last, IReadOnlyDictionary<Guid, decimal> Documents, IReadOnlyList<XeroOnlyLine> XeroOnly);

/// <summary>Reads movements of consecutive pieces of time at once, at the cost of one.</summary>
public interface IMovementReader
{
    /// <summary>The piece up to the first of <paramref name="lastDays"/>, then after each up to the next; they ascend.</summary>
    Task<IReadOnlyList<MovementPiece>> PiecesAsync(TenantId tenant, IReadOnlyList<DateOnly> lastDays, CancellationToken ct);

    /// <summary>What documents moved by account and tracking options from one day to another, both included.</summary>
    Task<IReadOnlyList<TrackingBalance>> TrackedAsync(TenantId tenant, Days days, CancellationToken ct);
}

/// <summary>An amount by where it comes from. Base currency; the sign is the reader's.</summary>
public readonly record struct SourcedAmount(decimal Opening, decimal Documents, decimal XeroOnly)
{
    public decimal Total => Opening + Documents + XeroOnly;

    public static SourcedAmount operator +(SourcedAmount left, SourcedAmount right) =>
        new(left.Opening + right.Opening, left.Documents + right.Documents, left.XeroOnly + right.XeroOnly);

    public static SourcedAmount operator -(SourcedAmount amount) => new(-amount.Opening, -amount.Documents, -amount.XeroOnly);
}

/// <summary>Movements between any two of the days that pieces were read at. Pure. Debit +.</summary>
public sealed class BookMovements(FinancialYear financialYear, IReadOnlyList<MovementPiece> pieces)
{
    /// <summary>What the ledger holds under its own days: from <paramref name="from"/> (null: since the beginning) to <paramref name="to"/>.</summary>
    public IReadOnlyDictionary<Guid, SourcedAmount> InLedger(DateOnly? from, DateOnly to)
    {
        var amounts = Documents(from, to);
        Add(amounts, Within(from, to));
        return amounts;
    }

    /// <summary>
    /// What a statement of these days shows: a month-end line of a month that the days cut stays out, and so does what is provisional; the
    /// opening counts only where the days begin on the first day that it stands for.
    /// </summary>
    /// <param name="days">First and last day.</param>
    /// <param name="withoutLastMonthsEnd">What comes at the end of the last month stays out too: to stand beside a month whose end is not in yet.</param>
    public IReadOnlyDictionary<Guid, SourcedAmount> InStatement(Days days, bool withoutLastMonthsEnd = false)
    {
        var amounts = Documents(days.First, days.Last);
        var last = Month.Of(days.Last);
        Add(amounts, Within(days.First, days.Last).Where(line => Counts(line, days) && !(withoutLastMonthsEnd && line.Source == LineSources.XeroTrialBalance && Month.Of(line.Date) == last)));
        return amounts;
    }

    /// <summary>Xero's lines that touch these days and that a statement of them leaves out; known as far as pieces were read.</summary>
    public IReadOnlyList<XeroOnlyLine> LeftOut(Days days) =>
    [
        .. pieces.Where(piece => piece.First is not null && piece.Last >= days.First).SelectMany(piece => piece.XeroOnly)
            .Where(line => line.Source != LineSources.Opening && line.Date >= days.First && StartOf(line) <= days.Last && !Counts(line, days))
            .OrderBy(line => line.Date),
    ];

    /// <summary>The same as <see cref="InLedger"/>, told apart by what Xero's lines are worth as proofs.</summary>
    public IReadOnlyList<AccountMovement> Explained(DateOnly? from, DateOnly to)
    {
        var movements = Documents(from, to).ToDictionary(amount => amount.Key, amount => new AccountMovement(amount.Key, 0, amount.Value.Documents, 0, 0));
        foreach (var line in Within(from, to))
        {
            var have = movements.GetValueOrDefault(line.AccountId) with { AccountId = line.AccountId };
            movements[line.AccountId] = line.Source == LineSources.Opening ? have with { Opening = have.Opening + line.Amount }
                : line.Kind == DifferenceKinds.Unexplained ? have with { Unexplained = have.Unexplained + line.Amount }
                : have with { ExpectedXeroOnly = have.ExpectedXeroOnly + line.Amount };
        }

        return [.. movements.Values];
    }

    /// <summary>Every account that has an amount anywhere in what was read.</summary>
    public IEnumerable<Guid> Accounts => pieces.SelectMany(piece => piece.Documents.Keys.Concat(piece.XeroOnly.Select(line => line.AccountId))).Distinct();

    private bool Counts(XeroOnlyLine line, Days days) => line.Source switch
    {
        LineSources.XeroProvisional => false,
        LineSources.Opening => financialYear.StartOf(line.Date) == days.First,
        _ => StartOf(line) >= days.First && line.Date <= days.Last,
    };

    // A month-end line stands for its month, or for the piece of it since the financial year began.
    private DateOnly StartOf(XeroOnlyLine line)
    {
        var (month, year) = (Month.Of(line.Date).Start, financialYear.StartOf(line.Date));
        return year > month ? year : month;
    }

    private Dictionary<Guid, SourcedAmount> Documents(DateOnly? from, DateOnly to)
    {
        var amounts = new Dictionary<Guid, SourcedAmount>();
        foreach (var piece in Between(from, to))
        {
            foreach (var (account, amount) in piece.Documents)
            {
                amounts[account] = amounts.GetValueOrDefault(account) + new SourcedAmount(0, amount, 0);
            }
        }

        return amounts;
    }

    private static void Add(Dictionary<Guid, SourcedAmount> amounts, IEnumerable<XeroOnlyLine> lines)
    {
        foreach (var line in lines)
        {
            amounts[line.AccountId] = amounts.GetValueOrDefault(line.AccountId)
                + (line.Source == LineSources.Opening ? new SourcedAmount(line.Amount, 0, 0) : new SourcedAmount(0, 0, line.Amount));
        }
    }

    private IEnumerable<XeroOnlyLine> Within(DateOnly? from, DateOnly to) => Between(from, to).SelectMany(piece => piece.XeroOnly);

    private IEnumerable<MovementPiece> Between(DateOnly? from, DateOnly to) =>
        pieces.Any(piece => piece.Last == to) && (from is null || pieces.Any(piece => piece.First == from))
            ? pieces.Where(piece => piece.Last <= to && (from is null || piece.First >= from))
            : throw new InvalidOperationException($"Movements were not read between {from:yyyy-MM-dd} and {to:yyyy-MM-dd}.");
}
