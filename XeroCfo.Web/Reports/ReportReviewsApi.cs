using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Reports;

/// <summary>Who reviewed a kept report; without a name where the person was erased.</summary>
internal sealed record ReportReviewAnswer(Guid Id, Guid? UserId, string? Reviewer, DateTime ReviewedAt, int LedgerVersion) : IExample<ReportReviewAnswer>
{
    public static ReportReviewAnswer Example => new(Examples.Thing, Examples.Contact, "ana@tui-and-ash.example", Examples.Instant, 42);

    public static ReportReviewAnswer Of(ReportReview review) => new(review.Id, review.UserId, review.Reviewer, review.At, review.LedgerVersion);
}

internal sealed record ReportReviewsAnswer(IReadOnlyList<ReportReviewAnswer> Items) : IExample<ReportReviewsAnswer>
{
    public static ReportReviewsAnswer Example => new([ReportReviewAnswer.Example]);
}

internal static class ReportReviewsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var reviews = api.MapGroup("/tenants/{tenant}/reports/{id}/reviews").WithTags("Reports");
        reviews.MapGet("", ReviewsAsync)
            .WithName("ListReportReviews").WithSummary("Who reviewed a kept report, when, and at which version of the ledger.")
            .Needs(Permissions.ReportsRead);
        reviews.MapPost("", ReviewAsync)
            .WithName("ReviewReport").WithSummary("Puts the key's owner under a kept report as having reviewed it; who has done so already keeps the first time.")
            .Needs(Permissions.ReportsWrite).TakesIdempotencyKey();
        reviews.MapDelete("/{reviewId}", TakeBackAsync)
            .WithName("TakeBackReportReview").WithSummary("Takes back a review of one's own.")
            .Needs(Permissions.ReportsWrite);
    }

    private static async Task<ApiAnswer<ReportReviewsAnswer>> ReviewsAsync(HttpContext http, ReportReviewService reviews, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return ReportProblems.Unknown;
        }

        var found = await reviews.ListAsync(http.Caller(), http.Tenant(), id, ct);
        return found.Problem is { } refused ? refused : new ReportReviewsAnswer([.. found.Value.Select(ReportReviewAnswer.Of)]);
    }

    private static async Task<ApiAnswer<ReportReviewAnswer>> ReviewAsync(HttpContext http, ReportReviewService reviews, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return ReportProblems.Unknown;
        }

        var reviewed = await reviews.ReviewAsync(http.Caller(), http.Tenant(), id, ct);
        return reviewed.Problem is { } refused ? refused : ReportReviewAnswer.Of(reviewed.Value);
    }

    private static async Task<ApiDone> TakeBackAsync(HttpContext http, ReportReviewService reviews, CancellationToken ct)
    {
        if (http.Id("id") is not { } id || http.Id("reviewId") is not { } reviewId)
        {
            return ReportProblems.Unknown;
        }

        return await reviews.TakeBackAsync(http.Caller(), http.Tenant(), id, reviewId, ct);
    }
}
