using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Tests.Support;

/// <summary>A Xero whose statements are empty; for tests of what asks for them, not of what they say.</summary>
internal sealed class EmptyXero : IXeroSource, IXeroSession
{
    private static readonly XeroStatement Nothing = new(new DateTime(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc), new Dictionary<Guid, decimal>(), null);

    public int Calls => 0;

    public Task<Result<IXeroSession>> OpenAsync(XeroTenant organisation, string purpose, CancellationToken ct) => Task.FromResult(Result<IXeroSession>.Of(this));

    public Task<Result<XeroStatement>> ProfitAndLossAsync(DateOnly from, DateOnly to, CancellationToken ct) => Task.FromResult<Result<XeroStatement>>(Nothing);

    public Task<Result<XeroStatement>> BalanceSheetAsync(DateOnly date, CancellationToken ct) => Task.FromResult<Result<XeroStatement>>(Nothing);

    public bool IsPaged(DocumentKind kind) => throw new NotSupportedException();

    public Task<Result<OrganisationFacts>> OrganisationAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<MasterData>> MasterDataAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<ContactPage>> ContactsAsync(DateTime? modifiedSince, int page, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<XeroPage>> PageAsync(XeroQuery query, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<int?>> CountAsync(XeroQuery query, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<XeroPage>> RecordAsync(DocumentKind kind, Guid xeroId, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<XeroBudgets>> BudgetsAsync(Days days, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<StoredTrialBalance>> TrialBalanceAsync(DateOnly date, CancellationToken ct) => throw new NotSupportedException();
}
