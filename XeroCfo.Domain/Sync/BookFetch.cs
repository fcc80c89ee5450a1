using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync.Notices;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Sync;

/// <summary>How much of Xero a run reads.</summary>
/// <param name="Organisation">Whose books, as they stood when the run began.</param>
/// <param name="Noticed">Only what Xero's notices name.</param>
/// <param name="Unattended">Nobody waits for it: lists that change seldom are read once a day.</param>
public sealed record FetchScope(XeroTenant Organisation, bool Noticed, bool Unattended)
{
    /// <summary>Counts are compared, and what has no pages is read whole.</summary>
    public bool Checks { get; init; }
}

/// <summary>The first half of a run: everything that Xero has to be asked for, but its trial balance.</summary>
public sealed class BookFetch(ISyncStore store, ContactFetch contacts, DocumentFetch documents, NoticeFetch notices, CountCheck counts, TimeProvider clock)
{
    private const string MasterData = "MasterData";

    /// <summary>What is read of documents, in the order of reading.</summary>
    internal static IReadOnlyList<DocumentKind> Kinds { get; } =
    [
        DocumentKind.Invoice, DocumentKind.CreditNote, DocumentKind.Prepayment, DocumentKind.Overpayment, DocumentKind.BankTransaction, DocumentKind.BankTransfer,
        DocumentKind.Payment, DocumentKind.BatchPayment, DocumentKind.RepeatingInvoice, DocumentKind.ManualJournal,
    ];

    /// <summary>Reads up to now, or says what stood in the way. What was stored stays, and the next run goes on from there.</summary>
    public async Task<Problem?> FetchAsync(FetchContext context, FetchScope scope, CancellationToken ct)
    {
        if ((!scope.Unattended || await IsMasterDataDueAsync(context, scope.Organisation, ct)) && await FetchMasterDataAsync(context, ct) is { } failed)
        {
            return failed;
        }

        if (scope.Noticed)
        {
            return await notices.FetchAsync(context, () => contacts.FetchAsync(context, ct), ct);
        }

        // What these tell of is in what changed.
        var told = clock.UtcNow();
        var problem = await contacts.FetchAsync(context, ct) ?? await FetchDocumentsAsync(context, scope, ct) ?? (scope.Checks ? await CheckAsync(context, told, ct) : null);
        if (problem is null)
        {
            await notices.DoneAsync(context.Tenant, told, ct);
        }

        return problem;
    }

    /// <summary>Reads the organisation, its chart and its other lists whole.</summary>
    public async Task<Problem?> FetchMasterDataAsync(FetchContext context, CancellationToken ct)
    {
        await context.Progress.StepAsync(SyncSteps.MasterData, 0, ct);
        var facts = await context.Session.OrganisationAsync(ct);
        if (!facts.Succeeded)
        {
            return facts.Problem;
        }

        await store.SaveOrganisationAsync(context.Tenant, facts.Value, ct);
        var master = await context.Session.MasterDataAsync(ct);
        if (!master.Succeeded)
        {
            return master.Problem;
        }

        foreach (var (kind, counts) in await store.SaveMasterDataAsync(context.Tenant, master.Value, ct))
        {
            context.Progress.Count(kind, counts);
        }

        await store.AddIssuesAsync(context.Tenant, context.RunId, master.Value.Unreadable, ct);
        var cursor = await store.CursorAsync(context.Tenant, MasterData, ct);
        cursor.ModifiedSince = clock.UtcNow();
        await store.SaveCursorAsync(context.Tenant, cursor, ct);
        return null;
    }

    private async Task<bool> IsMasterDataDueAsync(FetchContext context, XeroTenant organisation, CancellationToken ct) =>
        (await store.CursorAsync(context.Tenant, MasterData, ct)).ModifiedSince is not { } read || organisation.DayOf(read) < organisation.Today(clock);

    private async Task<Problem?> CheckAsync(FetchContext context, DateTime began, CancellationToken ct)
    {
        if (await counts.CheckAsync(context, Kinds, ct) is { } problem)
        {
            return problem;
        }

        var cursor = await store.CursorAsync(context.Tenant, SyncCursor.Check, ct);
        cursor.ModifiedSince = began;
        await store.SaveCursorAsync(context.Tenant, cursor, ct);
        return null;
    }

    private async Task<Problem?> FetchDocumentsAsync(FetchContext context, FetchScope scope, CancellationToken ct)
    {
        // The check reads what has no pages whole.
        foreach (var kind in Kinds.Where(kind => !scope.Checks || context.Session.IsPaged(kind)))
        {
            await context.Progress.StepAsync(SyncSteps.Of(kind), 0, ct);
            var fetched = await documents.FetchAsync(context, kind, ct);
            if (!fetched.Succeeded)
            {
                return fetched.Problem;
            }
        }

        if (context is { Full: false, Again: { } month })
        {
            await context.Progress.StepAsync($"Documents of {month} again", 0, ct);
            if (await documents.FetchMonthAsync(context, month, ct) is { } problem)
            {
                return problem;
            }
        }

        return context.Full ? null : await documents.ReadCreditsAgainAsync(context, ct);
    }
}
