using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Reports;

/// <summary>What only lines can tell of cash. Base currency, debit +.</summary>
public interface ICashFlowReader
{
    /// <summary>What bank transfers post to an account, the realised gain: expense +, gain −.</summary>
    Task<decimal> TransferGainsAsync(TenantId tenant, Days days, Guid realisedGainAccount, CancellationToken ct);

    /// <summary>By account, what the documents that have a line on a bank account post to all other accounts.</summary>
    Task<IReadOnlyDictionary<Guid, decimal>> CountersAsync(TenantId tenant, Days days, IReadOnlyCollection<Guid> bankAccounts, CancellationToken ct);
}
