using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Reports;

/// <summary>Makes a kind of report that is known further down the river.</summary>
public interface IReportBuilder
{
    /// <summary>The one of <see cref="ReportTypes"/> that it makes.</summary>
    string Type { get; }

    /// <summary>The body; it asks for rights beyond those of reports itself.</summary>
    Task<Result<ReportBody>> MakeAsync(Caller caller, ReportPlan plan, CancellationToken ct);
}
