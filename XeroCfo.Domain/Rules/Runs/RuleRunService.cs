using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Rules.Runs;

/// <summary>Where runs of rules are kept.</summary>
public interface IRuleRunRepository
{
    Task<Result<RuleRun>> EnqueueAsync(Caller caller, TenantId tenant, RunRequest request, bool includesPayroll, CancellationToken ct);

    /// <summary>Newest first.</summary>
    Task<Result<Page<RuleRunView>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct);

    Task<RuleRunView?> FindAsync(TenantId tenant, Guid id, CancellationToken ct);

    /// <summary>Ends a queued run, asks a running one to stop after its page; refused when it is over.</summary>
    Task<Result<Done>> CancelAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct);

    /// <summary>Gives every document again what it had, but for those that were changed since.</summary>
    Task<Result<Undone>> UndoAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct);
}

/// <summary>Asking for runs of rules, watching them, and taking them back. The work itself is <see cref="RuleRunner"/>'s.</summary>
public sealed class RuleRunService(IRuleRunRepository runs)
{
    /// <summary>Queues a run; several of one organisation are done one after the other.</summary>
    public async Task<Result<RuleRun>> RequestAsync(Caller caller, TenantId tenant, RunRequest request, CancellationToken ct) =>
        (caller.Lacks(Permissions.RulesWrite, tenant) ?? Check(request)) is { } refused
            ? refused
            : await runs.EnqueueAsync(caller, tenant, request, caller.May(Permissions.PayrollRead), ct);

    public async Task<Result<Page<RuleRunView>>> ListAsync(Caller caller, TenantId tenant, string? cursor, int limit, CancellationToken ct) =>
        caller.Lacks(Permissions.RulesRead, tenant) is { } refused ? refused : await runs.ListAsync(tenant, cursor, limit, ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    public async Task<Result<CappedCount>> CountAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.RulesRead, tenant) is { } refused ? refused : await runs.CountAsync(tenant, ct);

    public async Task<Result<RuleRunView>> GetAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct) =>
        caller.Lacks(Permissions.RulesRead, tenant) is { } refused ? refused : await FindAsync(tenant, id, ct);

    /// <summary>Stops a run; what it has changed stays until it is taken back.</summary>
    public async Task<Result<RuleRunView>> CancelAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RulesWrite, tenant) is { } refused)
        {
            return refused;
        }

        var cancelled = await runs.CancelAsync(caller, tenant, id, ct);
        return cancelled.Problem is { } over ? over : await FindAsync(tenant, id, ct);
    }

    /// <summary>Takes a whole run back; documents that were changed since stay as they are.</summary>
    public async Task<Result<Undone>> UndoAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct) =>
        caller.Lacks(Permissions.RulesWrite, tenant) is { } refused ? refused : await runs.UndoAsync(caller, tenant, id, ct);

    private static Problem? Check(RunRequest request) =>
        (request.From is { } from && !AccountingDays.Contain(from)) ? Problem.Invalid("from", "Days must be from 1900 to 2199.")
        : (request.To is { } to && !AccountingDays.Contain(to)) ? Problem.Invalid("to", "Days must be from 1900 to 2199.")
        : request.From > request.To ? Problem.Invalid("to", "to must not be before from.")
        : !RunScopes.Words.Contains(request.Scope) ? Problem.Invalid("scope", $"scope must be one of {string.Join(", ", RunScopes.Words)}.")
        : null;

    private async Task<Result<RuleRunView>> FindAsync(TenantId tenant, Guid id, CancellationToken ct) => await runs.FindAsync(tenant, id, ct) is { } found ? found : RunProblems.Unknown;
}
