using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Sync;

/// <summary>Records that stand under some days.</summary>
/// <param name="From">From this day on; null: from the first one.</param>
/// <param name="Before">Before this day; null: to the last one.</param>
public readonly record struct RecordDays(DateOnly? From, DateOnly? Before)
{
    /// <summary>All of them, those without a readable day too.</summary>
    public static readonly RecordDays All;
}

/// <summary>
/// Asks by id for records that a list left out. A list without them is no proof that they are gone, for an answer may lose a record on its
/// way: only what Xero does not know by its id either is deleted here.
/// </summary>
public sealed class VanishedRecords(ISyncStore store, RecordPages pages)
{
    /// <summary>Each costs a call; what is left comes in the next check.</summary>
    private const int MostAsked = 100;

    /// <summary>Looks after what has not been seen since an instant.</summary>
    public async Task<Problem?> AskAsync(FetchContext context, DocumentKind kind, RecordDays days, DateTime since, CancellationToken ct)
    {
        foreach (var id in await store.UnseenAsync(context.Tenant, kind, days, since, MostAsked, ct))
        {
            var answer = await context.Session.RecordAsync(kind, id, ct);
            if (!answer.Succeeded)
            {
                return answer.Problem;
            }

            if (answer.Value is { Records.Count: 0, Unreadable.Count: 0 })
            {
                var day = await store.DeleteAsync(context.Tenant, kind, id, ct);
                context.Watch?.Note(day);
                context.Progress.Count(kind.ToString(), SyncCounts.None with { Deleted = 1 });
            }
            else
            {
                await pages.KeepAsync(context, kind, answer.Value, ct);
            }
        }

        return null;
    }
}
