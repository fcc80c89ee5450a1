using XeroCfo.Domain.Payables;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Payables;

internal static class PayablesApi
{
    private static readonly ApiParameter<string> Due = ApiParameters.Word("due", "Only bills that fall due then; weeks begin on Monday.", DueWords.All);

    private static readonly ApiParameter<bool?> OnHold = ApiParameters.Flag("onHold", "Only bills on hold, or only those that are not.");

    private static readonly ApiParameter<int?> DaysApart = ApiParameters.Days("days", "How many days apart two documents may be; without it 7.", LookAlikes.MostDays);

    public static void Map(RouteGroupBuilder api)
    {
        var payables = api.MapGroup("/tenants/{tenant}/payables").WithTags("Payables");
        payables.MapGet("", GetAsync)
            .WithName("GetPayables").WithSummary("What is overdue, due this week, next week and later, and what paying it leaves in the bank per Xero's books.")
            .Needs(Permissions.TransactionsRead);
        payables.MapGet("/bills", BillsAsync)
            .WithName("ListBillsToPay").WithSummary("Open bills by due day.")
            .Needs(Permissions.TransactionsRead).Takes(Due, OnHold).TakesPage();
        payables.MapGet("/bills/count", CountBillsAsync)
            .WithName("CountBillsToPay").WithSummary("How many bills, counted up to 10 001.")
            .Needs(Permissions.TransactionsRead).Takes(Due, OnHold);
        payables.MapGet("/bills/{id}/hold", HoldAsync)
            .WithName("GetBillHold").WithSummary("Why an open bill is on hold, by our id of it.")
            .Needs(Permissions.TransactionsRead).GivesVersion();
        payables.MapPut("/bills/{id}/hold", SetHoldAsync)
            .WithName("SetBillHold").WithSummary("Holds an open bill, or changes why. Where it is on hold already, If-Match says which version is replaced.")
            .Needs(Permissions.TransactionsWrite).TakesBody<HoldRequest>().TakesVersionOfEarlier().GivesVersion();
        payables.MapDelete("/bills/{id}/hold", ReleaseAsync)
            .WithName("DeleteBillHold").WithSummary("The bill may be paid again.")
            .Needs(Permissions.TransactionsWrite).TakesVersion();
        payables.MapGet("/look-alikes", LookAlikesAsync)
            .WithName("ListLookAlikes").WithSummary("Bills and payments that may be one and the same, those that can still be stopped first.")
            .Needs(Permissions.TransactionsRead).Takes(DaysApart).TakesPage();
        payables.MapGet("/look-alikes/count", CountLookAlikesAsync)
            .WithName("CountLookAlikes").WithSummary("How many groups look alike, counted up to 10 001.")
            .Needs(Permissions.TransactionsRead).Takes(DaysApart);
        payables.MapPost("/look-alikes/different", DifferentAsync)
            .WithName("ClearLookAlikes").WithSummary("Documents that look alike are different ones: they are not told of again.")
            .Needs(Permissions.TransactionsWrite).TakesBody<DifferentRequest>().TakesIdempotencyKey().MayRefuse(422);
        payables.MapGet("/missing-bills", MissingAsync)
            .WithName("ListMissingBills").WithSummary("Suppliers whose bill came in each of six months and not last month, or not yet in this one.")
            .Needs(Permissions.TransactionsRead).TakesPage();
        payables.MapGet("/missing-bills/count", CountMissingAsync)
            .WithName("CountMissingBills").WithSummary("How many usual bills are missing, counted up to 10 001.")
            .Needs(Permissions.TransactionsRead);
        payables.MapGet("/missing-bills/dismissed", DismissedAsync)
            .WithName("ListDismissedBills").WithSummary("Usual bills that nobody expects, in a month or any more: they are not among the missing ones.")
            .Needs(Permissions.TransactionsRead).TakesPage();
        payables.MapGet("/missing-bills/dismissed/count", CountDismissedAsync)
            .WithName("CountDismissedBills").WithSummary("How many usual bills nobody expects, counted up to 10 001.")
            .Needs(Permissions.TransactionsRead);
        payables.MapPost("/missing-bills/dismiss", DismissAsync)
            .WithName("DismissMissingBill").WithSummary("A usual bill that is missing is not expected in that month; without a month not any more. Saying it twice is saying it once.")
            .Needs(Permissions.TransactionsWrite).TakesBody<MissingBillRequest>().TakesIdempotencyKey().MayRefuse(422);
        payables.MapPost("/missing-bills/expect", ExpectAsync)
            .WithName("ExpectMissingBill").WithSummary("A usual bill is expected after all: takes a dismissal back.")
            .Needs(Permissions.TransactionsWrite).TakesBody<MissingBillRequest>().TakesIdempotencyKey().MayRefuse(422);
    }

    private static async Task<ApiAnswer<PayablesAnswer>> GetAsync(HttpContext http, PayablesService payables, CancellationToken ct)
    {
        var book = await payables.GetAsync(http.Caller(), http.Tenant(), ct);
        return book.Problem is { } refused ? refused : PayablesAnswer.Of(book.Value);
    }

    private static async Task<ApiAnswer<FiguresPageAnswer<BillAnswer>>> BillsAsync(HttpContext http, PayablesService payables, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (due, onHold, limit, cursor) = (DueWords.Read(query.Read(Due)), query.Read(OnHold), query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var found = await payables.BillsAsync(http.Caller(), http.Tenant(), due, onHold, PagePlace.After(cursor), limit, ct);
        return found.Problem is { } refused ? refused
            : new FiguresPageAnswer<BillAnswer>([.. found.Value.Page.Items.Select(BillAnswer.Of)], ApiPaging.Next(http.Request, found.Value.Page.Next), found.Value.SyncInProgress);
    }

    private static async Task<ApiAnswer<CountAnswer>> CountBillsAsync(HttpContext http, PayablesService payables, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var found = await payables.BillsAsync(http.Caller(), http.Tenant(), DueWords.Read(query.Read(Due)), query.Read(OnHold), PagePlace.First, 1, ct);
        return found.Problem is { } refused ? refused : CountAnswer.Of(CappedCount.Of(found.Value.Count));
    }

    private static async Task<ApiAnswer<HoldAnswer>> HoldAsync(HttpContext http, PayablesService payables, CancellationToken ct) =>
        Answer(await payables.HoldAsync(http.Caller(), http.Tenant(), http.Id("id") ?? Guid.Empty, ct));

    private static async Task<ApiAnswer<HoldAnswer>> SetHoldAsync(HttpContext http, PayablesService payables, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new HoldRequest());
        return wrong is not null ? wrong : Answer(await payables.SetHoldAsync(http.Caller(), http.Tenant(), http.Id("id") ?? Guid.Empty, TakesVersion.Of(http.Request), body.Reason, ct));
    }

    private static async Task<ApiDone> ReleaseAsync(HttpContext http, PayablesService payables, CancellationToken ct) =>
        await payables.ReleaseAsync(http.Caller(), http.Tenant(), http.Id("id") ?? Guid.Empty, TakesVersion.Of(http.Request), ct);

    private static async Task<ApiAnswer<FiguresPageAnswer<LookAlikeAnswer>>> LookAlikesAsync(HttpContext http, PayablesService payables, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var found = await payables.FindingsAsync(http.Caller(), http.Tenant(), query.Read(DaysApart), ct);
        return found.Problem is { } refused ? refused : Page(http.Request, query, found.Value, found.Value.LookAlikes, alike => alike.Id.ToString("N"), LookAlikeAnswer.Of);
    }

    private static async Task<ApiAnswer<CountAnswer>> CountLookAlikesAsync(HttpContext http, PayablesService payables, CancellationToken ct)
    {
        var found = await payables.FindingsAsync(http.Caller(), http.Tenant(), new ApiQuery(http.Request).Read(DaysApart), ct);
        return found.Problem is { } refused ? refused : CountAnswer.Of(CappedCount.Of(found.Value.LookAlikes.Count));
    }

    private static async Task<ApiDone> DifferentAsync(HttpContext http, PayablesService payables, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new DifferentRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        return await payables.ClearAsync(http.Caller(), http.Tenant(), body.Ids ?? [], ct);
    }

    private static async Task<ApiAnswer<FiguresPageAnswer<MissingBillAnswer>>> MissingAsync(HttpContext http, PayablesService payables, CancellationToken ct)
    {
        var found = await payables.FindingsAsync(http.Caller(), http.Tenant(), null, ct);
        return found.Problem is { } refused ? refused : Page(http.Request, new ApiQuery(http.Request), found.Value, found.Value.Missing, bill => $"{bill.ContactId:N}{bill.Month}", MissingBillAnswer.Of);
    }

    private static async Task<ApiAnswer<CountAnswer>> CountMissingAsync(HttpContext http, PayablesService payables, CancellationToken ct)
    {
        var found = await payables.FindingsAsync(http.Caller(), http.Tenant(), null, ct);
        return found.Problem is { } refused ? refused : CountAnswer.Of(CappedCount.Of(found.Value.Missing.Count));
    }

    private static async Task<ApiAnswer<FiguresPageAnswer<DismissedBillAnswer>>> DismissedAsync(HttpContext http, PayablesService payables, CancellationToken ct)
    {
        var found = await payables.FindingsAsync(http.Caller(), http.Tenant(), null, ct);
        return found.Problem is { } refused ? refused
            : Page(http.Request, new ApiQuery(http.Request), found.Value, found.Value.Dismissed, bill => $"{bill.ContactId:N}{bill.Month}", bill => new DismissedBillAnswer(bill.ContactId, bill.Name, bill.Month?.ToString()));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountDismissedAsync(HttpContext http, PayablesService payables, CancellationToken ct)
    {
        var found = await payables.FindingsAsync(http.Caller(), http.Tenant(), null, ct);
        return found.Problem is { } refused ? refused : CountAnswer.Of(CappedCount.Of(found.Value.Dismissed.Count));
    }

    private static Task<ApiDone> DismissAsync(HttpContext http, PayablesService payables, CancellationToken ct) =>
        SayAsync(http, (contact, month) => payables.DismissAsync(http.Caller(), http.Tenant(), contact, month, ct));

    private static Task<ApiDone> ExpectAsync(HttpContext http, PayablesService payables, CancellationToken ct) =>
        SayAsync(http, (contact, month) => payables.ExpectAsync(http.Caller(), http.Tenant(), contact, month, ct));

    private static async Task<ApiDone> SayAsync(HttpContext http, Func<Guid, Month?, Task<Result<Done>>> say)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new MissingBillRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        if (body.ContactId is not { } contact)
        {
            return Problem.Invalid("contactId", "contactId is missing: say whose bill.");
        }

        if (body.Month is null)
        {
            return await say(contact, null);
        }

        return Month.TryParse(body.Month, out var month) ? await say(contact, month) : Problem.Invalid("month", "month must be written 2026-10.");
    }

    private static ApiAnswer<FiguresPageAnswer<TAnswer>> Page<T, TAnswer>(HttpRequest request, ApiQuery query, PayableFindings found, IReadOnlyList<T> rows, Func<T, string> cursorOf, Func<T, TAnswer> answer)
        where TAnswer : IExample<TAnswer>
    {
        var page = Paging.Cut(rows, PagePlace.After(query.Cursor), query.Limit, cursorOf);
        return page.Problem is { } badCursor ? badCursor : new FiguresPageAnswer<TAnswer>([.. page.Value.Items.Select(answer)], ApiPaging.Next(request, page.Value.Next), found.SyncInProgress);
    }

    private static ApiAnswer<HoldAnswer> Answer(Result<BillHold> found) =>
        found.Problem is { } refused ? refused : ApiAnswer<HoldAnswer>.WithVersion(HoldAnswer.Of(found.Value), ReadVersion.Of(found.Value.UpdatedAt).Value!);
}
