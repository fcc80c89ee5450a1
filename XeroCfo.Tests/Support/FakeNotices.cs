using XeroCfo.Domain.Sync.Notices;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Tests.Support;

/// <summary>Notices in memory; nobody reads them up.</summary>
internal sealed class FakeNotices : INoticeBook
{
    public List<(string Kind, Guid XeroId)> Marked { get; } = [];

    public Task MarkAsync(TenantId tenant, string kind, Guid xeroId, CancellationToken ct)
    {
        Marked.Add((kind, xeroId));
        return Task.CompletedTask;
    }

    public Task<int> TakeInAsync(IReadOnlyCollection<NoticedChange> changes, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<XeroNotice>> PendingAsync(TenantId tenant, CancellationToken ct) => throw new NotSupportedException();

    public Task DoneAsync(TenantId tenant, DateTime upTo, CancellationToken ct) => throw new NotSupportedException();
}
