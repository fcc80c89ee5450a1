using System.Globalization;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Reports;

/// <summary>A person put their name under a kept report.</summary>
/// <param name="Id">Ours.</param>
/// <param name="UserId">Who; null once the person was erased.</param>
/// <param name="Reviewer">In words; null once the person was erased.</param>
/// <param name="At">UTC.</param>
/// <param name="LedgerVersion">The books' at that moment: what moved in the report's days after it the reviewer had not seen.</param>
public sealed record ReportReview(Guid Id, Guid? UserId, string? Reviewer, DateTime At, int LedgerVersion)
{
    /// <summary>"Reviewed by Ana Ngata": whoever it was, the report was reviewed.</summary>
    public string Who => $"Reviewed by {Reviewer ?? "somebody whose account was erased"}";

    /// <summary>A review stands among the notes of its report, on none of its rows.</summary>
    internal static ReportReview Of(RowNote note, string? reviewer) => new(note.Id, note.UserId, reviewer, note.CreatedAt, int.Parse(note.Text, CultureInfo.InvariantCulture));
}

/// <summary>Putting one's name under kept reports, and taking it back.</summary>
public sealed class ReportReviewService(ReportService reports, IRowNoteBook book, ITenantRepository tenants)
{
    /// <summary>Who reviewed a report, in the order in which they did.</summary>
    public async Task<Result<IReadOnlyList<ReportReview>>> ListAsync(Caller caller, TenantId tenant, Guid reportId, CancellationToken ct) =>
        (await reports.GetAsync(caller, tenant, reportId, ct)).Problem is { } refused ? refused : Result<IReadOnlyList<ReportReview>>.Of(await OfAsync(tenant, reportId, ct));

    /// <summary>The caller has reviewed the report, as the books stand now. Who has already done so keeps the first time; to do it anew it is taken back before.</summary>
    public async Task<Result<ReportReview>> ReviewAsync(Caller caller, TenantId tenant, Guid reportId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ReportsWrite, tenant) is { } refused)
        {
            return refused;
        }

        if (caller.UserId is not { } person)
        {
            return new Problem("person-needed", "A report is reviewed by a person.", ProblemKind.Forbidden);
        }

        if ((await reports.GetAsync(caller, tenant, reportId, ct)).Problem is { } unknown)
        {
            return unknown;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var note = new RowNote
        {
            TenantId = tenant.Value,
            ReportId = reportId,
            RowKey = RowNote.Review,
            UserId = person,
            Text = organisation.LedgerVersion.ToString(CultureInfo.InvariantCulture),
        };
        var added = await book.AddAsync(caller, tenant, note, ct);
        return added.Problem is { } failed ? failed : (await OfAsync(tenant, reportId, ct)).FirstOrDefault(review => review.Id == added.Value.Id) is { } review ? review : ReportProblems.Unknown;
    }

    /// <summary>Takes back a review of the caller's own.</summary>
    public async Task<Result<Done>> TakeBackAsync(Caller caller, TenantId tenant, Guid reportId, Guid reviewId, CancellationToken ct) =>
        caller.Lacks(Permissions.ReportsWrite, tenant) is { } refused ? refused : await book.DeleteAsync(caller, tenant, reportId, reviewId, isReview: true, ct);

    private async Task<IReadOnlyList<ReportReview>> OfAsync(TenantId tenant, Guid reportId, CancellationToken ct) =>
        [.. (await book.ListAsync(tenant, reportId, ct)).Where(note => note.Note.IsReview).Select(note => ReportReview.Of(note.Note, note.Author))];
}
