using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Ledger;

/// <summary>Answers that are made once for each state of an organisation's ledger: each carries the version it came from, and nobody clears it.</summary>
/// <param name="kept">How many at most, the latest made.</param>
internal sealed class Remembered<T>(int kept = 64)
    where T : class
{
    private readonly Lock _guard = new();
    private readonly List<(Key Key, T Answer)> _made = [];

    /// <summary>The answer of a day as a reader may see it; while figures are on the move it is made anew.</summary>
    public Task<T> OfAsync(XeroTenant organisation, DateOnly day, bool hidePayroll, Func<Task<T>> make) => OfAsync(organisation, new Days(day, day), hidePayroll, make);

    /// <summary>The answer of some days as a reader may see it; while figures are on the move it is made anew.</summary>
    public async Task<T> OfAsync(XeroTenant organisation, Days days, bool hidePayroll, Func<Task<T>> make)
    {
        var key = new Key(organisation.Id, organisation.LedgerVersion, organisation.DataAsOf, days, hidePayroll);
        lock (_guard)
        {
            if (!organisation.SyncInProgress && _made.Find(made => made.Key == key) is { Answer: { } known })
            {
                return known;
            }
        }

        var answer = await make();
        lock (_guard)
        {
            _made.RemoveAll(made => made.Key == key || (made.Key.Tenant == key.Tenant && (made.Key.Version != key.Version || made.Key.DataAsOf != key.DataAsOf)));
            if (!organisation.SyncInProgress)
            {
                _made.Add((key, answer));
                _made.RemoveRange(0, Math.Max(0, _made.Count - kept));
            }
        }

        return answer;
    }

    private sealed record Key(Guid Tenant, int Version, DateTime? DataAsOf, Days Days, bool HidePayroll);
}
