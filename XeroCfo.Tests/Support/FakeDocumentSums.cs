using XeroCfo.Domain.Ledger.Ties;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Tests.Support;

/// <summary>What documents add up to, as a test says it.</summary>
internal sealed class FakeDocumentSums : IDocumentSums
{
    public List<UnreconciledItems> Unreconciled { get; } = [];

    public DocumentTax Tax { get; set; } = new(0, 0, 0);

    public DocumentMoney Money { get; set; } = new(0, 0);

    public Task<IReadOnlyList<UnreconciledItems>> UnreconciledAsync(TenantId tenant, DateOnly day, CancellationToken ct) => Task.FromResult<IReadOnlyList<UnreconciledItems>>(Unreconciled);

    public Task<DocumentTax> TaxAsync(TenantId tenant, Guid taxAccountId, Days days, string baseCurrency, CancellationToken ct) => Task.FromResult(Tax);

    public Task<DocumentMoney> MoneyAsync(TenantId tenant, Days days, CancellationToken ct) => Task.FromResult(Money);
}
