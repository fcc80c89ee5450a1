using System.ComponentModel.DataAnnotations;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Ledger.TieOut;

/// <summary>A part of a balance that comes from Xero's trial balance alone; <c>confirmedBy</c> is empty for what the demo company ships.</summary>
internal sealed record XeroOnlyPartAnswer(
    DateOnly Date, string Kind, DifferenceState State, decimal Amount, string? Note, string? ConfirmedBy, DateTime? ConfirmedAt, DateTime? FirstSeenAt, DateTime? ChangedAt)
{
    public static XeroOnlyPartAnswer Example => new(
        new DateOnly(2026, 10, 31), "payroll", DifferenceState.Confirmed, 18_400m, "Pay run of October", "ada@example.com", Examples.Instant, Examples.Instant, Examples.Instant);

    public static XeroOnlyPartAnswer Of(XeroOnlyPart part) =>
        new(part.Date, part.Kind, part.State, part.Amount, part.Note, part.ConfirmedBy, part.ConfirmedAt, part.FirstSeenAt, part.ChangedAt);
}

/// <summary>A row of the trial balance with the parts behind <c>expectedXeroOnly</c> and <c>unexplained</c>.</summary>
internal sealed record TieOutRowAnswer(
    Guid AccountId,
    string? Code,
    string Name,
    string Type,
    string Class,
    decimal Opening,
    decimal Documents,
    decimal ExpectedXeroOnly,
    decimal Unexplained,
    decimal Balance,
    decimal? XeroBalance,
    decimal? Difference,
    IReadOnlyList<XeroOnlyPartAnswer> Kinds);

internal sealed record ExpectedKindAnswer(string Kind, decimal Amount);

/// <summary>
/// The trial balance of a month's end with kinds. <c>shareOnDocuments</c>, <c>expected</c> and <c>unexplainedInMonth</c> are about the month's movement.
/// </summary>
internal sealed record TieOutAnswer(
    string Month,
    DateOnly Date,
    IReadOnlyList<TieOutRowAnswer> Rows,
    TrialBalanceTotalsAnswer Totals,
    CheckStatus TiesToXero,
    CheckStatus StandsOnDocuments,
    bool Settled,
    DateTime? XeroReadAt,
    decimal? ShareOnDocuments,
    IReadOnlyList<ExpectedKindAnswer> Expected,
    decimal UnexplainedInMonth,
    int ToConfirm,
    bool SyncInProgress) : IExample<TieOutAnswer>
{
    public static TieOutAnswer Example => new(
        "2026-10", new DateOnly(2026, 10, 31),
        [
            new TieOutRowAnswer(
                Examples.Account, "477", "Wages and salaries", "EXPENSE", "EXPENSE", 0m, 0m, 18_400m, 0m, 18_400m, 18_400m, 0m, [XeroOnlyPartAnswer.Example]),
        ],
        new TrialBalanceTotalsAnswer(0m, 0m, 0m, 0m, 0m, 0m, 0m), CheckStatus.Pass, CheckStatus.Pass, true, Examples.Instant, 0.9312m,
        [new ExpectedKindAnswer("payroll", 18_400m)], 0m, 1, false);

    public static TieOutAnswer Of(TieOutMonth month)
    {
        var balance = TrialBalanceAnswer.Of(month.Balance);
        return new TieOutAnswer(
            month.Month.ToString(),
            balance.Date,
            [
                .. balance.Rows.Select(row => new TieOutRowAnswer(
                    row.AccountId, row.Code, row.Name, row.Type, row.Class, row.Opening, row.Documents, row.ExpectedXeroOnly, row.Unexplained, row.Balance,
                    row.XeroBalance, row.Difference, [.. month.Parts[row.AccountId].Select(XeroOnlyPartAnswer.Of)])),
            ],
            balance.Totals,
            balance.TiesToXero,
            balance.StandsOnDocuments,
            balance.Settled,
            balance.XeroReadAt,
            month.ShareOnDocuments is { } share ? decimal.Round(share, 4) : null,
            [.. month.Expected.Select(kind => new ExpectedKindAnswer(kind.Kind, kind.Amount))],
            month.Unexplained,
            month.ToConfirm,
            balance.SyncInProgress);
    }
}

/// <summary>What an account's difference in a month is.</summary>
internal sealed record ConfirmationRequest(
    [property: Required] Guid? AccountId = null,
    [property: Required, RegularExpression("^[0-9]{4}-[0-9]{2}$")] string? Month = null,
    [property: Required, Words(typeof(DifferenceKinds), nameof(DifferenceKinds.Confirmable))] string? Kind = null,
    [property: MaxLength(TieOutService.NoteLimit)] string? Note = null) : IExample<ConfirmationRequest>
{
    public static ConfirmationRequest Example => new(Examples.Account, "2026-10", "payroll", "Pay run of October");
}

internal sealed record ConfirmationAnswer(Guid AccountId, string Month, IReadOnlyList<XeroOnlyPartAnswer> Kinds) : IExample<ConfirmationAnswer>
{
    public static ConfirmationAnswer Example => new(Examples.Account, "2026-10", [XeroOnlyPartAnswer.Example]);
}

internal static class TieOutApi
{
    private static readonly ApiParameter<Month?> MonthParameter = ApiParameters.Month("month", "The month at whose end the balances stand; without it the last full one.");

    public static void Map(RouteGroupBuilder api)
    {
        var tieOut = api.MapGroup("/tenants/{tenant}/tie-out").WithTags("Ledger");
        tieOut.MapGet("", GetAsync)
            .WithName("GetTieOut").WithSummary("The trial balance of a month's end beside Xero's, with the kinds of what no document tells.")
            .Needs(Permissions.LedgerRead).Takes(MonthParameter).MayRefuse(422);
        tieOut.MapPost("/confirmations", ConfirmAsync)
            .WithName("ConfirmDifference").WithSummary("Says what an account's difference in a month is; it holds while the amount is what it is now.")
            .Needs(Permissions.CloseWrite).TakesBody<ConfirmationRequest>().TakesIdempotencyKey().MayRefuse(404, 409, 422);
    }

    private static async Task<ApiAnswer<TieOutAnswer>> GetAsync(HttpContext http, TieOutService tieOut, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var month = query.Read(MonthParameter);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var found = await tieOut.MonthAsync(http.Caller(), http.Tenant(), month, ct);
        return found.Problem is { } refused ? refused : TieOutAnswer.Of(found.Value);
    }

    private static async Task<ApiAnswer<ConfirmationAnswer>> ConfirmAsync(HttpContext http, TieOutService tieOut, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new ConfirmationRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        if (body.AccountId is not { } account)
        {
            return ApiProblem.Invalid("accountId", "accountId must be Xero's AccountID.");
        }

        if (!Month.TryParse(body.Month, out var month) || !AccountingDays.Contain(month.Start))
        {
            return ApiProblem.Invalid("month", "month must be a month yyyy-MM.");
        }

        var confirmed = await tieOut.ConfirmAsync(http.Caller(), http.Tenant(), account, month, body.Kind ?? "", body.Note, ct);
        return confirmed.Problem is { } refused ? refused : new ConfirmationAnswer(account, month.ToString(), [.. confirmed.Value.Select(XeroOnlyPartAnswer.Of)]);
    }
}
