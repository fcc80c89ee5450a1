using Microsoft.Extensions.Logging;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Pipeline;

/// <summary>What a run asks Xero for.</summary>
/// <param name="Full">Everything, not only what changed.</param>
/// <param name="Again">A month to read again, changed or not; null: none.</param>
public sealed record RunScope(bool Full, Month? Again);

/// <summary>
/// The whole river once: fetch from Xero, read its trial balance, post, compare, and let the rules run over what is new. Everything that needs Xero comes first, so that
/// the figures stay as they were when Xero goes away in the middle.
/// </summary>
public sealed class BookRefresh(
    IXeroSource xero,
    ISyncStore store,
    ITenantRepository tenants,
    DocumentFetch documents,
    BudgetFetch budgets,
    BookKeeping bookKeeping,
    IRuleRunQueue rules,
    TimeProvider clock,
    ILogger<BookRefresh> log)
{
    private static readonly DocumentKind[] Kinds =
    [
        DocumentKind.Invoice, DocumentKind.CreditNote, DocumentKind.Prepayment, DocumentKind.Overpayment, DocumentKind.BankTransaction, DocumentKind.BankTransfer,
        DocumentKind.Payment, DocumentKind.BatchPayment, DocumentKind.RepeatingInvoice, DocumentKind.ManualJournal,
    ];

    /// <summary>Runs to the end, or says what stood in the way. What was stored stays, and the next run goes on from there.</summary>
    public async Task<Result<IReadOnlyList<MovedMonth>>> RunAsync(TenantId tenant, RunLease lease, RunScope scope, ISyncProgress progress, CancellationToken ct)
    {
        var started = clock.UtcNow();
        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var opened = await xero.OpenAsync(organisation, ct);
        if (!opened.Succeeded)
        {
            return opened.Problem!;
        }

        var context = new FetchContext(tenant, lease.RunId, scope.Full, opened.Value, progress) { Lease = lease, Again = scope.Again };
        if (await FetchAsync(context, organisation, ct) is { } failed)
        {
            log.LogWarning("Sync {RunId} of {Tenant} stopped: {Code}", lease.RunId, tenant, failed.Code);
            return failed;
        }

        organisation = (await tenants.FindAsync(tenant, ct))!;
        var moved = await bookKeeping.BringUpAsync(context, organisation, started, ct);
        if (moved.Succeeded)
        {
            await rules.EnqueueAfterSyncAsync(tenant, ct);
        }

        return moved;
    }

    private async Task<Problem?> FetchAsync(FetchContext context, XeroTenant organisation, CancellationToken ct)
    {
        await context.Progress.StepAsync("Organisation and chart of accounts", 0, ct);
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
        if (await FetchContactsAsync(context, ct) is { } failed)
        {
            return failed;
        }

        foreach (var kind in Kinds)
        {
            await context.Progress.StepAsync(Words(kind), 0, ct);
            var fetched = await documents.FetchAsync(context, kind, ct);
            if (!fetched.Succeeded)
            {
                return fetched.Problem;
            }
        }

        if (await budgets.FetchAsync(context, organisation, ct) is { } unread)
        {
            return unread;
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

    private async Task<Problem?> FetchContactsAsync(FetchContext context, CancellationToken ct)
    {
        const string endpoint = "Contact";
        await context.Progress.StepAsync("Contacts", 0, ct);
        var cursor = await store.CursorAsync(context.Tenant, endpoint, ct);
        DateTime? started = null;
        for (var page = 1; ; page++)
        {
            var answer = await context.Session.ContactsAsync(context.Full ? null : cursor.ModifiedSince, page, ct);
            if (!answer.Succeeded)
            {
                return answer.Problem;
            }

            started ??= answer.Value.ServerTime;
            context.Progress.Count(endpoint, await store.SaveContactsAsync(context.Tenant, answer.Value.Contacts, ct));
            await store.AddIssuesAsync(context.Tenant, context.RunId, answer.Value.Unreadable, ct);
            await context.Progress.AdvanceAsync(answer.Value.Contacts.Count, context.Session.Calls, ct);
            if (answer.Value.IsLast)
            {
                cursor.ModifiedSince = started - TimeSpan.FromMinutes(5);
                await store.SaveCursorAsync(context.Tenant, cursor, ct);
                return null;
            }
        }
    }

    private static string Words(DocumentKind kind) => kind switch
    {
        DocumentKind.Invoice => "Invoices and bills",
        DocumentKind.CreditNote => "Credit notes",
        DocumentKind.Prepayment => "Prepayments",
        DocumentKind.Overpayment => "Overpayments",
        DocumentKind.Payment => "Payments",
        DocumentKind.BatchPayment => "Batch payments",
        DocumentKind.RepeatingInvoice => "Repeating invoices",
        DocumentKind.BankTransaction => "Bank transactions",
        DocumentKind.BankTransfer => "Bank transfers",
        DocumentKind.ManualJournal => "Manual journals",
        _ => kind.ToString(),
    };
}
