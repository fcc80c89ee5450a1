using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;
using XeroCfo.Web.Rules;

namespace XeroCfo.Web.Ledger;

internal static class TransactionsApi
{
    private static readonly ApiParameter<DateOnly?> From = ApiParameters.Date("from", "First day.");
    private static readonly ApiParameter<DateOnly?> To = ApiParameters.Date("to", "Last day.");
    private static readonly ApiParameter<string> Type = ApiParameters.Word("type", "The sort of document.", TransactionTypes.All);
    private static readonly ApiParameter<string> Status = ApiParameters.Text("status", "Xero's own status word, such as AUTHORISED.", 50);
    private static readonly ApiParameter<string> Direction = ApiParameters.Word("direction", "Money in, out, or none.", Directions.All);
    private static readonly ApiParameter<string> Category = ApiParameters.Text("category", "A category's name, or `none`.", 100);
    private static readonly ApiParameter<string> AccountCode = ApiParameters.Text("accountCode", "The code that all lines share.", 50);
    private static readonly ApiParameter<Guid?> Contact = ApiParameters.Id("contactId", "Xero's ContactID.");
    private static readonly ApiParameter<bool?> IsReconciled = ApiParameters.Flag("isReconciled", "Reconciled at Xero, or not.");
    private static readonly ApiParameter<decimal?> MinAmount = ApiParameters.Amount("minAmount", "Least absolute amount in base currency.");
    private static readonly ApiParameter<decimal?> MaxAmount = ApiParameters.Amount("maxAmount", "Largest absolute amount in base currency.");
    private static readonly ApiParameter<string> Search = ApiParameters.Text("search", "Part, in any case, of description, contact name, reference or number.", 255);
    private static readonly ApiParameter<string> Sort = ApiParameters.Word("sort", "The order; `-date` when missing.", ["date", "-date", "amount", "-amount"]);

    private static readonly ApiParameter[] Filters =
        [From, To, Type, Status, Direction, Category, AccountCode, Contact, IsReconciled, MinAmount, MaxAmount, Search];

    private static readonly Problem Unknown = Problem.NotFound("transaction-not-found", "There is no such transaction in this organisation.");

    public static void Map(RouteGroupBuilder api)
    {
        var transactions = api.MapGroup("/tenants/{tenant}/transactions").WithTags("Transactions");
        transactions.MapGet("", ListAsync)
            .WithName("ListTransactions").WithSummary("Documents as Xero lists them, of any status.")
            .Needs(Permissions.TransactionsRead).Takes(Filters).Takes(Sort).TakesPage();
        transactions.MapGet("/count", CountAsync)
            .WithName("CountTransactions").WithSummary("How many documents, counted up to 10 001.")
            .Needs(Permissions.TransactionsRead).Takes(Filters);
        transactions.MapGet("/{id}", GetAsync)
            .WithName("GetTransaction").WithSummary("One document with its lines, allocations and ledger lines.")
            .Needs(Permissions.TransactionsRead).GivesVersion();
        transactions.MapPatch("/{id}", PatchAsync)
            .WithName("ChangeTransaction").WithSummary("Says what one document is about; Xero's books do not change.")
            .Needs(Permissions.TransactionsWrite).TakesBody<TransactionPatchRequest>().TakesVersion().GivesVersion().MayRefuse(422);
    }

    private static async Task<ApiAnswer<FiguresPageAnswer<TransactionAnswer>>> ListAsync(
        HttpContext http, TransactionService transactions, TenantService tenants, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (filter, sort, limit, cursor) = (FilterOf(query), SortOf(query.Read(Sort)), query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var before = await tenants.SyncInProgressAsync(http.Caller(), http.Tenant(), ct);
        var page = await transactions.ListAsync(http.Caller(), http.Tenant(), filter, sort, PagePlace.After(cursor), limit, ct);
        var after = await tenants.SyncInProgressAsync(http.Caller(), http.Tenant(), ct);
        return (before.Problem ?? page.Problem ?? after.Problem) is { } refused
            ? refused
            : new FiguresPageAnswer<TransactionAnswer>(
                [.. page.Value.Items.Select(row => new TransactionAnswer(row))], ApiPaging.Next(http.Request, page.Value.Next), before.Value || after.Value);
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, TransactionService transactions, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var filter = FilterOf(query);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var count = await transactions.CountAsync(http.Caller(), http.Tenant(), filter, ct);
        return count.Problem is { } refused ? refused : CountAnswer.Of(count.Value);
    }

    private static async Task<ApiAnswer<TransactionDetailAnswer>> GetAsync(HttpContext http, TransactionService transactions, TenantService tenants, CancellationToken ct) =>
        http.Id("id") is { } id ? await AnswerAsync(http, http.Caller(), id, transactions, tenants, ct) : Unknown;

    private static async Task<ApiAnswer<TransactionDetailAnswer>> AnswerAsync(
        HttpContext http, Caller caller, Guid id, TransactionService transactions, TenantService tenants, CancellationToken ct)
    {
        var before = await tenants.SyncInProgressAsync(caller, http.Tenant(), ct);
        var found = await transactions.GetAsync(caller, http.Tenant(), id, ct);
        var after = await tenants.SyncInProgressAsync(caller, http.Tenant(), ct);
        return (before.Problem ?? found.Problem ?? after.Problem) is { } refused
            ? refused
            : ApiAnswer<TransactionDetailAnswer>.WithVersion(
                new TransactionDetailAnswer(found.Value, before.Value || after.Value), ETagOf(found.Value.Transaction));
    }

    private static async Task<ApiAnswer<TransactionDetailAnswer>> PatchAsync(
        HttpContext http, TransactionService transactions, CategorisingService categorising, TenantService tenants, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new TransactionPatchRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        if (http.Id("id") is not { } id)
        {
            return Unknown;
        }

        var wish = new CategoryWish(new Wish(body.Category.Text, body.Category.IsGiven), new Wish(body.AccountCode.Text, body.AccountCode.IsGiven));
        var changed = await categorising.ChangeAsync(http.Caller(), http.Tenant(), id, TakesVersion.Of(http.Request), wish, ct);
        if (changed.Problem is { } refused)
        {
            return refused;
        }

        // Who may write it may see what they wrote.
        var reader = http.Caller() with { Permissions = http.Caller().Permissions.Append(Permissions.TransactionsRead).ToHashSet() };
        return await AnswerAsync(http, reader, id, transactions, tenants, ct);
    }

    private static string ETagOf(Transaction transaction) => ReadVersion.Of(transaction.UpdatedAt).Value!;

    private static TransactionSort SortOf(string? word) => word switch
    {
        "date" => TransactionSort.OldestFirst,
        "amount" => TransactionSort.SmallestFirst,
        "-amount" => TransactionSort.LargestFirst,
        _ => TransactionSort.NewestFirst,
    };

    private static TransactionFilter FilterOf(ApiQuery query)
    {
        var filter = new TransactionFilter
        {
            From = query.Read(From),
            To = query.Read(To),
            Type = query.Read(Type),
            Status = query.Read(Status),
            Direction = query.Read(Direction),
            Category = query.Read(Category),
            AccountCode = query.Read(AccountCode),
            ContactId = query.Read(Contact),
            IsReconciled = query.Read(IsReconciled),
            MinAmount = query.Read(MinAmount),
            MaxAmount = query.Read(MaxAmount),
            Search = query.Read(Search),
        };
        query.InOrder(From, filter.From, To, filter.To);
        query.InOrder(MinAmount, filter.MinAmount, MaxAmount, filter.MaxAmount);
        return filter;
    }
}
