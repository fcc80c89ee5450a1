using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Reports;

/// <summary>Making, keeping and opening reports.</summary>
public sealed class ReportService(ITenantRepository tenants, ReportMaker maker, IReportRepository reports, TimeProvider clock)
{
    public const int NameLimit = 255;

    /// <summary>Makes a report; it is not kept.</summary>
    public async Task<Result<ReportDocument>> RunAsync(Caller caller, TenantId tenant, string? type, ReportParameters asked, CancellationToken ct) =>
        caller.Lacks(Permissions.ReportsRead, tenant) is { } refused ? refused : await MakeAsync(caller, tenant, type, asked, PayrollRules.AreHiddenFrom(caller), ct);

    /// <summary>Makes a report and keeps it as it is, for ever. Whoever may open it later: payroll's documents are not named in it.</summary>
    public async Task<Result<Report>> SaveAsync(Caller caller, TenantId tenant, string? type, string? name, ReportParameters asked, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.ReportsWrite, tenant) ?? CheckName(name)) is { } refused)
        {
            return refused;
        }

        if (caller.UserId is not { } user)
        {
            return Problem.Invalid("name", "A report belongs to a person: save it as one, or with a person's key.");
        }

        var made = await MakeAsync(caller, tenant, type, asked, hidePayroll: true, ct);
        if (made.Problem is { } wrong)
        {
            return wrong;
        }

        return await reports.CreateAsync(
            caller,
            tenant,
            new Report
            {
                TenantId = tenant.Value,
                UserId = user,
                Type = made.Value.Type,
                Name = name!.Trim(),
                Parameters = ReportJson.Write(asked),
                Data = ReportJson.Write(made.Value),
            },
            ct);
    }

    /// <summary>Kept reports, the newest first, without their documents.</summary>
    public async Task<Result<Page<ReportHead>>> ListAsync(Caller caller, TenantId tenant, string? type, string? cursor, int limit, CancellationToken ct) =>
        caller.Lacks(Permissions.ReportsRead, tenant) is { } refused ? refused : await reports.ListAsync(tenant, type, cursor, limit, ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    public async Task<Result<CappedCount>> CountAsync(Caller caller, TenantId tenant, string? type, CancellationToken ct) =>
        caller.Lacks(Permissions.ReportsRead, tenant) is { } refused ? refused : await reports.CountAsync(tenant, type, ct);

    /// <summary>A kept report as it was made.</summary>
    public async Task<Result<Report>> GetAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ReportsRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await reports.FindAsync(tenant, id, ct) is not { } report)
        {
            return ReportProblems.Unknown;
        }

        return Needed(report).Select(permission => caller.Lacks(permission, tenant)).FirstOrDefault(problem => problem is not null) is { } closed ? closed : report;
    }

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct) =>
        caller.Lacks(Permissions.ReportsWrite, tenant) is { } refused ? refused : await reports.DeleteAsync(caller, tenant, id, version, ct);

    /// <summary>What moved in a kept report's days since it was made, by account and document, the largest first.</summary>
    public async Task<Result<IReadOnlyList<ReportChange>>> ChangesAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        var found = await GetAsync(caller, tenant, id, ct);
        if (found.Problem is { } refused)
        {
            return refused;
        }

        var changes = await reports.ChangesAsync(tenant, ReportJson.ReadDocument(found.Value.Data), PayrollRules.AreHiddenFrom(caller), ct);

        // Who may see no documents is told the accounts.
        return Result<IReadOnlyList<ReportChange>>.Of(caller.May(Permissions.TransactionsRead) ? changes : ReportChange.ByAccount(changes));
    }

    // What a kept report holds needs the same rights as making it.
    private static IEnumerable<string> Needed(Report report)
    {
        var asked = ReportJson.ReadParameters(report.Parameters);
        return
        [
            .. asked.By == ReportWords.ByDocument ? [Permissions.TransactionsRead] : Array.Empty<string>(),
            .. report.Type == ReportTypes.BudgetVariance || ReportParameterRules.BudgetIn(asked.Compare) is not null ? [Permissions.BudgetsRead] : Array.Empty<string>(),
            .. report.Type == ReportTypes.KpiDashboard ? [Permissions.KpisRead] : Array.Empty<string>(),
        ];
    }

    private async Task<Result<ReportDocument>> MakeAsync(Caller caller, TenantId tenant, string? type, ReportParameters asked, bool hidePayroll, CancellationToken ct)
    {
        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var planned = ReportPlan.Make(type, asked, organisation, organisation.Today(clock));
        if (planned.Problem is { } wrong)
        {
            return wrong;
        }

        var plan = planned.Value;
        if (plan.Parameters.By == ReportWords.ByDocument && caller.Lacks(Permissions.TransactionsRead, tenant) is { } documents)
        {
            return documents;
        }

        if (plan.AsksForBudget && caller.Lacks(Permissions.BudgetsRead, tenant) is { } budgets)
        {
            return budgets;
        }

        var body = await maker.MakeAsync(caller, plan, hidePayroll, ct);
        return body.Problem is { } refused ? refused : new ReportDocument
        {
            Type = plan.Type,
            Title = ReportTypes.TitleOf(plan.Type),
            Organisation = organisation.Name,
            Currency = plan.Parameters.Currency ?? organisation.BaseCurrency,
            Basis = ReportWords.Accrual,
            From = ReportTypes.IsAtADay(plan.Type) ? null : plan.Range.First,
            To = plan.Range.Last,
            GeneratedAt = clock.UtcNow(),
            DataAsOf = organisation.DataAsOf,
            LedgerVersion = organisation.LedgerVersion,
            SyncInProgress = organisation.SyncInProgress,
            Parameters = body.Value.Parameters ?? plan.Parameters,
            Columns = body.Value.Columns,
            Rows = body.Value.Rows,
            Checks = body.Value.Checks,
            Notes = body.Value.Notes,
        };
    }

    private static Problem? CheckName(string? name) => string.IsNullOrWhiteSpace(name) || name.Trim().Length > NameLimit || name.Any(char.IsControl) || TextRules.Askable(name) != name
        ? Problem.Invalid("name", $"name must be 1 to {NameLimit} characters.")
        : null;
}
