using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Sync;

/// <summary>What became of a page of records.</summary>
/// <param name="Counts">How many were new, changed or as before.</param>
/// <param name="EarliestChange">The first day under which a new or changed one stands, or stood in the ledger; null when none changed.</param>
public sealed record SavedRecords(SyncCounts Counts, DateOnly? EarliestChange);

/// <summary>Keeps what Xero sent. Each call is one transaction.</summary>
public interface ISyncStore
{
    Task<SyncCursor> CursorAsync(TenantId tenant, string endpoint, CancellationToken ct);

    Task SaveCursorAsync(TenantId tenant, SyncCursor cursor, CancellationToken ct);

    /// <summary>Writes what Xero says of the organisation.</summary>
    Task SaveOrganisationAsync(TenantId tenant, OrganisationFacts facts, CancellationToken ct);

    /// <summary>Replaces the whole lists; an account that vanished stays, marked DELETED. Tags that a person confirmed stay.</summary>
    Task<IReadOnlyDictionary<string, SyncCounts>> SaveMasterDataAsync(TenantId tenant, MasterData data, CancellationToken ct);

    Task<SyncCounts> SaveContactsAsync(TenantId tenant, IReadOnlyList<XeroContact> contacts, CancellationToken ct);

    /// <summary>Keeps a page of records and marks those that are new or changed as waiting to be posted.</summary>
    Task<SavedRecords> SaveRecordsAsync(TenantId tenant, DocumentKind kind, IReadOnlyList<XeroRecord> records, DateTime seenAt, CancellationToken ct);

    /// <summary>How many records of the kind a full load has seen since it began.</summary>
    Task<int> CountSeenAsync(TenantId tenant, DocumentKind kind, DateTime since, CancellationToken ct);

    /// <summary>Marks the records that a finished full load did not see as deleted and waiting to be posted.</summary>
    Task<int> DeleteUnseenAsync(TenantId tenant, DocumentKind kind, DateTime since, CancellationToken ct);

    /// <summary>How many records of a kind are here that Xero had when it was last asked, voided ones too.</summary>
    Task<int> CountAsync(TenantId tenant, DocumentKind kind, RecordDays days, CancellationToken ct);

    /// <summary>How many records of all kinds are here.</summary>
    Task<int> CountAsync(TenantId tenant, CancellationToken ct);

    /// <summary>The first day under which a record of the kind stands; null: none has a readable day.</summary>
    Task<DateOnly?> FirstDayAsync(TenantId tenant, DocumentKind kind, CancellationToken ct);

    /// <summary>Records that have not been seen since an instant, longest not seen first.</summary>
    Task<IReadOnlyList<Guid>> UnseenAsync(TenantId tenant, DocumentKind kind, RecordDays days, DateTime since, int limit, CancellationToken ct);

    /// <summary>Marks a record that Xero no longer knows as deleted and waiting to be posted. Returns the day that it stood under.</summary>
    Task<DateOnly?> DeleteAsync(TenantId tenant, DocumentKind kind, Guid xeroId, CancellationToken ct);

    /// <summary>How far the organisation's checks are.</summary>
    Task<CheckState> CheckStateAsync(TenantId tenant, CancellationToken ct);

    /// <summary>
    /// Keeps that records could not be read: an issue each, and where the id is known a document that stands for it, so that nothing
    /// it may explain is taken for expected. Returns the first day of a document that was readable before; null: of none.
    /// </summary>
    Task<DateOnly?> SaveUnreadableAsync(TenantId tenant, Guid runId, DocumentKind kind, IReadOnlyList<UnreadableRecord> records, DateTime seenAt, CancellationToken ct);

    /// <summary>Records whose newest version is not readable as it stands here, longest not seen first.</summary>
    Task<IReadOnlyList<Guid>> UnreadAsync(TenantId tenant, DocumentKind kind, int limit, CancellationToken ct);

    /// <summary>
    /// Credits whose use by a waiting invoice is not what stands here: an allocation that was taken back leaves no record of its own, and
    /// only the invoice may tell of it.
    /// </summary>
    Task<IReadOnlyList<(DocumentKind Kind, Guid XeroId)>> StaleCreditsAsync(TenantId tenant, int limit, CancellationToken ct);

    /// <summary>Takes issues of one code off a run, because what caused them is being mended; false when there were none.</summary>
    Task<bool> ForgetIssuesAsync(TenantId tenant, Guid runId, string code, CancellationToken ct);

    Task AddIssuesAsync(TenantId tenant, Guid runId, IReadOnlyList<UnreadableRecord> issues, CancellationToken ct);
}

/// <summary>Tells the world how a run is doing, keeps its lease, and hears when it is to stop.</summary>
public interface ISyncProgress
{
    /// <summary>A new step in words; <paramref name="total"/> is 0 while not known.</summary>
    Task StepAsync(string step, int total, CancellationToken ct);

    /// <summary>More of the step is done. Throws <see cref="OperationCanceledException"/> when the run is to stop.</summary>
    Task AdvanceAsync(int done, int calls, CancellationToken ct);

    /// <summary>What became of records of a kind.</summary>
    void Count(string kind, SyncCounts counts);
}
