using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Reports;

/// <summary>Knows who makes which kind of report.</summary>
public sealed class ReportMaker(StatementMaker statements, AgedMaker aged, CustomMaker custom, IEnumerable<IReportBuilder> builders)
{
    /// <param name="caller">Who asks.</param>
    /// <param name="plan">What is asked.</param>
    /// <param name="hidePayroll">The reader may not see payroll.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Result<ReportBody>> MakeAsync(Caller caller, ReportPlan plan, bool hidePayroll, CancellationToken ct) => plan.Type switch
    {
        ReportTypes.AgedReceivables or ReportTypes.AgedPayables => await aged.MakeAsync(plan, hidePayroll, ct),
        ReportTypes.Custom => await custom.MakeAsync(plan, ct),
        _ when builders.FirstOrDefault(builder => builder.Type == plan.Type) is { } builder => await builder.MakeAsync(caller, plan, ct),
        _ => await statements.MakeAsync(plan, ct),
    };
}
