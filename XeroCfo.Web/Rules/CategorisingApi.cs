using System.ComponentModel.DataAnnotations;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Rules;

/// <summary>The filters of the list of transactions, as members.</summary>
internal sealed record TransactionFilterRequest(
    DateOnly? From = null,
    DateOnly? To = null,
    [property: Words(typeof(TransactionTypes))] string? Type = null,
    [property: MaxLength(50)] string? Status = null,
    [property: Words(typeof(Directions))] string? Direction = null,
    [property: MaxLength(100)] string? Category = null,
    [property: MaxLength(50)] string? AccountCode = null,
    Guid? ContactId = null,
    bool? IsReconciled = null,
    decimal? MinAmount = null,
    decimal? MaxAmount = null,
    [property: MaxLength(255)] string? Search = null)
{
    public TransactionFilter ToFilter() => new()
    {
        From = From,
        To = To,
        Type = Type,
        Status = Status,
        Direction = Direction,
        Category = Category,
        AccountCode = AccountCode,
        ContactId = ContactId,
        IsReconciled = IsReconciled,
        MinAmount = MinAmount,
        MaxAmount = MaxAmount,
        Search = Search,
    };

    /// <summary>What is wrong with it by itself; null when nothing is.</summary>
    public ApiProblem? Refuse()
    {
        ReadOnlySpan<(string Name, string? Text, int Longest)> texts =
            [("status", Status, 50), ("category", Category, 100), ("accountCode", AccountCode, 50), ("search", Search, 255)];
        foreach (var (name, text, longest) in texts)
        {
            if (text is not null && (text.Length > longest || text.Any(char.IsControl)))
            {
                return ApiProblem.Invalid("filter." + name, $"{name} must be text of at most {longest} characters.");
            }
        }

        return Type is not null && !TransactionTypes.All.Contains(Type) ? ApiProblem.Invalid("filter.type", $"type must be one of {string.Join(", ", TransactionTypes.All)}.")
            : Direction is not null && !Directions.All.Contains(Direction) ? ApiProblem.Invalid("filter.direction", $"direction must be one of {string.Join(", ", Directions.All)}.")
            : (From is { } from && !AccountingDays.Contain(from)) || (To is { } to && !AccountingDays.Contain(to)) ? ApiProblem.Invalid("filter.from", "Days must be from 1900 to 2199.")
            : From > To ? ApiProblem.Invalid("filter.to", "to must not be before from.")
            : !IsAmount(MinAmount) ? ApiProblem.Invalid("filter.minAmount", "minAmount must be an amount from 0 on with at most four decimals.")
            : !IsAmount(MaxAmount) ? ApiProblem.Invalid("filter.maxAmount", "maxAmount must be an amount from 0 on with at most four decimals.")
            : MinAmount > MaxAmount ? ApiProblem.Invalid("filter.maxAmount", "maxAmount must not be below minAmount.")
            : null;
    }

    private static bool IsAmount(decimal? amount) => amount is not { } given || (given >= 0 && MoneyRules.Fits(given) && decimal.Round(given, 4) == given);
}

/// <summary>What a person says of one document; null gives it back to rules and accounts, a member that is missing stays.</summary>
internal sealed record TransactionPatchRequest : IExample<TransactionPatchRequest>
{
    public static TransactionPatchRequest Example => new() { Category = new Patched("Fuel", true), AccountCode = new Patched("449", true) };

    [StringLength(Domain.Rules.Category.NameLimit, MinimumLength = 1)]
    public Patched Category { get; init; }

    [StringLength(CategoryService.CodeLimit, MinimumLength = 1)]
    public Patched AccountCode { get; init; }
}

/// <summary>A category, and an account code if there is one, for the documents of <c>ids</c> or of <c>filter</c>.</summary>
internal sealed record CategorizeRequest(
    [property: MinLength(1), MaxLength(CategorisingService.MostIds)] IReadOnlyList<Guid>? Ids = null,
    TransactionFilterRequest? Filter = null,
    [property: StringLength(CategoryService.CodeLimit, MinimumLength = 1)] string? AccountCode = null,
    bool IncludeManual = false) : IExample<CategorizeRequest>
{
    public static CategorizeRequest Example => new([Examples.Thing], null, "449") { Category = new Patched("Fuel", true) };

    [Required, StringLength(Domain.Rules.Category.NameLimit, MinimumLength = 1)]
    public Patched Category { get; init; }
}

/// <summary><c>skipped</c> documents had been set by a person; <c>undoId</c> takes the change back for 90 days.</summary>
internal sealed record CategorizedAnswer(int Changed, int Skipped, Guid UndoId) : IExample<CategorizedAnswer>
{
    public static CategorizedAnswer Example => new(42, 3, Examples.Thing);
}

/// <summary><c>skipped</c> documents were changed since.</summary>
internal sealed record UndoneAnswer(int Restored, int Skipped) : IExample<UndoneAnswer>
{
    public static UndoneAnswer Example => new(41, 1);
}

internal static class CategorisingApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var tenant = api.MapGroup("/tenants/{tenant}").WithTags("Transactions");
        tenant.MapPost("/transactions/categorize", CategorizeAsync)
            .WithName("CategorizeTransactions").WithSummary("Gives many documents a category; what a person set stays unless includeManual.")
            .Needs(Permissions.TransactionsWrite).TakesBody<CategorizeRequest>().TakesIdempotencyKey().MayRefuse(404);
        tenant.MapPost("/undo/{undoId}", UndoAsync)
            .WithName("UndoCategorizing").WithSummary("Takes a change of categories back; what was changed since stays.")
            .Needs(Permissions.TransactionsWrite).TakesIdempotencyKey().MayRefuse(409);
    }

    private static async Task<ApiAnswer<CategorizedAnswer>> CategorizeAsync(HttpContext http, CategorisingService categorising, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new CategorizeRequest());
        if ((wrong ?? body.Filter?.Refuse()) is { } refusal)
        {
            return refusal;
        }

        if (!body.Category.IsGiven)
        {
            return ApiProblem.Invalid("category", "category must be a name, or null to give the documents back to rules and accounts.");
        }

        var done = await categorising.CategoriseAsync(
            http.Caller(), http.Tenant(), new TransactionSelection(body.Ids, body.Filter?.ToFilter()), body.Category.Text, body.AccountCode, body.IncludeManual, ct);
        return done.Problem is { } refused ? refused : new CategorizedAnswer(done.Value.Changed, done.Value.Skipped, done.Value.UndoId);
    }

    private static async Task<ApiAnswer<UndoneAnswer>> UndoAsync(HttpContext http, CategorisingService categorising, CancellationToken ct)
    {
        if (http.Id("undoId") is not { } id)
        {
            return CategoryProblems.NoSuchUndo;
        }

        var undone = await categorising.UndoAsync(http.Caller(), http.Tenant(), id, ct);
        return undone.Problem is { } refused ? refused : new UndoneAnswer(undone.Value.Restored, undone.Value.Skipped);
    }
}
