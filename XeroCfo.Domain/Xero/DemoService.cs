using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Xero;

/// <summary>Puts the demo company in, and lets its time pass.</summary>
public interface IDemoCompany
{
    /// <summary>
    /// Makes the demo's organisation with a first sync waiting, unless it is there already; gives it to every admin. The answer is its id.
    /// </summary>
    Task<TenantId> EnsureAsync(CancellationToken ct);

    /// <summary>True when a person has removed it: it comes back only when it is asked for.</summary>
    Task<bool> WasRemovedAsync(CancellationToken ct);

    /// <summary>The day that the demo was made on, which its story leads up to; null: it was never made.</summary>
    Task<DateOnly?> AnchorAsync(CancellationToken ct);

    /// <summary>Lets a day pass in the demo's books, with a sync waiting that reads what it brought.</summary>
    Task<Result<Done>> AddDayAsync(Caller caller, TenantId tenant, CancellationToken ct);

    /// <summary>
    /// Makes the demo anew as of today: everything that was done in it goes. Its id stays, and so does who may see it.
    /// </summary>
    Task<Result<Done>> StartAfreshAsync(Caller caller, TenantId tenant, CancellationToken ct);
}

/// <summary>What a person can do with the demo company beside reading it.</summary>
public sealed class DemoService(IDemoCompany demo, ITenantRepository tenants)
{
    /// <summary>Puts it in.</summary>
    public async Task<Result<TenantId>> AddAsync(Caller caller, CancellationToken ct) =>
        caller.Lacks(Permissions.SystemWrite) is { } refused ? refused : await demo.EnsureAsync(ct);

    /// <summary>The day that the demo was made on.</summary>
    public Task<DateOnly?> AnchorAsync(CancellationToken ct) => demo.AnchorAsync(ct);

    /// <inheritdoc cref="IDemoCompany.AddDayAsync"/>
    public async Task<Result<Done>> AddDayAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        await RefusedAsync(caller, tenant, ct) is { } refused ? refused : await demo.AddDayAsync(caller, tenant, ct);

    /// <inheritdoc cref="IDemoCompany.StartAfreshAsync"/>
    public async Task<Result<Done>> StartAfreshAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        await RefusedAsync(caller, tenant, ct) is { } refused ? refused : await demo.StartAfreshAsync(caller, tenant, ct);

    private async Task<Problem?> RefusedAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.ConnectionsWrite, tenant) is { } refused ? refused
        : await tenants.FindAsync(tenant, ct) is { IsDemo: true } ? null
        : DemoProblems.NotTheDemo;
}

/// <summary>Refusals of the demo company.</summary>
public static class DemoProblems
{
    public static Problem NotTheDemo { get; } = new("not-the-demo", "Only the demo company's days can be moved.", ProblemKind.Conflict);
}
