using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Tests.Support;

/// <summary>Open documents in memory, the same on every day.</summary>
internal sealed class FakeOpenItemReader : IOpenItemReader
{
    public List<(bool IsSale, OpenItem Item)> Items { get; } = [];

    public Task<IReadOnlyList<OpenItem>> AtAsync(TenantId tenant, bool isSale, DateOnly day, string? exceptCurrency, bool hidePayroll, CancellationToken ct) => Task.FromResult<IReadOnlyList<OpenItem>>(
        [.. Items.Where(open => open.IsSale == isSale && open.Item.Document.CurrencyCode != exceptCurrency).Select(open => open.Item)]);

    public async Task<OpenByAge> ByAgeAsync(TenantId tenant, bool isSale, DateOnly day, OpenAges ages, bool hidePayroll, CancellationToken ct) =>
        new([], await AtAsync(tenant, isSale, day, null, hidePayroll, ct));

    public async Task<IReadOnlyList<OpenDue>> DuesAsync(TenantId tenant, bool isSale, DateOnly day, bool hidePayroll, CancellationToken ct) =>
        [.. (await AtAsync(tenant, isSale, day, null, hidePayroll, ct)).Where(item => !item.Document.PayrollHidden).Select(OpenDue.Of)];

    public async Task<IReadOnlyList<OpenItem>> InvoicesAsync(TenantId tenant, bool isSale, IReadOnlyCollection<Guid> ids, DateOnly day, bool hidePayroll, CancellationToken ct) =>
        [.. (await AtAsync(tenant, isSale, day, null, hidePayroll, ct)).Where(item => item.Kind == OpenItemKind.Invoice && !item.Document.PayrollHidden && ids.Contains(item.Document.XeroId))];

    public Task<IReadOnlyList<OpenItem>> PrepaymentsAsync(TenantId tenant, bool isSale, DateOnly day, bool hidePayroll, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<OpenItem>>([]);
}
