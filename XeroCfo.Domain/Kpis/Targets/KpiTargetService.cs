using XeroCfo.Domain.Kpis.Custom;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Kpis.Targets;

/// <summary>A target as somebody wants it; null: none.</summary>
public sealed record KpiTargetInput(decimal? Target, decimal? AlertLevel);

/// <summary>Where targets are kept.</summary>
public interface IKpiTargetBook
{
    Task<IReadOnlyList<KpiTarget>> AllAsync(TenantId tenant, CancellationToken ct);

    Task<KpiTarget?> FindAsync(TenantId tenant, string key, CancellationToken ct);

    /// <summary>Makes or changes it; a new level begins with a quiet alert. One that is there wants its version.</summary>
    Task<Result<KpiTarget>> SetAsync(Caller caller, TenantId tenant, string key, ReadVersion version, KpiTargetInput input, CancellationToken ct);

    Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, string key, ReadVersion version, CancellationToken ct);
}

/// <summary>Tells whoever listens that KPIs crossed their levels, in one transaction with how each alert stands now.</summary>
public interface IKpiAlerts
{
    Task KeepAsync(TenantId tenant, IReadOnlyDictionary<string, AlertState> states, IReadOnlyList<KpiAlerted> alerted, CancellationToken ct);
}

/// <summary>Targets and levels of alert.</summary>
public sealed class KpiTargetService(IKpiTargetBook targets, ICustomKpiBook custom)
{
    /// <summary>The target of a KPI.</summary>
    public async Task<Result<KpiTarget>> GetAsync(Caller caller, TenantId tenant, string key, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.KpisRead, tenant) is { } refused)
        {
            return refused;
        }

        return await targets.FindAsync(tenant, key, ct) is { } found ? found : KpiTargetProblems.None;
    }

    /// <summary>Sets a KPI's target, level of alert or both; one that is there wants its version.</summary>
    public async Task<Result<KpiTarget>> SetAsync(Caller caller, TenantId tenant, string key, ReadVersion version, KpiTargetInput input, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.KpisWrite, tenant) ?? Check(input)) is { } refused)
        {
            return refused;
        }

        if (KpiCatalogue.Find(key) is not { } definition)
        {
            if ((await custom.AllAsync(tenant, ct)).FirstOrDefault(kpi => kpi.Key == key) is not { } own)
            {
                return KpiProblems.Unknown;
            }

            definition = new OwnKpi(own).Definition;
        }

        return CheckDirection(definition, input) is { } wrong ? wrong : await targets.SetAsync(caller, tenant, key, version, input, ct);
    }

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, string key, ReadVersion version, CancellationToken ct) =>
        caller.Lacks(Permissions.KpisWrite, tenant) is { } refused ? refused : await targets.DeleteAsync(caller, tenant, key, version, ct);

    /// <summary>What is wrong with a target by itself.</summary>
    public static Problem? Check(KpiTargetInput input) =>
        input is { Target: null, AlertLevel: null } ? Problem.Invalid("target", "Say a target, an alert level or both; to have none, delete it.")
        : Check(input.Target, "target") ?? Check(input.AlertLevel, "alertLevel");

    private static Problem? Check(decimal? value, string field) =>
        value is not { } known ? null
        : Math.Abs(known) > KpiTarget.Most ? Problem.Invalid(field, $"{field} must lie between −{KpiTarget.Most:0} and {KpiTarget.Most:0}.")
        : decimal.Round(known, 4) != known ? Problem.Invalid(field, $"{field} may have four decimals; percentages are fractions, 0.581 for 58.1 %.")
        : null;

    private static Problem? CheckDirection(KpiDefinition kpi, KpiTargetInput input) =>
        kpi.Good == GoodDirection.Context ? KpiTargetProblems.NoDirection(kpi)
        : input is { Target: { } target, AlertLevel: { } level } && AlertRule.IsBeyond(target, level, kpi.Good) ? KpiTargetProblems.Crossed(kpi)
        : null;
}

/// <summary>What targets refuse.</summary>
public static class KpiTargetProblems
{
    public static Problem None { get; } = Problem.NotFound("kpi-target-not-found", "This KPI has no target.");

    public static Problem NoDirection(KpiDefinition kpi) =>
        new("kpi-without-direction", $"{kpi.Name} ({kpi.Key}) has no better side: whether more of it is good depends. It can have no target and no alert level.", ProblemKind.Refused, "target");

    public static Problem Crossed(KpiDefinition kpi) =>
        new("alert-beyond-target", $"The alert level of {kpi.Name} lies on the good side of its target: there would be an alert while the aim is reached.", ProblemKind.Refused, "alertLevel");
}
