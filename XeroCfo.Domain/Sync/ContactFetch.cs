using System.Globalization;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Sync;

/// <summary>
/// Brings contacts in: all of them, or what changed since the last time. A page is a transaction; the cursor moves only when as many came as Xero counts.
/// </summary>
public sealed class ContactFetch(ISyncStore store, TimeProvider clock)
{
    private const string Endpoint = "Contact";

    /// <summary>Contacts change while pages are read, and clocks differ: read a little twice.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>Reads up to now, or says what stood in the way.</summary>
    public async Task<Problem?> FetchAsync(FetchContext context, CancellationToken ct)
    {
        await context.Progress.StepAsync(SyncSteps.Contacts, 0, ct);
        var cursor = await store.CursorAsync(context.Tenant, Endpoint, ct);
        var started = clock.UtcNow();
        var (tally, told) = (new PageTally(), new HashSet<UnreadableRecord>());
        do
        {
            tally.Begin();
            for (var last = false; !last;)
            {
                var answer = await context.Session.ContactsAsync(context.Full ? null : cursor.ModifiedSince, tally.Pages + 1, ct);
                if (!answer.Succeeded)
                {
                    return answer.Problem;
                }

                var page = answer.Value;
                started = page.ServerTime < started ? page.ServerTime : started;
                tally.Add(page.Contacts.Select(contact => contact.ContactId), page.Unreadable.Count, page.ItemCount);
                await KeepAsync(context, page, [.. page.Unreadable.Where(told.Add)], ct);
                last = page.IsLast;
            }
        }
        while (!tally.IsComplete && tally.MayTryAgain);

        if (!tally.IsComplete)
        {
            await store.AddIssuesAsync(context.Tenant, context.RunId, [Missing(tally)], ct);
        }
        else if (told.All(record => Guid.TryParse(record.XeroId, out _)))
        {
            // One that cannot even be named comes back only when the same time is asked for again.
            cursor.ModifiedSince = started - Overlap;
            await store.SaveCursorAsync(context.Tenant, cursor, ct);
        }

        return null;
    }

    private static UnreadableRecord Missing(PageTally tally) => new(
        Endpoint, null, "count-differs", $"Xero counts {tally.Expected?.ToString(CultureInfo.InvariantCulture) ?? "more"} of them, {tally.Ids.Count} came, and reading them again did not bring the rest. The next sync asks for the same ones again.");

    private async Task KeepAsync(FetchContext context, ContactPage page, IReadOnlyList<UnreadableRecord> unreadable, CancellationToken ct)
    {
        context.Progress.Count(Endpoint, await store.SaveContactsAsync(context.Tenant, page.Contacts, ct));
        await store.AddIssuesAsync(context.Tenant, context.RunId, unreadable, ct);
        await context.Progress.AdvanceAsync(page.Contacts.Count, context.Session.Calls, ct);
    }
}
