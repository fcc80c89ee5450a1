using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger;

/// <summary>A document that waits to be posted.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="XeroId">Its id.</param>
/// <param name="Deleted">Gone from Xero: its lines and its row go too.</param>
/// <param name="Content">What it says, or why that cannot be read.</param>
/// <param name="PostedDate">The day its lines stand under now; null: none.</param>
/// <param name="KnownProblem">Why the same content could not be posted before; null for new content.</param>
public sealed record DirtyDocument(DocumentKind Kind, Guid XeroId, bool Deleted, Result<SourceDocument> Content, DateOnly? PostedDate, string? KnownProblem)
{
    /// <summary>Of the version that was read; a newer one is posted by whoever comes next.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The first day that a version before it stood under since the last posting; null when there is none.</summary>
    public DateOnly? TouchedFrom { get; init; }
}

/// <summary>What became of a waiting document.</summary>
/// <param name="Waiting">The document.</param>
/// <param name="Document">What it says; null when it cannot be read or is gone.</param>
/// <param name="Lines">Its new lines; none when it does not post, stands before the books or is in trouble.</param>
/// <param name="Problem">Why it is not in the ledger although it should be.</param>
public sealed record PostedDocument(DirtyDocument Waiting, SourceDocument? Document, IReadOnlyList<PostedLine> Lines, Problem? Problem)
{
    /// <summary>What it settles.</summary>
    public IReadOnlyList<Allocation> Allocations { get; init; } = [];

    /// <summary>Tried again in vain: nothing in the ledger changes.</summary>
    public bool IsAsBefore => Problem is not null && Problem.Code == Waiting.KnownProblem && Waiting.PostedDate is null;
}

/// <summary>What the end of a run writes in one transaction.</summary>
/// <param name="Points">The days whose trial balances are kept, beside those read in this run.</param>
/// <param name="Readings">Trial balances read or inferred in this run.</param>
/// <param name="Lines">The lines that do not come from documents; they replace those that stand, but for pieces that are still settling.</param>
/// <param name="DocumentsChanged">Documents were posted in this run, or in an earlier one that was cut off.</param>
/// <param name="BooksStart">Fixed by the first full sync.</param>
/// <param name="DataAsOf">UTC start of the run.</param>
public sealed record BooksUpdate(
    IReadOnlyList<DateOnly> Points, IReadOnlyList<StoredTrialBalance> Readings, IReadOnlyList<XeroOnlyLine> Lines, bool DocumentsChanged, DateOnly? BooksStart, DateTime? DataAsOf)
{
    /// <summary>From this day on lines stay as they are and readings are forgotten: the next run reads them again.</summary>
    public DateOnly? SettlingFrom { get; init; }

    public DateOnly? ReadingsCheckedOn { get; init; }

    /// <summary>Who closes; refused when the run is somebody else's by then.</summary>
    public required RunLease Lease { get; init; }
}

/// <summary>Writes the ledger. Each call is one transaction.</summary>
public interface ILedgerBook
{
    Task<ChartOfAccounts> ChartAsync(TenantId tenant, CancellationToken ct);

    /// <summary>Makes documents wait again that could not be posted before: the chart may know their accounts now.</summary>
    Task RetryTroubledAsync(TenantId tenant, CancellationToken ct);

    /// <summary>Makes those wait that lean on a document that waits: payments and credits of an invoice whose rate or day may be another now.</summary>
    Task SpreadDirtyAsync(TenantId tenant, CancellationToken ct);

    /// <summary>What the postings of <paramref name="batch"/> need of other documents.</summary>
    Task<References> ReferencesAsync(TenantId tenant, IReadOnlyList<DirtyDocument> batch, ChartOfAccounts chart, string baseCurrency, CancellationToken ct);

    /// <summary>How many documents wait to be posted.</summary>
    Task<int> DirtyCountAsync(TenantId tenant, CancellationToken ct);

    /// <summary>The lines that stand of the documents in <paramref name="batch"/>.</summary>
    Task<IReadOnlyList<DayMovement>> StandingLinesAsync(TenantId tenant, IReadOnlyList<DirtyDocument> batch, CancellationToken ct);

    /// <summary>What documents moved after one day and up to another, by day and account.</summary>
    Task<IReadOnlyList<DayMovement>> DocumentMovementsAsync(TenantId tenant, DateOnly after, DateOnly upTo, CancellationToken ct);

    /// <summary>Differences that a person said something about.</summary>
    Task<IReadOnlyList<XeroDifference>> ConfirmedAsync(TenantId tenant, CancellationToken ct);

    /// <summary>True when any document is in another currency: only then can receivables and payables be revalued.</summary>
    Task<bool> HasForeignDocumentsAsync(TenantId tenant, CancellationToken ct);

    /// <summary>Adds an issue about a document to the run.</summary>
    Task ReportAsync(TenantId tenant, Guid runId, SourceDocument document, Problem problem, CancellationToken ct);

    /// <summary>
    /// Says that figures are on the move. What waits already is newer than the readings of Xero: from its first day on months are settling,
    /// from the opening on where a run was cut off while it posted.
    /// </summary>
    Task BeginRebuildAsync(TenantId tenant, CancellationToken ct);

    /// <summary>
    /// Takes everything away that is derived from documents and makes them all wait. Rows stay, with their ids and categories, to be written over.
    /// </summary>
    Task ClearAsync(TenantId tenant, CancellationToken ct);

    /// <summary>Documents that wait, the newest first; earliest first where <paramref name="earliestFirst"/>.</summary>
    Task<IReadOnlyList<DirtyDocument>> DirtyAsync(TenantId tenant, int skip, int limit, bool earliestFirst, CancellationToken ct);

    /// <summary>Says that figures are on the move, and keeps where the books start: a run that is cut off now cannot find it again.</summary>
    Task BeginPostingAsync(TenantId tenant, DateOnly? booksStart, CancellationToken ct);

    /// <summary>
    /// Begins the posting of books that nobody has read yet: what serves only reading may wait until many documents are in. Disposed, all of it is there again,
    /// whether they are in or not.
    /// </summary>
    /// <param name="tenant">Whose books.</param>
    /// <param name="waiting">How many documents wait.</param>
    /// <param name="ct">Stops, but not the disposal.</param>
    Task<IAsyncDisposable> BeginFirstLoadAsync(TenantId tenant, int waiting, CancellationToken ct);

    /// <summary>Replaces lines, rows, allocations and balances of a batch, records what moved in past months, and keeps problems as issues of the run. A rebuild tells neither.</summary>
    Task SavePostingsAsync(TenantId tenant, Guid runId, IReadOnlyList<PostedDocument> batch, ChartOfAccounts chart, string baseCurrency, bool isRebuild, CancellationToken ct);

    /// <summary>Documents that are known but not in the ledger.</summary>
    Task<IReadOnlyList<TroubledDocument>> TroubledAsync(TenantId tenant, ChartOfAccounts chart, CancellationToken ct);

    /// <summary>What of Xero's month ends is explained by nothing: its day, its account and its amount.</summary>
    Task<IReadOnlyList<DayMovement>> UnexplainedAsync(TenantId tenant, CancellationToken ct);

    /// <summary>What documents moved between consecutive days of <paramref name="points"/>.</summary>
    Task<IReadOnlyList<DocumentPiece>> PiecesAsync(TenantId tenant, IReadOnlyList<DateOnly> points, CancellationToken ct);

    /// <summary>Every trial balance that is kept.</summary>
    Task<IReadOnlyList<StoredTrialBalance>> ReadingsAsync(TenantId tenant, CancellationToken ct);

    /// <summary>
    /// Ends a run: trial balances, the lines that stand for their rest, the ledger version if anything changed; figures stand still again.
    /// The months that moved on the way to that version are returned, by this run or by one before it that was cut off.
    /// </summary>
    Task<IReadOnlyList<MovedMonth>> CloseAsync(TenantId tenant, BooksUpdate update, CancellationToken ct);

    /// <summary>Lets the database look at what it holds now: after much has come in at once its idea of the tables is wrong.</summary>
    Task RefreshStatisticsAsync(CancellationToken ct);
}
