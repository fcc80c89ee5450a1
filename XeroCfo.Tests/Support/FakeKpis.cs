using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Custom;
using XeroCfo.Domain.Kpis.Targets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Support;

/// <summary>Sums of the fake ledger's lines; targets and own KPIs there are none.</summary>
internal sealed class FakeKpis(FakeLedgerReader ledger) : IMovementReader, IKpiReader, ICustomKpiBook, IKpiTargetBook
{
    private IEnumerable<LedgerLine> Lines => ledger.Lines.Select(view => view.Line);

    public Task<IReadOnlyList<MovementPiece>> PiecesAsync(TenantId tenant, IReadOnlyList<DateOnly> lastDays, CancellationToken ct) => Task.FromResult<IReadOnlyList<MovementPiece>>(
    [
        .. lastDays.Select((last, index) =>
        {
            var first = index == 0 ? (DateOnly?)null : lastDays[index - 1].AddDays(1);
            var lines = Lines.Where(line => line.Date <= last && (first is null || line.Date >= first)).ToLookup(line => line.Source is LineSources.Document or LineSources.Journal);
            return new MovementPiece(
                first, last, lines[true].GroupBy(line => line.AccountId).ToDictionary(group => group.Key, group => group.Sum(line => line.Amount)),
                [.. lines[false].Select(line => new XeroOnlyLine(line.Date, line.AccountId, line.Amount, line.Source, line.Kind))]);
        }),
    ]);

    public Task<IReadOnlyList<TrackingBalance>> TrackedAsync(TenantId tenant, Days days, CancellationToken ct) => Task.FromResult<IReadOnlyList<TrackingBalance>>([]);

    public Task<IReadOnlyList<decimal>> ByContactAsync(TenantId tenant, Days days, IReadOnlyCollection<Guid> accounts, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<decimal>>([.. Of(days, accounts).GroupBy(line => line.ContactId).Select(group => group.Sum(line => line.Amount))]);

    public Task<IReadOnlyList<ContactMonth>> ByContactAndMonthAsync(TenantId tenant, Days days, IReadOnlyCollection<Guid> accounts, IReadOnlyCollection<Guid>? contacts, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ContactMonth>>([.. Of(days, accounts).Where(line => contacts?.Contains(line.ContactId!.Value) != false).GroupBy(line => (line.ContactId!.Value, Month.Of(line.Date).Start)).Select(group => new ContactMonth(group.Key.Value, group.Key.Start, group.Sum(line => line.Amount)))]);

    public Task<IReadOnlyList<DayAmount>> ByDayAsync(TenantId tenant, Days days, IReadOnlyCollection<Guid> accounts, CancellationToken ct) => Task.FromResult<IReadOnlyList<DayAmount>>(
        [.. Lines.Where(line => accounts.Contains(line.AccountId) && line.Date >= days.First && line.Date <= days.Last && line.Source == LineSources.Document).GroupBy(line => line.Date).OrderBy(group => group.Key).Select(group => new DayAmount(group.Key, group.Sum(line => line.Amount)))]);

    public Task<IReadOnlyList<DayAmount>> InvoicedAsync(TenantId tenant, Days days, Guid receivables, CancellationToken ct) => Task.FromResult<IReadOnlyList<DayAmount>>([]);

    public Task<IReadOnlyList<DayAmount>> TransferGainsAsync(TenantId tenant, Days days, Guid realisedGainAccount, CancellationToken ct) => Task.FromResult<IReadOnlyList<DayAmount>>([]);

    public Task<IReadOnlyDictionary<Guid, string>> NamesAsync(TenantId tenant, IReadOnlyCollection<Guid> contacts, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<Guid, string>>(ledger.Lines.Where(view => view.Line.ContactId is { } id && contacts.Contains(id)).DistinctBy(view => view.Line.ContactId).ToDictionary(view => view.Line.ContactId!.Value, view => view.ContactName ?? "No name"));

    public Task<IReadOnlyDictionary<Guid, DateOnly>> FirstDocumentsAsync(TenantId tenant, IReadOnlyCollection<Guid> contacts, CancellationToken ct) => DaysAsync(contacts, lines => lines.Min(line => line.Date));

    public Task<IReadOnlyDictionary<Guid, DateOnly>> LastInvoicesAsync(TenantId tenant, IReadOnlyCollection<Guid> contacts, DateOnly upTo, CancellationToken ct) => DaysAsync(contacts, lines => lines.Max(line => line.Date));

    Task<IReadOnlyList<CustomKpi>> ICustomKpiBook.AllAsync(TenantId tenant, CancellationToken ct) => Task.FromResult<IReadOnlyList<CustomKpi>>([]);

    Task<IReadOnlyList<KpiTarget>> IKpiTargetBook.AllAsync(TenantId tenant, CancellationToken ct) => Task.FromResult<IReadOnlyList<KpiTarget>>([]);

    public Task<KpiTarget?> FindAsync(TenantId tenant, string key, CancellationToken ct) => Task.FromResult<KpiTarget?>(null);

    public Task<Result<CustomKpi>> CreateAsync(Caller caller, TenantId tenant, CustomKpiInput input, Func<IReadOnlyList<CustomKpi>, Problem?> check, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<CustomKpi>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CustomKpiInput input, Func<IReadOnlyList<CustomKpi>, Problem?> check, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, Func<IReadOnlyList<CustomKpi>, Problem?> check, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<KpiTarget>> SetAsync(Caller caller, TenantId tenant, string key, ReadVersion version, KpiTargetInput input, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, string key, ReadVersion version, CancellationToken ct) => throw new NotSupportedException();

    private IEnumerable<LedgerLine> Of(Days days, IReadOnlyCollection<Guid> accounts) =>
        Lines.Where(line => accounts.Contains(line.AccountId) && line.Date >= days.First && line.Date <= days.Last && line.ContactId is not null && line.Source == LineSources.Document);

    private Task<IReadOnlyDictionary<Guid, DateOnly>> DaysAsync(IReadOnlyCollection<Guid> contacts, Func<IEnumerable<LedgerLine>, DateOnly> day) =>
        Task.FromResult<IReadOnlyDictionary<Guid, DateOnly>>(Lines.Where(line => line.ContactId is { } id && contacts.Contains(id)).GroupBy(line => line.ContactId!.Value).ToDictionary(group => group.Key, group => day(group)));
}
