using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Reports.Drill;

/// <summary>Which ledger lines make an amount of a report: its days, and what a report of those days counts.</summary>
public sealed record LineScope
{
    public required IReadOnlyList<Guid> Accounts { get; init; }

    /// <summary>Null: since the beginning.</summary>
    public DateOnly? From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>Lines of documents and journals.</summary>
    public bool Documents { get; init; } = true;

    /// <summary>Month-end lines from Xero's trial balance count from this day on; null: none do.</summary>
    public DateOnly? XeroOnlyFrom { get; init; }

    /// <summary>The opening counts.</summary>
    public bool Opening { get; init; }

    /// <summary>What is provisional today counts.</summary>
    public bool Provisional { get; init; }

    /// <summary>The amount is a balance: what stood before <see cref="From"/> belongs to it in one sum.</summary>
    public bool IsBalance { get; init; }

    /// <summary>Only documents with this tracking option.</summary>
    public Guid? Option { get; init; }

    /// <summary>Only documents with none of these options.</summary>
    public IReadOnlyList<Guid>? NoneOf { get; init; }

    /// <summary>Only documents of this kind.</summary>
    public DocumentKind? Kind { get; init; }

    /// <summary>No documents of this kind.</summary>
    public DocumentKind? NotKind { get; init; }

    /// <summary>Only documents that move one of these bank accounts on the same day.</summary>
    public IReadOnlyList<Guid>? MovingCashOn { get; init; }

    /// <summary>As a statement of these days counts: a month-end line only with its whole month, the opening only from the first day that it stands for.</summary>
    public static LineScope Statement(Guid account, Days days, FinancialYear year, DateOnly? booksStart) => new()
    {
        Accounts = [account],
        From = days.First,
        To = days.Last,
        XeroOnlyFrom = FirstWhole(days.First, year),
        Opening = booksStart is { } start && year.StartOf(start.AddDays(-1)) == days.First,
    };

    /// <summary>As a balance counts: everything under its own day.</summary>
    public static LineScope Ledger(Guid account, DateOnly? from, DateOnly to) => new()
    {
        Accounts = [account],
        From = from,
        To = to,
        XeroOnlyFrom = AccountingDays.First,
        Opening = true,
        Provisional = true,
    };

    // A month-end line stands for its month, or for the piece of it since the financial year began.
    private static DateOnly FirstWhole(DateOnly first, FinancialYear year)
    {
        if (first.Day == 1 || year.StartOf(first) == first)
        {
            return first;
        }

        var turn = year.EndOf(first).AddDays(1);
        return turn <= Month.Of(first).End ? turn : Month.Of(first).Next.Start;
    }
}

/// <summary>What one contact or document adds to a scope. Debit +.</summary>
/// <param name="AccountId">On this account.</param>
/// <param name="Id">Xero's id of the contact or document; null where there is none.</param>
/// <param name="Name">In words; null where it is not known or hidden.</param>
/// <param name="TransactionId">Our id of the document.</param>
/// <param name="IsHidden">Of payroll, which the reader may not see.</param>
/// <param name="Amount">Base currency.</param>
public sealed record ScopeShare(Guid AccountId, Guid? Id, string? Name, Guid? TransactionId, bool IsHidden, decimal Amount);

/// <summary>Reads the lines behind a report's figures.</summary>
public interface IDrillReader
{
    /// <summary>By date, then in order of posting; texts of payroll's documents are taken out where <paramref name="hidePayroll"/>.</summary>
    Task<Result<Page<LedgerLineView>>> LinesAsync(Tenants.TenantId tenant, LineScope scope, bool hidePayroll, string? cursor, int limit, CancellationToken ct);

    /// <summary>The sum of the lines; of those before a place where one is given.</summary>
    Task<decimal> SumAsync(Tenants.TenantId tenant, LineScope scope, Ledger.Accounts.LinePlace? before, CancellationToken ct);

    /// <summary>By account and contact; lines without one, and those of hidden documents, come together.</summary>
    Task<IReadOnlyList<ScopeShare>> ByContactAsync(Tenants.TenantId tenant, LineScope scope, bool hidePayroll, CancellationToken ct);

    /// <summary>The <paramref name="most"/> largest documents on either side by account; texts of payroll's documents are taken out.</summary>
    Task<IReadOnlyList<ScopeShare>> ByDocumentAsync(Tenants.TenantId tenant, LineScope scope, bool hidePayroll, int most, CancellationToken ct);

    /// <summary>Our ids of documents by Xero's.</summary>
    Task<IReadOnlyDictionary<Guid, Guid>> TransactionsAsync(Tenants.TenantId tenant, IReadOnlyCollection<Guid> xeroIds, CancellationToken ct);
}
