using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Kpis.Custom;

/// <summary>A custom KPI as somebody wants it.</summary>
public sealed record CustomKpiInput(string? Name, string? Formula, KpiUnit Unit, GoodDirection Good, IReadOnlyList<TypedFigure> Figures);

/// <summary>Where an organisation's own KPIs are kept.</summary>
public interface ICustomKpiBook
{
    /// <summary>By name.</summary>
    Task<IReadOnlyList<CustomKpi>> AllAsync(TenantId tenant, CancellationToken ct);

    /// <summary>Makes one under this key, or one like it that is not taken.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="input">As it is to be.</param>
    /// <param name="check">What is wrong with it among those that are there, asked under the organisation's lock.</param>
    /// <param name="ct">Stops.</param>
    Task<Result<CustomKpi>> CreateAsync(Caller caller, TenantId tenant, CustomKpiInput input, Func<IReadOnlyList<CustomKpi>, Problem?> check, CancellationToken ct);

    Task<Result<CustomKpi>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CustomKpiInput input, Func<IReadOnlyList<CustomKpi>, Problem?> check, CancellationToken ct);

    /// <summary>Its target goes too.</summary>
    Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, Func<IReadOnlyList<CustomKpi>, Problem?> check, CancellationToken ct);
}

/// <summary>An organisation's own KPIs.</summary>
public sealed class CustomKpiService(ICustomKpiBook book, ILedgerReader ledger)
{
    /// <summary>By name.</summary>
    public async Task<Result<IReadOnlyList<CustomKpi>>> ListAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.KpisRead, tenant) is { } refused ? refused : Result<IReadOnlyList<CustomKpi>>.Of(await book.AllAsync(tenant, ct));

    public async Task<Result<CustomKpi>> GetAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        var all = await ListAsync(caller, tenant, ct);
        return all.Problem is { } refused ? refused : all.Value.FirstOrDefault(kpi => kpi.Id == id) is { } found ? found : KpiProblems.Unknown;
    }

    public async Task<Result<CustomKpi>> CreateAsync(Caller caller, TenantId tenant, CustomKpiInput input, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.KpisWrite, tenant) ?? CustomKpiCheck.Alone(input)) is { } refused)
        {
            return refused;
        }

        var chart = await ledger.AccountsAsync(tenant, ct);
        return await book.CreateAsync(caller, tenant, Tidy(input), known => CustomKpiCheck.Among(input, null, known, chart), ct);
    }

    public async Task<Result<CustomKpi>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CustomKpiInput input, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.KpisWrite, tenant) ?? CustomKpiCheck.Alone(input)) is { } refused)
        {
            return refused;
        }

        var chart = await ledger.AccountsAsync(tenant, ct);
        return await book.UpdateAsync(caller, tenant, id, version, Tidy(input), known => CustomKpiCheck.Among(input, known.First(kpi => kpi.Id == id).Key, known, chart), ct);
    }

    /// <summary>Deletes one that no other leans on.</summary>
    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct) =>
        caller.Lacks(Permissions.KpisWrite, tenant) is { } refused ? refused : await book.DeleteAsync(caller, tenant, id, version, known => CustomKpiCheck.Needed(id, known), ct);

    private static CustomKpiInput Tidy(CustomKpiInput input) => input with { Name = input.Name!.Trim(), Formula = input.Formula!.Trim() };
}
