using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;

namespace XeroCfo.Tests.Support;

/// <summary>Connections in memory, and a Xero that agrees to everything.</summary>
internal sealed class FakeConnections(SampleBooks books) : IConnectionBook, IXeroIdentity, IDemoCompany
{
    public List<ConsentFacts> Consents { get; } = [];

    public Problem? LeavingFails { get; set; }

    /// <summary>What Xero says of the app itself; null: it knows it.</summary>
    public Problem? AppFails { get; set; }

    public Task<Result<IReadOnlyList<TenantId>>> KeepAsync(Caller caller, Guid userId, XeroTokenPair tokens, IReadOnlyList<XeroConnection> connections, CancellationToken ct) => throw new NotSupportedException();

    public Task GiveBackAsync(Guid userId, XeroTokenPair tokens, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<ConsentFacts>> ConsentsAsync(TenantId tenant, CancellationToken ct) => Task.FromResult<IReadOnlyList<ConsentFacts>>(Consents);

    public Task<Holdings> HoldingsAsync(TenantId tenant, CancellationToken ct) => Task.FromResult(new Holdings(5_612, 14, 31));

    public Task<Result<Done>> LeaveXeroAsync(TenantId tenant, CancellationToken ct) => Task.FromResult(LeavingFails is { } problem ? Result<Done>.Refused(problem) : Result<Done>.Of(Done.Value));

    public Task<Result<Done>> ForgetAsync(Caller caller, TenantId tenant, AfterDisconnect then, CancellationToken ct)
    {
        var organisation = books.Tenants.Organisations.Single(row => row.Id == tenant.Value);
        if (then == AfterDisconnect.Delete)
        {
            books.Tenants.Organisations.Remove(organisation);
        }
        else
        {
            organisation.Connection = ConnectionStatus.Disconnected;
        }

        return Task.FromResult(Result<Done>.Of(Done.Value));
    }

    public Task<Result<XeroTokenPair>> RedeemAsync(string code, ConsentRequest request, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<XeroTokenPair>> RenewAsync(string refreshToken, CancellationToken ct) => Task.FromResult<Result<XeroTokenPair>>(AppFails ?? IdentityProblems.ConsentEnded);

    public Task<Result<XeroTokenPair>> OfAppAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<IReadOnlyList<XeroConnection>>> ConnectionsAsync(string accessToken, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<Done>> DisconnectAsync(string accessToken, Guid connectionId, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<Done>> RevokeAsync(string refreshToken, CancellationToken ct) => throw new NotSupportedException();

    public Task<TenantId> EnsureAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> WasRemovedAsync(CancellationToken ct) => Task.FromResult(false);

    public Task<DateOnly?> AnchorAsync(CancellationToken ct) => Task.FromResult<DateOnly?>(new DateOnly(2026, 11, 18));

    public Task<Result<Done>> AddDayAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        books.Tenants.Organisations.Single(row => row.Id == tenant.Value).DaysAhead++;
        return Task.FromResult(Result<Done>.Of(Done.Value));
    }

    public Task<Result<Done>> StartAfreshAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        var demo = books.Tenants.Organisations.Single(row => row.Id == tenant.Value);
        (demo.DaysAhead, demo.DataAsOf) = (0, null);
        return Task.FromResult(Result<Done>.Of(Done.Value));
    }
}
